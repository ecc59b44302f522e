"""The entries' pages, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from ..check import check_entry
from ..content import Entry
from ..content.addresses import Nowhere, find
from ..content_types import Listing
from ..problems import Problems
from ..site import Site, current_site

blueprint = Blueprint("content", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry, and every file that an entry leads to."""
    for entry in site.store:
        yield ("content.home", {}) if entry.id == "index" else ("content.page", {"path": f"{entry.id}/"})
    for path in site.files():
        yield "content.page", {"path": path}


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """Show the entry of the whole folder."""
    return shown(current_site(), "index")


@blueprint.get("/<path:path>")
def page(path: str) -> ResponseReturnValue:
    """Show an entry where the path ends with a slash; send a file that stands beside the entries where it does not."""
    site = current_site()
    return shown(site, path.removesuffix("/")) if path.endswith("/") else sent(site, path)


def shown(site: Site, id: str) -> str:
    """The page of an entry; raises `Problems` where its file cannot be an entry."""
    entry = site.entry(id)
    if entry is None:
        if broken := site.broken(id):
            raise Problems(broken.problems)
        abort(404)
    return render_template([*entry.templates], entry=entry, **surroundings(site, entry))


def sent(site: Site, path: str) -> ResponseReturnValue:
    """A file below `pages/`; the page, where an entry was asked for without its slash."""
    try:
        address = find(site.store, "", "/" + quote(path))
    except Nowhere:
        abort(404)
    if address.entry and not path.endswith(".md"):
        return redirect(address.url, 308)
    file = site.file_of(address)
    return send_file(file) if file else abort(404)


def surroundings(site: Site, entry: Entry) -> dict[str, Any]:
    """What a template shows beside the entry itself."""
    sections = site.entries(entry.sections) if isinstance(entry, Listing) else []
    return {
        "sections": [(section, site.query(section.id)) for section in sections],
        "listed": site.query(entry.id) if isinstance(entry, Listing) and not sections else (),
        "problems": check_entry(site, entry),
    }
