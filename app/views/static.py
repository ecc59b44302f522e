"""Style sheets, scripts and icons: the author's own before Octavo's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, send_file
from flask.typing import ResponseReturnValue

from ..site import Site, current_site

blueprint = Blueprint("static", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every file in the static folders that is not hidden."""
    names = set()
    for folder in site.folders.static:
        for file in folder.rglob("*"):
            path = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") for part in path.parts):
                names.add(path.as_posix())
    for name in sorted(names):
        yield "static.file", {"name": name}


@blueprint.get("/static/<path:name>")
def file(name: str) -> ResponseReturnValue:
    """Send a static file."""
    found = current_site().static_file(name)
    return send_file(found) if found else abort(404)
