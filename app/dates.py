"""Dates as readers read them."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(when: date) -> str:
    """`3 October 2026`, the same on every machine."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
