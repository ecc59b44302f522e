"""Dates as readers read them."""

from __future__ import annotations

from datetime import date

from app.dates import day


def test_a_day_is_written_out() -> None:
    assert day(date(2026, 10, 3)) == "3 October 2026"
