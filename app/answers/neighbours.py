"""Neighbours: which entries mention another, have something in common with it, or cite a work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from ..connections import Graph, Mention
from ..content import Entry
from ..content.names import slug
from ..problems import Problem
from ..reads import note, unrecorded
from .mentions import mentions
from .series import Series, problems, series_of
from .texts import Texts


class Neighbours:
    """The listed entries of a site as seen from each other; drafts and unlisted ones are nobody's neighbours.

    Those of a translation are the same entries in its language, as far as they are translated too.
    """

    def __init__(self, texts: Texts, listed: Iterable[Entry]) -> None:
        self.texts = texts
        self.listed = {entry.id: entry for entry in listed}
        self._others: dict[str, Neighbours] = {}
        self._related: dict[str, list[str]] = {}

    def of(self, id: str) -> Neighbours:
        """The entries as they are seen in the language of the entry `id`."""
        entry = self.texts.store.contents.entries.get(id)
        if entry is None or not entry.tag or id in self.listed:
            return self
        if entry.tag not in self._others:
            with unrecorded():
                found = [self.texts.store.beside(one, entry.tag) for one in self.listed.values()]
            self._others[entry.tag] = Neighbours(self.texts, found)
        return self._others[entry.tag]

    @property
    def graph(self) -> Graph:
        """Whose text leads to whom, and who bears which tag."""
        note("graph")
        return self._graph

    @cached_property
    def _graph(self) -> Graph:
        """The same, for those who look at a part of it."""
        with unrecorded():
            return self._read()

    def _read(self) -> Graph:
        """The graph of the texts as they are."""
        known = self.texts.store.contents.entries
        here = {entry.original: id for id, entry in self.listed.items()}
        found = (one for one in mentions(self.texts) if one.source in self.listed and known[one.target].original in here)
        seen = tuple(replace(one, target=here[known[one.target].original]) for one in found)
        return Graph(seen, {id: frozenset(map(slug, entry.tags)) for id, entry in self.listed.items()})

    def mentions(self, entry: Entry) -> list[tuple[Entry, str]]:
        """The entries whose text leads to this one, each with the sentence that does so."""
        note("mentions", entry.id)
        return [(self._seen(one.source), one.sentence) for one in self.backlinks(entry.id)]

    def backlinks(self, id: str) -> tuple[Mention, ...]:
        """The mentions of an entry."""
        return tuple(self.of(id)._graph.backlinks(id))

    def related(self, entry: Entry) -> list[Entry]:
        """Others with the same tags and links, those that are nearest first, without those that mention this one."""
        note("related", entry.id)
        return [self._seen(id) for id in self.related_ids(entry.id)]

    def related_ids(self, id: str) -> list[str]:
        """The ids of those."""
        if id not in self._related:
            known = {one.source for one in self.backlinks(id)}
            self._related[id] = [other for other in self.of(id)._graph.related(id) if other not in known]
        return self._related[id]

    def _seen(self, id: str) -> Entry:
        """A listed entry, of which more will be read than that it is one."""
        note("entry", id)
        return self.texts.store.contents.entries[id]

    def citing(self, key: str) -> list[Entry]:
        """The entries that cite a work, by their titles."""
        note("citing", key)
        return sorted((self._seen(id) for id in self._citing.get(key, ())), key=lambda entry: (entry.title, entry.id))

    @cached_property
    def all_series(self) -> dict[str, Series]:
        """Every series by the slug of its name."""
        return series_of(self.listed.values())

    def series(self, entry: Entry) -> Series | None:
        """The series that an entry is in."""
        name = slug(getattr(entry, "series", ""))
        note(*(("all",) if entry.tag else ("series", name)))
        here = self.of(entry.id)
        found = here.all_series.get(name)
        return found if found and entry.id in here.listed else None

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the series."""
        return tuple(problems(self.listed.values(), self.all_series))

    @cached_property
    def _citing(self) -> dict[str, dict[str, None]]:
        """The ids of the entries that cite each work, by its key."""
        found: dict[str, dict[str, None]] = {}
        for (id, _), outline in self.texts.outlines.items():
            for slot in outline.slots if id in self.listed else ():
                for one in slot.cited:
                    found.setdefault(one.key, {})[id] = None
        return found
