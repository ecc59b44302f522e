"""Style: what a citation style answers, for the entries of the reference list and for citations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .citation import AuthorDate, Numbers
from .numerals import expanded
from .template import Template


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style: `entry` writes a work in the list, `cites` says how works are cited.

    `say` gives the word for a locator, given what it is and whether there are several; `shorten` ends a range of pages.
    """

    name: str
    entry: Template
    cites: Numbers | AuthorDate
    say: Callable[[str, bool], str] = lambda term, several: term
    shorten: Callable[[str, str], str] = expanded
