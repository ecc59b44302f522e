"""Schemas: what may stand in front matter and in `site.yml`, as JSON Schema 2020-12, for editors."""

from __future__ import annotations

import inspect
from functools import cache

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

from ..content import Entry, Facts
from ..site import Site
from .shapes import VERSION
from .spelling import AsWritten

SITE = "site.yml"
"""The name of the schema of that file; a type of entry has no dot in its name."""


def types(site: Site) -> dict[str, type[Entry]]:
    """The types of entry of a site by their names."""
    found = (*site.store.types, *(one.type for one in site.store.collections))
    return dict(sorted((kind(one), one) for one in dict.fromkeys(found)))


@cache
def kind(model: type[Entry]) -> str:
    """The name of a type: `research_note`."""
    return model.model_construct(title="").kind_of_entry


def described(model: type[BaseModel]) -> str:
    """What the author of a class says that it is."""
    return inspect.cleandoc(model.__doc__ or "")


def schema(site: Site, name: str) -> JsonSchemaValue | None:
    """The schema of the front matter of a type, or of `site.yml`; nothing where there is no such type."""
    model = Facts if name == SITE else types(site).get(name)
    if model is None:
        return None
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Octavo's API, version {VERSION}",
        **model.model_json_schema(schema_generator=AsWritten),
    }
