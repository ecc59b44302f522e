"""Contrast is measured as WCAG 2.2 says, and a colour that fails is moved no further than it must be."""

from __future__ import annotations

from itertools import product

import pytest

from app.contrast import TEXT, ratio, shade, worst
from app.theme import DARK, IN_THE_DARK, LIGHT, VIVID

EVERY_HUE = ["#" + "".join(parts) for parts in product(("00", "33", "66", "99", "cc", "ff"), repeat=3)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#008000", "#ffffff", 5.14),
        ("#ffff00", "#000000", 19.56),
    ],
)
def test_the_contrast_of_known_pairs_is_as_published_whichever_comes_first(one: str, other: str, expected: float) -> None:
    assert round(ratio(one, other), 2) == expected
    assert ratio(one, other) == ratio(other, one)


def test_every_colour_has_a_shade_that_can_be_read_in_the_light_and_one_in_the_dark() -> None:
    light = [worst(shade(colour, LIGHT, TEXT), LIGHT) for colour in EVERY_HUE]
    dark = [worst(shade(colour, DARK, IN_THE_DARK, VIVID), DARK) for colour in EVERY_HUE]

    assert min(light) >= TEXT
    assert min(dark) >= IN_THE_DARK


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert shade("#0b6e4f", LIGHT, TEXT) == "#0b6e4f"


def test_the_shade_that_is_found_is_the_nearest_within_a_hair() -> None:
    found = [shade(colour, LIGHT, TEXT) for colour in EVERY_HUE if worst(colour, LIGHT) < TEXT]

    assert max(worst(colour, LIGHT) for colour in found) < TEXT + 0.15
