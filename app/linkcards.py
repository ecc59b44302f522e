"""The cards of a site: what each says, and its picture, drawn once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from .cards import ACCENT, FONTS, PACKAGES, Card, characters, drawn, fingerprint, made_with, own
from .content.facts import FACTS
from .markup.fields import html_of
from .plain import plain
from .problems import Problem
from .site import Site

HOME = "index"
"""The name of the card of the site itself."""

FOLDER = "fonts"


def card_of(site: Site, name: str) -> Card | None:
    """What the card with this name says; nothing where no page has it."""
    facts, entry, work = site.facts, site.entry(name), site.texts.work_at(f"/{quote(name)}/")
    if name == HOME:
        title = facts.title
    elif entry:
        title = plain(site.title(entry))
    elif work:
        title = plain(html_of(work.reference.get("title")))
    else:
        return None
    writer = ", ".join(entry.authors) if entry and entry.authors else facts.author.name
    last = facts.title if facts.title not in (writer, title) else urlsplit(site.base_url or "").netloc
    return Card(
        title,
        writer if writer != title else facts.author.position or facts.author.affiliation,
        last,
        facts.theme.accent or ACCENT,
        fonts_of(site),
    )


def fonts_of(site: Site) -> tuple[Path, ...]:
    """The author's own fonts, in `fonts/` beside `pages/`, for what ours do not have."""
    return tuple(file for file in sorted((site.folder / FOLDER).glob("*")) if file.suffix.lower() in FONTS)


def kept(site: Site, card: Card) -> bytes:
    """The bytes of a card, from the cache where it has them."""
    fonts = map(fingerprint, card.fonts)
    said = (made_with(), card.title, card.author, card.site, card.accent, *fonts)
    key = hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
    cache = site.texts.cache
    found = cache.get("card", key) if cache else None
    if found is None:
        found = drawn(card)
        if cache:
            cache.put("card", key, found)
    return found


def wrong_cards(site: Site) -> Iterator[Problem]:
    """What is wrong with the fonts of cards."""
    if site.base_url and site.has("cards"):
        if not own():
            hint = f"install {' or '.join(PACKAGES)}, or write 'without: [cards]'"
            yield Problem(FACTS, 1, 1, "the cards of pages have no font: its package is not installed", hint)
        for file in fonts_of(site):
            if not characters(file):
                yield Problem(f"{FOLDER}/{file.name}", 1, 1, "this is no font that can be used", "put a .ttf or .otf file there")
