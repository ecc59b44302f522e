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
    """What a feed is called, the path of the page that it belongs to, its entries, and the last day that one changed."""

    title: str
    url: str
    items: tuple[Item, ...]
    changed: date


def names(site: Site) -> Iterator[str]:
    """What there are feeds of: the site (with an empty name), folders by their ids, and tags: `tags/theory`."""
    listings = (entry.id for entry in site.store if isinstance(entry, Listing))
    folders = {one.folder for one in site.store.collections}.union(listings)
    for name in ("", *sorted(folders), *(f"{TAGS}{tag}" for tag in site.tags)):
        if not name or entries_of(site, name):
            yield name


def entries_of(site: Site, name: str) -> list[Entry]:
    """The entries with a date that a feed is made of, the last changed first."""
    found: Iterable[Entry] = ()
    if name.startswith(TAGS):
        tag = site.tags.get(name.removeprefix(TAGS))
        found = tag.entries if tag else ()
    elif not name or name in {one.folder for one in site.store.collections} or isinstance(site.entry(name), Listing):
        found = site.query(name)
    return [entry for entry in Query(found).order_by("-changed", "title") if entry.changed]


def title_of(site: Site, name: str) -> str:
    """What the feed of a folder or a tag is called."""
    entry, tag = site.entry(name) if name else None, site.tags.get(name.removeprefix(TAGS))
    word = tag.word if tag and name.startswith(TAGS) else entry.title if entry else name.rpartition("/")[2].capitalize()
    return f"{word} – {site.facts.title}" if name else site.facts.title


def feed_of(site: Site, name: str) -> Feed | None:
    """The feed with this name, or nothing where there is none."""
    entries = entries_of(site, name)
    if name and not entries:
        return None
    changed = max((day for entry in entries if (day := entry.changed)), default=date(1970, 1, 1))
    return Feed(title_of(site, name), f"/{quote(name)}/" if name else "/", tuple(items(site, entries[:LENGTH])), changed)


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
