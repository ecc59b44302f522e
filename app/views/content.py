"""The entries' pages, and the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from flask import Blueprint, abort, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from ..check import check_entry
from ..content import Entry
from ..content.addresses import Nowhere, find
from ..content.names import ENDINGS
from ..content_types import Listing
from ..folders import held, inside
from ..images import Unfit
from ..leaves import LEAF, Leaf, leaves_of
from ..problems import Problem, Problems
from ..reading_time import minutes
from ..site import Site, current_site

blueprint = Blueprint("content", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry, and every file that an entry leads to."""
    for entry in site.store:
        yield ("content.home", {}) if entry.id == "index" else ("content.page", {"path": f"{entry.id}/"})
        for leaf in leaves_of(site, entry)[1:]:
            yield "content.page", {"path": unquote(leaf.url[1:])}
    for path in site.texts.files():
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
    """The page of an entry, or a further one of a long list; raises `Problems` where its file cannot be an entry."""
    further = LEAF.fullmatch(id)
    id, number = (further["list"], int(further["number"])) if further else (id, 1)
    entry = site.entry(id)
    if entry is None and (broken := site.broken(id)):
        raise Problems(broken.problems)
    leaf = next((leaf for leaf in leaves_of(site, entry) if leaf.number == number), None) if entry else None
    if entry is None or (further and not leaf):
        abort(404)
    return render_template([*entry.templates], entry=entry, leaf=leaf, **surroundings(site, entry, leaf))


def sent(site: Site, path: str) -> ResponseReturnValue:
    """A file below `pages/`; the page, where an entry was asked for without its slash."""
    try:
        address = find(site.store, "", "/" + quote(path))
    except Nowhere:
        abort(404)
    if address.entry and not path.endswith(ENDINGS):
        return redirect(address.url, 308)
    file = site.texts.file_of(address)
    if file is None:
        abort(404)
    try:
        with held(inside(Path(site.store.root), address.file) or file) as at:
            clean = site.texts.pictures.cleaned(file, at)
            return send_file(at if clean is None else BytesIO(clean), download_name=file.name, etag=False)
    except Unfit as error:
        raise Problems([Problem(f"pages/{address.file}", 1, 1, f"this drawing {error.message}", error.hint)]) from error
    except OSError:
        abort(404)


@blueprint.app_template_global()
def reading_time(entry: Entry) -> int:
    """The minutes that the text of an entry takes its reader."""
    return minutes(current_site().document(entry))


def surroundings(site: Site, entry: Entry, leaf: Leaf | None) -> dict[str, Any]:
    """What a template shows beside the entry itself."""
    sections = site.entries(entry.sections, entry.language) if isinstance(entry, Listing) else []
    return {
        "sections": [(section, site.query(section.id, entry.tag)) for section in sections],
        "listed": leaf.entries if leaf else (),
        "problems": check_entry(site, entry),
    }
