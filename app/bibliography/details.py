"""What a Reference says in the terms that every format shares: what it is, when, where and in what it was published."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from .reference import Reference


class Kind(NamedTuple):
    """What a work is called in CSL-JSON, in RIS, and in words."""

    csl: str
    ris: str
    word: str


ARTICLE = Kind("article-journal", "JOUR", "Article")
PREPRINT = Kind("article", "UNPB", "Preprint")
OTHER = Kind("document", "GEN", "Other")
PAPER = Kind("paper-conference", "CPAPER", "Conference paper")
CHAPTER = Kind("chapter", "CHAP", "Book chapter")
BOOK = Kind("book", "BOOK", "Book")
REPORT = Kind("report", "RPRT", "Report")
PAGE = Kind("webpage", "ELEC", "Web page")
KINDS = {
    "article": ARTICLE,
    "inproceedings": PAPER,
    "conference": PAPER,
    "incollection": CHAPTER,
    "inbook": CHAPTER,
    "book": BOOK,
    "collection": BOOK,
    "proceedings": BOOK,
    "booklet": BOOK,
    "manual": Kind("book", "BOOK", "Manual"),
    "phdthesis": Kind("thesis", "THES", "PhD thesis"),
    "mastersthesis": Kind("thesis", "THES", "Master’s thesis"),
    "thesis": Kind("thesis", "THES", "Thesis"),
    "techreport": REPORT,
    "report": REPORT,
    "online": PAGE,
    "electronic": PAGE,
    "www": PAGE,
    "software": Kind("software", "COMP", "Software"),
    "dataset": Kind("dataset", "DATA", "Data set"),
    "unpublished": Kind("manuscript", "UNPB", "Manuscript"),
    "patent": Kind("patent", "PAT", "Patent"),
}
"""What BibTeX's and biblatex's types are elsewhere."""

OWN = "own"
"""The keyword of a work that is the author's own."""

CONTAINERS = ("journal", "journaltitle", "booktitle", "maintitle")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
TAG = re.compile(r"</?(?:i|b|sup|sub|span)\b[^<>]*>")
ARXIV = re.compile(
    r"(?:arxiv:|https?://arxiv\.org/(?:abs|pdf)/)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", re.I
)


def kind_of(reference: Reference) -> Kind:
    """What a work is; what stands on arXiv and in nothing else is a preprint."""
    if reference.kind in ("article", "misc", "online") and arxiv_of(reference) and not published_in(reference):
        return PREPRINT
    return KINDS.get(reference.kind, OTHER)


def date_of(reference: Reference) -> tuple[int, ...]:
    """Year, month and day, as many as are known, from `date` or from `year`, `month` and `day`."""
    if found := ISO.match(reference.get("date")):
        return tuple(int(part) for part in found.groups() if part)
    year = re.search(r"\d{4}", reference.get("year"))
    if not year:
        return ()
    month = month_of(reference.get("month"))
    day = re.match(r"\d\d?(?!\d)", reference.get("day"))
    return (int(year[0]), *((month, *((int(day[0]),) if day else ())) if month else ()))


def month_of(text: str) -> int:
    """The number of a month given by number or by name, or 0."""
    word = text.strip().lower()[:3]
    number = int(word) if re.fullmatch(r"\d\d?", word) else 0
    return MONTHS.index(word) + 1 if word in MONTHS else number if number <= 12 else 0


def container_of(reference: Reference) -> str:
    """The journal, the proceedings or the book that a work is in, or nothing."""
    return next((value for name in CONTAINERS if (value := reference.get(name))), "")


def published_in(reference: Reference) -> str:
    """The container, unless it is arXiv itself."""
    container = container_of(reference)
    return "" if re.match(r"arxiv|corr\b", container, re.IGNORECASE) else container


def publisher_of(reference: Reference) -> str:
    """Who published a work: a publisher, a university, an institution."""
    names = ("publisher", "school", "institution", "organization")
    return next((value for name in names if (value := reference.get(name))), "")


def place_of(reference: Reference) -> str:
    """Where the publisher is."""
    return reference.get("address") or reference.get("location")


def pages_of(reference: Reference) -> tuple[str, str]:
    """The first and the last page; the last is nothing where there is one only."""
    first, _, last = re.sub(r"\s*[-‐‑–—]+\s*", "–", reference.get("pages").strip()).partition("–")
    return first, last


def doi_of(reference: Reference) -> str:
    """The DOI without the address of a resolver, or nothing."""
    found = re.search(r"10\.\d{4,9}/\S+", reference.get("doi"))
    return found[0] if found else ""


def arxiv_of(reference: Reference) -> str:
    """The number on arXiv, or nothing."""
    archive = reference.get("archiveprefix") or reference.get("eprinttype") or "arxiv"
    found = ARXIV.fullmatch(reference.get("eprint").strip())
    return found[1] if found and archive.lower() == "arxiv" else ""


def url_of(reference: Reference) -> str:
    """Where a work can be read, or nothing."""
    number = arxiv_of(reference)
    return reference.get("url") or (f"https://arxiv.org/abs/{number}" if number else "")


def keywords_of(reference: Reference) -> tuple[str, ...]:
    """The keywords, parted by commas or semicolons, without the one that only says whose the work is."""
    return tuple(word for word in marks_of(reference) if word.lower() != OWN)


def is_own(reference: Reference) -> bool:
    """Whether a keyword says that the work is the author's own."""
    return any(word.lower() == OWN for word in marks_of(reference))


def marks_of(reference: Reference) -> list[str]:
    """Everything that stands in the field `keywords`."""
    return [word for part in re.split(r"[,;]", plain(reference.get("keywords"))) if (word := " ".join(part.split()))]


def plain(text: str) -> str:
    """The text of a field without its tags and entities; formulas stay as they are."""
    return html.unescape(TAG.sub("", text))
