"""Old URLs: each answers where its entry is now, as a page that works on any host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request

from ..reads import note
from ..relative import between
from ..site import Site, current_site

blueprint = Blueprint("redirects", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every old URL, and the file that tells them to hosts."""
    yield "redirects.rules", {}
    for path in site.texts.aliases.entries:
        yield "content.page", {"path": path[1:]}


@blueprint.before_app_request
def moved() -> Response | None:
    """Lead from an old URL to the new one. A static file has no status: while the site is frozen, the page is all there is."""
    moved = current_site().texts.aliases.entries
    note("aliases")
    path = next((path for path in (request.path, f"{request.path}/") if path in moved), None)
    if path is None:
        return None
    entry, old = moved[path], quote(path)
    note("entry", entry.id)
    html = render_template("redirect.html", entry=entry, way=between(old[: old.rindex("/") + 1], entry.url))
    if "FREEZER_DESTINATION" in current_app.config:
        return Response(html, mimetype="text/html")
    return Response(html, 308, {"Location": entry.url}, mimetype="text/html")


@blueprint.get("/_redirects")
def rules() -> Response:
    """The old URLs for hosts that read such a file, after what the author's own file of this name says."""
    site = current_site()
    note("aliases")
    lines = [f"{quote(path)} {entry.url} 301\n" for path, entry in sorted(site.texts.aliases.entries.items())]
    return Response(site.own_file("_redirects") + "".join(lines), mimetype="text/plain")
