"""Style sheets, scripts and icons: the author's own before Octavo's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from .. import assets
from ..site import Site, current_site

blueprint = Blueprint("static", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every static file by its own name, for those who link to it, and by that with a digest, for our pages."""
    for name in (*assets.plain(site), *assets.digested(site)):
        yield "static.file", {"name": name}


@blueprint.get("/static/<path:name>")
def file(name: str) -> ResponseReturnValue:
    """Send a static file."""
    found = assets.file_of(current_site(), name)
    return send_file(found) if found else abort(404)


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The URL of a static file, which changes when the file does."""
    return assets.url_of(current_site(), name)
