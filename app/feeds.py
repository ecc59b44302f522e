"""Feeds: what was written last on the site, in a folder, or with a tag."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape

from .content import Entry, Query
from .content.addresses import Nowhere, find, leads_elsewhere
from .content_types import Listing
from .site import Site
from .words import name_of

LENGTH = 20
"""How many entries a feed has at most."""

ROOM = 900_000
"""How many bytes the whole texts in a feed take at most, escaped; older entries have their summary alone."""

TAGS = "tags/"


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of an entry: its full URL, its media type and its size in bytes, where they are known."""

    url: str
    type: str
    length: int


@dataclass(frozen=True, slots=True)
class Item:
    """An entry in a feed: its title as HTML, its whole text as HTML where there is room, its summary without markup."""

    entry: Entry
    title: Markup
    content: str
    summary: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is called, the paths of its page and of its folder, its language, its entries, and its last change."""

    title: str
    url: str
    folder: str
    lang: str
    items: tuple[Item, ...]
    changed: date


def names(site: Site) -> Iterator[str]:
    """What there are feeds of: the site (with an empty name), folders by their ids, and tags: `tags/theory`."""
    listings = [entry.id for entry in site.store if isinstance(entry, Listing)]
    for tongue in ("", *site.store.tongues):
        yield tongue
        root = f"{tongue}/" if tongue else ""
        folders = {f"{root}{one.folder}" for one in site.store.collections}
        folders.update(id for id in listings if within(site, id)[0] == tongue and id != tongue)
        for name in (*sorted(folders), *(f"{root}{TAGS}{tag}" for tag in site.tags_of(tongue))):
            if entries_of(site, name):
                yield name


def within(site: Site, name: str) -> tuple[str, str]:
    """The language that the name of a feed begins with, or nothing, and the rest of the name: `zh` and `notes` of `zh/notes`."""
    first, _, rest = name.partition("/")
    return (first, rest) if first in site.store.tongues else ("", name)


def entries_of(site: Site, name: str) -> list[Entry]:
    """The entries with a date that a feed is made of, all in its language, the last changed first."""
    tongue, folder = within(site, name)
    found: Iterable[Entry] = ()
    if folder and not site.has("more-feeds"):
        return []
    if folder.startswith(TAGS):
        tag = site.tags_of(tongue).get(folder.removeprefix(TAGS))
        found = tag.entries if tag else ()
    elif not folder or isinstance(site.entry(name), Listing) or folder in {one.folder for one in site.store.collections}:
        found = (entry for entry in site.query(name) if entry.tag == tongue)
    return [entry for entry in Query(found).order_by("-changed", "title") if entry.changed]


def title_of(site: Site, name: str) -> str:
    """What the feed of a folder or a tag is called."""
    tongue, folder = within(site, name)
    if not folder:
        return f"{site.facts.title} ({name_of(tongue)})" if tongue else site.facts.title
    entry, tag = site.entry(name), site.tags_of(tongue).get(folder.removeprefix(TAGS))
    word = tag.word if tag and folder.startswith(TAGS) else entry.title if entry else folder.rpartition("/")[2].capitalize()
    return f"{word} – {site.facts.title}"


def feed_of(site: Site, name: str) -> Feed | None:
    """The feed with this name, or nothing where there is none."""
    entries = entries_of(site, name)
    tongue, folder = within(site, name)
    if folder and not entries:
        return None
    url = f"/{quote(name)}/" if folder or site.entry(name) else "/"
    changed = max((day for entry in entries if (day := entry.changed)), default=date(1970, 1, 1))
    lang = tongue or site.facts.lang
    return Feed(
        title_of(site, name), url, f"/{quote(name)}/" if name else "/", lang, tuple(items(site, entries[:LENGTH])), changed
    )


def items(site: Site, entries: Iterable[Entry]) -> Iterator[Item]:
    """The entries as a feed has them."""
    room = ROOM
    for entry in entries:
        content = site.whole(entry)
        size = len(escape(content).encode())
        kept = content if size <= room else ""
        room -= size if kept else 0
        summary = site.document(entry, entry.lead).text if getattr(entry, entry.lead) else ""
        yield Item(entry, site.title(entry), kept, summary, picture(site, entry))


def picture(site: Site, entry: Entry) -> Picture | None:
    """The picture of an entry, if it names one that is there."""
    if not entry.image or leads_elsewhere(entry.image):
        return Picture(entry.image, type_of(entry.image), 0) if entry.image else None
    try:
        address = find(site.store, entry.path, entry.image)
    except Nowhere:
        return None
    file = site.texts.file_of(address)
    return Picture(site.absolute(address.url), type_of(address.url), file.stat().st_size) if file else None


def type_of(url: str) -> str:
    """The media type of a picture, as its name has it."""
    return mimetypes.guess_type(url)[0] or "image/*"
