"""Formulas guarded from Markdown: which lines, with what, and nothing left of it afterwards."""

from __future__ import annotations

import pytest

from app.markup.guard import CONTAINER, NONCHARACTERS, displays, guard, past_quotes, release
from app.markup.tree import Math, column_of, formatted, held, line_of, parsed, walk

FIRST, SECOND = NONCHARACTERS[:2]


@pytest.mark.parametrize("text", ["", "plain text", "It costs $5.", "| a | b |", "$x$ and $$y$$", "`$$`\n\nx", "```\n$$\n```"])
def test_a_text_without_anything_to_guard_is_left_alone(text: str) -> None:
    assert guard(text.split("\n")).text == text


def test_every_line_of_a_display_formula_but_the_first_is_guarded() -> None:
    guarded = guard(["$$", "- a", "", "  = b", "$$", "after"])

    assert guarded.text.split("\n") == ["$$", f"{FIRST}- a", FIRST, f"  {FIRST}= b", f"{FIRST}$$", "after"]
    assert guarded.places == {2: 0, 3: 0, 4: 2, 5: 0}


def test_pipes_in_formulas_are_guarded_and_others_are_not() -> None:
    guarded = guard(["| $|x|$ | `|$a|$` | $5 | b |"])

    assert guarded.text == f"| ${SECOND}x{SECOND}$ | `|$a|$` | $5 | b |"


def test_the_guards_are_characters_that_the_text_does_not_have() -> None:
    text = f"{NONCHARACTERS[0]}{NONCHARACTERS[2]} $|x|$"

    guarded = guard([text])

    assert (guarded.before, guarded.pipe) == (NONCHARACTERS[1], NONCHARACTERS[3])


def test_a_text_with_all_such_characters_is_read_without_guards() -> None:
    text = "".join(NONCHARACTERS) + "$$\na\n$$"

    assert guard(text.split("\n")).text == text


@pytest.mark.parametrize(
    ("lines", "spans"),
    [
        (["$$", "a", "$$"], [(0, 2)]),
        (["$$ a", "b $$"], [(0, 1)]),
        (["$$ a $$"], []),
        (["a $$ b", "c $$"], [(0, 1)]),
        (["a $$ b", "", "c $$"], []),
        (["$$", "a", "", "b"], [(0, None)]),
        (["> $$", "> a", "> $$"], [(0, 2)]),
        (["- $$", "  a", "  $$"], [(0, 2)]),
        (["12) $$", "a $$"], [(0, 1)]),
        (["```", "$$", "```", "$$", "$$"], [(3, 4)]),
        (["~~~~", "$$", "~~~", "$$", "~~~~"], []),
        (["> ```", "> $$", "> ```"], []),
        (["`$$` and `` $$ ``"], []),
        ([r"\$$ no"], []),
        (["$$", r"\$$", "$$"], [(0, 2)]),
        (["$a$ $$b", "$$"], [(0, 1)]),
        (["$$", "$$", "$$", "$$"], [(0, 1), (2, 3)]),
    ],
)
def test_displays_are_found_where_markdown_would_find_them(lines: list[str], spans: list[tuple[int, int | None]]) -> None:
    assert list(displays(lines)) == spans


@pytest.mark.parametrize(
    ("line", "length"), [("a", 0), ("  a", 2), ("> a", 2), (">a", 1), ("- a", 2), ("> - 1. a", 7), ("-a", 0), (">>> a", 4)]
)
def test_the_marks_of_containers_are_known(line: str, length: int) -> None:
    found = CONTAINER.match(line)

    assert found is not None
    assert found.end() == length


@pytest.mark.parametrize(
    ("line", "quotes", "length"), [("> > a", 1, 2), ("> > a", 2, 4), ("  a", 0, 2), (">", 1, 1), ("a", 3, 0)]
)
def test_only_the_quotes_around_a_formula_are_passed(line: str, quotes: int, length: int) -> None:
    assert past_quotes(line, quotes) == length


def test_release_takes_out_every_guard_and_moves_what_follows_to_its_own_column() -> None:
    lines = ["$$", "- a", "$$ and $y$ [l|$|$](u) `c`", "", '``` t="$|$"', "$|$", "```", "", "> [!NOTE] $|$", "> a"]
    guarded = guard(lines)
    tree = parsed(guarded.text)

    release(tree, guarded)

    formulas = [(held(node).literal, line_of(node), column_of(node)) for node in walk(tree) if isinstance(node.node_value, Math)]
    assert formulas[:2] == [("\n- a\n", 1, 1), ("y", 3, 8)]
    assert not any(character in formatted(tree) for character in NONCHARACTERS)
