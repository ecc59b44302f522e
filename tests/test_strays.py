"""Strays: what looks like a formula, a link or a tag and is none is told at its place, and never in code."""

from __future__ import annotations

import pytest

from app.markup import parse


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in parse(text, "pages/a.md").problems]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a\n\n70$\\pm$2.2", 3, 3, "this is no formula"),
        ("| a |\n|---|\n| 5$\\times$3 |", 3, 4, "this is no formula"),
        ("`$\\pm$2` 5$\\times$3", 1, 11, "this is no formula"),
        ("$x$ a^[or 7$\\pm$2]", 1, 12, "this is no formula"),
        ("as \\(x^2\\)", 1, 4, "this is no formula"),
        ("a\n\n> \\[\n> x = 1\n> \\]", 3, 3, "this is no formula"),
        ("\\begin{align*}\nx &= 1\n\\end{align*}", 1, 1, "'\\begin{align*}' stands outside of a formula"),
        ("see \\eqref{eq:a}", 1, 5, "'\\eqref' stands outside of a formula"),
        ("- see\n  (\\ref{eq:a})", 2, 4, "'\\ref' stands outside of a formula"),
        ("as \\citep{kaplan} says", 1, 4, "'\\citep' is not read here"),
        ('{% include figure.html path="a.png" %}', 1, 1, "this is a tag of Liquid"),
        ("a\nb {{ site.url }}", 2, 3, "this is a tag of Liquid"),
        ("see [s](my file.pdf)", 1, 5, "this is no link, since its address has spaces"),
        ("![s](my plot.png)", 1, 1, "this is no link, since its address has spaces"),
        ("a [text][nope].", 1, 3, "this is no link, since 'nope' has no address"),
        ("`[text][nope]` *a [text][nope]*", 1, 19, "this is no link, since 'nope' has no address"),
    ],
)
def test_a_stray_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    assert told(text) == [(line, column, message)]


STRAYS = (
    "70$\\pm$2.2", "\\(x^2\\)", "\\[x = 1\\]", "\\begin{align}", "\\eqref{eq:a}", "\\cite{b}", "{% include x %}",
    "{{ site.url }}", "[s](my file.pdf)", "[text][nope]",
)  # fmt: skip


@pytest.mark.parametrize("stray", STRAYS)
def test_nothing_in_code_is_told(stray: str) -> None:
    text = f"`{stray}` and ``a\n{stray}``\n\n    {stray}\n\n```\n{stray}\n```\n\n> - ~~~\n>   {stray}\n>   ~~~\n"

    alone, beside = told(text), told(f"{text}\n\n{stray}")

    assert alone == []
    assert {line for line, _, _ in beside} == {text.count("\n") + 3}


@pytest.mark.parametrize(
    "text",
    [
        "$$\n\\begin{align}\n\nx \\\\[4pt]\ny \\label{eq:a}\n\\end{align}\n$$ and $\\eqref{eq:a}$",
        "It costs \\$5 and $\\alpha$-and $\\pm 2$.",
        "\\(not a formula\\) and \\[nor this\\]",
        "a x[i][j] [1][2] [a][b]\n\n[b]: https://b.c",
        "[a](https://b.c 'a title.') and f[0](see this)",
        "[a](<my file.pdf>)",
        "<!-- {{ a }} --> <b title='{{ b }}'>c</b>",
    ],
)
def test_what_is_something_is_no_stray(text: str) -> None:
    assert told(text) == []


def test_the_hint_says_what_to_write() -> None:
    hints = [problem.hint for problem in parse("[a][nope]\n\n[b](c d.md)\n\n\\ref{eq:a}").problems]

    assert hints == [
        "write '[nope]: address' on a line of its own",
        "put the path between < and >: [text](<my file.pdf>)",
        "write @eq:a",
    ]
