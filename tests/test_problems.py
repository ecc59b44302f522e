"""Problems print so that editors find the place, and hints name what was meant."""

from __future__ import annotations

import pytest

from app.problems import Problem, Problems, did_you_mean


def test_a_problem_prints_its_place_its_message_and_below_it_the_hint() -> None:
    problem = Problem("pages/notes/x.md", 3, 8, "unknown field 'titel'", "did you mean 'title'?")

    assert str(problem) == "pages/notes/x.md:3:8: unknown field 'titel'\n    did you mean 'title'?"


def test_a_problem_without_a_hint_prints_on_one_line() -> None:
    problem = Problem("pages/x.md", 1, 1, "the file is empty")

    assert str(problem) == "pages/x.md:1:1: the file is empty"


def test_problems_sort_by_file_then_line_then_column() -> None:
    problems = [Problem("b.md", 1, 1, "z"), Problem("a.md", 10, 1, "z"), Problem("a.md", 2, 5, "z"), Problem("a.md", 2, 1, "z")]

    places = [problem.place for problem in sorted(problems)]

    assert places == ["a.md:2:1", "a.md:2:5", "a.md:10:1", "b.md:1:1"]


def test_the_exception_carries_every_problem_and_prints_them_all() -> None:
    first, second = Problem("a.md", 1, 1, "one"), Problem("a.md", 2, 1, "two")

    error = Problems([first, second])

    assert error.problems == (first, second)
    assert str(error) == "a.md:1:1: one\na.md:2:1: two"


@pytest.mark.parametrize(
    ("word", "hint"),
    [("titel", "did you mean 'title'?"), ("tag", "did you mean 'tags'?"), ("xyzzy", "none of these"), ("", "none of these")],
)
def test_a_hint_names_the_nearest_word_or_says_something_else(word: str, hint: str) -> None:
    assert did_you_mean(word, ["title", "tags", "summary"], otherwise="none of these") == hint
