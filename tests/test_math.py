"""Formulas in a text: where they may stand, what is numbered, and where a mistake is told."""

from __future__ import annotations

import re
from textwrap import dedent

import pytest

from app.markup import Document, parse

X = "<mi>x</mi>"
ABSOLUTE = '<mo stretchy="false" lspace="0" rspace="0">|</mo>'


def read(text: str, macros: dict[str, str] | None = None) -> Document:
    return parse(dedent(text).strip("\n"), "pages/a.md", macros=macros)


def html(text: str) -> str:
    """The HTML of a text without problems."""
    document = read(text)
    assert document.problems == ()
    return "".join(map(str, document.parts))


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in read(text).problems]


def test_an_inline_formula_is_mathml_in_its_sentence() -> None:
    assert html("Let $x$ be.") == f"<p>Let <math>{X}</math> be.</p>\n"


def test_a_display_formula_is_a_block_of_its_own() -> None:
    assert html("$$\nx\n$$") == f'<div class="equation"><math display="block">{X}</math></div>\n'


def test_a_display_formula_in_a_sentence_stays_in_its_paragraph() -> None:
    assert html("So $$x$$ holds.") == f'<p>So <span class="equation"><math display="block">{X}</math></span> holds.</p>\n'


def test_punctuation_after_a_display_formula_stays_with_it() -> None:
    assert html("$$\nx\n$$.").endswith("<mi>x</mi><mtext>.</mtext></math></div>\n")


@pytest.mark.parametrize(
    "line", ["- x", "= x", "> x", "# x", "| x | y |", "+ x", "* x", "1. x", "---", "===", "```", "<div>", "[a]: b", ": x"]
)
def test_a_line_inside_a_display_formula_is_never_read_as_markdown(line: str) -> None:
    document = read(f"$$\na\n{line}\nb\n$$\n\nAfter.")

    before, after = "".join(map(str, document.parts)).split("</math></div>" if not document.problems else "</code></p>")

    assert after == "\n<p>After.</p>\n"
    assert not re.search(r"<(ul|ol|h\d|blockquote|table|hr|pre|dl)", before)


def test_a_display_formula_may_have_empty_lines() -> None:
    assert html("$$\na\n\n- b\n\n= c\n$$").count("</math></div>") == 1


def test_a_formula_that_begins_in_the_middle_of_a_line_may_end_on_another() -> None:
    assert "<mi>a</mi><mo>−</mo><mi>b</mi>" in html("So $$ a\n- b\n$$ holds.")


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("> $$\n> a\n>\n> > b\n> $$", "<blockquote>", "<mi>a</mi><mo>&gt;</mo><mi>b</mi>"),
        ("- $$\n  a\n\n  - b\n  $$\n- c", "<ul>", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
        ("1. one\n\n   $$\n   a\n   = b\n   $$", "<ol>", "<mi>a</mi><mo>=</mo><mi>b</mi>"),
        ("> [!NOTE]\n> Let $a - b$.", "<aside", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
        ("## On $x$", '<h2 id="on-x">', f"On <math>{X}</math>"),
        ("a[^n]\n\n[^n]: See $x$ too.", '<section class="footnotes"', f"See <math>{X}</math> too."),
        ("a^[See $x$ too.]", '<small class="sidenote">', f"See <math>{X}</math> too."),
        ("term\n: $x$", "<dl>", f"<math>{X}</math>"),
        ("*so $x$*", "<em>", f"<math>{X}</math>"),
        ("[see $x$](https://a.b)", "<a ", f"<math>{X}</math>"),
        ("| a |\n|---|\n| $|x|$ |", "<td>", f"<math>{ABSOLUTE}{X}{ABSOLUTE}</math>"),
        ("| a |\n|---|\n| $$|x|$$ |", "<td>", f"{ABSOLUTE}{X}{ABSOLUTE}</math>"),
        ("| a |\n|---|\n| $\\|x\\|$ |", "<td>", "‖</mo>"),
        ("| $|x|$ |\n|---|\n| b |", "<th>", f"<math>{ABSOLUTE}{X}{ABSOLUTE}</math>"),
        ("| a |\n|---|\n| b |\n\n: About $|x|$", "<figcaption>", f"About <math>{ABSOLUTE}{X}{ABSOLUTE}</math>"),
    ],
)
def test_a_formula_may_stand_anywhere(text: str, before: str, after: str) -> None:
    found = html(text)

    assert after in found[found.index(before) :]


def test_a_cell_with_a_formula_does_not_take_the_next_cell() -> None:
    found = html("| a | b |\n|---|---|\n| $|x|$ and `\\|` | $a|b$ |")

    assert found.count("<td>") == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It costs $5 and $10.", "It costs $5 and $10."),
        (r"It costs \$5 and \$6.", "It costs $5 and $6."),
        ("From $5-$10.", "From $5-$10."),
        ("A $ sign, and $ another.", "A $ sign, and $ another."),
        ("Only one $x here.", "Only one $x here."),
        ("About $$ and more", "About $$ and more"),
    ],
)
def test_a_dollar_that_begins_no_formula_stays_text(text: str, shown: str) -> None:
    assert html(text) == f"<p>{shown}</p>\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`$x$`", "<code>$x$</code>"),
        ("``$`x`$``", "<code>$`x`$</code>"),
        ("`$$` and `$$`", "<code>$$</code> and <code>$$</code>"),
        ("```\n$$\nx\n\n$$\n```", "<code>$$\nx\n\n$$\n</code>"),
        ("~~~ tex\n$x$\n~~~", "$x$\n</"),
        ("```\n$$\n```\n\n```\n$$ |\n```", "<code>$$ |\n</code>"),
        ("- ```\n  $|x|$\n  ```", "<code>$|x|$\n</code>"),
        ("`$|x|$`", "<code>$|x|$</code>"),
        ('```text title="$|x|$"\na\n```', "<figcaption>$|x|$</figcaption>"),
    ],
)
def test_code_with_dollars_stays_code(text: str, code: str) -> None:
    assert code in re.sub(r"</?span[^>]*>", "", html(text))


def test_a_formula_with_an_id_is_numbered_and_known() -> None:
    document = read("$$\nx\n$$ {#eq:a}\n\n$$\ny\n$$\n\n$$ z $$ {#eq:ä_b}")

    found = "".join(map(str, document.parts))

    assert [(label.id, label.kind, label.number, label.line) for label in document.labels] == [
        ("eq:a", "equation", "1", 3),
        ("eq:ä_b", "equation", "2", 9),
    ]
    assert document.ids == {"eq:a", "eq:ä_b", "top"}
    assert 'id="eq:a"><mtext>(1)</mtext>' in found
    assert 'id="eq:ä_b"><mtext>(2)</mtext>' in found
    assert found.count("<mtext>(") == 2


def test_only_labelled_rows_of_an_align_are_numbered() -> None:
    document = read(r"""
        $$
        \begin{align}
        a &= b \label{eq:first_one} \\
        c &= d \\[4pt]
        e &= f \label{eq:last} \\
        \end{align}
        $$
        """)

    found = "".join(map(str, document.parts))

    assert [(label.id, label.number, label.line) for label in document.labels] == [("eq:first_one", "1", 3), ("eq:last", "2", 5)]
    assert re.findall(r"<mtext>\((.*?)\)", found) == ["1", "2"]
    assert found.count("<mtr>") == 3


def test_an_unlabelled_align_has_no_numbers() -> None:
    assert "<mtext>" not in html("$$\n\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}\n$$")


def test_a_tag_is_shown_instead_of_a_number_and_takes_none() -> None:
    found = html("$$ x \\tag{7} $$\n\n$$ y \\tag*{star} $$\n\n$$ z $$ {#eq:z}")

    assert re.findall(r"<mtext>([^<]*)</mtext>", found) == ["(7)", "star", "(1)"]


def test_a_label_in_a_plain_display_formula_numbers_it() -> None:
    document = read(r"$$ x \label{eq:x} $$")

    assert [(label.id, label.number) for label in document.labels] == [("eq:x", "1")]


def test_eqref_leads_to_a_formula_of_the_page_before_or_after_it() -> None:
    found = html("See $\\eqref{eq:a_b}$.\n\n$$ x \\label{eq:a_b} $$")

    assert '<a href="#eq:a_b">(1)</a>' in found


def test_eqref_to_nothing_is_told_where_it_stands() -> None:
    document = read("$$ x $$ {#eq:loss}\n\nSee $a\nb \\eqref{eq:los}$.")

    (problem,) = document.problems

    assert (problem.line, problem.column) == (4, 3)
    assert problem.message == "no formula on this page has the label 'eq:los'"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("$$ x $$ {#eq:a}\n\n$$\ny\n$$ {#eq:a}", 5, 5),
        ("$$ x $$ {#eq:a}\n\n$$\ny\n+ z \\label{eq:a}\n$$", 5, 11),
        ("## A {#eq:a}\n\n$$ x \\label{eq:a} $$", 3, 12),
    ],
)
def test_a_label_that_stands_twice_is_told_at_its_second_place(text: str, line: int, column: int) -> None:
    assert told(text) == [(line, column, "'#eq:a' stands twice on this page, first on line 1")]


def test_commands_defined_on_the_page_hold_on_the_whole_page() -> None:
    found = html(r"""
        Before: $\R$.

        $$
        \newcommand{\R}{\mathbb{R}}
        $$

        $$\def\set#1{\{#1\}} \DeclareMathOperator*{\amax}{arg\,max}$$

        After: $\set{x} \amax_x \R$.
        """)

    assert found.count("<mi>ℝ</mi>") == 2
    assert "max</mi>" in found


def test_a_command_of_the_page_may_use_another_that_is_defined_later() -> None:
    assert "<mi>ℝ</mi>" in html(r"$\newcommand{\Rn}{\R^n}\newcommand{\R}{\mathbb{R}}\Rn$")


def test_commands_from_the_front_matter_hold_with_and_without_their_backslash() -> None:
    document = read(r"$\R \E{x}$", {"\\R": r"\mathbb{R}", "E": r"\mathbb{E}[#1]"})

    assert document.problems == ()
    assert "<mi>ℝ</mi><mi>𝔼</mi>" in "".join(map(str, document.parts))


def test_a_command_that_cannot_be_used_leaves_the_others_in_peace() -> None:
    document = read(r"$\bad$ $\R$ $\fine$", {"bad": r"\frac{\nope", "R": r"\mathbb{R}", "fine": r"\R^2"})

    (problem,) = document.problems

    assert (problem.line, problem.column) == (1, 2)
    assert problem.message.startswith(r"this formula does not parse: '\bad' cannot be used: ")
    assert problem.hint == r"mend the definition of '\bad'"
    assert "".join(map(str, document.parts)).count("<mi>ℝ</mi>") == 2


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (r"a $\nope$", 1, 4),
        (r"é中𝒙 $é \nope$", 1, 8),
        ("$$\na\n  b \\nope\n$$", 3, 5),
        ("$$\nα β \\nope\n$$", 2, 5),
        ("$$ a\n+ \\nope $$", 2, 3),
        ("> $$\n> a\n> > 𝒙 \\nope\n> $$", 3, 7),
        ("- $$\n\n  \\nope\n  $$", 3, 3),
        ("$$\na\n$$ and $\\nope$", 3, 9),
        ("So $$\na\n$$ and $\\nope$", 3, 9),
        ("| a | b |\n|---|---|\n| $|x|$ | $|y| \\nope$ |", 3, 16),
        ("| a | b |\n|---|---|\n| $\\|x\\|$ | $\\nope$ |", 3, 14),
        ("$$\n\\begin{split}\na &= b \\\\[4pt]\n\\DeclareMathOperator{\\a}{a} \\a \\nope\n\\end{split}\n$$ {#eq:a}", 4, 32),
        ("$$ \\text{if $\\nope$} $$", 1, 14),
        ("$a}$", 1, 3),
        ("$$\na\n{b\n$$", 4, 1),
        ("$a^b^c$", 1, 5),
        ("$\\nopes \\nope$", 1, 2),
        ("$\\alpha & b$", 1, 9),
        ("Text\nover $x\nb \\nope$ lines", 3, 3),
        ('![A dog](dog.png "So $\\nope$")', 1, 23),
        ("| a |\n|---|\n| b |\n: So $\\nope$", 4, 7),
    ],
)
def test_a_mistake_is_told_at_its_line_and_column(text: str, line: int, column: int) -> None:
    ((at_line, at_column, message),) = told(text)

    assert (at_line, at_column) == (line, column)
    assert message.startswith("this formula does not parse: ")


def test_a_mistake_is_told_at_the_line_of_the_file() -> None:
    (problem,) = parse("a\n\n$\\nope$", "pages/a.md", first_line=10).problems

    assert problem.place == "pages/a.md:12:2"


@pytest.mark.parametrize(
    ("tex", "hint"),
    [
        (r"\alhpa", r"did you mean '\alpha'?"),
        (r"\zzzzz", "define it in the entry's 'macros', or write it in another way"),
        ("{", "check the braces and the spelling of the commands"),
    ],
)
def test_a_hint_says_what_to_write(tex: str, hint: str) -> None:
    (problem,) = read(f"${tex}$").problems

    assert problem.hint == hint


def test_a_formula_with_a_mistake_is_shown_as_it_was_written() -> None:
    document = read(r"Let $a < \nope$ be.")

    assert document.parts == ('<p>Let <code class="problem">a &lt; \\nope</code> be.</p>\n',)


def test_a_display_formula_that_is_never_closed_is_told_at_its_begin() -> None:
    assert told("Text.\n\n  $$\nx\n\nMore.") == [(3, 3, "this formula is never closed")]


def test_other_formulas_keep_their_numbers_when_one_has_a_mistake() -> None:
    document = read("$$ \\nope $$ {#eq:a}\n\n$$ x $$ {#eq:b}")

    assert [(label.id, label.number) for label in document.labels] == [("eq:b", "1")]


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{array}{c|c}a&b\\\hline c&d\end{array}",
        r"\textcolor{red}{x}",
        r"a\!b\mkern-18mu c",
        r"\begin{align}a&=b\tag{1}\end{align}",
        r"\text{\large x} \textsc{x}",
        r"\cramped{x} \mathrel{x}",
        r"\begin{cases}a&b\\c&d\end{cases}",
    ],
)
def test_no_style_attribute_is_in_the_output(tex: str) -> None:
    found = html(f"$$ {tex} $$")

    assert " style=" not in found


def test_a_colour_is_an_attribute_of_mathml() -> None:
    assert 'mathcolor="#FF0000"' in html(r"$\textcolor{red}{x}$")


@pytest.mark.parametrize("text", ["$$\n\\newcommand{\\R}{\\mathbb{R}}\n$$", "$$ \\def\\a{b} $$"])
def test_a_formula_that_only_defines_commands_shows_nothing(text: str) -> None:
    assert html(text).strip() == ""


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("Some $50%$ of it", 1, 9), ("a\n\n> $x % y$ z", 3, 6), ("$\\\\%$", 1, 4), ("`$5%$` $5\\%$ $6%$", 1, 16)],
)
def test_a_percent_sign_in_a_sentence_is_told_since_it_begins_a_comment(text: str, line: int, column: int) -> None:
    assert told(text) == [(line, column, "the rest of this formula is a comment")]


def test_an_escaped_percent_sign_and_a_comment_in_a_display_formula_are_fine() -> None:
    assert told("$50\\%$\n\n$$\nx % why\n+ y\n$$") == []


@pytest.mark.parametrize("signs", [".", ",", ";", ":", "!", "?", ")", ").", "，", "。", "；", "：", "）"])
def test_punctuation_stays_on_the_line_of_the_formula_before_it(signs: str) -> None:
    assert html(f"(Let $x${signs} So") == f'<p>(Let <span class="formula"><math>{X}</math>{signs}</span> So</p>\n'


@pytest.mark.parametrize("text", ["Let **$x$**. So", "$x$\n\n. So", "$x$ . So", "$x$", "$x$-th"])
def test_what_does_not_directly_follow_a_formula_stays_outside(text: str) -> None:
    assert "span" not in html(text)
