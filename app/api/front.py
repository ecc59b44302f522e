"""Front matter as data: the fields of an entry, by its type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pydantic import BaseModel, JsonValue

from ..content import Entry, Target
from ..content.marking import marks
from ..content.when import When
from ..site import Site


def front(site: Site, entry: Entry) -> dict[str, JsonValue]:
    """The fields of an entry by the names they are written with, their links resolved."""
    return fields(entry, lambda href: site.href(entry, href))


def fields(model: BaseModel, link: Callable[[str], str]) -> dict[str, JsonValue]:
    """The fields of a group, those that are links as `link` has them."""
    return {
        info.alias or name: value(getattr(model, name), link if marks(type(model), name, Target) else str, link)
        for name, info in type(model).model_fields.items()
    }


def value(found: object, text: Callable[[str], str], link: Callable[[str], str]) -> JsonValue:
    """What a field holds, texts as `text` has them; a time is a group of its words, its first day and its last, if it has one."""
    if isinstance(found, str):
        return text(found)
    if isinstance(found, When):
        return {"written": str(found), "first": day(found.first), "last": day(found.last)}
    if isinstance(found, BaseModel):
        return dict(fields(found, link))
    if isinstance(found, tuple | list):
        return [value(one, text, link) for one in found]
    if isinstance(found, dict):
        return {str(key): value(one, text, link) for key, one in found.items()}
    return day(found) if isinstance(found, date) else found if isinstance(found, bool | int | float) else None


def day(found: date) -> str | None:
    """A day in numbers; nothing where it never comes."""
    return None if found == date.max else found.isoformat()
