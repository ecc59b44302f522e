"""The author's own HTML: what is never closed, what ends nothing, and images without words."""

from __future__ import annotations

import pytest

from app.markup import parse


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in parse(text, "pages/a.md").problems]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a\n\n<!-- never\n\nb", 3, 1, "this comment is never closed"),
        ("<div>\n<!-- never\n\nb\n\n</div>", 2, 1, "this comment is never closed"),
        ("a <b>c", 1, 3, "<b> is never closed"),
        ("<details>\n<summary>a</summary>\n\nb", 1, 1, "<details> is never closed"),
        ("> - <div\n>   class='a'>", 1, 5, "<div> is never closed"),
        ("a <EM>b</EM></em>", 1, 13, "</em> ends nothing"),
        ("<div>\n\na\n\n</div>\n</section>", 6, 1, "</section> ends nothing"),
        ("a <span/> b", 1, 3, "<span> is never closed"),
        ("a^[b <i>c]", 1, 6, "<i> is never closed"),
        ("a <img src='https://a.b/c.png' data-alt='d'>", 1, 3, "this image has no alternative text"),
        ("<div>\n  <img\n title=' alt=1' src='https://a.b/c.png'>\n</div>", 2, 3, "this image has no alternative text"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, line: int, column: int, message: str) -> None:
    assert told(text) == [(line, column, message)]


@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>a</summary>\n\n*b*\n\n</details>",
        "<ul>\n<li>a\n<li>b\n</ul>\n\n<p>c\n\n<br> <hr>",
        "`<b>` and\n\n```\n<div>\n```\n\n    <!-- a",
        "<!-- <b> --> a <!--> b <!-- <img> -->",
        "<script>\n'<b>'\n</script>",
        "a <svg><a/><path d='M0 0'/></svg> <math><mi>x</mi></math>",
        "<svg>\n<a/>\n\n</svg>",
        "<img alt='' src='https://a.b/c.png'> <img src='https://a.b/c.png' ALT>",
        "<b title='<i>'>a</b> <b\n  class='d'>c</b>",
        "1 < 2 and <https://a.b> and <custom-element>",
    ],
)
def test_what_is_well_is_not_told(text: str) -> None:
    assert told(text) == []
