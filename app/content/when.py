"""When: a time as an author writes it (a year, a month, a term, or from one to another), ordered by what it means."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
TERMS = {
    "winter": (1, 3), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11),
    "lent": (1, 3), "hilary": (1, 3), "easter": (4, 6), "trinity": (4, 6), "michaelmas": (10, 12),
    "h1": (1, 6), "h2": (7, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "ss": (4, 9), "ws": (10, 12),
    **{name[:length].lower(): (number, number) for number, name in enumerate(MONTHS, 1) for length in (3, 4, None)},
}  # fmt: skip
"""The first and the last month of each part of a year, as the north counts its seasons and its universities their terms."""

ACADEMIC, WINTER = (9, 8), (10, 3)
"""The first month of what is written `2024/25`, or `Winter 2024/25`, and its last, in the year after."""

POINT = re.compile(
    r"(?:(?P<word>[A-Za-z]+[1-4]?)\.?,? ?)?(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?))?|/(?P<next>(?:\d\d){1,2}))?"
)
DASH = re.compile(r" ?(?:–|—|--) ?| (?:-|to|until) |(?<=\d{4})-(?=\d{4}$|[A-Za-z]|$)")
PRESENT = re.compile(r"(?i)present|now|today|ongoing")


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A time by its last day and its first, so that what goes on is the latest; `written` is how its author put it."""

    last: date
    first: date
    written: str = field(compare=False)

    def __str__(self) -> str:
        """As it was written, with months in words and with one kind of dash: `Sep 2019 – Jun 2023`."""
        return " ".join(re.sub(r"\d{4}-[\d-]+", in_words, DASH.sub(" – ", self.written)).split())


def when(written: str) -> When:
    """The time that is meant: `2024`, `2024-03`, `March 2024`, `Fall 2024`, `2024/25`, `2019-09 – 2023-06`, `2021 – present`.

    Raises `PydanticCustomError` where none is.
    """
    text = " ".join(written.split())
    begin, *ends = DASH.split(text, maxsplit=1)
    if not ends:
        first, last = days(begin)
        return When(last, first, text)
    end = begin[:2] + ends[0] if re.fullmatch(r"\d\d", ends[0]) else ends[0]
    year = re.search(r"\d{4}", end)
    first, _ = days(f"{begin} {year[0]}" if year and not re.search(r"\d{4}", begin) else begin)
    last = days(end)[1] if end else date.max
    if last < first:
        raise PydanticCustomError("when_turned", "ends before it begins")
    return When(last, first, text)


def days(text: str) -> tuple[date, date]:
    """The first and the last day of what is written without a dash."""
    if PRESENT.fullmatch(text):
        return date.max, date.max
    found = POINT.fullmatch(text)
    word = (found["word"] or "").lower() if found else ""
    if found is None or (word and (found["month"] or word not in TERMS)):
        raise PydanticCustomError("when_unread", "no time")
    year, later = int(found["year"]), int(found["year"])
    start, end = TERMS[word] if word else (int(found["month"] or 1), int(found["month"] or 12))
    if found["next"]:
        later, (start, end) = year + 1, WINTER if word else ACADEMIC
    try:
        if found["next"] and not f"{later}".endswith(found["next"]):
            raise ValueError
        first = date(year, start, int(found["day"] or 1))
        return first, first if found["day"] else date(later, end, calendar.monthrange(later, end)[1])
    except ValueError as error:
        raise PydanticCustomError("when_nowhere", "not in the calendar") from error


def in_words(found: re.Match[str]) -> str:
    """`2024-03-05` as `5 Mar 2024`."""
    year, month, *day = found[0].split("-")
    return " ".join([*(f"{int(one)}" for one in day), MONTHS[int(month) - 1][:3], year])


def as_when(value: object) -> object:
    """The time that a text means; nothing else is one."""
    if isinstance(value, str):
        return when(value)
    raise PydanticCustomError("when_unread", "no time")


Moment = Annotated[When, BeforeValidator(as_when)]
