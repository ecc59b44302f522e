"""Blocks of code: highlighted, titled, with marked lines; and what is told about them."""

from __future__ import annotations

import re

import pytest

from app.markup import parse
from app.markup.code import numbers


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


def bare(text: str) -> str:
    """The HTML without the spans of highlighting."""
    return re.sub(r"</?span[^>]*>", "", html(text))


def test_code_in_a_known_language_is_highlighted_with_classes() -> None:
    assert html("```python\nx = 1\n```") == (
        '<pre tabindex="0"><code class="language-python"><span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span>\n</code></pre>\n'
    )


@pytest.mark.parametrize("info", ["", "text", "foolang", "mermaid", "{.foolang}"])
def test_code_in_no_or_an_unknown_language_is_plain(info: str) -> None:
    assert "a &lt;b&gt; &amp; c\n</code></pre>" in html(f"```{info}\na <b> & c\n```")


@pytest.mark.parametrize("info", ["python", "Python", "py", "{.python}", "{python}", "{ .python .numberLines }", "python {1}"])
def test_a_language_is_known_by_any_of_its_spellings(info: str) -> None:
    assert '<span class="n">x</span>' in html(f"```{info}\nx\n```")


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ('python title="train it.py"', "train it.py"),
        ("python title='a.py'", "a.py"),
        ("python title=a.py", "a.py"),
        ('title="a.py"', "a.py"),
        ('python title="<b> & c"', "&lt;b&gt; &amp; c"),
        ('python {1} title="a.py"', "a.py"),
        ('python title="{1}.py"', "{1}.py"),
    ],
)
def test_a_title_is_the_caption_of_a_figure(info: str, title: str) -> None:
    found = html(f"```{info}\nx\n```")

    assert found.startswith(f'<figure class="code"><figcaption>{title}</figcaption><pre')
    assert found.endswith("</pre>\n</figure>\n")


def test_marked_lines_stand_in_marks() -> None:
    found = bare("```python title='a' {2,5-7}\n1\n2\n3\n4\n5\n6\n7\n8\n```")

    assert re.findall(r"<mark>(.*?)\n</mark>", found) == ["2", "5", "6", "7"]


def test_a_marked_line_of_a_comment_over_lines_is_marked_alone() -> None:
    found = html('```python {2}\n"""\na\n"""\n```')

    assert '<mark><span class="sd">a</span>\n</mark>' in found


def test_plain_code_can_have_marked_lines_too() -> None:
    assert "a &lt;\n<mark>b\n</mark>" in html("```{2}\na <\nb\n```")


def test_characters_that_python_takes_for_line_ends_are_none() -> None:
    found = bare("```text {2}\na\x0bb\u2028c\nd\n```")

    assert "<mark>d\n</mark>" in found


@pytest.mark.parametrize(
    ("spec", "count", "lines"),
    [
        ("2,5-7", 9, (2, 5, 6, 7)),
        (" 3 , 1 - 2 ", 9, (1, 2, 3)),
        ("5-7,6-8,1", 9, (1, 5, 6, 7, 8)),
        ("1-99999999999999999999", 3, (1, 2, 3)),
        ("9" * 5000, 3, ()),
        ("1-" + "9" * 5000, 2, (1, 2)),
        ("7-5", 9, ()),
        ("0,1", 9, (1,)),
        ("", 9, ()),
        (",,-,", 9, ()),
        ("1-2-3", 9, ()),
        (",".join(["1-100000"] * 5000), 4, (1, 2, 3, 4)),
    ],
)
def test_numbers_of_lines_are_read_and_bounded_by_the_lines_there_are(spec: str, count: int, lines: tuple[int, ...]) -> None:
    assert numbers(spec, count) == lines


@pytest.mark.parametrize(("written", "meant"), [("pyhton", "python"), ("javascrip", "javascript"), ("Pyhton", "python")])
def test_a_misspelt_language_is_told_and_its_code_is_plain(written: str, meant: str) -> None:
    document = parse(f"Text.\n\n- ```{written}\n  x\n  ```", "pages/a.md")

    (problem,) = document.problems

    assert str(problem) == f"pages/a.md:3:3: no language is called '{written}'\n    did you mean '{meant}'?"
    assert f'<code class="language-{written}">x\n</code>' in str(document.parts[0])


def test_a_block_that_is_never_closed_is_told() -> None:
    (problem,) = parse("Text.\n\n~~~~ python\nx\n", "pages/a.md").problems

    assert str(problem) == "pages/a.md:3:1: this code block is never closed\n    end it with ~~~~"


@pytest.mark.parametrize("text", ["```\n```", "```python\n```", "    indented", "```python {1}\n```"])
def test_empty_and_indented_code_is_code(text: str) -> None:
    assert html(text).startswith('<pre tabindex="0"><code')


def test_html_in_code_and_in_the_name_of_a_language_is_escaped() -> None:
    found = html('```<script>"x\n<script>\n```')

    assert "<script>" not in found
