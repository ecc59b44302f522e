"""LaTeX as people write it, and the LaTeX and MathML that become of it."""

from __future__ import annotations

import re

import pytest

from app.markup import latex, parse
from app.markup.latex import Tex, definitions, depth, excess, known, numbered


def mathml(tex: str) -> str:
    """The MathML of a formula on display, without attributes."""
    document = parse(f"$${tex}$$")
    assert document.problems == ()
    return re.sub(r"<(\w+)[^>]*>", r"<\1>", "".join(map(str, document.parts)))


def glyphs(tex: str) -> str:
    """The characters that a formula shows."""
    return re.sub(r"<[^>]*>|\s", "", mathml(tex))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a \\[4pt] b", r"a \\ b"),
        (r"a \\* b \\[-1.5 em] c", r"a \\ b \\ c"),
        (r"\begin{matrix}a \\ b \\ \end{matrix}", r"\begin{matrix}a \\ b \end{matrix}"),
        (r"\begin{split}a&=b\end{split}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{alignat*}{2}a&=b\end{alignat*}", r"\begin{align*}a&=b\end{align*}"),
        (r"\begin{alignedat}{2}a&=b\end{alignedat}", r"\begin{aligned}a&=b\end{aligned}"),
        (r"\begin{pmatrix*}[r]a\end{pmatrix*}", r"\begin{pmatrix}a\end{pmatrix}"),
        (r"\begin{array}[t]{@{}c|c@{}}a\end{array}", r"\begin{array}{c|c}a\end{array}"),
        (r"\left<x\middle>y\right>", r"\left\langle x\middle\rangle y\right\rangle "),
        (r"\left.x\bigl. y\bigr|", r"\left.x y\bigr|"),
        (r"x\rule{0pt}{2ex}", "x"),
        (r"\rule{1em}{2ex}", r"\rule{1em}{2ex}"),
        (r"a\hspace*{1em}b", r"a\hspace{1em}b"),
        (r"\smash[b]{x}", r"\smash{x}"),
        (r"\text{for $x$ in $y$}", r"{\text{for }{x}\text{ in }{y}}"),
        (r"\text{costs \$5}", r"\text{costs \$5}"),
        (r"\text{a {b $x$} c}", r"\text{a {b $x$} c}"),
        (r"\mathop{\mathrm{argmin}}\limits_{x}", r"\underset{{x}}{\mathrm{argmin}}"),
        (r"\mathop{=}\limits^?", r"\overset{?}{=}"),
        (r"\tag{$\ast$}", r"\tag{*}"),
        ("x + y", "x + y"),
    ],
)
def test_what_the_converter_does_not_know_is_said_in_words_that_it_does(written: str, meant: str) -> None:
    tex = known(Tex(written))

    assert re.sub(r"\s+", " ", tex.text) == re.sub(r"\s+", " ", meant)


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\mathds{1}", "𝟙"),
        (r"\mathbbm{R}", "ℝ"),
        (r"\pmb{x}", "𝒙"),
        (r"\smash{x}\mathclap{y}\mathnormal{z}", "xyz"),
        (r"\intop_0^1 x", "∫01x"),
        (r"\mbox{a b} \hbox{c}", "abc"),
        (r"\sum_{\substack{i<n\\j}}", "∑i&lt;nj"),
        (r"\begin{smallmatrix}a&b\end{smallmatrix}", "ab"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", "a=b"),
        (r"\begin{matrix}a\cr b\end{matrix}", "ab"),
        (r"\begin{aligned}a\\[4pt]b\end{aligned}", "ab"),
        (r"\begin{dcases}a&b\\\end{dcases}", "{ab\u2063"),
        (r"\left|\psi\right>", "|ψ⟩"),
        (r"\LaTeX \nobreak x", "LaTeXx"),
        (r"\lvert x\rvert", "|x|"),
        (r"\argmin_x", "argminx"),
    ],
)
def test_a_formula_shows_the_characters_that_latex_would(tex: str, shown: str) -> None:
    assert glyphs(tex) == shown


@pytest.mark.parametrize(
    "command",
    [
        r"\err{x}",
        r"\colorbox{red}{x}",
        r"\rule{1em}{1em}",
        r"\mathrlap{x}",
        r"\mathllap{x}",
        r"\mathsfit{x}",
        r"\xrightleftarrows{x}",
    ],
)
def test_a_command_that_cannot_be_shown_as_it_is_meant_is_told(command: str) -> None:
    (problem,) = parse(f"$x {command}$").problems

    assert problem.message.startswith("this formula does not parse: Unknown command")
    assert (problem.line, problem.column) == (1, 4)


def test_limits_of_an_integral_stand_below_and_above_where_the_author_says_so() -> None:
    assert "<munderover>" in mathml(r"\intop_a^b")


@pytest.mark.parametrize(
    ("tex", "name", "body"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", "R", r"\mathbb{R}"),
        (r"\newcommand\R{\mathbb{R}}", "R", r"\mathbb{R}"),
        (r"\renewcommand*{\norm}[1]{\left\|#1\right\|}", "norm", r"\left\|#1\right\|"),
        (r"\providecommand{ \a }{{a{b{c{d}}}}}", "a", "{a{b{c{d}}}}"),
        (r"\def\set#1#2{\{#1 \mid #2\}}", "set", r"\{#1 \mid #2\}"),
        (r"\gdef\x{y}", "x", "y"),
        (r"\DeclareMathOperator{\rank}{rank}", "rank", r"\operatorname{rank}"),
        (r"\DeclareMathOperator*\esssup{ess\,sup}", "esssup", r"\operatorname*{ess\,sup}"),
        ("\\newcommand{\\a}{b\nc}", "a", "b\nc"),
    ],
)
def test_definitions_are_taken_out(tex: str, name: str, body: str) -> None:
    left, found = definitions(Tex(f"x {tex} y"))

    assert found == {name: body}
    assert left.text == "x  y"


@pytest.mark.parametrize("tex", ["x", r"\default", r"\define{x}", r"\newcommand{\a}[2][x]{#1#2}", r"\def\a"])
def test_what_is_no_plain_definition_stays(tex: str) -> None:
    left, found = definitions(Tex(tex))

    assert (left.text, found) == (tex, {})


@pytest.mark.parametrize(
    ("tex", "id", "expected"),
    [
        ("x", "", "x"),
        ("x", "L0", r"\begin{equation}x\label{L0}\end{equation}"),
        (r"x \tag{1}", "", r"\begin{equation}x \tag{1}\end{equation}"),
        (r"\begin{align}a\\b\end{align}", "", r"\begin{align*}a\\b\end{align*}"),
        (r"\begin{align}a\label{A}\\b\end{align}", "", r"\begin{align}a\label{A}\\b\notag \end{align}"),
        (r"\begin{align}a\\{b\\c}\\d\tag{7}\end{align}", "", r"\begin{align}a\notag \\{b\\c}\notag \\d\tag{7}\end{align}"),
        (r"\begin{align}a\\b\end{align}", "L0", r"\begin{align}a\notag \\b\label{L0}\end{align}"),
        (r"\begin{align*}a\\b\end{align*}", "L0", r"\begin{align}a\notag \\b\label{L0}\end{align}"),
        (r"\begin{align*}a\tag{1}\\b\end{align*}", "", r"\begin{align*}a\tag{1}\\b\end{align*}"),
        (r"\begin{equation}a\end{equation}", "L0", r"\begin{equation}a\label{L0}\end{equation}"),
        (r"\begin{multline}a\\b\end{multline}", "L0", r"\begin{multline}a\\b\label{L0}\end{multline}"),
        (r"\begin{gather}a\nonumber\\b\label{A}\end{gather}", "", r"\begin{gather}a\nonumber\\b\label{A}\end{gather}"),
        (
            r"\begin{aligned}a\end{aligned} = b",
            "L0",
            r"\begin{equation}\begin{aligned}a\end{aligned} = b\label{L0}\end{equation}",
        ),
    ],
)
def test_only_what_has_a_label_or_a_tag_is_numbered(tex: str, id: str, expected: str) -> None:
    assert numbered(Tex(tex), id).text == expected


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{split}a\\[4pt]b\\\nope\end{split}",
        r"\text{for $x$} \left<y\right> \nope",
        r"\DeclareMathOperator{\a}{a} \newcommand{\b}{b} é \nope \begin{split}x\end{split}",
        r"\begin{align}a\\b\\\nope\label{x}\\c\end{align}",
    ],
)
def test_a_place_in_rewritten_latex_is_the_place_in_what_the_author_wrote(tex: str) -> None:
    written = definitions(Tex(tex))[0]

    rewritten = numbered(latex.labelled(known(written), {}), "")

    assert rewritten.text != tex
    assert rewritten.origin(rewritten.text.index(r"\nope")) == tex.index(r"\nope")
    assert rewritten.origin(len(rewritten.text)) == len(tex)


@pytest.mark.parametrize(
    ("tex", "deep"),
    [
        ("x", 0),
        ("{{x}}", 2),
        (r"\{\{", 0),
        (r"\left(\right)\left(\right)", 1),
        (r"\leftarrow{}", 1),
        (r"\begin{a}\begin{b}\end{b}", 3),
    ],
)
def test_depth_counts_braces_and_environments(tex: str, deep: int) -> None:
    assert depth(tex) == deep


def test_a_formula_of_ordinary_size_has_no_excess() -> None:
    assert excess(r"\frac{a}{b}" * 100) == ""
