"""Locators: where in a work a citation points, read from what the author wrote and written with the style's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .numerals import PAGES, SEVERAL

TERMS = {
    "page": ("p.", "pp."), "paragraph": ("para.", "paras."), "chapter": ("chap.", "chaps."), "section": ("sec.", "secs."),
    "figure": ("fig.", "figs."), "volume": ("vol.", "vols."), "part": ("pt.", "pts."), "column": ("col.", "cols."),
    "line": ("l.", "ll."), "note": ("n.", "nn."), "verse": ("v.", "vv."), "issue": ("no.", "nos."), "book": ("bk.", "bks."),
    "folio": ("fol.", "fols."), "opus": ("op.", "opp."),
}  # fmt: skip
"""The words for a part of a work, short, of one and of several."""

WORDS = {
    word: term
    for term, short in TERMS.items()
    for word in (term, f"{term}s", *short)
} | {"¶": "paragraph", "¶¶": "paragraph", "§": "section", "§§": "section", "ch.": "chapter"}  # fmt: skip

UNIT = r"\(?(?:(?=\w*\d)[\w.:/]++|[ivxlcdmIVXLCDM]++)\)?(?![\w(])"
"""`3`, `4.2`, `S1`, `iv` or `(iv)`."""

LOCATOR = re.compile(rf"(?:([A-Za-z]+\.|[A-Za-z]+(?=\s)|[¶§]+)\s*)?({UNIT}(?:(?:\s*[-–&]+\s*|,\s*){UNIT})*)")
Say = Callable[[str, bool], str]


class Locator(NamedTuple):
    """A place in a work: what it is (`page`), which (`3–5`), and the text after it."""

    term: str
    value: str
    rest: str

    @property
    def several(self) -> bool:
        """Whether these are several pages, or whatever they are."""
        return bool(SEVERAL.search(self.value) or "–" in self.value)


def located(text: str) -> Locator:
    """The locator that `text` begins with; a number without a word is a page, and what begins with none is text only."""
    found = LOCATOR.match(text)
    term = WORDS.get((found[1] or "p.").lower()) if found else None
    if not found or not term or not (found[1] or found[2][0].isdigit()):
        return Locator("", "", f", {text}" if text and text[0] not in ",;:." else text)
    return Locator(term, re.sub(r"\s*[-–]+\s*", "–", found[2]), text[found.end() :])


def said(locator: Locator, say: Say, shorten: Callable[[str, str], str]) -> str:
    """The locator after its word, pages shortened as the style does."""
    if not locator.value:
        return ""
    value = PAGES.sub(lambda found: f"{found[1]}–{shorten(found[1], found[2])}", locator.value)
    return f"{say(locator.term, locator.several)} {value if locator.term == 'page' else locator.value}".strip()
