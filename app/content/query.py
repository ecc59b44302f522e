"""Query: an immutable, ordered selection of entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ..problems import did_you_mean
from .entry import Entry
from .when import When


class Query:
    """Entries in an order. Every method answers a new Query; nothing changes the entries or this one."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)

    def where(self, **fields: object) -> Query:
        """The entries whose every named field equals the given value, or, where it is a list, contains it.

        Raises `AttributeError` when no type of entry has the field.
        """
        for name in fields:
            self._known(name)
        return Query(entry for entry in self if all(holds(entry, name, value) for name, value in fields.items()))

    def order_by(self, *names: str) -> Query:
        """The entries by these fields, the first deciding first; `-` before a name turns it round. Empty fields are last."""
        ordered = list(self)
        for name in reversed(names):
            field = name.removeprefix("-")
            self._known(field)
            empty = [entry for entry in ordered if getattr(entry, field, None) is None]
            filled = [entry for entry in ordered if getattr(entry, field, None) is not None]
            filled.sort(key=lambda entry: sortable(getattr(entry, field)), reverse=name.startswith("-"))
            ordered = filled + empty
        return Query(ordered)

    def group_by(self, name: str) -> list[tuple[Any, Query]]:
        """Pairs of a value of the field and the entries that have it, in the order in which the values come."""
        self._known(name)
        groups: dict[Any, list[Entry]] = {}
        for entry in self:
            groups.setdefault(getattr(entry, name, None), []).append(entry)
        return [(value, Query(entries)) for value, entries in groups.items()]

    def limit(self, count: int) -> Query:
        """At most the first `count` entries."""
        return Query(self._entries[:count])

    def first(self) -> Entry | None:
        """The first entry, or `None` where there is none."""
        return self._entries[0] if self._entries else None

    def _known(self, name: str) -> None:
        if self._entries and not any(hasattr(entry, name) for entry in self._entries):
            fields = {field for entry in self._entries for field in type(entry).model_fields}
            raise AttributeError(f"no entry here has a field '{name}'; {did_you_mean(name, fields)}")

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<Query of {len(self)}: {', '.join(entry.id for entry in self._entries[:3])}{'...' * (len(self) > 3)}>"


def holds(entry: Entry, name: str, value: object) -> bool:
    """Whether a field of `entry` is `value`, or is a list with `value` in it."""
    found = getattr(entry, name, None)
    return value in found if isinstance(found, tuple) and not isinstance(value, tuple) else found == value


def sortable(value: object) -> tuple[str, Any]:
    """What entries of any types can be compared by: text without regard to case, numbers and times as they are."""
    if isinstance(value, str):
        return "str", value.casefold()
    return (type(value).__name__, value) if isinstance(value, int | date | When) else ("", str(value))
