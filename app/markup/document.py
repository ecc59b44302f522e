"""Document: a text, parsed, as plain data; Manuscript: the same while transforms work on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..bibliography.reference import Cited
from ..problems import Problem
from ..words import Speech
from .asking import asked
from .signs import signs

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
    """A place in a Document that only the site can fill. `target` is what the author wrote; a link has the sentence around it."""

    kind: str
    target: str
    line: int
    column: int
    options: tuple[tuple[str, str], ...] = ()
    cited: tuple[Cited, ...] = ()
    sentence: str = ""


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
        return Outline(self.labels, self.slots, signs(self.parts), asked(self.parts))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a Document offers to others and asks of them: its labels and its Slots.

    `signs` are those that its formulas show; `asks` is the HTML for which a policy has to allow something.
    """

    labels: tuple[Label, ...]
    slots: tuple[Slot, ...]
    signs: str = ""
    asks: tuple[str, ...] = ()


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

    def words_of(self, path: str) -> Speech:
        """What is said around the text in a file."""
        ...

    def embedded(self, path: str, slot: Slot) -> Found:
        """What is to be shown in the place of `slot`."""
        ...

    def citation(self, path: str, slot: Slot) -> Sequence[str | Citing]:
        """A citation in the site's style: HTML, and links to works."""
        ...
