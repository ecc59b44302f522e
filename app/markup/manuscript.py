"""Manuscript: a text while transforms work on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..bibliography.reference import Cited
from ..content.addresses import leads_elsewhere
from ..problems import Problem
from ..words import Speech, words_of
from .attributes import Attributes
from .document import Label, Slot
from .sentences import sentence

LINKS = ("link", "wikilink")
"""The kinds of Slot by which one text mentions another."""


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
    lang: str = "en"
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""
    ids: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    containers: dict[int, Container] = field(default_factory=dict)
    frames: list[str] = field(default_factory=list)

    @property
    def words(self) -> Speech:
        """What is said around the text."""
        return words_of(self.lang)

    def slot(self, kind: str, target: str, line: int, column: int, **options: str) -> str:
        """Ask the site for something; the answer stands in the HTML where the returned token stands."""
        around = sentence(self.lines, line, column) if kind in LINKS and not leads_elsewhere(target) else ""
        place = self.row(line), self.column(line, column)
        return self._asked(Slot(kind, target, *place, tuple(sorted(options.items())), sentence=around))

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
