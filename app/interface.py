"""The interface: what templates say, in the language of the page that is shown, and the way to its siblings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast
from urllib.parse import quote

from flask import request
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter, ValidationError

from . import dates
from .content import Entry
from .content.languages import direction, tag_of
from .leaves import LEAF
from .site import Site, current_site
from .words import Speech, name_of, words_of, written

KEPT = "octavo.language"
"""Under what name a request keeps the language of its page."""

SHARED = ("search/", "tags/")
"""The pages of the site itself that are there in every language."""


class Tongue(BaseConverter):
    """A language tag at the beginning of a URL."""

    def to_python(self, value: str) -> str:
        """The tag; what is none is another page's."""
        if tag_of(value) != value:
            raise ValidationError
        return value


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page in one language: the tag and the name of that, its URL, and whether it is the one that is shown."""

    language: str
    name: str
    url: str
    shown: bool


def id_at(path: str) -> str:
    """The id of the entry at a path from the root; a further page of a list is its."""
    id = path.strip("/") or "index"
    leaf = LEAF.fullmatch(id)
    return leaf["list"] if leaf else id


def language() -> str:
    """The language of the page that is shown: its entry's, that which its address begins with, or the site's."""
    if KEPT not in request.environ:
        request.environ[KEPT] = found()
    return cast(str, request.environ[KEPT])


def found() -> str:
    """The same, found once for each page."""
    site, id = current_site(), id_at(request.path)
    if entry := site.entry(id):
        return entry.language
    tag = id.partition("/")[0]
    return tag if tag in site.store.tongues else site.facts.lang


def voice(tag: str = "") -> str:
    """The language in which the interface speaks on a page in the language `tag`, or on the one that is shown."""
    return spoken(tag or language(), current_site().facts.lang)


@cache
def spoken(wanted: str, otherwise: str) -> str:
    """The first of two languages in which there are words, or else English."""
    return wanted if written(wanted) else otherwise if written(otherwise) else "en"


def say(phrase: str, **values: object) -> str:
    """A phrase in the language of the page, as HTML where one of its values is."""
    words = words_of(voice())
    if not values:
        return words(phrase)
    if not any(isinstance(one, Markup) for one in values.values()):
        return words(phrase, **values)
    return escape(words(phrase)).format(**values)


def words_in(tag: str) -> Speech:
    """What the interface says of an entry in a language."""
    return words_of(voice(tag))


def tongue(tag: str, around: str = "") -> Markup:
    """The attributes of an element in the language `tag` on a page (or in an element) in another; none in the same."""
    around = around or language()
    if tag == around:
        return Markup()
    turned = direction(tag) != direction(around)
    return Markup(' lang="{}"').format(tag) + (Markup(' dir="{}"').format(direction(tag)) if turned else "")


def day(when: date, tag: str = "") -> str:
    """A day as the readers of the page write it, or those of a language."""
    return dates.day(when, voice(tag))


def month(when: date, tag: str = "") -> str:
    """A month, in the same way."""
    return dates.month(when, voice(tag))


def home() -> str:
    """The URL of the home page in the language of the page."""
    site = current_site()
    index = site.entry("index")
    return site.store.beside(index, language()).url if index else "/"


def shared(path: str) -> str:
    """The URL of a page of the site itself (`tags/`), or of its feed, in the language of the page."""
    return f"/{language()}/{path}" if language() in current_site().store.tongues else f"/{path}"


def alternates() -> list[Alternate]:
    """The page in all its languages, the original first; nothing where it is in one language only."""
    site, path = current_site(), request.path
    if not site.store.siblings or LEAF.fullmatch(path.strip("/")):
        return []
    if entry := site.entry(id_at(path)):
        return alternates_of(site, entry)
    tag, _, rest = path.lstrip("/").partition("/")
    rest = rest if tag in site.store.tongues else path.lstrip("/")
    if rest not in SHARED:
        return []
    urls = {site.facts.lang: f"/{rest}", **{one: f"/{one}/{rest}" for one in site.store.tongues}}
    return [Alternate(tag, name_of(tag), url, url == path) for tag, url in urls.items()]


def alternates_of(site: Site, entry: Entry) -> list[Alternate]:
    """The page of an entry in all its languages, the original first; nothing where it is in one language only."""
    ids = site.store.siblings.get(entry.original, {})
    found = site.entries((entry.original, *ids.values())) if ids else []
    shown = quote(request.path)
    urls = [Alternate(one.language, name_of(one.language), one.url, one.url == shown) for one in found]
    return urls if len(urls) > 1 else []


GLOBALS = {
    "_": say, "alternates": alternates, "day": day, "direction": direction, "home_url": home, "language": language,
    "month": month, "shared": shared, "tongue": tongue, "voice": voice, "words_in": words_in,
}  # fmt: skip
"""What every template can call."""
