"""Dates as readers read them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from .content.when import DASH, MONTHS, PRESENT, TERMS, When
from .words import locale_of, primary, words_of

PART = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?|(?P<word>[A-Za-z]+)\.?,?(?: (?P<of>\d{4}(?:/\d+)?))?")
"""What of a time is said in words: a month, a day, a term of a year, `present`."""

KEPT = 4096
"""How many dates are kept in words."""


@lru_cache(KEPT)
def day(when: date, lang: str = "en") -> str:
    """`3 October 2026` in a language, the same on every machine."""
    if primary(lang) == "en":
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return format_date(when, "long", locale=locale_of(lang))


@lru_cache(KEPT)
def month(when: date, lang: str = "en") -> str:
    """`Oct 2026` in a language."""
    if primary(lang) == "en":
        return f"{MONTHS[when.month - 1][:3]} {when.year}"
    return format_skeleton("yMMM", when, locale=locale_of(lang))


def span(when: When | None, lang: str = "en") -> str:
    """A time as its author wrote it, `2019-09 – 2023-06`, in a language: `Sep 2019 – Jun 2023`; nothing where there is none."""
    if when is None or primary(lang) == "en":
        return str(when or "")
    return PART.sub(lambda found: part(found, lang), " ".join(DASH.sub(" – ", when.written).split()))


def part(found: re.Match[str], lang: str) -> str:
    """A month, a day or a term of a year in a language; a word that is none of these as it is."""
    words, name, year = words_of(lang), (found["word"] or "").lower(), found["of"]
    if found["year"]:
        first = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        return day(first, lang) if found["day"] else month(first, lang)
    if PRESENT.fullmatch(name):
        return words("present")
    begin, end = TERMS.get(name, (0, 0))
    if begin and begin == end and year and year.isdigit():
        return month(date(int(year), begin, 1), lang)
    season = words(name.capitalize()) if begin else found["word"]
    return words("{season} {year}", season=season, year=year) if year else season
