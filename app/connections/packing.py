"""Where everything on a map stands: what hangs together side by side in rows, and below it the entries without a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from math import sqrt

from .layout import Place, components, untangled

WIDTH = 720
"""The width of the map in CSS pixels, which is that of the text; the lengths below are in the same unit."""

LINK = 96
"""The length of a link where there is room for it."""

BESIDE, ABOVE = 150, 18
"""The space that each group has for words to its right, and above and below it."""

FEW = 60
"""Up to how many entries there is room for the titles of all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The place of each id on the map, the map's height, and the length of a link."""

    places: Mapping[str, Place]
    height: int
    link: float


@dataclass(frozen=True, slots=True)
class Group:
    """Ids that hang together, each with its place from the left and the top of the group, and the group's size."""

    places: Mapping[str, Place]
    width: float
    height: float

    @classmethod
    def of(cls, places: Mapping[str, Place]) -> Group:
        """The group of ids at these places; a long one is laid on its side rather than stood on its end."""
        left, top = (min(place[axis] for place in places.values()) for axis in (0, 1))
        moved = {id: (x - left, y - top) for id, (x, y) in places.items()}
        width, height = (max(place[axis] for place in moved.values()) for axis in (0, 1))
        if height > 1.6 * width and height * LINK > WIDTH / 2:
            return cls({id: (y, x) for id, (x, y) in moved.items()}, height, width)
        return cls(moved, width, height)


def plan(links: Mapping[str, Set[str]]) -> Plan:
    """The map of ids that are each linked with others."""
    beside = BESIDE if len(links) <= FEW else BESIDE / 4
    parts = components(links)
    groups = [Group.of(untangled(part, links)) for part in parts if len(part) > 1]
    widest, area = max((one.width for one in groups), default=1), sum(one.width * one.height for one in groups)
    link = min(LINK, (WIDTH - beside) / max(widest, 1), WIDTH / sqrt(max(area, 1)))
    found: dict[str, Place] = {}
    top = 0.0
    for row in rows(groups, link, beside):
        tall = max(one.height for one in row) * link + 2 * ABOVE
        left = (WIDTH - sum(one.width * link + beside for one in row)) / 2 + beside / 8
        for one in row:
            above = top + (tall - one.height * link) / 2
            found |= {id: (round(x * link + left, 1), round(y * link + above, 1)) for id, (x, y) in one.places.items()}
            left += one.width * link + beside
        top += tall
    alone = sorted(part[0] for part in parts if len(part) == 1)
    found |= grid(alone, top + 2 * ABOVE if groups else ABOVE, 240 if len(links) <= FEW else 16)
    return Plan(found, round(max((y for _, y in found.values()), default=0) + ABOVE), link)


def rows(groups: Sequence[Group], link: float, beside: float) -> Iterator[list[Group]]:
    """The groups in rows, the largest first, no row wider than the map."""
    row: list[Group] = []
    room = float(WIDTH)
    for one in sorted(groups, key=lambda group: (-len(group.places), min(group.places))):
        if row and one.width * link + beside > room:
            yield row
            row, room = [], float(WIDTH)
        row.append(one)
        room -= one.width * link + beside
    if row:
        yield row


def grid(ids: Sequence[str], top: float, step: int) -> dict[str, Place]:
    """Places in rows from `top` down, `step` apart."""
    across, down = WIDTH // step, min(step, 24)
    return {id: (8.0 + at % across * step, round(top + at // across * down, 1)) for at, id in enumerate(ids)}
