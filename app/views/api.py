"""The JSON API: what the site says, as data for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from .. import api
from ..site import Site, current_site

blueprint = Blueprint("api", __name__)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The index, every document, the schemas and the description of it all."""
    if not site.has("api"):
        return
    yield "api.index", {}
    yield "api.openapi", {}
    for name in (*api.types(site), api.SITE):
        yield "api.schema", {"name": name}
    for name in api.names(site):
        yield "api.document", {"name": name}


@blueprint.get("/api/index.json")
def index() -> ResponseReturnValue:
    """The site, and what leads to everything else."""
    return answered("index", api.index(current_site()))


@blueprint.get("/api/openapi.json")
def openapi() -> ResponseReturnValue:
    """The description of the API."""
    return answered("openapi", api.openapi(current_site()))


@blueprint.get("/api/schema/<name>.json")
def schema(name: str) -> ResponseReturnValue:
    """The JSON Schema of what authors write."""
    return answered(f"schema/{name}", api.schema(current_site(), name))


@blueprint.get("/api/<path:name>.json")
def document(name: str) -> ResponseReturnValue:
    """What the site has at an address."""
    return answered(name, api.document(current_site(), name))


def answered(name: str, answer: BaseModel | dict[str, Any] | None) -> ResponseReturnValue:
    """An answer as JSON; where there is none, the content's answer to the same path: a file of the author's, or nothing."""
    if answer is None:
        return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=f"api/{name}.json"))
    plain = (
        answer.model_dump_json(indent=1) if isinstance(answer, BaseModel) else json.dumps(answer, ensure_ascii=False, indent=1)
    )
    return Response(plain, mimetype="application/json")
