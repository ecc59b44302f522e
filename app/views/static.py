"""Style sheets, scripts and icons: the author's own before Octavo's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, send_file
from flask.typing import ResponseReturnValue

from .. import assets
from ..folders import held
from ..site import Site, current_site

blueprint = Blueprint("static", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every static file by its own name, for those who link to it, and by that with a digest, for our pages."""
    for name in (*assets.plain(site), *assets.digested(site)):
        yield "static.file", {"name": name}


@blueprint.get("/static/<path:name>")
def file(name: str) -> ResponseReturnValue:
    """Send a static file, and after the style sheet the theme."""
    found = assets.file_of(current_site(), name)
    if not found:
        abort(404)
    try:
        more = assets.added(current_site(), name)
        with held(found) as at:
            return (
                Response(at.read_bytes() + more, mimetype="text/css")
                if more
                else send_file(at, download_name=found.name, etag=False)
            )
    except OSError:
        abort(404)


@blueprint.app_template_global()
def asset(name: str) -> str:
    """The URL of a static file, which changes when the file does."""
    return assets.url_of(current_site(), name)
