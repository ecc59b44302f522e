"""The map as SVG: a dot for each entry, a line for each link, and the titles that have room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from math import sqrt
from unicodedata import east_asian_width

from .layout import Place
from .packing import FEW, LINK, WIDTH, Plan, plan

LETTER, LINE = 6.4, 15
"""About how wide a letter of a title is and how high a line of it, in CSS pixels."""

LONGEST = 184
"""How wide a title may be before it is cut, in CSS pixels."""


Line = tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Node:
    """An entry on the map: its id, title, URL and kind."""

    id: str
    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a part."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Whether the other is a part of it."""
        return self.left <= other.left and other.right <= self.right and self.top <= other.top and other.bottom <= self.bottom

    def crossed(self, line: Line) -> bool:
        """Whether a line runs through it."""
        (x, y), (end_x, end_y) = line
        first, last = 0.0, 1.0
        for start, end, low, high in ((x, end_x, self.left, self.right), (y, end_y, self.top, self.bottom)):
            if start == end:
                if not low < start < high:
                    return False
                continue
            enters, leaves = sorted(((low - start) / (end - start), (high - start) / (end - start)))
            first, last = max(first, enters), min(last, leaves)
        return first < last


@dataclass(frozen=True, slots=True)
class Label:
    """A title on the map: its words, where it is anchored and how, and the part of the picture that it takes."""

    words: str
    x: float
    y: float
    anchor: str
    box: Box


def draw(nodes: Sequence[Node], edges: Iterable[tuple[str, str]]) -> str:
    """The map of `nodes`, with a line for each pair of ids in `edges`; the same for the same, in whatever order they come."""
    known = {node.id: node for node in sorted(nodes, key=lambda node: node.id)}
    links: dict[str, set[str]] = {id: set() for id in known}
    for one, other in edges:
        if one != other and one in known and other in known:
            links[one].add(other)
            links[other].add(one)
    found = plan(links)
    at, size = found.places, 0.4 + 0.6 * found.link / LINK
    radii = {id: round((2.2 + 1.4 * sqrt(len(links[id]))) * size, 1) for id in known}
    best = sorted(known, key=lambda one: (-len(links[one]), one))[:FEW]
    lines = [(at[id], at[other]) for id in known for other in sorted(links[id]) if id < other]
    labels = labelled([known[id] for id in best], radii, found, lines)
    path = "".join(f"M{x} {y}L{end_x} {end_y}" for (x, y), (end_x, end_y) in lines)
    faint = round(max(0.15, min(0.6, 12 / sqrt(len(lines) + 1))), 2)
    order = sorted(known, key=lambda one: (one in labels, one))
    dots = "".join(dot(known[id], at[id], radii[id], labels.get(id)) for id in order)
    return (
        f'<svg viewBox="0 0 {WIDTH} {found.height}" width="{WIDTH}" height="{found.height}" role="group" aria-label="Map">'
        f'<path d="{path}" stroke-opacity="{faint}"/>{dots}</svg>'
    )


def labelled(nodes: Sequence[Node], radii: Mapping[str, float], found: Plan, lines: Sequence[Line]) -> dict[str, Label]:
    """The label of each node that has room for one, if need be a shorter one: on no dot of `nodes` and on no other label."""
    at = found.places
    taken = [Box(*(at[node.id][axis] + sign * radii[node.id] for sign in (-1, 1) for axis in (0, 1))) for node in nodes]
    whole = Box(0, 0, WIDTH, found.height)
    labels: dict[str, Label] = {}
    for node in nodes:
        for words in dict.fromkeys((cut(node.title, LONGEST), cut(node.title, LONGEST / 2))):
            around = candidates(words, *at[node.id], radii[node.id])
            fitting = [one for one in around if whole.holds(one.box) and not any(map(one.box.meets, taken))]
            if fitting:
                labels[node.id] = min(fitting, key=lambda one: sum(map(one.box.crossed, lines)))
                taken.append(labels[node.id].box)
                break
    return labels


def candidates(words: str, x: float, y: float, radius: float) -> Iterator[Label]:
    """Where the label of a dot may stand, the best first: to its right, left, below it, above it, and between."""
    length, gap = sum(map(width, words)), radius + 4
    for anchor, left, middle in (
        ("start", x + gap, y),
        ("end", x - gap - length, y),
        ("middle", x - length / 2, y + gap + LINE / 2),
        ("middle", x - length / 2, y - gap - LINE / 2),
        ("start", x - radius, y + gap + LINE / 2),
        ("start", x - radius, y - gap - LINE / 2),
        ("end", x + radius - length, y + gap + LINE / 2),
        ("end", x + radius - length, y - gap - LINE / 2),
    ):
        start = {"start": left, "middle": x, "end": left + length}[anchor]
        box = Box(left, middle - LINE / 2, left + length, middle + LINE / 2)
        yield Label(words, round(start, 1), round(middle + 4, 1), anchor, box)


def width(letter: str) -> float:
    """About how wide a letter is."""
    return LETTER * (1.9 if east_asian_width(letter) in "WF" else 1)


def cut(title: str, longest: float) -> str:
    """A title, or its beginning where it is longer than `longest`, up to the end of a word if one ends near."""
    lengths = list(accumulate(map(width, title)))
    if not lengths or lengths[-1] <= longest:
        return title
    kept = title[: sum(length < longest for length in lengths)]
    word = kept.rpartition(" ")[0]
    return (word if len(word) > len(kept) * 0.5 else kept).rstrip(" ,.:;–-") + "…"


def dot(node: Node, place: Place, radius: float, label: Label | None) -> str:
    """A node as a link: named by its title, which is shown where it has a label."""
    words = ""
    if label:
        words = f'<text x="{label.x}" y="{label.y}" text-anchor="{label.anchor}">{escape(label.words)}</text>'
    circle = f'<circle cx="{place[0]}" cy="{place[1]}" r="{radius}"/>'
    return f'<a href="{escape(node.url)}" class="{escape(node.kind)}"><title>{escape(node.title)}</title>{circle}{words}</a>'
