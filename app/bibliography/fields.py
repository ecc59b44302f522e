"""The fields of an entry: which hold addresses or titles, which have two names, and what one entry inherits of another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pybtex.database.input.bibtex import month_names

from .reference import Reference

TITLES = frozenset({
    "title", "subtitle", "titleaddon", "shorttitle", "booktitle", "booksubtitle", "booktitleaddon", "maintitle",
    "mainsubtitle", "issuetitle",
})  # fmt: skip
LINKS = frozenset({
    "url", "doi", "eprint", "file", "pdf", "code", "slides", "poster", "video", "data", "website", "html", "blog", "arxiv",
    "supp", "preview", "ee", "biburl", "bibsource", "crossref", "xref", "ids", "date", "urldate", "eventdate", "timestamp",
    "hal_id",
})  # fmt: skip
"""Fields that hold an address, a number or a name of a file, and no LaTeX but for its escapes."""

ALIASES: Mapping[str, str] = {
    "journaltitle": "journal", "location": "address", "eprinttype": "archiveprefix", "eprintclass": "primaryclass",
    "annotation": "annote",
}  # fmt: skip
"""biblatex's name of a field, and BibTeX's."""

OWN = frozenset({
    "title", "subtitle", "titleaddon", "shorttitle", "crossref", "xref", "ids", "options", "keywords", "abstract", "annote",
    "annotation", "note", "key", "label", "file", "pdf", "pages", "related",
})  # fmt: skip
"""Fields that no entry inherits."""

DATE = re.compile(r"(\d{4})(?:-(\d\d))?")
MONTHS = tuple(month_names.values())


def completed(fields: dict[str, str]) -> dict[str, str]:
    """The fields with BibTeX's name beside biblatex's where only that is given: `journal`, `address`, `year`, `month`."""
    for name, other in ALIASES.items():
        if name in fields:
            fields.setdefault(other, fields[name])
    if "date" in fields and (found := DATE.match(fields["date"])):
        fields.setdefault("year", found[1])
        if found[2] and 1 <= int(found[2]) <= 12:
            fields.setdefault("month", MONTHS[int(found[2]) - 1])
    return fields


def inherited(reference: Reference, parent: Reference) -> Reference:
    """A Reference with what it lacks of its parent: all but what is the parent's own, whose title is its book's."""
    fields = {name: value for name, value in parent.fields.items() if name not in OWN}
    if parent.get("title"):
        fields["booktitle"] = parent.get("title")
    names = {role: people for role, people in parent.names.items() if role != "author" or reference.kind == "inbook"}
    others = reference.others | {role for role in parent.others & names.keys() if role not in reference.names}
    return replace(reference, fields={**fields, **reference.fields}, names={**names, **reference.names}, others=frozenset(others))
