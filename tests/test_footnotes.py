"""Footnotes, and side notes in the place where they were written."""

from __future__ import annotations

import re

import pytest

from app.markup import parse


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


def numbers(found: str) -> list[str]:
    """The numbers of the references, in the order of the page."""
    return re.findall(r"data-footnote-ref>(\d+)</a></sup>", found)


def names(found: str) -> list[str]:
    """The names of the notes in the list, in its order."""
    return re.findall(r'<li id="fn-(\w+)">', found)


def test_a_side_note_stands_where_it_was_written() -> None:
    assert html("A line^[See *this* and $x$ too.] goes on.") == (
        '<p>A line<small class="sidenote">See <em>this</em> and <math><mi>x</mi></math> too.</small> goes on.</p>\n'
    )


def test_footnotes_are_listed_in_the_order_of_the_text_with_a_way_back() -> None:
    found = html("a[^y] b[^x]\n\n[^x]: Ex.\n[^y]: Why *so*.")

    assert numbers(found) == ["1", "2"]
    assert names(found) == ["y", "x"]
    assert '<p>Why <em>so</em>. <a href="#fnref-y" class="footnote-backref"' in found


def test_footnotes_are_counted_without_the_side_notes() -> None:
    found = html("a^[one] b[^x] c^[two] d[^y] e[^x]\n\n[^x]: Ex.\n[^y]: Why.")

    assert numbers(found) == ["1", "2", "1"]
    assert names(found) == ["x", "y"]
    assert "__inline" not in found


def test_a_footnote_that_is_referred_to_again_has_a_way_back_to_each_place() -> None:
    found = html("a[^x] b[^x] c[^x]\n\n[^x]: Ex.")

    assert re.findall(r'id="(fnref-[^"]*)"', found) == ["fnref-x", "fnref-x-2", "fnref-x-3"]
    assert re.findall(r'href="#(fnref-[^"]*)"', found) == ["fnref-x", "fnref-x-2", "fnref-x-3"]


def test_a_footnote_inside_a_side_note_is_counted_where_it_is_read() -> None:
    found = html("a^[one[^x]] b[^y]\n\n[^y]: Why.\n[^x]: Ex[^z].\n[^z]: Zed.")

    assert '<small class="sidenote">one<sup class="footnote-ref"><a href="#fn-x"' in found
    assert numbers(found) == ["1", "2", "3"]
    assert names(found) == ["x", "y", "z"]


def test_side_notes_may_stand_in_side_notes_footnotes_headings_and_tables() -> None:
    found = html("# A^[head]\n\na^[out ^[in]] b[^x]\n\n| a |\n|---|\n| b^[cell] |\n\n[^x]: Ex^[foot].")

    assert re.findall(r'class="sidenote">(\w+)', found) == ["head", "out", "in", "cell", "foot"]


def test_a_footnote_of_several_blocks_keeps_them() -> None:
    found = html("a[^x]\n\n[^x]: One.\n\n    - two\n\n    ```\n    three\n    ```")

    assert "<li>two</li>" in found
    assert "three\n</code>" in found


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a [^x].", 1, 3),
        ("é中 [^x].", 1, 4),
        ("a[^y]\n\n- b *c [^x]*\n\n[^y]: Why.", 3, 8),
        (r"\[^x] and [^x]", 1, 11),
        ("# A [^x]", 1, 5),
        ("a[^y]\n\n[^y]: Why [^x].", 3, 11),
    ],
)
def test_a_footnote_without_a_text_is_told(text: str, line: int, column: int) -> None:
    document = parse(text, "pages/a.md")

    (problem,) = document.problems

    assert (problem.line, problem.column) == (line, column)
    assert problem.message == "footnote 'x' has no text"
    assert problem.hint == "write '[^x]: ...' on a line of its own"
    assert "[^x]" in "".join(map(str, document.parts))


@pytest.mark.parametrize("text", [r"a \[^x].", "`[^x]`", "```\n[^x]\n```", "a[^X]\n\n[^x]: Ex.", "[^ x]", "$[^x]$"])
def test_what_is_no_footnote_is_not_told(text: str) -> None:
    assert "[^" in html(text) or "fn-" in html(text) or "<math>" in html(text)


def test_a_text_without_notes_has_no_list_of_them() -> None:
    assert "footnotes" not in html("a[b][c]\n\n[b]: https://b.c\n[c]: https://b.c")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a^[See $\\nope$]", 1, 9),
        ("ab\ncde^[See `x` *b*\n$\\nope$]", 3, 2),
        ("ab^[one\ntwo] and $\\nope$", 2, 11),
        ("ab^[one\ntwo] and ^[$\\nope$]", 2, 13),
        ("1\n\n> a^[See\n> $\\nope$]", 4, 4),
        ("a^[b ^[c $\\nope$]]", 1, 11),
        ("é中^[é $\\nope$]", 1, 8),
        ("- x\n\n  y^[$\\nope$]", 3, 7),
        ("| a |\n|---|\n| b^[$\\nope$] |", 3, 7),
        ("a[^n]\n\n[^n]: Why^[$\\nope$]", 3, 13),
        ("a^[b [1] ![](c)]", 1, 10),
        ("a^[b [^q]]", 1, 6),
    ],
)
def test_a_mistake_in_or_after_a_side_note_is_told_at_its_place(text: str, line: int, column: int) -> None:
    (problem,) = parse(text).problems

    assert (problem.line, problem.column) == (line, column)


def test_a_link_in_or_after_a_side_note_is_asked_for_at_its_place() -> None:
    slots = parse('A^[see [1] and [b](c)\n<a href="d">] *e* [f](g)').slots

    assert [(slot.target, slot.line, slot.column) for slot in slots] == [("c", 1, 16), ("d", 2, 4), ("g", 2, 19)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a\n\n[^x]: Never.", 3, 1, "nothing refers to the footnote 'x'"),
        ("a[^y]\n\n> [^x]: Never.\n\n[^y]: Why.", 3, 3, "nothing refers to the footnote 'x'"),
        ("a[^x]\n\n[^x]: One.\n[^x]: Two.", 4, 1, "footnote 'x' has a text already, on line 3"),
        ("a[^x]\n\n[^x]: One.\n\n[^X]: Two.", 5, 1, "footnote 'X' has a text already, on line 3"),
        ("a^[side]\n\n[^x]: Never.", 3, 1, "nothing refers to the footnote 'x'"),
    ],
)
def test_a_footnote_that_nobody_would_see_is_told(text: str, line: int, column: int, message: str) -> None:
    (problem,) = parse(text, "pages/a.md").problems

    assert (problem.line, problem.column, problem.message) == (line, column, message)


def test_the_line_of_the_first_text_is_that_of_the_file() -> None:
    (problem,) = parse("a[^x]\n\n[^x]: One.\n[^x]: Two.", "pages/a.md", first_line=5).problems

    assert (problem.line, problem.message) == (8, "footnote 'x' has a text already, on line 7")


@pytest.mark.parametrize("text", ["```\n[^x]: a\n```", "`[^x]: a`", "    [^x]: a", "a[^X] b[^ß]\n\n[^x]: a\n[^ß]: b", "$[^x]:$"])
def test_what_is_seen_or_is_code_is_not_told(text: str) -> None:
    assert parse(text).problems == ()


def test_problems_in_a_side_note_below_other_paragraphs_are_told_on_its_line() -> None:
    problems = parse("one\n\ntwo\n\nthree ^[side $\\foosn$ and [z]()] end", "pages/a.md", first_line=4).problems

    assert [(problem.line, problem.column) for problem in problems] == [(8, 15), (8, 27)]


def test_a_link_in_a_side_note_below_other_paragraphs_is_asked_for_on_its_line() -> None:
    (slot,) = parse("one\n\ntwo\n\nthree ^[side $\\foosn$ and [z](z.md)] end", "pages/a.md", first_line=4).slots

    assert (slot.line, slot.column) == (8, 27)
