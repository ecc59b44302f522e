"""Siblings: an entry in other languages, in files beside its own, and what is wrong with such files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..problems import Problem
from ..words import LANGUAGES, written
from .entry import Entry
from .names import stem_of

Siblings = Mapping[str, Mapping[str, str]]
"""The ids of an entry's translations by their languages, by the id of the entry."""


def siblings_of(entries: Mapping[str, Entry]) -> Siblings:
    """Those of `entries` that are translations of others, in the order of their languages."""
    found: dict[str, dict[str, str]] = {}
    for id, entry in sorted(entries.items()):
        if entry.tag and entry.original in entries:
            found.setdefault(entry.original, {})[entry.tag] = id
    return found


def problems(entries: Mapping[str, Entry], ids: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the translations among `entries`; `ids` are those of all entries, broken ones too."""
    for entry in entries.values():
        if entry.tag:
            yield from problems_of(entry, entries.get(entry.original), ids)


def problems_of(entry: Entry, original: Entry | None, ids: Collection[str]) -> Iterator[Problem]:
    """What is wrong with one translation."""
    name, _, ending = entry.path.rpartition(".")
    path = f"{name.rpartition('.')[0]}.{ending}"
    plain = f"{stem_of(entry.path)[: -len(entry.tag) - 1]}-{entry.tag}.{ending}"
    if not written(entry.tag):
        message = f"there are no interface words in '{entry.tag}'; there are some in {', '.join(LANGUAGES)}"
        yield Problem(entry.path, 1, 1, message, f"where '{entry.tag}' is no language, rename the file to '{plain}'")
    if entry.original not in ids:
        message, hint = (
            f"this is a translation of '{path}', which is not there",
            f"write that file, or rename this one to '{path}'",
        )
        yield Problem(entry.path, 1, 1, message, hint)
    if entry.lang != entry.tag:
        message = f"lang: this is '{entry.lang}', and the name of the file says '{entry.tag}'"
        yield entry.source.problem(message, "take the line out", at=("lang",))
    if original and original.language == entry.tag:
        message = f"'{original.path}' is in the language '{entry.tag}' already"
        yield Problem(entry.path, 1, 1, message, "name this file after its own language, or say 'lang: ...' in the other")


def older(entries: Mapping[str, Entry], siblings: Siblings) -> Iterator[Problem]:
    """The translations that are older than their original, as the dates in both say."""
    for id, others in siblings.items():
        for sibling in (entries[one] for one in others.values()):
            original, day = entries[id].changed, sibling.changed
            if original and day and day < original:
                message = f"this translation is of {day}, and '{entries[id].path}' was changed on {original}"
                at = ("updated",) if sibling.updated else ("date",)
                yield sibling.source.problem(message, "look what has changed, and write 'updated: ...'", at=at)
