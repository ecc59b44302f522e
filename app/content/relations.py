"""What an entry says of other entries, checked against those that there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ..problems import Problem, did_you_mean
from .entry import Entry, FieldName
from .nodes import Location
from .source import Source


def unmet(source: Source, relations: Iterable[tuple[Location, str]], ids: Collection[str]) -> Iterator[Problem]:
    """A Problem for each relation that names none of `ids`."""
    for location, id in relations:
        if id not in ids:
            hint = did_you_mean(id, ids, otherwise="it is an entry's path below 'pages/', without '.md'")
            if any(one.startswith(f"{id}/") for one in ids):
                hint = f"the folder has no page yet: write 'pages/{id}/index.md'"
            yield source.problem(f"{location[0]}: there is no entry '{id}'", hint, at=location)


def misnamed(entry: Entry, entries: dict[str, Entry]) -> Iterator[Problem]:
    """A Problem for each name of a field that no entry below this list page has."""
    prefix = "" if entry.id == "index" else f"{entry.id}/"
    for location, name in entry.marked(FieldName):
        below = [other for id, other in entries.items() if id.startswith(prefix) and type(other) is not type(entry)]
        field = name.removeprefix("-")
        if below and not any(hasattr(other, field) for other in below):
            hint = did_you_mean(field, {one for other in below for one in type(other).model_fields})
            yield entry.source.problem(f"{location[0]}: the entries here have no field '{field}'", hint, at=location)
