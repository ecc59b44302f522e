"""Drawing: a card as a PNG of few colours, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, features

from ..cache import made_by
from .faces import Lettering, fingerprint, legible, own
from .lines import broken

WIDTH, HEIGHT = 1200, 630
EDGE = 88
"""The margin, in pixels."""

SIZES = ((76, 3), (64, 4), (52, 5))
"""The sizes in which a title is tried, in pixels, and how many lines of each there is room for."""

MARK = (EDGE, EDGE, EDGE + 96, EDGE + 10)
FOOT = EDGE + 60
"""The mark above the title, and how high the foot with the names is."""

LONGEST = 400
"""How many characters of a title are looked at; that many never fit."""

LEADING = 1.22
SMALL = 34
BOLD, REGULAR = 600, 400
SHADES = 7
"""How many colours there are between the paper and the ink, and between the paper and the accent; at most sixteen in all."""

FILTERED = 1
"""The way of zlib that is the lightest for so few colours."""

PAPER, INK, ACCENT = "#fffefb", "#1f1c19", "#8a2f1b"
"""The colours of `static/site.css` by day."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, the colour of its mark, and the fonts that are used where ours lack a character. There must be one."""

    title: str
    author: str
    site: str
    accent: str = ACCENT
    fonts: tuple[Path, ...] = ()


@cache
def made_with() -> str:
    """What the bytes of a card depend on beside what it says: the libraries that draw it, and our fonts."""
    libraries = (PIL.__version__, features.version("freetype2"), features.version("zlib"), *map(fingerprint, own()))
    return " ".join([made_by(Path(__file__).parent), *map(str, libraries)])


def drawn(card: Card) -> bytes:
    """The card as a PNG. What no font has is left out: a sign, or else a whole title or name."""
    files = (*own(), *card.fonts)
    ink, accent = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH // 2, FOOT))
    write_title(ink, legible(card.title[:LONGEST], files), files)
    names = [name for name in dict.fromkeys(legible(name, files) for name in (card.author, card.site)) if name]
    letters, room = Lettering(files, SMALL, REGULAR), float(WIDTH - 2 * EDGE)
    for name in names[1:]:
        line = one_line(name, room / 2 - SMALL, letters)
        letters.write(accent, accent.width - EDGE - letters.width(line), FOOT - EDGE, line)
        room -= letters.width(line) + 2 * SMALL
    for name in names[:1]:
        letters.write(ink, EDGE, HEIGHT - EDGE, one_line(name, room, letters))
    return png(ink, accent, card.accent)


def one_line(name: str, room: float, letters: Lettering) -> str:
    """A name on one line, cut where it is too long."""
    (line, *_), _ = broken(name, room, letters.width, 1)
    return line


def write_title(layer: Image.Image, title: str, files: tuple[Path, ...]) -> None:
    """Write a title in the largest size in which it fits; one that fits in none is cut."""
    for size, most in SIZES:
        letters = Lettering(files, size, BOLD)
        lines, whole = broken(title, WIDTH - 2 * EDGE, letters.width, most)
        if whole:
            break
    for number, line in enumerate(lines):
        letters.write(layer, EDGE, EDGE + 64 + round((number + 0.78) * size * LEADING), line)


def png(ink: Image.Image, accent: Image.Image, colour: str) -> bytes:
    """Two layers, of which the second is the lower right corner, and the mark, as a picture in two rows of shades."""
    steps = [round(value * (SHADES - 1) / 255) for value in range(256)]
    both = ink.point(steps)
    both.paste(accent.point([step and SHADES + step - 1 for step in steps]), (WIDTH - accent.width, HEIGHT - accent.height))
    both.paste(2 * SHADES - 2, MARK)
    colours = [*shades(PAPER, INK), *list(shades(PAPER, colour))[1:]]
    both.putpalette([part for shade in colours for part in shade])
    out = BytesIO()
    both.save(out, "PNG", bits=4, compress_level=4, compress_type=FILTERED)
    return out.getvalue()


def shades(first: str, last: str) -> Iterable[Colour]:
    """The colours from one to another."""
    start, end = (tuple(int(one[at : at + 2], 16) for at in (1, 3, 5)) for one in (first, last))
    for step in range(SHADES):
        red, green, blue = (round(a + (b - a) * step / (SHADES - 1)) for a, b in zip(start, end, strict=True))
        yield red, green, blue
