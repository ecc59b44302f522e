"""How deeply a text may be nested."""

from __future__ import annotations

import pytest

from app.markup.nesting import too_deep


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (">" * 101, (1, 101)),
        ("a\n" + "> " * 150 + "b", (2, 202)),
        ("> - " * 101 + "a", (1, 404)),
        ("*" * 1_001 + "a" + "*" * 1_001, (1, 1_001)),
        ("*a **b " * 400 + " b** a*" * 400, (1, 2_336)),
        ("a\n" + "![" * 1_100 + "](b)" * 1_100, (2, 1_002)),
        ("x ![\n" * 2_000, (1_501, 4)),
    ],
)
def test_what_would_crash_a_parser_is_found_at_its_place(text: str, place: tuple[int, int]) -> None:
    found = too_deep(text.split("\n"))

    assert found == place


@pytest.mark.parametrize(
    "text",
    [
        "> " * 100 + "a",
        ">" * 100,
        "*a* " * 5_000,
        "**a**_b_\n" * 5_000,
        "a > b\n" * 5_000,
        "$x_i$, $y^*$ and *z*. " * 2_000,
        "snake_case_name " * 2_000,
        "*a\n\n" * 5_000,
        "- " * 5_000,
        "* a\n" * 5_000,
        "![a](b.png)\n\n" * 5_000,
        "***\n" * 5_000,
    ],
)
def test_ordinary_texts_are_never_too_deep(text: str) -> None:
    assert too_deep(text.split("\n")) is None
