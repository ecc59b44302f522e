"""A work for others to cite: a Reference as RIS and as CSL-JSON, and an entry of the site as a Reference."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from ..content import Entry, Facts
from .details import (
    arxiv_of,
    container_of,
    date_of,
    doi_of,
    keywords_of,
    kind_of,
    pages_of,
    place_of,
    plain,
    publisher_of,
    url_of,
)
from .people import folded, named, sorted_by_family
from .reference import Name, Reference

EMPTY = frozenset(
    {"about", "from", "into", "over", "some", "that", "their", "this", "towards", "what", "when", "where", "which", "with"}
)
"""Words with which a title begins and that say nothing of its subject."""


def ris(reference: Reference) -> str:
    """A Reference in the format that EndNote, Zotero and Mendeley read."""
    lines = [f"{tag}  - {' '.join(plain(value).split())}" for tag, value in ris_lines(reference) if value]
    return "\n".join((*lines, "ER  - ", ""))


def ris_lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """The tags of RIS with their values, in order; some values are empty."""
    get, day = reference.get, date_of(reference)
    yield "TY", kind_of(reference).ris
    yield "ID", reference.key
    for role, tag in (("author", "AU"), ("editor", "ED")):
        for name in reference.names.get(role, ()):
            yield tag, sorted_by_family(name)
        yield tag, "others" if role in reference.others else ""
    yield "TI", get("title")
    yield "T2", container_of(reference)
    yield "T3", get("series")
    yield "PY", f"{day[0]:04}" if day else ""
    yield "DA", "/".join(f"{part:02}" for part in day) + "/" * (3 - len(day)) if day[1:] else ""
    yield "VL", get("volume")
    yield "IS", get("number") or get("issue")
    yield from zip(("SP", "EP"), pages_of(reference), strict=True)
    yield "ET", get("edition")
    yield "PB", publisher_of(reference)
    yield "CY", place_of(reference)
    yield "SN", get("issn") or get("isbn")
    yield "DO", doi_of(reference)
    yield "UR", url_of(reference)
    yield "AB", get("abstract")
    for word in keywords_of(reference):
        yield "KW", word
    yield "N1", get("note")


def csl_json(reference: Reference) -> str:
    """A Reference as a file of CSL-JSON, with this one item."""
    return json.dumps([csl_item(reference)], ensure_ascii=False, indent=2) + "\n"


def csl_item(reference: Reference) -> dict[str, object]:
    """A Reference as an item of CSL-JSON."""
    get, day = reference.get, date_of(reference)
    numbered = "issue" if kind_of(reference).csl == "article-journal" else "number"
    values: dict[str, object] = {
        "id": reference.key,
        "type": kind_of(reference).csl,
        **{role: csl_names(reference, role) for role in ("author", "editor", "translator")},
        "issued": {"date-parts": [list(day)]} if day else None,
        **{name: html.unescape(value) for name, value in csl_texts(reference).items()},
        numbered: html.unescape(get("number") or get("issue")),
        "DOI": doi_of(reference),
        "URL": url_of(reference),
    }
    return {name: value for name, value in values.items() if value}


def csl_texts(reference: Reference) -> dict[str, str]:
    """The fields of an item that are text, some of them empty."""
    get, pages = reference.get, pages_of(reference)
    number = arxiv_of(reference)
    return {
        "title": get("title") + (f": {get('subtitle')}" if get("subtitle") else ""),
        "container-title": container_of(reference),
        "collection-title": get("series"),
        "volume": get("volume"),
        "page": "-".join(part for part in pages if part),
        "edition": get("edition"),
        "chapter-number": get("chapter"),
        "version": get("version"),
        "genre": get("type"),
        "publisher": publisher_of(reference) or plain(get("howpublished")),
        "publisher-place": place_of(reference),
        "ISBN": get("isbn"),
        "ISSN": get("issn"),
        "archive": "arXiv" if number else "",
        "archive_location": number,
        "abstract": get("abstract"),
        "note": get("note"),
    }


def csl_names(reference: Reference, role: str) -> list[dict[str, str]]:
    """The people of a role as CSL-JSON has them; "and others" is a name of its own there, as pandoc writes it."""
    names = [csl_name(name) for name in reference.names.get(role, ())]
    return [*names, *([{"literal": "others"}] if role in reference.others else [])]


def csl_name(name: Name) -> dict[str, str]:
    """One name."""
    if name.literal or not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return {part: value for part, value in parts.items() if value}


def reference_of(entry: Entry, facts: Facts, url: str, abstract: str = "") -> Reference:
    """An entry of the site as a work to cite, at its full address `url`; `abstract` is plain text."""
    authors = tuple(map(named, entry.authors or (facts.author.name,)))
    day = entry.date or entry.changed
    fields = {
        "title": entry.title,
        "date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "month": str(day.month) if day else "",
        "howpublished": facts.title,
        "url": url,
        "abstract": abstract,
        "keywords": ", ".join(entry.tags),
        "langid": entry.lang or facts.lang,
    }
    texts = {name: value if name == "url" else html.escape(value, quote=False) for name, value in fields.items() if value}
    return Reference(key_of(authors[0], day.year if day else None, entry), "online", texts, {"author": authors}, path=entry.path)


def key_of(author: Name, year: int | None, entry: Entry) -> str:
    """A key for an entry, such as `folio2026scaling`: family name, year, and the first word of the title that says something."""
    words = [word for word in in_ascii(entry.title) if len(word) > 3 and word not in EMPTY]
    name = "".join(in_ascii(author.family)) or "anonymous"
    return f"{name}{year or ''}{(words or in_ascii(entry.id.rpartition('/')[2]) or ['note'])[0]}"


def in_ascii(text: str) -> list[str]:
    """The words of `text` in plain lower-case letters and digits."""
    return re.findall("[a-z0-9]+", folded(text))
