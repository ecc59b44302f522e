"""A time is read as people write it, shown as they wrote it, and ordered by what it means."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from app.content.when import When, when

from .site_tree import SiteTree


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-03", "2024-03-01", "2024-03-31"),
        ("2024-3", "2024-03-01", "2024-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("March 2024", "2024-03-01", "2024-03-31"),
        ("Sept. 2024", "2024-09-01", "2024-09-30"),
        ("may 2024", "2024-05-01", "2024-05-31"),
        ("Spring 2024", "2024-03-01", "2024-05-31"),
        ("summer 2024", "2024-06-01", "2024-08-31"),
        ("Fall 2024", "2024-09-01", "2024-11-30"),
        ("Autumn 2024", "2024-09-01", "2024-11-30"),
        ("Winter 2024", "2024-01-01", "2024-03-31"),
        ("Winter 2024/25", "2024-10-01", "2025-03-31"),
        ("WS 2024/25", "2024-10-01", "2025-03-31"),
        ("Michaelmas 2024", "2024-10-01", "2024-12-31"),
        ("H2 2024", "2024-07-01", "2024-12-31"),
        ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("2024/25", "2024-09-01", "2025-08-31"),
        ("2024/2025", "2024-09-01", "2025-08-31"),
        ("2019-09 – 2023-06", "2019-09-01", "2023-06-30"),
        ("2019-2023", "2019-01-01", "2023-12-31"),
        ("2019–23", "2019-01-01", "2023-12-31"),
        ("2019 to 2023", "2019-01-01", "2023-12-31"),
        ("March – June 2024", "2024-03-01", "2024-06-30"),
        ("2021 – present", "2021-01-01", "9999-12-31"),
        ("Fall 2021 -- now", "2021-09-01", "9999-12-31"),
        ("2021-present", "2021-01-01", "9999-12-31"),
        ("2021 –", "2021-01-01", "9999-12-31"),
        ("present", "9999-12-31", "9999-12-31"),
        ("  Fall   2024 ", "2024-09-01", "2024-11-30"),
    ],
)
def test_a_time_has_a_first_and_a_last_day(written: str, first: str, last: str) -> None:
    found = when(written)

    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_times_come_in_the_order_of_what_they_mean() -> None:
    written = ["2022", "Winter 2023", "2023-04", "Spring 2023", "Fall 2023", "2023", "Dec 2023", "2019 – 2024-06", "2024/25",
               "2019 – present", "2021 – present"]  # fmt: skip

    found = sorted(map(when, reversed(written)))

    assert [one.written for one in found] == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Fall 2024", "Fall 2024"),
        ("2024-03", "Mar 2024"),
        ("2024-03-05", "5 Mar 2024"),
        ("2019-09--2023-06", "Sep 2019 – Jun 2023"),
        ("2021-present", "2021 – present"),
        ("2021–2024", "2021 – 2024"),
        ("Winter 2024/25", "Winter 2024/25"),
    ],
)
def test_it_is_shown_as_written_with_months_in_words(written: str, shown: str) -> None:
    assert str(when(written)) == shown


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("soon", "'soon' is no time that can be read", "Fall 2024"),
        ("Fall", "'Fall' is no time that can be read", "Fall 2024"),
        ("24", "'24' is no time that can be read", "2024"),
        ("2023 – 2024 – 2025", "is no time that can be read", ""),
        ("Fall 2024-03", "is no time that can be read", ""),
        ("2024-13", "'2024-13' is not in the calendar", "look at the year, the month and the day"),
        ("2024-02-30", "'2024-02-30' is not in the calendar", ""),
        ("2024/27", "'2024/27' is not in the calendar", ""),
        ("0000", "'0000' is not in the calendar", ""),
        ("2024 – 2021", "'2024 – 2021' ends before it begins", "write the earlier time first"),
        ("Dec – March 2024", "ends before it begins", ""),
        ("[2024]", "term: this is no time that can be read", ""),
        ("{a: 2024}", "term: this is no time that can be read", ""),
    ],
)
def test_what_makes_no_sense_is_told_at_its_place(tree: SiteTree, written: str, message: str, hint: str) -> None:
    tree.entry("teaching/a", term=written)

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.column) == ("pages/teaching/a.md", 3, 7)
    assert message in problem.message
    assert hint in problem.hint


@given(st.text(max_size=30) | st.from_regex(r"[a-zA-Z ]{0,6}\d{0,4}[-/– ]{0,3}\d{0,4}[-/– ]{0,3}(present)?", fullmatch=True))
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    found = time_or_nothing(text)

    assert found is None or (found.first <= found.last and str(found))


def time_or_nothing(text: str) -> When | None:
    """The time that a text means, or nothing where it is refused as it should be."""
    with suppress(PydanticCustomError):
        return when(text)
    return None


def test_entries_can_be_ordered_by_it_the_latest_first(tree: SiteTree) -> None:
    for name, term in (("a", "Fall 2024"), ("b", "2021 – present"), ("c", "Spring 2025"), ("d", "2024-12")):
        tree.entry(f"teaching/{name}", term=term)
    tree.entry("teaching/e")

    found = tree.site().query("teaching")

    assert [entry.id for entry in found] == [f"teaching/{name}" for name in "bcdae"]
    assert tree.problems() == []
