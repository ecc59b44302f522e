"""Leaves: a list of entries cut into pages that follow each other, with the years that each has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .content import Entry
from .content_types import Listing
from .site import Site

LEAF = re.compile(r"(?P<list>.+)/page/(?P<number>[2-9]|[1-9][0-9]{1,5})")
"""The path of a leaf after the first, without slashes at its ends."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the list at the URL `base`: its number and that of all, from 1, its entries, and the years of the whole list.

    A year is written with the number of its entries and of the leaf that has the first of them. There are none where the
    entries are not in the order of their dates.
    """

    base: str
    number: int
    count: int
    entries: tuple[Entry, ...]
    archive: tuple[tuple[str, int, int], ...]

    @property
    def url(self) -> str:
        """Its path on the site."""
        return self.url_of(self.number)

    def url_of(self, number: int) -> str:
        """The path of another leaf of this list."""
        return self.base if number == 1 else f"{self.base}page/{number}/"

    @property
    def before(self) -> str:
        """The path of the leaf before, or nothing."""
        return self.url_of(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The path of the leaf after, or nothing."""
        return self.url_of(self.number + 1) if self.number < self.count else ""

    @property
    def near(self) -> list[int]:
        """The numbers of the first leaf, the last and those beside this one; 0 where others are passed over."""
        shown = sorted({1, self.count, *range(max(self.number - 2, 1), min(self.number + 2, self.count) + 1)})
        gaps = (([0] if number > before + 1 else []) + [number] for before, number in zip([0, *shown], shown, strict=False))
        return [number for part in gaps for number in part]

    @property
    def years(self) -> list[tuple[str, list[Entry]]]:
        """The entries by year; all of them under no year where there is no archive."""
        return by_year(self.entries) if self.archive else [("", list(self.entries))]


def leaves_of(site: Site, entry: Entry) -> list[Leaf]:
    """The pages of the list that an entry is; none where it is no list, or one of sections."""
    if not isinstance(entry, Listing) or entry.sections:
        return []
    return leaves(tuple(site.query(entry.id)), entry.per_page or site.facts.notes_per_page, entry.url)


def leaves(entries: Sequence[Entry], each: int, base: str) -> list[Leaf]:
    """A list cut so that `each` leaf but the last has as many entries; an empty list has one leaf."""
    years = [year for year, _ in by_year(entries)] if all(entry.dated and entry.date for entry in entries) else []
    ordered = years in (sorted(years), sorted(years, reverse=True))
    archive = []
    at = 0
    for year, group in by_year(entries) if ordered and years else ():
        archive.append((year, len(group), at // each + 1))
        at += len(group)
    count = max(-(-len(entries) // each), 1)
    cut = (tuple(entries[number * each : (number + 1) * each]) for number in range(count))
    return [Leaf(base, number, count, part, tuple(archive)) for number, part in enumerate(cut, 1)]


def by_year(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Entries that follow each other in one year, with that year."""
    return [(str(year), list(group)) for year, group in groupby(entries, key=lambda entry: entry.date.year if entry.date else "")]
