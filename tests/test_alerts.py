"""Alerts: asides with a title."""

from __future__ import annotations

import pytest

from app.markup import parse


def html(text: str) -> str:
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_each_kind_of_alert_is_an_aside_with_its_title(kind: str) -> None:
    found = html(f"> [!{kind.upper()}]\n> Text.")

    assert (
        found == f'<aside role="note" class="alert {kind}">\n<p class="title">{kind.capitalize()}</p>\n<p>Text.</p>\n</aside>\n'
    )


@pytest.mark.parametrize("mark", ["[!note]", "[!Note]", "[!NOTE] "])
def test_the_kind_may_be_written_in_any_case(mark: str) -> None:
    assert html(f"> {mark}\n> Text.").startswith('<aside role="note" class="alert note">')


def test_an_alert_may_have_a_title_of_its_own() -> None:
    assert '<p class="title">Why &lt;b&gt; &amp; $|x|$</p>' in html("> [!TIP] Why <b> & $|x|$\n> Text.")


def test_an_alert_holds_any_blocks() -> None:
    found = html("> [!NOTE]\n> - one\n>\n> $$\n> x\n> - y\n> $$\n>\n> > [!TIP]\n> > Inner.\n\nAfter.")

    assert "<li>one</li>" in found
    assert "<mi>x</mi><mo>−</mo><mi>y</mi>" in found
    assert found.index('class="alert tip"') < found.index("</aside>\n</aside>\n<p>After.</p>")


@pytest.mark.parametrize("text", ["> Text [!NOTE]", "[!NOTE]\nText.", "> \\[!NOTE]\n> Text."])
def test_anything_else_is_no_alert(text: str) -> None:
    assert "<aside" not in html(text)


@pytest.mark.parametrize(
    ("text", "line", "column", "word", "hint"),
    [
        ("> [!NOTICE]\n> Text.", 1, 3, "NOTICE", "did you mean 'NOTE'?"),
        ("a\n\n- > [!WARN] Text", 3, 5, "WARN", "did you mean 'WARNING'?"),
        (">   [!XYZ]", 1, 5, "XYZ", "write one of NOTE, TIP, IMPORTANT, WARNING, CAUTION"),
    ],
)
def test_an_alert_of_an_unknown_kind_is_told(text: str, line: int, column: int, word: str, hint: str) -> None:
    (problem,) = parse(text).problems

    assert (problem.line, problem.column) == (line, column)
    assert problem.message == f"no alert is called '{word}'"
    assert problem.hint == hint


@pytest.mark.parametrize("text", ["> `[!FOO]`", ">     [!FOO]", "> \\[!FOO]", "> a [!FOO]", "> ```\n> [!FOO]\n> ```", "> [!a]"])
def test_what_is_code_or_no_alert_is_not_told(text: str) -> None:
    assert parse(text).problems == ()
