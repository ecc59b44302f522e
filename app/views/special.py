"""What hosts and search engines ask for: the page for what is not there, the map of the site, robots, `.nojekyll`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, render_template

from ..site import Site, current_site

blueprint = Blueprint("special", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """All of them; the map only where the site's address is known."""
    yield "special.not_found", {}
    yield "special.robots", {}
    yield "special.nojekyll", {}
    if site.base_url:
        yield "special.sitemap", {}


@blueprint.get("/404.html")
def not_found() -> str:
    """The page that a static host shows for what is not there."""
    return render_template("404.html")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@blueprint.get("/.nojekyll")
def nojekyll() -> Response:
    """Tell GitHub Pages to serve the files as they are."""
    return Response(b"", mimetype="application/octet-stream")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that may be found."""
    site = current_site()
    if site.base_url is None:
        abort(404)
    pages = [(entry.url, entry.changed) for entry in site.store if not entry.unlisted]
    listed = [*pages, ("/tags/", None), *((f"/tags/{name}/", None) for name in site.tags)]
    return Response(render_template("sitemap.xml", pages=listed), mimetype="application/xml")
