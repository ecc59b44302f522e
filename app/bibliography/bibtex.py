"""A Reference as an entry of a `.bib` file."""

from __future__ import annotations

import html
import re

from .details import CONTAINERS, MONTHS, arxiv_of, doi_of, month_of, pages_of
from .entries import Scan
from .names import ROLES, parts
from .reference import Name, Reference

CITED = (
    "author", "title", "subtitle", *CONTAINERS, "booksubtitle", "journalsubtitle", "editor", "translator", "series", "edition",
    "volume", "number", "issue", "pages", "chapter", "articleno", "numpages", "publisher", "school", "institution",
    "organization", "address", "location", "type", "howpublished", "version", "date", "year", "month", "day", "doi", "eprint",
    "archiveprefix", "eprinttype", "primaryclass", "eprintclass", "url", "urldate", "isbn", "issn", "note", "langid",
)  # fmt: skip
"""The fields that a citation is made of. All others are the author's own affair: they stay at home."""

VERBATIM = frozenset({"url", "doi", "eprint", "urldate", "date"})
MARKS = {"i": r"\emph{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{", "span": "{"}
SIGNS = {"&amp;": r"\&", "&lt;": "<", "&gt;": ">", "\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
MARKED = re.compile(
    r"(?P<formula>\$[^$]+\$)|<(?P<tag>i|b|sup|sub|span)\b[^<>]*>|(?P<end></(?:i|b|sup|sub|span)>)|&(?:amp|lt|gt);|[&%#_${}\\^~]"
)


def bibtex(reference: Reference) -> str:
    """A Reference as an entry of a `.bib` file, each field in its author's own words where they can stand alone."""
    written = written_in(reference)
    known = reference.fields.keys() | reference.names.keys()
    whole = "crossref" not in written and known & {"author", "title"} <= written.keys()
    order = written if whole else dict.fromkeys((*written, *CITED))
    names = [name for name in order if name in known and name in CITED]
    values = {name: written.get(name) or made(reference, name) for name in names} | identified(reference)
    lines = [f"  {name} = {value}," for name, value in values.items() if value]
    return "\n".join((f"@{reference.kind}{{{reference.key},", *lines, "}", ""))


def written_in(reference: Reference) -> dict[str, str]:
    """The fields as they are written, by name; nothing for a value that a `@string` of the file is part of."""
    scan = Scan(reference.written)
    found: dict[str, str] = {}
    for entry in scan.entries():
        fields = list(entry.fields.values())
        for field, end in zip(fields, [*(one.start for one in fields[1:]), entry.end], strict=False):
            unknown = any(field.offset <= at < end for at, *_ in scan.mistakes)
            value = " and ".join(parts(field.value)) if field.name in ROLES else " ".join(field.value.split())
            found[field.name] = "" if unknown or field.name == "month" else f"{{{value}}}"
    return found


def identified(reference: Reference) -> dict[str, str]:
    """The DOI and the number on arXiv in the one form that every program understands."""
    doi, number = doi_of(reference), arxiv_of(reference)
    found = {"doi": doi, "eprint": number, "archiveprefix": "arXiv" if number else ""}
    return {name: f"{{{value}}}" for name, value in found.items() if value}


def made(reference: Reference, name: str) -> str:
    """The value of a field in LaTeX and braces, or nothing; a month by its abbreviation, which every style knows."""
    if people := reference.names.get(name):
        others = ["others"] if name in reference.others else []
        return "{" + " and ".join([*map(in_latex, people), *others]) + "}"
    value = reference.get(name)
    if name == "month" and (number := month_of(value)):
        return MONTHS[number - 1]
    if name == "pages":
        value = "--".join(part for part in pages_of(reference) if part)
    return "{" + (value if name in VERBATIM else latex(value)) + "}" if value else ""


def in_latex(name: Name) -> str:
    """A name as BibTeX has it: `van der Berg, Jr., Ada`; that of a body in braces."""
    if name.literal or (not name.given and " " in name.family):
        return "{" + latex(name.family) + "}"
    family = " ".join(one for one in (name.particle, name.family) if one)
    return latex(", ".join(one for one in (family, name.suffix, name.given) if one))


def latex(text: str) -> str:
    """The text of a field in LaTeX."""
    return MARKED.sub(in_place, text)


def in_place(found: re.Match[str]) -> str:
    """What LaTeX writes for a tag, an entity or a sign of its own; a formula is LaTeX already."""
    if found["formula"]:
        return html.unescape(found["formula"])
    if found["tag"]:
        return MARKS[found["tag"]]
    return "}" if found["end"] else SIGNS.get(found[0], f"\\{found[0]}")
