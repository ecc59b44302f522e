"""Neighbours: which entries mention another, have something in common with it, or cite a work."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ..connections import Graph
from ..content import Entry
from ..content.names import slug
from ..problems import Problem
from .mentions import mentions
from .series import Series, problems, series_of
from .texts import Texts


class Neighbours:
    """The listed entries of a site as seen from each other; drafts and unlisted ones are nobody's neighbours."""

    def __init__(self, texts: Texts, listed: Iterable[Entry]) -> None:
        self.texts = texts
        self.listed = {entry.id: entry for entry in listed}

    @cached_property
    def graph(self) -> Graph:
        """Whose text leads to whom, and who bears which tag."""
        found = (one for one in mentions(self.texts) if one.source in self.listed and one.target in self.listed)
        return Graph(tuple(found), {id: frozenset(map(slug, entry.tags)) for id, entry in self.listed.items()})

    def mentions(self, entry: Entry) -> list[tuple[Entry, str]]:
        """The entries whose text leads to this one, each with the sentence that does so."""
        return [(self.listed[one.source], one.sentence) for one in self.graph.backlinks(entry.id)]

    def related(self, entry: Entry) -> list[Entry]:
        """Others with the same tags and links, those that are nearest first, without those that mention this one."""
        known = {one.source for one in self.graph.backlinks(entry.id)}
        return [self.listed[id] for id in self.graph.related(entry.id) if id not in known]

    def citing(self, key: str) -> list[Entry]:
        """The entries that cite a work, by their titles."""
        return sorted((self.listed[id] for id in self._citing.get(key, ())), key=lambda entry: (entry.title, entry.id))

    @cached_property
    def _series(self) -> dict[str, Series]:
        """Every series by the slug of its name."""
        return series_of(self.listed.values())

    def series(self, entry: Entry) -> Series | None:
        """The series that an entry is in."""
        found = self._series.get(slug(getattr(entry, "series", "")))
        return found if found and entry.id in self.listed else None

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the series."""
        return tuple(problems(self.listed.values(), self._series))

    @cached_property
    def _citing(self) -> dict[str, dict[str, None]]:
        """The ids of the entries that cite each work, by its key."""
        found: dict[str, dict[str, None]] = {}
        for (id, _), outline in self.texts.outlines.items():
            for slot in outline.slots if id in self.listed else ():
                for one in slot.cited:
                    found.setdefault(one.key, {})[id] = None
        return found
