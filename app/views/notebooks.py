"""The pictures inside notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from ..answers.embeds import pageless_in
from ..content.extracted import extracted, pictures
from ..content.outputs import PICTURES
from ..images import Unfit
from ..site import Site, current_site

blueprint = Blueprint("notebooks", __name__)

TYPES = {ending: type for type, ending in PICTURES.items()}


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every picture inside a published notebook."""
    shown = (*site.store, *(notebook for entry in site.store for notebook in pageless_in(site.texts, entry)))
    for name in pictures(shown):
        yield "notebooks.output", {"name": name}


@blueprint.get("/outputs/<name>")
def output(name: str) -> ResponseReturnValue:
    """Send a picture, with nothing in it that runs or tells."""
    site = current_site()
    file = extracted(site.store, name)
    if file is None:
        abort(404)
    try:
        data = site.texts.pictures.cleaned(file) or file.read_bytes()
    except Unfit:
        abort(404)
    return Response(data, mimetype=TYPES[file.suffix])
