"""Tables: their frame, their captions, and what may stand in them."""

from __future__ import annotations

from html import escape

import pytest

from app.markup import parse

TABLE = "| a | b |\n|---|--:|\n| c | d |\n"


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


def test_a_table_can_scroll_and_be_reached_with_the_keyboard() -> None:
    found = html(TABLE)

    assert found.startswith('<div class="scroll" tabindex="0">\n<table>')
    assert found.endswith("</table>\n</div>\n")


def test_alignment_is_a_class() -> None:
    found = html("| a | b | c | d |\n|:--|:-:|--:|---|\n| e | f | g | h |")

    assert '<th class="left">a</th>\n<th class="center">b</th>\n<th class="right">c</th>\n<th>d</th>' in found
    assert '<td class="left">e</td>\n<td class="center">f</td>\n<td class="right">g</td>\n<td>h</td>' in found


def test_the_authors_own_html_keeps_its_alignment() -> None:
    assert '<td align="left" class="x">' in html('<table><tr><td align="left" class="x">a</td></tr></table>')


@pytest.mark.parametrize("between", ["", "\n", "\n\n\n"])
def test_a_caption_below_a_table_makes_a_numbered_figure(between: str) -> None:
    document = parse(f"{TABLE}{between}: The *runs* of $|x|$ {{#tbl:runs}}\n\nAfter.")

    found = "".join(map(str, document.parts))

    assert document.problems == ()
    assert found.startswith(
        '<figure class="table" id="tbl:runs"><figcaption><span class="number">Table 1.</span> The <em>runs</em> of <math>'
    )
    assert "</math></figcaption><div" in found
    assert found.endswith("</table>\n</div></figure>\n<p>After.</p>\n")
    assert [(label.id, label.kind, label.number) for label in document.labels] == [("tbl:runs", "table", "1")]
    assert "<td>c</td>" in found
    assert found.count("<tr>") == 2


def test_a_caption_may_go_over_lines_and_have_a_pipe() -> None:
    found = html(f"{TABLE}: One | two\nthree *four\nfive*\n")

    assert "</span> One | two\nthree <em>four\nfive</em></figcaption>" in found


@pytest.mark.parametrize("caption", ["- no list", "# no heading", ": no term", "1. no number", "> no quote"])
def test_a_caption_is_words_whatever_it_begins_with(caption: str) -> None:
    found = html(f"{TABLE}: {caption}\n")

    assert f"</span> {escape(caption.strip())}</figcaption>" in found


def test_captions_are_counted_and_tables_without_one_are_not() -> None:
    document = parse(f"{TABLE}: A {{#tbl:a}}\n\n{TABLE}\nText.\n\n{TABLE}\n: C\n\n{TABLE}: D {{#tbl:d}}")

    assert [(label.id, label.number) for label in document.labels] == [("tbl:a", "1"), ("tbl:d", "3")]


def test_the_label_of_a_table_that_stands_twice_is_told() -> None:
    (problem,) = parse(f"{TABLE}: A {{#t}}\n\n{TABLE}\n: B {{#t}}").problems

    assert (problem.line, problem.column) == (10, 6)


@pytest.mark.parametrize("frame", ["> ", "- ", "1. "])
def test_a_table_in_a_quote_or_a_list_has_its_caption_too(frame: str) -> None:
    indent = frame if frame == "> " else " " * len(frame)
    lines = f"{TABLE}: Cap".split("\n")

    found = html(frame + f"\n{indent}".join(lines))

    assert '<span class="number">Table 1.</span> Cap</figcaption>' in found


@pytest.mark.parametrize("text", [": Cap\n\nText", "Text\n\n: no term", f"{TABLE}\nText\n\n: Cap"])
def test_a_colon_that_follows_no_table_is_no_caption(text: str) -> None:
    assert "figcaption" not in html(text)


def test_a_row_that_begins_with_a_pipe_and_a_colon_is_a_row() -> None:
    assert "<td>: c</td>" in html("| a |\n|---|\n| : c |")


def test_code_links_and_line_breaks_may_stand_in_a_cell() -> None:
    found = html("| a |\n|---|\n| `x \\| y` [b](https://b.c) <br> *d* |")

    assert '<td><code>x | y</code> <a href="https://b.c">b</a> <br> <em>d</em></td>' in found


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in parse(text, "pages/a.md").problems]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (f"{TABLE}| c | d | e |", 4, 1),
        (f"{TABLE}| `x|y` | d |", 4, 1),
        ("> | a | b |\n> |---|---|\n> c | d | e", 3, 3),
        (f"{TABLE}| c | d | e |\n: Caption", 4, 1),
    ],
)
def test_a_row_with_more_cells_than_columns_is_told(text: str, line: int, column: int) -> None:
    assert told(text) == [(line, column, "this row has 3 cells and the table 2 columns")]


@pytest.mark.parametrize(
    "row", ["| c |", "| c | d | |", "| $|x|$ | d |", "| a \\| b | `c \\| d` |", "| $p(x|y)$ | $$|x|$$ |", ": One | two | three"]
)
def test_a_row_with_as_many_cells_or_fewer_is_not_told(row: str) -> None:
    assert told(f"{TABLE}{row}") == []


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("| a | b |\n|---|\n| c | d |", 2, 1, "this is no table: 2 cells above 1 of dashes"),
        ("Text.\n\n> | a |\n> |---|:-:|", 4, 3, "this is no table: 1 cell above 2 of dashes"),
        ("a | $|b|$\n--|--|--", 2, 1, "this is no table: 2 cells above 3 of dashes"),
    ],
)
def test_lines_that_only_look_like_a_table_are_told(text: str, line: int, column: int, message: str) -> None:
    assert told(text) == [(line, column, message)]


@pytest.mark.parametrize("text", ["```\n| a | b |\n|---|\n```", "a\n|---|", "`| a | b |`\n\n|---|", "a | b\n---"])
def test_what_does_not_look_like_a_table_is_not_told(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (": The runs {#tbl:a}", 1, 1),
        ("Text.\n\n: The runs {#tbl:a}", 3, 1),
        (f"{TABLE}\nText.\n\n> : The *runs* {{#tbl:a}}", 7, 3),
    ],
)
def test_a_caption_that_follows_no_table_is_told(text: str, line: int, column: int) -> None:
    assert told(text) == [(line, column, "this caption follows no table")]


def test_a_caption_in_code_is_not_told() -> None:
    assert told("```\n: The runs {#tbl:a}\n```\n\n`: x {#tbl:a}`") == []
