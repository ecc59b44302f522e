"""Feeds: Atom and JSON Feed of the site, of each folder and of each tag."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template

from ..feeds import Feed, Item, entries_of, feed_of, names, title_of, within
from ..leaves import LEAF
from ..site import Site, current_site

FORMS = {"xml": "application/atom+xml", "json": "application/feed+json"}

NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold in any way."""

blueprint = Blueprint("feeds", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every feed in both forms, where the site's address is known."""
    for name in names(site) if site.base_url else ():
        for form in FORMS:
            yield "feeds.feed", {"name": name, "form": form} if name else {"form": form}


@blueprint.get("/feed.<any(xml, json):form>", defaults={"name": ""})
@blueprint.get("/<path:name>/feed.<any(xml, json):form>")
def feed(name: str, form: str) -> Response:
    """The entries with a date, the last changed first, with their whole texts and absolute links."""
    site = current_site()
    found = feed_of(site, name) if site.base_url else None
    if found is None:
        abort(404)
    body = atom(found) if form == "xml" else json_feed(site, found)
    return Response(body, mimetype=FORMS[form])


@blueprint.app_template_global()
def feeds_at(path: str) -> list[tuple[str, str]]:
    """The title and the folder of the site's feed, and of that of the page at `path`, where it has one."""
    further = LEAF.fullmatch(path.strip("/"))
    site, name = current_site(), further["list"] if further else path.strip("/")
    tongue, folder = within(site, name)
    own = [(title_of(site, name), f"/{name}/")] if folder and entries_of(site, name) else []
    return [(title_of(site, tongue), f"/{tongue}/" if tongue else "/"), *own] if site.base_url else []


@blueprint.app_template_filter()
def moment(day: date) -> str:
    """The beginning of a day as RFC 3339 has it."""
    return f"{day}T00:00:00Z"


def atom(found: Feed) -> str:
    """A feed as RFC 4287 has it."""
    return NO_XML.sub("", render_template("feed.xml", feed=found))


def json_feed(site: Site, found: Feed) -> str:
    """A feed as JSON Feed 1.1 has it."""
    described = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        "home_page_url": site.absolute(found.url),
        "feed_url": site.absolute(f"{found.folder}feed.json"),
        "description": site.facts.description,
        "language": found.lang,
        "authors": [{"name": site.facts.author.name, "url": site.absolute("/")}],
        "items": [item_of(site, item) for item in found.items],
    }
    return json.dumps(filled(described), ensure_ascii=False, indent=1)


def item_of(site: Site, item: Item) -> dict[str, Any]:
    """One entry of a JSON Feed, which must have a text."""
    entry, url = item.entry, site.absolute(item.entry.url)
    return filled(
        {
            "id": url,
            "url": url,
            "title": item.title.striptags(),
            "content_html": item.content,
            "content_text": "" if item.content else item.summary or entry.title,
            "summary": item.summary,
            "image": item.picture.url if item.picture else "",
            "date_published": moment(entry.date) if entry.date else "",
            "date_modified": moment(entry.changed) if entry.changed else "",
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.tags),
            "language": entry.lang,
        }
    )


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Those of some values that are not empty; a feed always has its list of items."""
    return {key: value for key, value in values.items() if value or key == "items"}
