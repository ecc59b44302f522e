"""Icons: one drawing as the small pictures that browsers and telephones ask for."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from resvg_py import svg_to_bytes

from .formats import Unfit

SIZES = (16, 32, 48)
"""The sides of the pictures in an `.ico` file, in pixels."""

MARGIN = 8
"""The part of a side that is left free around a drawing on a ground: one in so many."""


def drawn_in(drawing: str, side: int = min(SIZES)) -> bytes:
    """A drawing as a PNG without a margin, of no more than so many pixels on a side. Raises `Unfit` for what cannot be drawn."""
    try:
        return bytes(svg_to_bytes(drawing, width=side, height=side, skip_system_fonts=True))
    except ValueError as error:
        raise Unfit(f"cannot be drawn: {error}", "save it again as plain SVG") from error


def icon(drawing: str, side: int, ground: str = "") -> Image.Image:
    """A drawing as a picture of so many pixels on each side; on a ground, such as `#fffefb`, with a margin around it.

    Raises `Unfit` for what cannot be drawn.
    """
    room = side - 2 * (side // MARGIN) if ground else side
    drawn = Image.open(BytesIO(drawn_in(drawing, room)))
    whole = Image.new("RGBA", (side, side), ground or (0, 0, 0, 0))
    whole.alpha_composite(drawn.convert("RGBA"), ((side - drawn.width) // 2, (side - drawn.height) // 2))
    return whole


def png(drawing: str, side: int, ground: str = "") -> bytes:
    """The same as a PNG."""
    out = BytesIO()
    icon(drawing, side, ground).save(out, "PNG")
    return out.getvalue()


def ico(drawing: str, sides: Sequence[int] = SIZES) -> bytes:
    """A drawing as an `.ico` file, which has it in several sizes. Raises `Unfit` as `icon` does."""
    *smaller, largest = (icon(drawing, side) for side in sides)
    out = BytesIO()
    largest.save(out, "ICO", sizes=[(side, side) for side in sides], append_images=smaller)
    return out.getvalue()
