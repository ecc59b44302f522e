"""Subscripts, superscripts and highlights: those that are meant, and what only looks like one."""

from __future__ import annotations

import pytest

from app.markup import parse


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("H~2~O", "H<sub>2</sub>O"),
        ("x^2^ and x^*n*^", "x<sup>2</sup> and x<sup><em>n</em></sup>"),
        ("==a mark== and (==b==)", "<mark>a mark</mark> and (<mark>b</mark>)"),
        ("==the CO~2~ of x^2^==", "<mark>the CO<sub>2</sub> of x<sup>2</sup></mark>"),
        ("~~gone~~", "<del>gone</del>"),
    ],
)
def test_a_span_that_is_meant_is_one(text: str, shown: str) -> None:
    assert html(text) == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "3~5 days and 10~20 days",
        "2^10 and 2^20",
        "x==1 and y==2",
        "é==1 and y==2",
        "a~b\nc~d",
        "From ~5 to 6~ of x~",
        "~a ~b c~ d~",
    ],
)
def test_what_only_looks_like_a_span_stays_as_it_was_written(text: str) -> None:
    assert html(text) == f"<p>{text}</p>\n"


def test_what_is_inside_is_still_read() -> None:
    assert html("3~5 *days* and `10`~20") == "<p>3~5 <em>days</em> and <code>10</code>~20</p>\n"
    assert html("3~5 and H~2~O in 10~20") == "<p>3~5 and H<sub>2</sub>O in 10~20</p>\n"


def test_the_plain_text_and_the_headings_keep_it_too() -> None:
    document = parse("## From 3~5 to 10~20\n\n2^10 and 2^20", "pages/a.md")

    assert document.text == "From 3~5 to 10~20\n2^10 and 2^20"
    assert document.headings[0].text == "From 3~5 to 10~20"


def test_emphasis_beside_the_punctuation_of_chinese_is_emphasis() -> None:
    assert html("**加粗**测试。**注意：**后面") == "<p><strong>加粗</strong>测试。<strong>注意：</strong>后面</p>\n"
