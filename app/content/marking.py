"""Marking: which fields of a model bear a marker, such as that they lead somewhere, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .nodes import Location


@cache
def marks(model: type[BaseModel], name: str, marker: type) -> bool:
    """Whether the field `name` of `model` bears `marker`, on itself or on what it may be."""
    info = model.model_fields[name]
    found: list[Any] = [*info.metadata]
    for argument in getattr(info.annotation, "__args__", ()):
        found.extend(getattr(argument, "__metadata__", ()))
    return any(isinstance(one, marker) for one in found)


@cache
def candidates(model: type[BaseModel], marker: type) -> tuple[tuple[str, FieldInfo], ...]:
    """The fields of `model` that bear `marker`, or that have or may have groups of fields."""
    fields = model.model_fields.items()
    return tuple((name, info) for name, info in fields if marks(model, name, marker) or groups(info.annotation))


def groups(kind: object) -> bool:
    """Whether a type is a group of fields, or can hold one."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return True
    return any(groups(one) for one in getattr(kind, "__args__", ()))


def marked(model: BaseModel, marker: type, location: Location) -> Iterator[tuple[Location, str]]:
    """The place and the text of every field of `model` that bears `marker`."""
    for name, info in candidates(type(model), marker):
        value = getattr(model, name)
        items = value if isinstance(value, tuple) else (value,)
        written = info.alias or name
        for index, item in enumerate(items):
            place = (*location, written, index) if isinstance(value, tuple) else (*location, written)
            if isinstance(item, BaseModel):
                yield from marked(item, marker, place)
            elif isinstance(item, str) and item and marks(type(model), name, marker):
                yield place, item
