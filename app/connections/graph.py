"""Which entry mentions which, and which have something in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

COMMON = 200
"""How many entries a tag can have that still says something of them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A link from the text of one entry to another: their ids, and the sentence around the link, without markup."""

    source: str
    target: str
    sentence: str


@dataclass(frozen=True)
class Graph:
    """The mentions of a site, each entry's in the order of its text, and the tags of every entry by its id.

    What an entry says of itself does not count.
    """

    mentions: tuple[Mention, ...]
    tags: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def links(self) -> frozenset[tuple[str, str]]:
        """Every pair of ids, source and target, where the one mentions the other."""
        return frozenset((one.source, one.target) for one in self.mentions if one.source != one.target)

    @cached_property
    def neighbours(self) -> Mapping[str, frozenset[str]]:
        """For the id of each entry with links the ids at their other ends, whichever way they lead."""
        found: dict[str, set[str]] = {}
        for source, target in self.links:
            found.setdefault(source, set()).add(target)
            found.setdefault(target, set()).add(source)
        return {id: frozenset(others) for id, others in found.items()}

    @cached_property
    def _backlinks(self) -> Mapping[str, Mapping[str, Mention]]:
        """For the id of each entry that is mentioned the first mention by each source."""
        found: dict[str, dict[str, Mention]] = {}
        for one in self.mentions:
            if one.source != one.target:
                found.setdefault(one.target, {}).setdefault(one.source, one)
        return found

    def backlinks(self, id: str) -> tuple[Mention, ...]:
        """What mentions an entry: the first mention in each other entry, in the order of those entries' ids."""
        return tuple(one for _, one in sorted(self._backlinks.get(id, {}).items()))

    def targets(self, id: str) -> tuple[str, ...]:
        """The ids of what an entry mentions, in their order."""
        return tuple(sorted(other for other in self.neighbours.get(id, ()) if (id, other) in self.links))

    @cached_property
    def bearers(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the entries that bear each tag."""
        found: dict[str, list[str]] = {}
        for id, words in self.tags.items():
            for tag in words:
                found.setdefault(tag, []).append(id)
        return {tag: tuple(ids) for tag, ids in found.items()}

    def related(self, id: str, limit: int = 5) -> tuple[str, ...]:
        """The ids of at most `limit` entries that have most in common with an entry.

        A link counts 1, and 1 more where it is returned. An entry that both have a link with counts 1 for all that have
        one with it, shared among them. A tag of both counts nearly 1 where only they bear it, and 0 where every entry does, or
        more entries than can be looked through for each.
        Of equals the first by id is the first.
        """
        scores: dict[str, float] = {}
        for tag in sorted(self.tags.get(id, ())):
            bearers = self.bearers[tag]
            worth = 2 / len(bearers) - 2 / len(self.tags)
            for other in bearers if len(bearers) <= COMMON else ():
                scores[other] = scores.get(other, 0) + worth
        for one in sorted(self.neighbours.get(id, ())):
            scores[one] = scores.get(one, 0) + ((id, one) in self.links) + ((one, id) in self.links)
            for other in self.neighbours[one]:
                scores[other] = scores.get(other, 0) + 1 / len(self.neighbours[one])
        found = ((-round(score, 9), other) for other, score in scores.items() if other != id and other in self.tags)
        return tuple(other for score, other in nsmallest(limit, found) if score)
