"""The size of a picture, read from its file."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError

SVG = re.compile(r"<(?:\w+:)?svg\b[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*["']([^"']+)["']""")
LENGTH = re.compile(r"\s*(\d*\.?\d+)(px|pt|pc|in|cm|mm|q|em)?\s*", re.IGNORECASE)
NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE][+-]?\d{1,2})?")
PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54, "em": 16}
"""How many CSS pixels a unit has; an em of a picture shown by itself is that of the browser's default font."""

ORIENTATION = 0x0112
"""The EXIF field that says how a camera was held; from 5 on the picture is shown on its side."""


def size_of(file: Path) -> tuple[int, int]:
    """Width and height in CSS pixels, or zeros when they cannot be told; raises `OSError` when it is no picture."""
    status = file.stat()
    return _size(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _size(file: Path, _mtime: int, _bytes: int) -> tuple[int, int]:
    if file.suffix.lower() == ".svg":
        return svg_size(file.read_text("utf-8", "replace"))
    try:
        with Image.open(file) as picture:
            width, height = picture.size
            turned = picture.format in ("JPEG", "MPO") and picture.getexif().get(ORIENTATION, 1) >= 5
            return (height, width) if turned else (width, height)
    except (UnidentifiedImageError, RuntimeError) as error:
        raise OSError("this is no picture") from error
    except (Image.DecompressionBombError, ValueError) as error:
        raise OSError("this picture is too large") from error


def svg_size(text: str) -> tuple[int, int]:
    """The size that an SVG gives itself, or that of its view box; raises `OSError` when it is no SVG."""
    tag = SVG.search(text)
    if tag is None:
        raise OSError("this is no SVG")
    attributes = dict(ATTRIBUTE.findall(tag[0]))
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
