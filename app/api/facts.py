"""Facts: what the index of the API is made of."""

from __future__ import annotations

from .shapes import Full, Picture, Ref, Shape


class Place(Shape):
    """Where else to find the author."""

    label: str
    url: str


class Person(Shape):
    """The author of the site."""

    name: str
    pronouns: str
    position: str
    affiliation: str
    email: str
    orcid: str
    links: tuple[Place, ...]


class Terms(Shape):
    """Under what terms others may use the texts."""

    name: str
    url: str


class About(Shape):
    """The facts of the site."""

    title: str
    description: str
    lang: str
    base_url: str | None
    """Where the site stands, with a slash at the end: put it, without that slash, before any path in this API."""
    author: Person
    portrait: Picture | None
    licence: Terms | None
    navigation: tuple[Ref, ...]


class Folder(Shape):
    """A folder that has a document."""

    id: str
    url: str | None
    """The path of its page, or null where it has none."""
    api: str
    title: str
    """The title of its page, or its name."""
    type: str | None
    """The type of its entries, where it is a collection of one."""
    count: int
    """How many listed entries are below it."""


class Type(Shape):
    """A type of entry."""

    name: str
    schema_url: str
    """The path of the JSON Schema of its front matter."""
    description: str


class Tag(Shape):
    """A word that entries bear."""

    word: str
    url: str
    entries: tuple[str, ...]
    """The ids of the entries."""


class Index(Shape):
    """The beginning of everything: the site, and what leads to all its documents."""

    version: int
    site: About
    languages: tuple[str, ...]
    """The languages of the entries, as language tags, that of the site first."""
    home: Full | None
    """The home page, which is the entry `index`."""
    collections: tuple[Folder, ...]
    """The folders, by id."""
    types: tuple[Type, ...]
    tags: tuple[Tag, ...]
    entries: tuple[Ref, ...]
    """Every listed entry and every page that lists a folder, by id."""
