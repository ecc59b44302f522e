"""The smaller copies of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from ..content.addresses import Nowhere, find
from ..images import Unfit, Variant
from ..site import Site, current_site

blueprint = Blueprint("images", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every copy of a picture that a published entry shows."""
    for variant in shown(site):
        yield "images.variant", asdict(variant)


@blueprint.get("/images/<stem>-<string(length=10):digest>-<int:width>.<any(avif, webp):ending>")
def variant(**values: Any) -> ResponseReturnValue:
    """Send a copy of a picture; it is made now if it has not been made before."""
    site, wanted = current_site(), Variant(**values)
    data = site.texts.pictures.variant(wanted)
    if data is None and wanted in shown(site):
        data = site.texts.pictures.variant(wanted)
    return Response(data, mimetype=f"image/{wanted.ending}") if data else abort(404)


def shown(site: Site) -> dict[Variant, None]:
    """The copies of all pictures that published entries show, in the order of the entries."""
    found: dict[Variant, None] = {}
    for (id, _), outline in site.texts.outlines.items():
        entry = site.entry(id)
        for slot in outline.slots if entry else ():
            try:
                if entry and slot.kind == "image" and (file := site.texts.file_of(find(site.store, entry.path, slot.target))):
                    found.update(dict.fromkeys(site.texts.pictures.of(file).variants))
            except (Nowhere, Unfit):
                continue
    return found
