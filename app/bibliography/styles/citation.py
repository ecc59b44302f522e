"""Citation: works as a group of them is cited in the text, by number or by author and date."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from .people import Manner
from .sorting import Order, order
from .template import Template, glued
from .work import Work

Piece = str | tuple[str, str]
"""HTML, or a key and the HTML that becomes its link."""

SHORT = Manner(most=3)
"""The names that a group of citations is sorted by."""


@dataclass(frozen=True, slots=True)
class Place:
    """A work in a citation, with its number, what is said before it, where in it (HTML) and the text after that."""

    work: Work
    number: int
    prefix: str = ""
    where: str = ""
    rest: str = ""
    bare: bool = False

    @property
    def before(self) -> str:
        """What is said before it, parted from it."""
        return f"{self.prefix} " if self.prefix else ""


def inserted(places: Sequence[Sequence[Piece]], between: str) -> Iterator[Piece]:
    """The pieces of all places, with a delimiter between one place and the next."""
    for at, pieces in enumerate(places):
        if at:
            yield between
        yield from (piece for piece in pieces if piece)


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a numeric style cites: `frame` holds a number and its locator, `before` and `after` stand around a group.

    `label` is the number in the list, `ranges` says whether three in a row are written as `1–3`, and `located` whether
    the style has locators at all.
    """

    label: str
    frame: str = "{}"
    before: str = ""
    after: str = ""
    between: str = ", "
    ranges: bool = False
    located: bool = True

    def pieces(self, places: Sequence[Place]) -> tuple[Piece, ...]:
        """The citation of some works, sorted unless words stand between them."""
        in_order = arranged(places, lambda place: place.number)
        runs = [self.run(run) for run in (in_a_row(in_order) if self.ranges else [[place] for place in in_order])]
        return tuple(filter(None, (self.before, *inserted(runs, self.between), self.after)))

    def run(self, places: Sequence[Place]) -> list[Piece]:
        """The citation of works whose numbers follow each other: of more than two, the first and the last."""
        pieces = [self.one(place) for place in places]
        shown, between = ([pieces[0], pieces[-1]], "–") if len(pieces) > 2 else (pieces, self.between)
        return list(inserted(shown, between))

    def one(self, place: Place) -> list[Piece]:
        """The citation of one work."""
        where = f", {place.where}" if place.where and self.located else ""
        return [place.before, (place.work.key, self.frame.format(f"{place.number}{where}")), place.rest]


def arranged(places: Iterable[Place], key: Callable[[Place], Any]) -> list[Place]:
    """The places sorted by a key; those with words before or after stay where they are, and part the others."""
    runs = groupby(places, lambda place: bool(place.prefix or place.rest))
    return [place for worded, run in runs for place in (run if worded else sorted(run, key=key))]


def in_a_row(places: Iterable[Place]) -> list[list[Place]]:
    """The places, those together whose numbers follow each other with nothing said of them."""
    runs: list[list[Place]] = []
    for place in places:
        last = runs[-1][-1] if runs else None
        plain = last and not (last.rest or place.prefix) and place.number == last.number + 1
        if plain:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


@dataclass(frozen=True, slots=True)
class AuthorDate:
    """How an author-date style cites: who and when, and how works are told from each other and sorted.

    `listed` is the manner of the names in the list, which it is sorted by; `rank` says where in it a work stands whose date
    is known, not known, and yet to come, and `then` what sorts it after that. `full_names` says that given names are written
    in full where initials tell nothing apart, `teams` that only the very same people are named once for several works, and
    `sorts` that a group is sorted like the list.
    """

    author: Template
    date: Template
    listed: Manner
    rank: tuple[int, int, int]
    then: tuple[str, ...]
    between: str = ", "
    full_names: bool = False
    teams: bool = False
    sorts: bool = False
    label: str = ""

    def order(self, work: Work) -> Order:
        """What the reference list is sorted by."""
        return order(work, self.listed, self.rank, self.then)

    def pieces(self, places: Sequence[Place]) -> tuple[Piece, ...]:
        """The citation of some works, in parentheses."""
        in_order = arranged(places, lambda place: order(place.work, SHORT, self.rank)) if self.sorts else places
        return "(", *inserted([self.team(team) for team in self.teams_of(in_order)], "; "), ")"

    def in_sentence(self, places: Sequence[Place]) -> tuple[Piece, ...]:
        """The citation of some works, the first one's author standing in the sentence."""
        first, *others = places
        author = self.author(first.work)
        teams = [self.team(team) for team in self.teams_of([replace(first, bare=True), *others])]
        match teams:
            case [[(key, when)]]:
                return ((key, f"{author} ({when})"),)
        return f"{author} (", *inserted(teams, "; "), ")"

    def teams_of(self, places: Iterable[Place]) -> list[list[Place]]:
        """The places, those together whose author is named once; words between them part them."""
        teams: list[list[Place]] = []
        latest: dict[Hashable, list[Place]] = {}
        for place in places:
            key = self.author(place.work), tuple(place.work.names.items()) if self.teams else ()
            team = latest.get(key)
            if team and not (place.prefix or place.rest or team[-1].rest):
                team.append(place)
            else:
                latest[key] = [place]
                teams.append(latest[key])
        return teams

    def team(self, places: Sequence[Place]) -> list[Piece]:
        """The citation of works by the same people, who are named with the first."""
        shown = [self.one(place if not at else replace(place, bare=True)) for at, place in enumerate(places)]
        return list(inserted(shown, "; " if any(place.where for place in places) else ", "))

    def one(self, place: Place) -> list[Piece]:
        """The citation of one work, without its author if it is bare."""
        work = place.work
        text = self.date(work)
        author = "" if place.bare else self.author(work)
        if author:
            text = glued(author, self.between if work.issued.year else ", ") + text
        return [place.before, (work.key, f"{text}, {place.where}" if place.where else text), place.rest]
