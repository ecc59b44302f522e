"""The size that a drawing gives itself."""

from __future__ import annotations

import re

SVG = re.compile(r"<(?:\w+:)?svg\b[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*["']([^"']+)["']""")
LENGTH = re.compile(r"\s*(\d*\.?\d+)(px|pt|pc|in|cm|mm|q|em)?\s*", re.IGNORECASE)
NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][+-]?\d{1,2})?")
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "em": 16}
"""How many CSS pixels a unit has; an em of a picture shown by itself is that of the browser's default font."""


def svg_size(text: str) -> tuple[int, int]:
    """The size in CSS pixels that an SVG gives itself, or that of its view box, or zeros."""
    tag = SVG.search(text)
    attributes = dict(ATTRIBUTE.findall(tag[0])) if tag else {}
    width, height = (LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height"))
    if width and height:
        return pixels(in_pixels(width)), pixels(in_pixels(height))
    box = NUMBER.findall(attributes.get("viewBox", ""))
    return (pixels(float(box[2])), pixels(float(box[3]))) if len(box) == 4 else (0, 0)


def in_pixels(length: re.Match[str]) -> float:
    """A length of CSS in pixels."""
    return float(length[1]) * PIXELS[(length[2] or "").lower()]


def pixels(length: float) -> int:
    """Whole pixels, no more than any screen could show."""
    return round(min(max(length, 0), 1e6))
