"""Citing: the works that a page cites, numbered or told apart, in order, and every citation of them as a style writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .reference import Cited, Reference
from .styles import Style
from .styles.apart import told_apart
from .styles.citation import AuthorDate, Piece, Place
from .styles.locators import located, said
from .styles.work import work_of


@dataclass(frozen=True, slots=True)
class Item:
    """A work in the reference list: its number as the style writes it, or nothing, and its HTML."""

    key: str
    label: str
    html: str


class Bibliography:
    """The works that one page cites, in the order in which they are first cited."""

    def __init__(self, style: Style, references: Sequence[Reference]) -> None:
        self.style = style
        works = [work_of(reference) for reference in references]
        if isinstance(style.cites, AuthorDate):
            works = sorted(told_apart(works, style.cites), key=style.cites.order)
        self.works = {work.key: work for work in works}
        self.numbers = {key: number for number, key in enumerate(self.works, 1)}

    @property
    def items(self) -> tuple[Item, ...]:
        """The reference list, in the style's order."""
        label = self.style.cites.label
        return tuple(Item(key, label.format(self.numbers[key]), self.style.entry(work)) for key, work in self.works.items())

    def citation(self, group: Sequence[Cited], textual: bool = False) -> tuple[Piece, ...]:
        """A citation as pieces of HTML: text, and pairs of a key and what becomes its link.

        A `textual` one stands in the sentence, `Kaplan et al. (2020)`. Raises KeyError for a key that is not cited here.
        """
        cites = self.style.cites
        places = [self.place(cited) for cited in group]
        return cites.in_sentence(places) if textual and isinstance(cites, AuthorDate) else cites.pieces(places)

    def place(self, cited: Cited) -> Place:
        """A work in a citation, its locator in the style's words."""
        locator = located(cited.locator.strip())
        where = said(locator, self.style.say, self.style.shorten)
        return Place(self.works[cited.key], self.numbers[cited.key], cited.prefix.strip(), where, locator.rest, cited.bare)
