"""What hosts and search engines ask for: the page for what is not there, the map of the site, robots, `.nojekyll`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template

from .. import policy
from ..interface import alternates_of
from ..leaves import leaves_of
from ..site import Site, current_site

blueprint = Blueprint("special", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """All of them; the map only where the site's address is known."""
    yield "special.not_found", {}
    yield "special.robots", {}
    yield "special.nojekyll", {}
    yield "special.headers", {}
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


@blueprint.get("/_headers")
def headers() -> Response:
    """What a host is to send with every page, for those that read such a file."""
    return Response(policy.headers(current_site()), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that may be found."""
    site = current_site()
    if site.base_url is None:
        abort(404)
    listed = [entry for entry in site.store if not entry.unlisted and not entry.draft]
    pages = [(entry.url, entry.changed) for entry in listed]
    further = [(leaf.url, None) for entry in listed for leaf in leaves_of(site, entry)[1:]]
    works = [(work.url, None) for work in site.works if not work.entry]
    always = [*["/map/"] * site.has("map"), *["/publications/"] * bool(site.works)]
    for root in ("/", *(f"/{tongue}/" for tongue in site.store.tongues)):
        tags = site.tags_of(root.strip("/")).values()
        always += [f"{root}tags/", *[f"{root}search/"] * site.has("search"), *(tag.url for tag in tags)]
    others: list[tuple[str, date | None]] = [(url, None) for url in always]
    found = dict([*others, *works, *further, *pages])
    siblings = {entry.url: each for entry in listed if (each := alternates_of(site, entry))}
    return Response(render_template("sitemap.xml", pages=found.items(), siblings=siblings), mimetype="application/xml")
