"""How linked nodes are laid out: forces draw them together, and push all others apart.

Only sums, products, quotients and square roots, which every machine rounds alike, so that the same map comes out everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from math import cos, pi, sin, sqrt

Place = tuple[float, float]

ANGLE = pi * (3 - sqrt(5))
"""The golden angle: points that turn by it, each further out, fill a disc evenly."""


def components(links: Mapping[str, Set[str]]) -> list[list[str]]:
    """The ids that hang together, each after one that it is linked with, the best connected first."""
    found: list[list[str]] = []
    known: set[str] = set()
    for first in sorted(links, key=lambda one: (-len(links[one]), one)):
        if first not in known:
            known.add(first)
            part = [first]
            for id in part:
                others = sorted(links[id] - known)
                known.update(others)
                part += others
            found.append(part)
    return found


def untangled(ids: Sequence[str], links: Mapping[str, Set[str]]) -> dict[str, Place]:
    """A place for each id of a component, where the ideal length of a link is 1."""
    numbers = {id: number for number, id in enumerate(ids)}
    edges = [(numbers[id], numbers[other]) for id in ids for other in sorted(links[id]) if numbers[id] < numbers[other]]
    found = [start(number) for number in range(len(ids))]
    steps = max(60, min(300, 60_000 // len(ids)))
    reach = max(3.0, 12 - len(ids) / 20)
    for step in range(steps):
        found = moved(found, edges, reach, 0.3 * (1 - step / steps))
    return dict(zip(ids, found, strict=True))


def start(number: int) -> Place:
    """Where a node stands at first; rounded, since machines do not agree on the last digit of a cosine."""
    radius = 0.6 * sqrt(number + 0.5)
    return round(radius * cos(number * ANGLE), 6), round(radius * sin(number * ANGLE), 6)


def moved(found: Sequence[Place], edges: Iterable[tuple[int, int]], reach: float, furthest: float) -> list[Place]:
    """The places after one step, in which no node moves further than `furthest`, nor is pushed by one beyond `reach`."""
    pushes = [(-0.05 * x, -0.05 * y) for x, y in found]
    for one, other in edges:
        dx, dy = found[one][0] - found[other][0], found[one][1] - found[other][1]
        pull = sqrt(dx * dx + dy * dy)
        pushes[one] = pushes[one][0] - dx * pull, pushes[one][1] - dy * pull
        pushes[other] = pushes[other][0] + dx * pull, pushes[other][1] + dy * pull
    apart(found, pushes, reach)
    out = []
    for (x, y), (dx, dy) in zip(found, pushes, strict=True):
        length = sqrt(dx * dx + dy * dy)
        share = furthest / length if length > furthest else 1.0
        out.append((x + dx * share, y + dy * share))
    return out


def apart(found: Sequence[Place], pushes: list[Place], reach: float) -> None:
    """Add to `pushes` what pushes every two nodes apart that are within `reach` of each other."""
    cells: dict[tuple[int, int], list[int]] = {}
    for number, (x, y) in enumerate(found):
        cells.setdefault((int(x // reach), int(y // reach)), []).append(number)
    limit = reach * reach
    for (column, row), inside in cells.items():
        around = [cells.get((column + right, row + down), []) for right, down in ((1, 0), (-1, 1), (0, 1), (1, 1))]
        beside = [number for cell in around for number in cell]
        for at, one in enumerate(inside):
            x, y = found[one]
            right, down = pushes[one]
            for other in (*inside[at + 1 :], *beside):
                dx, dy = x - found[other][0], y - found[other][1]
                square = dx * dx + dy * dy
                if square < limit:
                    share = 1 / (square or 0.0001)
                    right, down = right + dx * share, down + dy * share
                    pushes[other] = pushes[other][0] - dx * share, pushes[other][1] - dy * share
            pushes[one] = right, down
