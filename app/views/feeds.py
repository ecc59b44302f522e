"""The Atom feed of what was written last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template
from markupsafe import Markup

from ..content import Entry
from ..relative import absolute
from ..site import Site, current_site

LENGTH = 20

blueprint = Blueprint("feeds", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The feed, where the site's address is known."""
    if site.base_url:
        yield "feeds.atom", {}


@blueprint.get("/feed.xml")
def atom() -> Response:
    """The entries with a date, the last changed first, with their whole text and absolute links."""
    site = current_site()
    if site.base_url is None:
        abort(404)
    entries = [(entry, content(site, entry)) for entry in latest(site)]
    newest = max((day for entry, _ in entries if (day := entry.changed)), default=date(1970, 1, 1))
    body = render_template("feed.xml", entries=entries, newest=newest)
    return Response(body, mimetype="application/atom+xml")


def latest(site: Site) -> list[Entry]:
    """The entries that the feed has."""
    dated = site.query().order_by("-changed", "title")
    return [entry for entry in dated if entry.changed][:LENGTH]


def content(site: Site, entry: Entry) -> Markup:
    """The text of an entry for a reader elsewhere."""
    html = site.html(entry) if entry.source.body.strip() else site.lead(entry)
    return Markup(absolute(str(html), site.absolute(""), entry.url))  # noqa: S704
