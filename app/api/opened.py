"""OpenAPI: the API as it describes itself, for the folders and types that a site has."""

from __future__ import annotations

from typing import Any, Literal

from pydantic.json_schema import JsonSchemaValue, models_json_schema

from ..site import Site
from .addresses import address
from .documents import folders
from .facts import Index
from .schemas import SITE, types
from .shapes import VERSION, Document, Shape
from .spelling import AsAnswered

COMPONENTS = "#/components/schemas/"

ABOUT = f"""\
What the site says, as data: the same files live and released, in UTF-8, the same bytes for the same content.

**Addresses.** What the site has at `/<id>/` is at `/api/<id>.json`. A folder and the page that lists it are one document:
`entry` is the page, `listing` what the folder holds, and either is null where there is no such thing. So `/api/notes.json` is
both the entry `notes` and the collection `notes`. The home page, whose id is `index`, is `home` in `/api/index.json`. An id whose
first part is `openapi` or `schema`, in any case and with any number of `_` before it, has one more `_` before it here:
`/api/_openapi.json`. Every entry and folder says its address in `api`: follow that.

**Paths.** Every `url` and `api` that begins with `/` is a path from the root of the site; `base_url` in the index, without its
last slash, comes before it. In HTML a link begins with `/` at the root of the site, with `#` on the page of the entry.

**Lists** have neither drafts nor unlisted entries. An unlisted entry has its own document, as it has its page. No draft is
released. Of an entry in two languages lists have the original; the others are its `translations`.

**Version {VERSION}.** Fields, documents and types may be added at any time: pass over what you do not know. Nothing is taken
away, renamed or given another meaning without a new number, which every answer has as `version`; a schema has it in its
`$comment`, this description in `info`.
"""


def openapi(site: Site) -> dict[str, Any]:
    """The description of the API as OpenAPI 3.1 has it."""
    paths = {
        "/api/index.json": get("The site, and what leads to all its documents", ref("Index")),
        "/api/openapi.json": get("This description", {"type": "object"}),
        "/api/schema/{type}.json": get("The JSON Schema of the front matter of a type, or of site.yml", {"type": "object"},
                                       type={"enum": [*types(site), SITE]}),
    }  # fmt: skip
    for id in folders(site):
        paths[address(id)] = get(f"The folder {id}", ref("Document"))
        paths[address(id).removesuffix(".json") + "/{name}.json"] = get(f"An entry in {id}", ref("Document"), name={})
    paths["/api/{name}.json"] = get("An entry in no folder", ref("Document"), name={})
    return {
        "openapi": "3.1.1",
        "info": {"title": site.facts.title, "version": str(VERSION), "description": ABOUT},
        "servers": [{"url": (site.base_url or "/").rstrip("/") or "/"}],
        "paths": paths,
        "components": {"schemas": components(site)},
    }


def get(summary: str, answer: JsonSchemaValue, **parameters: JsonSchemaValue) -> dict[str, Any]:
    """What is at a path: an answer with a schema, or nothing; `parameters` are the parts of the path in brackets."""
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", **one}} for name, one in parameters.items()
    ]
    found = {"description": summary, "content": {"application/json": {"schema": answer}}}
    responses = {"200": found, "404": {"description": "There is nothing at this address"}}
    return {"get": {"summary": summary, "parameters": named, "responses": responses}}


def ref(name: str) -> JsonSchemaValue:
    """What stands for a schema."""
    return {"$ref": COMPONENTS + name}


def components(site: Site) -> dict[str, JsonSchemaValue]:
    """The schemas of the answers by their names, and as `fields.<type>` those of the fields of each type."""
    roots: list[tuple[type[Shape], Literal["serialization"]]] = [(Index, "serialization"), (Document, "serialization")]
    _, found = models_json_schema(roots, ref_template=COMPONENTS + "{model}", schema_generator=AsAnswered)
    schemas: dict[str, JsonSchemaValue] = found["$defs"]
    for name, model in types(site).items():
        template = f"{COMPONENTS}fields.{name}.{{model}}"
        fields = model.model_json_schema(mode="serialization", ref_template=template, schema_generator=AsAnswered)
        schemas |= {f"fields.{name}.{part}": one for part, one in fields.pop("$defs", {}).items()}
        schemas[f"fields.{name}"] = fields
    full = schemas["Full"]["properties"]["fields"]
    full |= {"anyOf": [ref(f"fields.{name}") for name in types(site)]}
    full.pop("additionalProperties", None)
    return schemas
