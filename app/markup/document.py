"""Document: a text, parsed, as plain data; Manuscript: the same while transforms work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..problems import Problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: its level (2 to 6), id, plain text and HTML without links."""

    level: int
    id: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Label:
    """Something that can be pointed at, with the word and number it goes by."""

    id: str
    kind: str
    number: str
    line: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a Document that only the site can fill. `target` is what the author wrote."""

    kind: str
    target: str
    line: int
    column: int
    options: tuple[tuple[str, str], ...] = ()


Parts = tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as HTML in parts, and what it says about itself. `path` is the file it came from."""

    path: str
    parts: Parts
    excerpt: Parts
    headings: tuple[Heading, ...]
    labels: tuple[Label, ...]
    ids: frozenset[str]
    text: str
    problems: tuple[Problem, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Everything the site is asked for."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


@dataclass(frozen=True, slots=True)
class Rendering:
    """The HTML of a Document in a site, and what the site could not answer."""

    html: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the site: its URL, and its size in CSS pixels, or zeros where it has none."""

    url: str
    width: int
    height: int


class Site(Protocol):
    """What a Slot may ask. `path` is the file that asks; both raise `Nowhere`."""

    def link(self, path: str, href: str) -> str:
        """The URL of what `href` leads to, its anchor checked."""
        ...

    def image(self, path: str, href: str) -> Image:
        """The picture that `href` names."""
        ...


@dataclass
class Manuscript:
    """A text in work: transforms add to it what they find."""

    path: str
    lines: list[str]
    first_line: int
    token: str
    macros: Mapping[str, str] = field(default_factory=dict)
    indents: tuple[int, ...] = ()
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    ids: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def slot(self, kind: str, target: str, line: int, column: int, **options: str) -> str:
        """Ask the site for something; the answer stands in the HTML where the returned token stands."""
        place = line + self.first_line - 1, self.column(line, column)
        self.slots.append(Slot(kind, target, *place, tuple(sorted(options.items()))))
        return f"{self.token}{len(self.slots) - 1}."

    def problem(self, line: int, column: int, message: str, hint: str = "") -> None:
        """Tell a mistake at a line (of the text, from 1) and a column (in characters, from 1)."""
        self.problems.append(Problem(self.path, line + self.first_line - 1, self.column(line, column), message, hint))

    def column(self, line: int, column: int) -> int:
        """The column in the file of a column of the text."""
        return column + (self.indents[line - 1] if line <= len(self.indents) else 0)

    def label(self, id: str, kind: str, line: int, number: str = "", column: int = 0) -> str:
        """Note something that can be pointed at; its number, unless given, counts its kind on this page."""
        if not number:
            self.counts[kind] += 1
            number = str(self.counts[kind])
        if id and self.claim(id, line, column):
            self.labels.append(Label(id, kind, number, line + self.first_line - 1))
        return number

    def claim(self, id: str, line: int, column: int = 0) -> bool:
        """Take `id` for a thing on this line, at `#id` where no column is given; a second taker is a Problem."""
        if id not in self.ids:
            self.ids.add(id)
            return True
        column = column or self.lines[line - 1].find("#" + id) + 1
        self.problem(line, max(column, 1), f"'#{id}' stands twice on this page", "give one of them another name")
        return False
