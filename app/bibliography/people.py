"""Names of people: read from plain text, and compared, however each is spelled."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .names import HAN, name_of
from .reference import Name

PARTS = re.compile(r"[\s.\-‐‑]+")


def named(text: str) -> Name:
    """The name in `text`: `Ada van der Berg`, `van der Berg, Ada` or `van der Berg, Jr., Ada`."""
    return name_of(text)[0]


def shown(name: Name) -> str:
    """A name as it is spoken: `Ada van der Berg, Jr.`, and `样例文`."""
    if HAN.fullmatch(name.family + name.given):
        return name.family + name.given
    words = " ".join(one for one in (name.given, name.particle, name.family) if one)
    return f"{words}, {name.suffix}" if name.suffix else words


def sorted_by_family(name: Name) -> str:
    """A name as lists have it: `van der Berg, Ada, Jr.`."""
    family = " ".join(one for one in (name.particle, name.family) if one)
    return ", ".join(one for one in (family, name.given, name.suffix) if one)


@lru_cache(maxsize=10_000)
def same(one: Name, other: Name) -> bool:
    """Whether two names can be one person's: the family is the same, and of the given names none speaks against it.

    An initial agrees with every name that begins with it, and a missing middle name with any; a name without a given one
    agrees with its like only.
    """
    if folded(shown(one)) == folded(shown(other)):
        return True
    if folded(one.family) != folded(other.family):
        return False
    pairs = list(zip(given_of(one), given_of(other), strict=False))
    return bool(pairs) and all(a.startswith(b) if len(b) == 1 else a == b or (len(a) == 1 and b[0] == a) for a, b in pairs)


def given_of(name: Name) -> list[str]:
    """The given names one by one, or their initials."""
    return [part for part in PARTS.split(folded(name.given)) if part]


@lru_cache(maxsize=10_000)
def folded(text: str) -> str:
    """`text` without accents and without regard to case."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).strip()
