"""Dates: templates for when a work was issued, and when it was looked at."""

from __future__ import annotations

from .template import Template
from .work import Date, Work

LONG = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")


def year(work: Work) -> str:
    """The year that a work was issued in, with the letter that tells it from others."""
    return work.issued.year + work.suffix if work.issued.year else ""


def dated(date: Template, status: Template) -> Template:
    """The date of a work, or else how far it has come, or that it has none; the letter that tells it from others stands last."""

    def write(work: Work) -> str:
        if work.issued.number:
            return date(work)
        text = work.issued.year or status(work) or "n.d."
        return f"{text}-{work.suffix}" if work.suffix else text

    return write


def month(work: Work) -> str:
    """The month that a work was issued in."""
    return LONG[work.issued.month - 1] if 0 < work.issued.month < 13 else ""


def short_month(work: Work) -> str:
    """`Jul.`, as IEEE shortens the month."""
    return SHORT[work.issued.month - 1] if 0 < work.issued.month < 13 else ""


def month_day(work: Work) -> str:
    """`August 12`, or the month alone."""
    return f"{month(work)} {work.issued.day}" if month(work) and work.issued.day else month(work)


def in_full(date: Date, months: tuple[str, ...] = LONG, day: str = "{}") -> str:
    """`August 12, 2014`, as far as it is known."""
    if not date.year or not 0 < date.month < 13:
        return date.year
    return (
        f"{months[date.month - 1]} {day.format(date.day)}, {date.year}" if date.day else f"{months[date.month - 1]} {date.year}"
    )


def accessed(months: tuple[str, ...] = LONG, day: str = "{}") -> Template:
    """The day on which somebody looked at the work."""
    return lambda work: in_full(work.accessed, months, day)


def issued(months: tuple[str, ...] = LONG, day: str = "{}") -> Template:
    """The day on which the work was issued."""
    return lambda work: in_full(work.issued, months, day)
