"""Templates: a small language to say what a reference looks like; a template makes HTML of a Work, or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from .work import Work

Template = Callable[[Work], str]
Part = Template | str

ENTITY = re.compile(r"&\w+;$")
SINGLE = {ord("“"): "‘", ord("”"): "’"}
"""What quotation marks become inside of others."""

SWALLOWED = frozenset({"..", ",,", "::", ";;", "!!", "??", "!.", "?.", ":.", ";.", "!:", "?:"})
"""Two marks in a row of which only the first is written."""


def text(words: str) -> Template:
    """Fixed words."""
    return lambda work: words


def join(delimiter: str, *parts: Part) -> Template:
    """The parts that say something, with a delimiter between; nothing when only the fixed words among them would."""

    def write(work: Work) -> str:
        written = ""
        says = False
        for part in parts:
            piece = part if isinstance(part, str) else part(work)
            says = says or (bool(piece) and not isinstance(part, str))
            if piece:
                written = glued(glued(written, delimiter) if written and piece[0] not in ".,;" else written, piece)
        return written if says else ""

    return write


def words(*parts: Part) -> Template:
    """The parts with a space between."""
    return join(" ", *parts)


def sentence(*parts: Part, between: str = ", ") -> Template:
    """The parts with commas between, and a full stop."""
    return wrap("", join(between, *parts), ".")


def wrap(before: str, part: Template, after: str = "") -> Template:
    """A part with something before and after it, when it says anything."""

    def write(work: Work) -> str:
        inner = part(work)
        return glued(glued(before, inner), after) if inner else ""

    return write


def tag(name: str, part: Template) -> Template:
    """A part inside of an element."""

    def write(work: Work) -> str:
        inner = part(work)
        return f"<{name}>{inner}</{name}>" if inner else ""

    return write


def italic(part: Template) -> Template:
    """A part in italics."""
    return tag("i", part)


def quoted(part: Template) -> Template:
    """A part in quotation marks; its own become single ones."""
    return wrap("“", requoted(part), "”")


def requoted(part: Template) -> Template:
    """A part with single quotation marks in place of double ones, as in another quotation, or in British English."""
    return lambda work: part(work).translate(SINGLE)


def glued(left: str, right: str) -> str:
    """Two texts side by side, without a mark too many between; a stop or comma goes inside of a quotation that ends there."""
    if not left or not right or right[0] not in ".,:;!?":
        return left + right
    end = len(left)
    while left[end - 1] == ">" and "<" in left[:end]:
        end = left.rindex("<", 0, end)
    last = "" if ENTITY.search(left, 0, end) else left[end - 1 : end]
    if last == "”" and right[0] in ".,!?":
        closed = left[end - 2] in ".,:;!?"
        return left[: end - 1] + ("" if closed else right[0]) + left[end - 1 :] + right[1:]
    return left + right[1:] if last + right[0] in SWALLOWED else left + right
