"""Dates as readers read them."""

from __future__ import annotations

from datetime import date

from .content.when import MONTHS


def day(when: date) -> str:
    """`3 October 2026`, the same on every machine."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """`Oct 2026`."""
    return f"{MONTHS[when.month - 1][:3]} {when.year}"
