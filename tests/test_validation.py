"""What does not fit a type is told in the author's words, at its line, with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from app.content import Part, Source
from app.content.entry import Day, Text, Words
from app.content.validation import SHOWN, brief, validated
from app.problems import Problem, Problems


class Leaf(Part):
    name: Text
    when: Day | None = None


class Branch(Part):
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()


class Tree(Part):
    title: Text
    height: int | None = None
    size: int = Field(default=1, ge=1)
    green: bool = False
    words: Words = ()
    branch: Branch | None = None
    branches: tuple[Branch, ...] = ()


def read(front: str) -> Source:
    return Source.parse(f"---\n{front}\n---\n", Path("x.md"), "pages/x.md")


def told(front: str) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        validated(Tree, read(front))

    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("title: a\nheigth: 3", "3:1: unknown field 'heigth'\n    did you mean 'height'?"),
        ("title: a\nxyz: 3", "3:1: unknown field 'xyz'\n    the fields are branch, branches, green, height, size, title, words"),
        ("height: 3", "1:1: 'title' is missing\n    add a line 'title: ...' to the front matter"),
        ("height: 3\ntitle: # a", "3:1: 'title' is missing\n    write a value after 'title:'"),
        ("title: ' '", "2:8: title: this is empty\n    write something, or delete the line"),
        ("title: a\nheight: tall", "3:9: height: 'tall' is not a whole number\n    write digits only"),
        ("title: a\nheight: 1.5", "3:9: height: '1.5' is not a whole number\n    write digits only"),
        ("title: a\nheight: [1]", "3:9: height: this is not a whole number\n    write digits only"),
        ("title: a\ngreen: perhaps", "3:8: green: 'perhaps' is neither yes nor no\n    write true or false"),
        ("title: a\ngreen: [yes]", "3:8: green: this is neither yes nor no\n    write true or false"),
        ("title: a\nwords: {b: c}", "3:8: words: this is not a list\n    write it as [one, two]"),
        (
            "title: a\nbranch: b",
            "3:9: branch: 'b' is not a group of fields\n    write 'name: value' lines below it, indented by two spaces",
        ),
        ("title: a\nbranch:\n  laef: b", "4:3: unknown field 'laef'\n    did you mean 'leaf'?"),
        ("title: a\nbranch:\n  leaf:\n    nmae: b\n    name: c", "5:5: unknown field 'nmae'\n    did you mean 'name'?"),
        (
            "title: a\nbranch:\n  leaf:\n    when: 2026-13-01\n    name: c",
            "5:11: when: '2026-13-01' is no day of the calendar\n    look at the month and the day",
        ),
        (
            "title: a\nbranches:\n  - leaves:\n      - name: a\n      - when: 2026-02-01",
            "6:9: 'name' is missing\n    add a line 'name: ...' to the front matter",
        ),
        ("title: a\nbranches: [{leaves: [{name: a, nam: b}]}]", "3:32: unknown field 'nam'\n    did you mean 'name'?"),
    ],
)
def test_a_field_that_does_not_fit_is_one_problem_at_its_place(front: str, problem: str) -> None:
    assert [str(one) for one in told(front)] == [f"pages/x.md:{problem}"]


def test_a_number_of_5000_digits_is_told_in_few_words() -> None:
    problems = told(f"title: a\nheight: {'9' * 5000}")

    assert [problem.message for problem in problems] == [f"height: '{'9' * SHOWN}…' is not a whole number"]


def test_a_number_out_of_its_range_is_told_with_the_range() -> None:
    problems = told("title: a\nsize: 0")

    assert [problem.message for problem in problems] == [
        "size: '0' does not fit: Input should be greater than or equal to 1"
    ]  # fmt: skip


def test_every_field_that_does_not_fit_is_told_in_the_order_of_the_lines() -> None:
    problems = told("green: x\nheight: y\nfoo: z")

    assert [problem.line for problem in problems] == [1, 2, 3, 4]


def test_a_field_left_empty_has_its_default() -> None:
    tree = validated(Tree, read("title: a\nheight:\ngreen: ~\nwords: null\nbranch:\n  leaf:\nbranches:\n  -"))

    assert (tree.height, tree.green, tree.words, tree.branches) == (None, False, (), ())
    assert tree.branch == Branch()


@pytest.mark.parametrize(("value", "shown"), [("a\nb  c", "a b c"), ("x" * SHOWN, "x" * SHOWN), ("x" * 61, "x" * 60 + "…")])
def test_a_message_repeats_a_value_on_one_short_line(value: str, shown: str) -> None:
    assert brief(value) == shown
