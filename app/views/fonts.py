"""The font of formulas."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from .. import fonts
from ..site import Site, current_site

blueprint = Blueprint("math-font", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, str]]]:
    """The font, where the site has one."""
    if fonts.there(site):
        yield "math-font.file", {"name": "math"}


@blueprint.get("/fonts/<any(math):name>.woff2")
def file(name: str) -> ResponseReturnValue:
    """Send the font."""
    font = fonts.woff2(current_site())
    return Response(font, mimetype="font/woff2") if font else abort(404)
