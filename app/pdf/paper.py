"""Paper and Cv: what is to be printed, as plain data; Sheet and Printed: what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ..problems import Problem

Size = Literal["a4", "us-letter"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A text to be printed: `title`, `abstract` and `html` are HTML, the rest is plain.

    `url` is the address of its page, to which its links are relative; `images` has the bytes of its pictures by the
    URLs that its HTML has for them. `path` is the file that a Problem names.
    """

    path: str
    title: str
    html: str
    authors: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    date: date | None = None
    abstract: str = ""
    lang: str = "en"
    url: str = ""
    size: Size = "a4"
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach someone: its words, and what they lead to."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a section: when it was (plain text, or nothing), what it was and what there is to say of it (HTML)."""

    when: str
    title: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a CV."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Cv:
    """A CV to be printed; `summary` is HTML, and so are titles and details of rows. `date` is when it was last true."""

    path: str
    name: str
    contacts: tuple[Contact, ...]
    sections: tuple[Section, ...]
    summary: str = ""
    date: date | None = None
    lang: str = "en"
    url: str = ""
    size: Size = "a4"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be printed as Typst reads it: the program, the pictures that it names, and the characters of its text."""

    path: str
    source: str
    files: Mapping[str, bytes]
    characters: frozenset[str]
    lang: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, empty where there is none, and what is wrong with it."""

    pdf: bytes
    problems: tuple[Problem, ...] = ()
