"""Work: a Reference in the words of the style manuals, whatever BibTeX calls its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from ..reference import Name, Reference
from .casing import in_sentence_case, unprotected

KINDS = {
    "article": "article", "periodical": "article", "suppperiodical": "article", "review": "article",
    "book": "book", "collection": "book", "manual": "book", "proceedings": "book", "reference": "book",
    "mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "mvreference": "book",
    "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter", "suppcollection": "chapter",
    "inproceedings": "paper", "conference": "paper", "inreference": "entry",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "report": "report", "techreport": "report",
    "online": "page", "electronic": "page", "www": "page",
    "booklet": "booklet", "unpublished": "manuscript", "dataset": "dataset", "software": "software", "patent": "patent",
}  # fmt: skip
"""BibTeX's types, and what they are to a style; everything else is a work of no kind."""

GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "mathesis": "Master’s thesis"}
"""What a type, or a `type`, says of the work in words."""

GENRES_NAMED = {**GENRES, "techreport": "technical report", "resreport": "research report", "patentus": "U.S. patent"}

SERIALS = frozenset({"article", "magazine", "newspaper"})
WITHIN = frozenset({"chapter", "paper", "entry"})
IN_SERIES = WITHIN | {"book"}
ENGLISH = frozenset({"", "english", "american", "british", "usenglish", "ukenglish", "australian", "canadian", "newzealand"})
EPRINTS = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "googlebooks": "https://books.google.com?id=",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TITLES = frozenset({"title", "subtitle", "booktitle", "booksubtitle", "maintitle", "series", "shorttitle", "titleaddon"})
"""What is written like a title, and is read into sentence case."""

CASED = TITLES | {"journal", "journaltitle"}
"""What a style writes in a case of its own, and so keeps the marks of what is protected."""

DATE = re.compile(r"(-?\d{1,4})(?:-(\d\d?))?(?:-(\d\d?))?(?:/(-?\d{1,4})(?:-\d\d?)*)?\s*$")
RANGE = re.compile(r"\s*[-–—]+\s*")
MARKUP = re.compile(r'</?(?:i|b|sup|sub|span)(?: class="nocase")?>|&(?:\w+|#\w+);|[<>&]')
TAGS = frozenset({"<i>", "<b>", "<sup>", "<sub>", '<span class="nocase">'})


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known: `year` as it is read, month and day from 1 (0: not known), `number` the year to sort by."""

    year: str = ""
    month: int = 0
    day: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """A work: what kind it is, what is said of it (HTML by the manuals' names), its people and dates.

    `suffix` is the letter that tells it from others of its author and year; `told` how many of its names a citation gives,
    and `given` how much of the first one's given name: 0, its initials, or all of it.
    """

    key: str
    kind: str
    said: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    issued: Date = Date()
    accessed: Date = Date()
    english: bool = True
    suffix: str = ""
    told: int = 1
    given: str = ""

    def get(self, name: str) -> str:
        """What is said under a name, or nothing."""
        return self.said.get(name, "")

    def has(self, *wanted: str) -> bool:
        """Whether any of these is known: parts, people or dates."""
        return any(name in self.said or name in self.names or (name == "date" and self.issued.year) for name in wanted)


def tidy(text: str, cased: bool) -> str:
    """A text whose tags are those that a reference may have, in pairs, and whose other marks are escaped.

    The marks of what keeps its capitals stay only in what is `cased`.
    """
    text = text.strip()
    if "<" not in text and "&" not in text and ">" not in text:
        return text
    opened: list[str] = []
    for mark in MARKUP.findall(text):
        if mark in TAGS:
            opened.append(mark.strip("<>").split()[0])
        elif mark.startswith("</") and (not opened or opened.pop() != mark[2:-1]):
            return escape(text, quote=False)
    if opened:
        return escape(text, quote=False)
    escaped = MARKUP.sub(lambda found: found[0] if len(found[0]) > 1 else escape(found[0]), text)
    return escaped if cased else unprotected(escaped)


def work_of(reference: Reference) -> Work:
    """The work that a reference says."""
    kind = kind_of(reference)
    english = reference.get("langid").strip().lower() in ENGLISH
    told = {name: tidy(text, name in CASED) for name, text in reference.fields.items() if text.strip()}
    if english:
        told |= {name: in_sentence_case(told[name]) for name in TITLES & told.keys()}
    said = {name: text for name, text in parts(kind, reference, told).items() if text}
    names = {role: people for role, people in reference.names.items() if people}
    issued = date_of(told.get("date", "")) if "date" in told else old_date(told)
    return Work(reference.key, kind, said, names, reference.others, issued, date_of(told.get("urldate", "")), english)


def kind_of(reference: Reference) -> str:
    """What a reference is to a style."""
    kind = KINDS.get(reference.kind, "")
    subtype = reference.get("entrysubtype")
    return subtype if kind == "article" and subtype in {"magazine", "newspaper"} else kind


def parts(kind: str, reference: Reference, told: Mapping[str, str]) -> dict[str, str]:
    """What is said of a work, by the manuals' names, from its fields."""

    def first(*fields: str) -> str:
        return next((told[name] for name in fields if name in told), "")

    number = told.get("number", "")
    title = joined(": ", first("title"), first("subtitle"))
    container = joined(": ", first("maintitle", "booktitle"), first("booksubtitle")) if kind in WITHIN else ""
    publishers = [told[name] for name in ("school", "institution", "organization", "howpublished", "publisher") if name in told]
    genre = told.get("type", GENRES.get(reference.kind, ""))
    return {
        "title": joined(". ", title, first("titleaddon")),
        "short": first("shorttitle") or title.partition(":")[0].rstrip(),
        "container": container or first("journaltitle", "journal"),
        "series": series(first("series")),
        "volume": first("volume"),
        "volumes": first("volumes"),
        "issue": number if kind in SERIALS else "",
        "number": "" if kind in IN_SERIES | SERIALS else number,
        "series number": number if kind in IN_SERIES else "",
        "pages": RANGE.sub("–", first("pages")),
        "chapter": first("chapter"),
        "edition": first("edition"),
        "version": first("version"),
        "publisher": "; ".join(publishers),
        "place": first("address", "location"),
        "event": first("eventtitle"),
        "genre": GENRES_NAMED.get(genre.lower(), genre),
        "status": first("pubstate"),
        "doi": first("doi").removeprefix("https://doi.org/"),
        "url": address(told),
    }


def joined(delimiter: str, *texts: str) -> str:
    """Those of the texts that say anything, with a delimiter between."""
    return delimiter.join(filter(None, texts))


def series(text: str) -> str:
    """The name of a series; one that only has a number is that of a journal."""
    return f"{ordinal(text)} series" if text.isdigit() else text


def ordinal(number: str) -> str:
    """`2` as `2nd`."""
    ending = "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")
    return number + ending


def address(told: Mapping[str, str]) -> str:
    """Where a work is on the web."""
    archive = told.get("eprinttype", told.get("archiveprefix", "")).lower()
    return told.get("url") or (EPRINTS[archive] + told["eprint"] if archive in EPRINTS and "eprint" in told else "")


def date_of(text: str) -> Date:
    """The date in `2014-08-12`, `2013/2015` or `-380`; a text that is none is kept as the year's name."""
    found = DATE.match(text)
    if not found:
        return Date(text)
    year, month, day, end = found.groups()
    until = f"–{end}" if end else ""
    number = int(year)
    return Date(f"{abs(number)} BC" if number < 0 else f"{number}{until}", int(month or 0), int(day or 0), number)


def old_date(told: Mapping[str, str]) -> Date:
    """The date in BibTeX's `year`, `month` and `day`."""
    date = date_of(told.get("year", ""))
    month = told.get("month", "").strip(". ").lower()
    number = small(month) or next((at for at, name in enumerate(MONTHS, 1) if month.startswith(name)), 0)
    return Date(date.year, number, small(told.get("day", "")), date.number)


def small(text: str) -> int:
    """The number in a text of one or two digits, or 0."""
    return int(text) if len(text) < 3 and text.isdecimal() else 0
