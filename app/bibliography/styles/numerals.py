"""Numerals: page ranges, ordinals and the words before numbers, as templates."""

from __future__ import annotations

import re
from collections.abc import Callable

from .choice import Test
from .parts import field
from .template import Template
from .work import Work, ordinal

NUMBER = re.compile(r"[A-Za-z]?\d+(?:st|nd|rd|th)?[A-Za-z]?(?:\s*[-–,&]\s*(?:[A-Za-z]?\d+[A-Za-z]?|$))*")
SEVERAL = re.compile(r"\d\w*\s*[-–,&]\s*(?:\w*\d|$)|\band\b")
PAGES = re.compile(r"(\d+)–(\d*)")


def numeric(name: str) -> Test:
    """Whether what is said under `name` is a number, or several."""
    return lambda work: bool(NUMBER.fullmatch(work.get(name)))


def labelled(one: str, name: str, many: str = "") -> Template:
    """A number after its word: `one`, or `many` for several; what is no number stands alone."""

    def write(work: Work) -> str:
        text = field(name)(work)
        label = many if many and SEVERAL.search(text) else one
        return f"{label} {text}" if NUMBER.fullmatch(text) else text

    return write


def dashed(name: str) -> Template:
    """A number whose hyphens are written as dashes: `1–2`."""
    return lambda work: field(name)(work).replace("-", "–")


def edition(work: Work) -> str:
    """`2nd ed.`, or the edition in words."""
    text = field("edition")(work)
    if not NUMBER.fullmatch(text):
        return text
    return f"{ordinal(text) if text.isdigit() else text} ed."


def pages(shorten: Callable[[str, str], str]) -> Template:
    """The pages of a work, the end of each range as the style writes it, given the beginning too."""
    return lambda work: PAGES.sub(lambda found: f"{found[1]}–{shorten(found[1], found[2])}", work.get("pages"))


def expanded(start: str, end: str) -> str:
    """The end of a range in full: `321–8` ends with 328."""
    return start[: max(len(start) - len(end), 0)] + end


def shortened(start: str, end: str) -> str:
    """The end of a range as Chicago writes it: `101–8`, `321–28`, `100–104`."""
    end = expanded(start, end)
    if len(start) < 3 or len(end) != len(start) or start.endswith("00"):
        return end
    same = next((at for at, (one, other) in enumerate(zip(start, end, strict=True)) if one != other), len(start) - 1)
    keep = same if start[-2] == "0" and same == len(start) - 1 else min(same, len(start) - 2)
    return end[keep:] if keep else end
