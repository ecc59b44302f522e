"""Entry: one content file, validated; and the kinds of field that entries are made of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, ClassVar, Literal, Self
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic_core import PydanticCustomError

from ..words import Speech, words_of, written
from .languages import parted
from .marking import marked
from .names import stem_of
from .nodes import Location
from .source import Source
from .validation import validated


class Relation:
    """Marks a field that names another entry, or several, by id."""


class Target:
    """Marks a field that leads to an entry, a file beside this one, or a URL, written as in a Markdown link."""


class Markdown:
    """Marks a field whose text is Markdown."""


class FieldName:
    """Marks a field that names a field of the entries in this folder, with `-` before it or without."""


def as_date(value: object) -> object:
    """The day of a date with or without a time of day; anything else that looks like a number is no date."""
    found = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}.*)?$", value.strip()) if isinstance(value, str) else None
    if isinstance(value, str) and not found:
        raise PydanticCustomError("date_parsing", "not a date")
    return found[1] if found else value


def as_list(value: object) -> object:
    """A list, also when a single word, or words parted by commas, were written."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def as_word(value: object) -> object:
    """A word in lower case, without the brackets it is shown in."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.strip("[] ").lower() if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[datetime.date, BeforeValidator(as_date)]
Words = Annotated[tuple[Text, ...], BeforeValidator(as_list)]
RelationName = Annotated[str, Relation()]
RelationNames = Annotated[Words, Relation()]
FieldNames = Annotated[Words, FieldName()]
Href = Annotated[str, Target()]
Prose = Annotated[str, Markdown()]
Status = Annotated[Literal["ongoing", "finished", "paused", "dropped"], BeforeValidator(as_word)]


def documents(**hrefs: str | None) -> tuple[tuple[str, str], ...]:
    """The links among `hrefs` that are there, each with its name as a word."""
    return tuple((name.capitalize(), href) for name, href in hrefs.items() if href)


class Part(BaseModel):
    """A group of fields inside an entry."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)


class Entry(Part):
    """What every entry has. A type of entry is a subclass; its fields are the keys of its front matter."""

    lead: ClassVar[str] = "summary"
    """The field that introduces the entry in lists."""

    dated: ClassVar[bool] = False
    """Whether lists show its date."""

    title: Text
    draft: bool = False
    date: Day | None = None
    updated: Day | None = None
    tags: Words = ()
    authors: Words = ()
    summary: str = ""
    lang: str = ""
    aliases: Words = ()
    image: Href | None = None
    unlisted: bool = False
    template: str = ""
    bibliography: Words = ()
    macros: dict[str, str] = Field(default_factory=dict)
    numbering: Annotated[Literal["page", "section"], BeforeValidator(as_word)] = "page"

    _id: str = PrivateAttr()
    _source: Source = PrivateAttr()
    _home: str = PrivateAttr("en")

    @classmethod
    def load(cls, source: Source, id: str) -> Self:
        """The entry in `source`; raises `Problems` when its front matter does not fit this type."""
        entry = validated(cls, source)
        tag = parted(stem_of(source.path))[1]
        entry = entry.model_copy(update={"lang": tag}) if tag and not entry.lang else entry
        entry._id, entry._source = id, source
        return entry

    def speak(self, language: str) -> None:
        """Take the language of the site, which is the entry's where it names none."""
        self._home = language
        self.__dict__.pop("language", None)

    def reread(self, source: Source) -> None:
        """Take the file as it is now, of which nothing but the body has become another."""
        self._source = source
        self.__dict__.pop("source", None)

    @cached_property
    def id(self) -> str:
        """Its path below `pages/`, without the ending; a folder's `index.md` has the folder's."""
        return self._id

    @cached_property
    def source(self) -> Source:
        """The file it was read from."""
        return self._source

    @cached_property
    def path(self) -> str:
        """The file's path, relative to the site folder."""
        return self._source.path

    @cached_property
    def tag(self) -> str:
        """The language in the name of its file, `zh`, where it is a translation of another entry."""
        return parted(stem_of(self.path))[1]

    @cached_property
    def original(self) -> str:
        """The id of the entry that it is a translation of, or its own."""
        return self.id.removeprefix(self.tag).removeprefix("/") or "index" if self.tag else self.id

    @cached_property
    def language(self) -> str:
        """The language it is written in."""
        return self.lang or self._home

    @property
    def words(self) -> Speech:
        """What is said of it, in its language; in that of the site where there are no words in its own."""
        return words_of(self.language if written(self.language) else self._home)

    @cached_property
    def url(self) -> str:
        """Its path on the site, quoted: `/notes/research/scaling-laws/`."""
        return "/" if self.id == "index" else f"/{quote(self.id)}/"

    @property
    def folder(self) -> str:
        """The id of the folder it stands in."""
        parent = str(PurePosixPath(self.id).parent)
        return "" if parent == "." else parent

    @property
    def changed(self) -> datetime.date | None:
        """The day it was last worked on, as its author says."""
        return self.updated or self.date

    @cached_property
    def kind_of_entry(self) -> str:
        """The name of its type, as a file name: `research_note`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()

    @property
    def templates(self) -> list[str]:
        """The templates that can show it, the best first."""
        return [*([self.template] if self.template else []), f"{self.kind_of_entry}.html", "entry.html"]

    @property
    def label(self) -> str:
        """The few words in brackets after its title, or nothing."""
        return ""

    @property
    def details(self) -> tuple[str, ...]:
        """Short facts to show below its title."""
        return ()

    @property
    def attachments(self) -> tuple[tuple[str, str], ...]:
        """Its documents and links beside the text: the word to show, and the field it comes from."""
        return ()

    @cached_property
    def markdown(self) -> tuple[str, ...]:
        """The places of what is Markdown inside its groups of fields: `education.0.details`."""
        return tuple(".".join(map(str, location)) for location, _ in self.marked(Markdown))

    def marked(self, marker: type) -> Iterator[tuple[Location, str]]:
        """The place and the text of every field that bears `marker`, here and in its parts."""
        return marked(self, marker, ())


class Printable(Entry):
    """An entry that can be had as a PDF, made from its text, where `pdf` says so."""

    pdf: bool = False
