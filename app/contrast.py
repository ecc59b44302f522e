"""Contrast: how well one colour can be read on another, as WCAG 2.2 measures it."""

from __future__ import annotations

from collections.abc import Sequence
from colorsys import hls_to_rgb, rgb_to_hls

TEXT = 4.5
"""The least ratio for text of any size (success criterion 1.4.3)."""

SHADES = 255
"""In how many steps a lighter or a darker shade of a colour is looked for."""


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, each as `#rrggbb`: from 1, for the same, to 21, for black and white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def worst(colour: str, grounds: Sequence[str]) -> float:
    """The contrast of a colour on that of the `grounds` where it is read least well."""
    return min(ratio(colour, ground) for ground in grounds)


def shade(colour: str, grounds: Sequence[str], least: float, vivid: float = 1) -> str:
    """The shade of a colour nearest to it that has at least this contrast on all `grounds`; at the end, black or white.

    `vivid` is the most that its saturation may be.
    """
    hue, lightness, saturation = rgb_to_hls(*channels(colour))
    end = 0.0 if luminance(grounds[0]) > 0.18 else 1.0
    for step in range(SHADES):
        lighter = lightness + (end - lightness) * step / SHADES
        found = "#" + "".join(f"{round(channel * 255):02x}" for channel in hls_to_rgb(hue, lighter, min(saturation, vivid)))
        if worst(found, grounds) >= least:
            return found
    return "#ffffff" if end else "#000000"


def luminance(colour: str) -> float:
    """How much light a colour gives: from 0, black, to 1, white."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> tuple[float, float, float]:
    """The red, green and blue of a colour, each from 0 to 1."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255
