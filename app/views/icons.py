"""The site's icons, and the manifest that names them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from ..folders import inside
from ..icons import GROUNDS, NAMES, icon_of, manifest
from ..reads import note
from ..site import Site, current_site

TYPES = {"ico": "image/x-icon", "png": "image/png"}

blueprint = Blueprint("icons", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The manifest, and all icons."""
    yield "icons.described", {}
    for name in NAMES:
        yield "icons.icon", {"name": name}


@blueprint.get("/manifest.webmanifest")
def described() -> Response:
    """The manifest."""
    return Response(manifest(current_site()), mimetype="application/manifest+json")


@blueprint.get('/<any("favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png"):name>')
def icon(name: str) -> ResponseReturnValue:
    """Send an icon; the author's own, where there is one in `pages/`."""
    site = current_site()
    note("bytes", name)
    if inside(Path(site.store.root), name):
        return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=name))
    return Response(icon_of(site, name), mimetype=TYPES[name.rpartition(".")[2]])


@blueprint.app_template_global()
def grounds() -> list[tuple[str, str]]:
    """The colours that a browser can take for its own frame: the scheme that the reader likes, and the colour."""
    return list(GROUNDS.items())
