"""A work as search engines and reference managers read it in a page: Highwire's `citation_*` tags, and schema.org's JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator

from .details import (
    arxiv_of,
    container_of,
    date_of,
    doi_of,
    keywords_of,
    kind_of,
    pages_of,
    plain,
    publisher_of,
)
from .people import shown, sorted_by_family
from .reference import Name, Reference

CONTAINER = {
    "article-journal": "journal_title",
    "paper-conference": "conference_title",
    "chapter": "book_title",
}
PUBLISHER = {"thesis": "dissertation_institution", "report": "technical_report_institution"}
NUMBER = {"report": "technical_report_number"}
"""What the tags of a container, a publisher and a number are called, by the type in CSL-JSON."""

NO_BREAK = "\N{NO-BREAK SPACE}"
SCHEMA = {
    "thesis": "Thesis",
    "report": "Report",
    "book": "Book",
    "chapter": "Chapter",
    "software": "SoftwareSourceCode",
    "dataset": "Dataset",
}
"""schema.org's types, by those of CSL-JSON; the others are articles."""


def highwire(reference: Reference, page: str = "", pdf: str = "") -> list[tuple[str, str]]:
    """The tags of a work, name and content, in order; `page` and `pdf` are the full addresses of its page and document."""
    return [(f"citation_{name}", value) for name, value in tags(reference, page, pdf) if value]


def tags(reference: Reference, page: str, pdf: str) -> Iterator[tuple[str, str]]:
    """The tags of a work, some of them empty. A date is a day or a year: Google Scholar takes nothing between."""
    get, type = reference.get, kind_of(reference).csl
    (first, last), day = pages_of(reference), date_of(reference)
    yield "title", plain(get("title"))
    for name in reference.names.get("author", ()):
        yield "author", one_name(name)
    yield "publication_date", "/".join(f"{part:02}" for part in day[: 1 if len(day) < 3 else 3])
    if type in CONTAINER:
        yield CONTAINER[type], plain(container_of(reference))
    yield PUBLISHER.get(type, "publisher"), plain(publisher_of(reference))
    yield "volume", plain(get("volume"))
    yield NUMBER.get(type, "issue"), plain(get("number") or get("issue"))
    yield "firstpage", first
    yield "lastpage", last
    yield "doi", doi_of(reference)
    yield "arxiv_id", arxiv_of(reference)
    yield "issn", plain(get("issn"))
    yield "isbn", plain(get("isbn"))
    yield "language", get("langid")
    yield "keywords", "; ".join(keywords_of(reference))
    yield "abstract_html_url", page
    yield "pdf_url", pdf


def one_name(name: Name) -> str:
    """`Berg, Ada`. Two words on either side of the comma are taken for two people by Zotero: no-break spaces prevent that."""
    family, comma, given = sorted_by_family(name).partition(", ")
    return f"{family.replace(' ', NO_BREAK) if ' ' in given else family}{comma}{given}"


def schema(reference: Reference, page: str = "") -> dict[str, object]:
    """A work as schema.org has it, for JSON-LD; the context is for who writes that."""
    get, type = reference.get, kind_of(reference).csl
    doi, number = doi_of(reference), arxiv_of(reference)
    first, last = pages_of(reference)
    same = [f"https://doi.org/{doi}" if doi else "", f"https://arxiv.org/abs/{number}" if number else ""]
    values: dict[str, object] = {
        "@type": SCHEMA.get(type, "ScholarlyArticle"),
        "headline" if SCHEMA.get(type) is None else "name": plain(get("title")),
        "author": [person(name) for name in reference.names.get("author", ())],
        "editor": [person(name) for name in reference.names.get("editor", ())],
        "datePublished": "-".join(f"{part:02}" for part in date_of(reference)),
        "abstract": plain(get("abstract")),
        "isPartOf": part_of(reference),
        "pageStart": first,
        "pageEnd": last,
        "publisher": {"@type": "Organization", "name": plain(publisher_of(reference))} if publisher_of(reference) else None,
        "keywords": list(keywords_of(reference)),
        "inLanguage": get("langid"),
        "url": page,
        "sameAs": [one for one in same if one],
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": doi} if doi else None,
    }
    return {name: value for name, value in values.items() if value}


def part_of(reference: Reference) -> dict[str, object] | None:
    """The journal with its volume and issue, or the book, that a work is in."""
    get, name = reference.get, plain(container_of(reference))
    if not name:
        return None
    if kind_of(reference).csl != "article-journal":
        book: dict[str, object] = {"@type": "Book", "name": name, "isbn": plain(get("isbn"))}
        return {field: value for field, value in book.items() if value}
    whole: dict[str, object] = {"@type": "Periodical", "name": name}
    if issn := plain(get("issn")):
        whole["issn"] = issn
    if volume := plain(get("volume")):
        whole = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": whole}
    if issue := plain(get("number") or get("issue")):
        whole = {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": whole}
    return whole


def person(name: Name) -> dict[str, str]:
    """A person, or a body."""
    if name.literal or not name.given:
        return {"@type": "Organization" if name.literal else "Person", "name": name.family}
    family = " ".join(one for one in (name.particle, name.family) if one)
    return {"@type": "Person", "name": shown(name), "givenName": name.given, "familyName": family}
