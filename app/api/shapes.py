"""Shapes: what the answers of the API are made of. `openapi.json` is written from these classes."""

from __future__ import annotations

import datetime

from pydantic import BaseModel, ConfigDict, JsonValue

VERSION = 1
"""The version of the API: a number that grows when something is taken away or gets another meaning."""


class Shape(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, defer_build=True)


class Ref(Shape):
    """What tells an entry from others and leads to it."""

    id: str
    """The path of its file below `pages/`, without the ending."""
    url: str
    """The path of its page from the root of the site."""
    api: str
    """The path of its document in this API."""
    type: str
    """The name of its type, whose schema is `/api/schema/<type>.json`."""
    title: str
    """Its title as plain text."""
    title_html: str
    """Its title as HTML, with its formulas."""


class Attachment(Shape):
    """A document or a link that belongs to an entry."""

    label: str
    """The word to show."""
    url: str
    """Where it leads: a path from the root of the site, or a full URL."""


class Picture(Shape):
    """A picture, with its size in CSS pixels, or zeros where it has none."""

    url: str
    width: int
    height: int


class Row(Ref):
    """An entry as a list shows it."""

    label: str
    """The few words in brackets after its title: `Ongoing`."""
    details: tuple[str, ...]
    """Short facts to show below its title."""
    lead: str
    """What introduces it, as HTML; its links begin at the root of the site."""
    date: datetime.date | None
    updated: datetime.date | None
    tags: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    image: Picture | None


class Heading(Shape):
    """A heading of the body."""

    level: int
    """From 2, below the title, to 6."""
    id: str
    """The id that it has in the HTML of the body."""
    text: str
    html: str


class Link(Shape):
    """Where the texts of an entry lead."""

    url: str
    """A path from the root of the site, or a full URL."""
    id: str | None
    """The id of the entry that it leads to, if it is one."""


class Mention(Ref):
    """An entry whose text leads to this one."""

    sentence: str
    """The first sentence that does so, without markup."""


class Citation(Shape):
    """A work that the entry cites, as its list of references shows it."""

    key: str
    """Its key in the bibliography."""
    label: str
    """Its number, where the style of citations has one."""
    html: str
    """The work in that style."""


class Series(Shape):
    """A series of posts."""

    name: str
    posts: tuple[Ref, ...]
    """All its posts, in the order in which they are read."""


class Translation(Ref):
    """The same entry in another language."""

    lang: str


class Full(Row):
    """An entry with its texts, and what surrounds it."""

    lang: str
    """The language of its texts, as a language tag."""
    translations: tuple[Translation, ...]
    """The same in other languages."""
    fields: dict[str, JsonValue]
    """Its front matter, by its type: every field of it, those that were not written at their defaults. Links are resolved."""
    html: dict[str, str]
    """The body, and every field that is Markdown, as HTML. Links begin with `/` at the root of the site, with `#` on the page."""
    text: str
    """The body without markup."""
    contents: tuple[Heading, ...]
    """The headings of the body."""
    links: tuple[Link, ...]
    """Where its texts lead, each place once, in the order of the texts."""
    backlinks: tuple[Mention, ...]
    """The listed entries whose texts lead here."""
    citations: tuple[Citation, ...]
    """The works it cites, in the order of the list of references."""
    related: tuple[Ref, ...]
    """Others that have most in common with it, the nearest first, without those in `backlinks`."""
    series: Series | None


class Work(Shape):
    """One of the author's own works, from the bibliography."""

    key: str
    """Its key in the bibliography."""
    url: str
    """The path of its page from the root of the site."""
    id: str | None
    """The id of the entry that says more of it, if there is one."""
    title: str
    title_html: str
    authors: tuple[str, ...]
    year: str
    kind: str
    """What it is, in words."""
    venue: str
    """The few letters by which its venue is known."""
    where: str
    """What it was published in, as HTML."""
    award: str
    abstract: str
    """As HTML."""
    topics: tuple[str, ...]
    selected: bool
    links: tuple[Attachment, ...]
    bibtex: str
    """The path of its BibTeX from the root of the site."""


class Section(Ref):
    """A folder as the page of another shows it."""

    html: str
    """Its introduction."""
    count: int
    """How many entries it has."""
    entries: tuple[Row, ...]
    """Those that the page shows: all, or the first of a long list of lists."""


class Listing(Shape):
    """What a folder holds."""

    type: str | None
    """The type of its entries, where the folder is a collection of one."""
    sections: tuple[Section, ...]
    """What its page shows instead of one list, where it says so."""
    entries: tuple[Row, ...]
    """All listed entries below it, in their order; none where there are sections."""
    works: tuple[Work, ...]
    """The author's own works, the newest first, in the document `publications`."""


class Document(Shape):
    """What the site has at `/<id>/`: an entry, the listing of a folder, or both."""

    version: int
    id: str
    url: str | None
    """The path of its page, or null for a folder that has none."""
    entry: Full | None
    """The page, or null for a folder that has none."""
    listing: Listing | None
    """What the folder holds, or null where this is none."""
