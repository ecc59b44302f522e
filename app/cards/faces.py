"""Faces: the fonts that cards are drawn with, the characters that each has, and lettering that takes each from where it is."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageDraw, ImageFont

PACKAGES = {
    "fontpkg_source_serif_4": "files/SourceSerif4[opsz,wght].ttf",
    "ziamath": "fonts/STIXTwoMath-Regular.ttf",
}
"""The packages that carry the fonts of cards, and where in each: Latin, Greek and Cyrillic letters; the signs of formulas."""

FONTS = (".otf", ".ttc", ".ttf")
"""The endings of the files of fonts."""

OPTICAL = 60
"""The largest size that the letters of a font are made for."""

RIGHT_TO_LEFT = ("R", "AL", "AN")
SIGNS = {"So", "Sk", "Mn", "Me", "Cc", "Cf", "Co", "Cn"}
"""The kinds of characters without which a text still says what it says: pictures, and what is not seen by itself."""


@cache
def own() -> tuple[Path, ...]:
    """The fonts that cards are drawn with, those whose package is there."""
    found = ((find_spec(package), name) for package, name in PACKAGES.items())
    files = (Path(spec.origin).parent / name for spec, name in found if spec and spec.origin)
    return tuple(file for file in files if file.is_file())


@lru_cache(maxsize=16)
def characters(file: Path) -> frozenset[str]:
    """The characters that a font has; none where the file is no font that can be used."""
    try:
        data = file.read_bytes()
        ImageFont.truetype(BytesIO(data), layout_engine=ImageFont.Layout.BASIC)
        return frozenset(map(chr, TTFont(BytesIO(data), lazy=True, fontNumber=0).getBestCmap() or ()))
    except (OSError, TTLibError, ValueError, LookupError, struct.error):
        return frozenset()


@lru_cache(maxsize=16)
def fingerprint(file: Path) -> str:
    """What tells the bytes of a font from others."""
    return sha256(file.read_bytes()).hexdigest()


@lru_cache(maxsize=64)
def face(file: Path, size: int, weight: int) -> ImageFont.FreeTypeFont:
    """A font in a size in pixels. Without the layout that would ask the machine for another library: the same everywhere."""
    font = ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
    if "fvar" in tables(file):
        wanted = {b"Optical Size": min(size, OPTICAL), b"Weight": weight}
        axes = font.get_variation_axes()
        font.set_variation_by_axes([wanted.get(axis["name"] or b"", axis["default"] or 0) for axis in axes])
    return font


@lru_cache(maxsize=16)
def tables(file: Path) -> frozenset[str]:
    """The names of the tables in a font."""
    with TTFont(file, lazy=True, fontNumber=0) as font:
        return frozenset(font.keys())


def legible(text: str, files: Sequence[Path]) -> str:
    """A text without the signs that none of some fonts has; nothing where one of them would be a letter.

    Nothing either where its letters do not simply stand one after the other from the left.
    """
    found = [one if one.isspace() else drawable(one, files) for one in text]
    lost = {unicodedata.category(one) for one, there in zip(text, found, strict=True) if not there}
    turning = any(unicodedata.bidirectional(one) in RIGHT_TO_LEFT for one in text)
    return "" if turning or lost - SIGNS else " ".join("".join(found).split())


def drawable(one: str, files: Sequence[Path]) -> str:
    """A character as fonts have it: itself, or else the plain one that it is a form of, or nothing."""
    forms = () if unicodedata.category(one) == "Cf" else (one, unicodedata.normalize("NFKC", one))
    return next((form for form in forms if all(any(part in characters(file) for file in files) for part in form)), "")


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text is set: the fonts, of which the first that has a character has its say; the size in pixels; the weight."""

    files: tuple[Path, ...]
    size: int
    weight: int

    def pieces(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """A text as pieces that each have one font."""
        found = ((next((file for file in self.files if one in characters(file)), self.files[0]), one) for one in text)
        for file, group in groupby(found, key=itemgetter(0)):
            yield face(file, self.size, self.weight), "".join(one for _, one in group)

    def width(self, text: str) -> float:
        """How wide a line of text is, in pixels."""
        return sum(font.getlength(piece) for font, piece in self.pieces(text))

    def write(self, layer: Image.Image, left: float, base: float, text: str) -> None:
        """Write a line of text whose baseline begins at a place."""
        pen = ImageDraw.Draw(layer)
        for font, piece in self.pieces(text):
            pen.text((left, base), piece, fill=255, font=font, anchor="ls")
            left += font.getlength(piece)
