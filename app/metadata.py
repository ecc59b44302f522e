"""Metadata: what machines read in the head of a page, before its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from .content import Entry
from .content.addresses import leads_elsewhere
from .content_types import CourseProject, Post, ResearchNote, Statement
from .linkcards import HOME
from .markup import Image, render
from .markup.fields import html_of
from .plain import plain
from .publications import Work
from .schema import CONTEXT, breadcrumbs, full, person, website, works
from .site import Site

LONGEST = 200
"""How many characters of a description are shown anywhere."""

ARTICLES = (ResearchNote, Statement, CourseProject, Post)
RASTER = (".png", ".jpg", ".jpeg", ".webp", ".gif")
"""The pictures that others show beside a link."""

TERRITORIES = {"en": "US", "zh": "CN", "fr": "FR", "de": "DE", "es": "ES"}
"""Open Graph names a language with a territory only; these stand for a language written without one."""

NOTE = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
"""The mark of a footnote."""

SIZE = 1200, 630


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path, unquoted; its title and language; and the entry or the work that it shows, if it shows one."""

    path: str
    title: str
    lang: str
    entry: Entry | None = None
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What is in the head of a page: its full URL, if the site has one; Open Graph's properties in order; JSON-LD."""

    url: str
    description: str
    large: bool
    properties: tuple[tuple[str, str], ...]
    data: str


def head_of(site: Site, page: Page) -> Head:
    """What machines read of a page."""
    told, image = description(site, page), tuple(picture(site, page))
    url = full(site, quote(page.path))
    properties = (*always(site, page, url, told), *image, *article(page))
    graph = list(things(site, page, told, dict(image).get("og:image", "")))
    data = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":")) if graph else ""
    return Head(url, told, bool(image), properties, data.replace("<", "\\u003c"))


def description(site: Site, page: Page) -> str:
    """What a page is about, in a sentence or two, or nothing: the site's own description is that of its first page.

    It is also that of the pages that are no entry's, such as the map.
    """
    if site.facts.description and (page.path == "/" or not (page.entry or page.work)):
        return shortened(site.facts.description)
    if page.work:
        return shortened(plain(html_of(page.work.abstract)))
    return shortened(plain(NOTE.sub("", beginning(site, page.entry)))) if page.entry else ""


def beginning(site: Site, entry: Entry) -> str:
    """What introduces an entry, else its first paragraph, as HTML with nothing beside it."""
    page, fields = site.page(entry).quietly, [name for name in (entry.lead, "summary") if getattr(entry, name)]
    if fields:
        return render(site.document(entry, fields[0]), page).html
    document = site.document(entry)
    return render(document, page, document.excerpt).html


def shortened(text: str) -> str:
    """The beginning of a text on one line, cut after a word."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    whole = line[:LONGEST].rpartition(" ")[0]
    return (whole if len(whole) > LONGEST // 2 else line[: LONGEST - 1]).rstrip(" ,;:.–—-") + "…"


def always(site: Site, page: Page, url: str, told: str) -> Iterator[tuple[str, str]]:
    """The properties that every page has."""
    yield "og:title", page.title
    yield "og:type", "article" if is_article(page) else "website"
    yield "og:site_name", site.facts.title
    language, _, rest = page.lang.replace("_", "-").partition("-")
    territory = next((part.upper() for part in rest.split("-") if len(part) == 2), TERRITORIES.get(language.lower(), ""))
    if territory:
        yield "og:locale", f"{language.lower()}_{territory}"
    if told:
        yield "og:description", told
    if url:
        yield "og:url", url


def is_article(page: Page) -> bool:
    """Whether a page is a text by itself."""
    return bool(page.work) or isinstance(page.entry, ARTICLES)


def article(page: Page) -> Iterator[tuple[str, str]]:
    """The properties of a page that is a text by itself."""
    entry = page.entry if is_article(page) else None
    if entry and entry.date:
        yield "article:published_time", entry.date.isoformat()
    if entry and entry.updated:
        yield "article:modified_time", entry.updated.isoformat()
    for tag in entry.tags if entry else ():
        yield "article:tag", tag


def picture(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    """The picture that stands for a page: the entry's own, else its card."""
    if own := own_picture(site, page.entry):
        yield "og:image", own.url
        yield from sized(own.width, own.height) if own.width else ()
        yield "og:image:alt", page.title
    elif site.base_url and site.has("cards"):
        yield "og:image", site.absolute(f"/cards/{quote(card_name(page.entry, page.work))}.png")
        yield from sized(*SIZE)
        yield "og:image:alt", page.title if page.entry or page.work else site.facts.title


def own_picture(site: Site, entry: Entry | None) -> Image | None:
    """The picture that an entry names, at its full URL; only one that others can show beside a link."""
    href = (entry.image or getattr(entry, "preview", None) or "") if entry else ""
    if entry is None or not urlsplit(href).path.lower().endswith(RASTER):
        return None
    if leads_elsewhere(href):
        return Image(href, 0, 0)
    found = site.picture(entry.path, href)
    return replace(found, url=site.absolute(found.url)) if found and site.base_url else None


def sized(width: int, height: int) -> Iterator[tuple[str, str]]:
    """The size of a picture."""
    yield from (("og:image:width", str(width)), ("og:image:height", str(height)))


def card_name(entry: Entry | None, work: Work | None) -> str:
    """The name of the card of a page that shows an entry or a work; those of other pages are the site's."""
    return entry.id if entry else f"publications/{work.name}" if work else HOME


def things(site: Site, page: Page, told: str, image: str) -> Iterator[dict[str, object]]:
    """What a page is about, in schema.org's words."""
    yield from works(site, page.entry, page.work, told, image)
    if page.path == "/" or (page.entry and page.entry.id in site.store.tongues):
        yield from (person(site), website(site))
    elif site.base_url:
        yield breadcrumbs(site, page.path, page.title, page.lang)
