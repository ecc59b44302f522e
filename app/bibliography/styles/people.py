"""People: how the names of a work are written, in a list and in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..reference import Name

ANOTHER_SCRIPT = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
"""Chinese, Japanese and Korean: the family name first, nothing between, nothing shortened."""

INITIAL = re.compile(r"(?<![\w’'-])([A-Z])(?:\.\s*|(?=\s|$)\s*)(?!-)")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a style writes names.

    `inverted` of them have the family name first; `comma` stands before the last one `always`, only in `long` lists (three or
    more) or `never`. A list of `most` or more shows the `few` first, then `et al.`, or with `last` an ellipsis and its last name.
    """

    conjunction: str = "and"
    comma: str = "long"
    inverted: int = 0
    initials: bool = True
    most: int = 10_000
    few: int = 1
    last: bool = False
    italic: bool = False


def listed(people: Sequence[Name], others: bool, manner: Manner, told: int = 1) -> str:
    """The names of `people`, and of `others` if there are, as HTML; of a long list `told` or more."""
    total = len(people) + others
    shown = people[: max(manner.few, told)] if total >= manner.most else people
    names = [written(name, at < manner.inverted, manner) for at, name in enumerate(shown)]
    if manner.last and len(shown) < len(people) and not others:
        return f"{', '.join(names)}, … {written(people[-1], bool(manner.inverted), manner)}"
    if len(shown) < total:
        return f"{', '.join(names)}{',' if len(names) > 1 else ''} {'<i>et al.</i>' if manner.italic else 'et al.'}"
    if len(names) < 2:
        return "".join(names)
    comma = "," if manner.comma == "always" or (manner.comma == "long" and len(names) > 2) else ""
    return f"{', '.join(names[:-1])}{comma} {manner.conjunction} {names[-1]}"


def written(name: Name, inverted: bool, manner: Manner) -> str:
    """One name, as HTML."""
    if name.literal or not name.given:
        text = " ".join(filter(None, (name.particle, name.family, name.suffix)))
    elif ANOTHER_SCRIPT.search(name.family):
        text = name.family + name.given
    else:
        given = initials(name.given) if manner.initials else dotted(name.given)
        if inverted:
            text = ", ".join(filter(None, (name.family, f"{given} {name.particle}".strip(), name.suffix)))
        else:
            text = " ".join(filter(None, (given, name.particle, name.family, name.suffix)))
    return escape(text, quote=False)


def initials(given: str) -> str:
    """`Jean-Baptiste Emil` as `J.-B. E.`; what is written small after a hyphen is left out."""
    return " ".join(
        "-".join(f"{piece[0]}." for at, piece in enumerate(part.split("-")) if piece and (not at or not piece[0].islower()))
        for part in given.replace(".", ". ").split()
    ).replace(". -", ".-")


def dotted(given: str) -> str:
    """A given name whose initials have a full stop and a space after them: `Alexander R.` and `D. O.`."""
    return INITIAL.sub(r"\1. ", given).strip()


def cited(people: Sequence[Name], others: bool, manner: Manner, told: int, given: str) -> str:
    """The names of `people` as a citation has them: of a long list `told`, the first one after as much as is `given`."""
    alone = [Name(name.family) for name in people]
    alone[0] = Name(f"{given} {alone[0].family}".strip())
    return listed(alone, others, manner, told)
