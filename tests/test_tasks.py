"""Task lists: boxes that say whether a thing is done."""

from __future__ import annotations

import pytest

from app.markup import parse

TO_DO = '<li class="task"><input type="checkbox" disabled aria-label="to do">'
DONE = '<li class="task"><input type="checkbox" disabled checked aria-label="done">'


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


def test_each_task_has_a_box_that_says_whether_it_is_done() -> None:
    assert html("- [ ] one\n- [x] *two*\n- [X] three") == (
        f"<ul>\n{TO_DO} one</li>\n{DONE} <em>two</em></li>\n{DONE} three</li>\n</ul>\n"
    )


def test_tasks_may_be_numbered_nested_and_hold_more_than_a_line() -> None:
    found = html("1. [x] one\n\n   More of it.\n\n   - [ ] inner $x$\n2. plain")

    assert f"{DONE} one\n<p>More of it.</p>" in found
    assert f"{TO_DO} inner <math>" in found
    assert "<p>plain</p>" in found


@pytest.mark.parametrize("text", ["- [] a", "- [y] a", "- a [ ] b", "[ ] a", r"- \[ ] a", "- `[ ]` a"])
def test_anything_else_is_no_task(text: str) -> None:
    assert "<input" not in html(text)
