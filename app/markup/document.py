"""Document: a text, parsed, as plain data; Manuscript: the same while transforms work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..bibliography.reference import Cited
from ..problems import Problem
from .attributes import Attributes

Parts = tuple["str | Slot", ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: its level (2 to 6), id, plain text and what it says without links; the part it begins."""

    level: int
    id: str
    text: str
    parts: Parts
    start: int = -1


@dataclass(frozen=True, slots=True)
class Label:
    """Something that can be pointed at, with the word and number it goes by, and the parts (from, to) that show it."""

    id: str
    kind: str
    number: str
    line: int
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a Document that only the site can fill. `target` is what the author wrote."""

    kind: str
    target: str
    line: int
    column: int
    options: tuple[tuple[str, str], ...] = ()
    cited: tuple[Cited, ...] = ()


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

    @property
    def outline(self) -> Outline:
        """What others may ask of it, and it of them."""
        return Outline(self.labels, self.slots)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a Document offers to others and asks of them: its labels and its Slots."""

    labels: tuple[Label, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The HTML of a Document in a site, and what the site could not answer."""

    html: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the site: its URL, its size in CSS pixels (or zeros where it has none), and the sources of its copies.

    A source is a media type and the copies of that type, as `srcset` has them.
    """

    url: str
    width: int
    height: int
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a name or a label leads to: its URL, its title or its page's, its kind and number, itself as HTML."""

    url: str
    title: str = ""
    kind: str = ""
    number: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """The link to one work in a citation: its words, its URL, its own id, and the work as the list of references has it."""

    html: str
    url: str
    id: str = ""
    reference: str = ""


class Page(Protocol):
    """What a Slot may ask of the page it is on. `path` is the file that asks; what leads nowhere raises `Nowhere`."""

    def link(self, path: str, href: str) -> str:
        """The URL of what `href` leads to, its anchor checked."""
        ...

    def image(self, path: str, href: str) -> Image:
        """The picture that `href` names."""
        ...

    def named(self, path: str, target: str) -> Found:
        """What a link by name leads to."""
        ...

    def reference(self, path: str, id: str) -> Found:
        """What has the label `id`: in the file itself, else wherever only one page has it."""
        ...

    def embedded(self, path: str, slot: Slot) -> Found:
        """What is to be shown in the place of `slot`."""
        ...

    def citation(self, path: str, slot: Slot) -> Sequence[str | Citing]:
        """A citation in the site's style: HTML, and links to works."""
        ...


@dataclass(frozen=True, slots=True)
class Container:
    """What the first line of a container says: its name, its title (at a column of that line) and its attributes."""

    name: str
    title: str
    column: int
    attributes: Attributes


@dataclass
class Manuscript:
    """A text in work: transforms add to it what they find."""

    path: str
    lines: list[str]
    first_line: int
    token: str
    macros: Mapping[str, str] = field(default_factory=dict)
    indents: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    by_section: bool = False
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    ids: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    containers: dict[int, Container] = field(default_factory=dict)
    frames: list[str] = field(default_factory=list)

    def slot(self, kind: str, target: str, line: int, column: int, **options: str) -> str:
        """Ask the site for something; the answer stands in the HTML where the returned token stands."""
        return self._asked(Slot(kind, target, self.row(line), self.column(line, column), tuple(sorted(options.items()))))

    def cite(self, written: str, line: int, column: int, cited: tuple[Cited, ...], textual: bool) -> str:
        """Ask for a citation, in brackets or, where it is `textual`, in the sentence."""
        options = (("textual", "yes"),) if textual else ()
        return self._asked(Slot("cite", written, self.row(line), self.column(line, column), options, cited))

    def _asked(self, slot: Slot) -> str:
        """The token of a Slot, which the document now has."""
        self.slots.append(slot)
        return f"{self.token}{len(self.slots) - 1}."

    def problem(self, line: int, column: int, message: str, hint: str = "") -> None:
        """Tell a mistake at a line (of the text, from 1) and a column (in characters, from 1)."""
        self.problems.append(Problem(self.path, self.row(line), self.column(line, column), message, hint))

    def row(self, line: int) -> int:
        """The line in the file of a line of the text."""
        return self.rows[line - 1] if line <= len(self.rows) else line + self.first_line - 1

    def column(self, line: int, column: int) -> int:
        """The column in the file of a column of the text."""
        return column + (self.indents[line - 1] if line <= len(self.indents) else 0)

    def label(self, id: str, kind: str, line: int, number: str = "", column: int = 0) -> str:
        """Note something that can be pointed at; its number, unless given, counts its kind on this page."""
        if not number:
            self.counts[kind] += 1
            number = str(self.counts[kind])
        if id and self.claim(id, line, column):
            self.labels.append(Label(id, kind, number, self.row(line)))
        return number

    def claim(self, id: str, line: int, column: int = 0) -> bool:
        """Take `id` for a thing on this line, at `#id` where no column is given; a second taker is a Problem."""
        if id not in self.ids:
            self.ids[id] = line
            return True
        first, second = sorted((self.ids[id], line))
        if not column or second != line:
            column = self.lines[second - 1].find("#" + id) + 1
        message = f"'#{id}' stands twice on this page, first on line {self.row(first)}"
        self.problem(second, max(column, 1), message, "give one of them another name")
        return False

    def frame(self, id: str) -> tuple[str, str]:
        """What to write before and after the HTML of the thing `id`, so that it can be shown elsewhere."""
        self.frames.append(id)
        number = len(self.frames) - 1
        return f"{self.token}b{number}.", f"{self.token}e{number}."
