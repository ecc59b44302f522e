"""Pictures: those of a site folder, what is known of each, and the copies of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ..content.names import slug
from .formats import Unfit, checked_format, format_of
from .metadata import must_be_encoded, stripped
from .raster import MADE_WITH, copied, measured, upright
from .shelf import Shelf
from .sizes import svg_size
from .svg import cleaned_svg

WIDTHS = (480, 960, 1440)
"""How wide the copies of a picture are, in pixels; one that is less wide than the last has a copy as wide as itself."""

ENDINGS = ("avif", "webp")
"""The formats of the copies, the lightest first."""

COPIED = ("JPEG", "PNG", "WebP", "AVIF")
CLEANED = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".svg")
LIGHT = 10_000
"""The size in bytes below which copies would spare nobody anything."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A copy of a picture: the name and the beginning of the digest of its file, its width in pixels, its format."""

    stem: str
    digest: str
    width: int
    ending: str

    @property
    def url(self) -> str:
        """Where the site has it."""
        return f"/images/{quote(self.stem)}-{self.digest}-{self.width}.{self.ending}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is shown: width and height in CSS pixels (zeros where it has none), and its copies."""

    width: int
    height: int
    variants: tuple[Variant, ...] = ()

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The media type and the `srcset` of each format that the copies have."""
        sets: dict[str, list[str]] = {}
        for variant in self.variants:
            sets.setdefault(f"image/{variant.ending}", []).append(f"{variant.url} {variant.width}w")
        return tuple((type, ", ".join(urls)) for type, urls in sets.items())


class Facts(NamedTuple):
    """What is found out about a picture by decoding it: its size upright, and its copies.

    A copy is an ending and a width.
    """

    width: int
    height: int
    copies: tuple[tuple[str, int], ...]


class Pictures:
    """What is known of the pictures of a site; `folder` is where that, and their copies, are kept."""

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder)
        self._read = lru_cache(maxsize=4096)(self._read_at)
        self._files: dict[Variant, Path] = {}

    def of(self, file: Path) -> Picture:
        """The picture in `file`; raises `Unfit` when it cannot be shown."""
        try:
            status = file.stat()
            picture = self._read(file, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        except OSError as error:
            raise Unfit("cannot be read", "look whether the file is there, and whether you may read it") from error
        self._files.update(dict.fromkeys(picture.variants, file))
        return picture

    def variant(self, wanted: Variant) -> bytes | None:
        """The bytes of a copy, or nothing where no picture that was asked for has it."""
        file = self._files.get(wanted)
        try:
            if file is None or wanted not in self.of(file).variants:
                return None
        except Unfit:
            return None
        data = file.read_bytes()
        return self._copy(data, format_of(data), wanted.width, wanted.ending)

    def cleaned(self, file: Path, at: Path | None = None) -> bytes | None:
        """What to send for a picture: upright, with nothing in it that runs or tells; nothing for any other file.

        Its bytes are read `at` another path where one is given. Raises `Unfit` for a drawing that cannot be cleaned without loss.
        """
        ending = file.suffix.lower()
        if ending not in CLEANED:
            return None
        data = (at or file).read_bytes()
        if ending == ".svg":
            return cleaned_svg(data)
        name = format_of(data)
        with suppress(Unfit):  # a damaged picture is cut as far as can be seen, and told where it is shown
            if must_be_encoded(data, name) and not measured(data, name).moves:
                return self._kept(data, "upright", lambda: upright(data, name))
        return stripped(data, name)

    def _read_at(self, file: Path, *_state: int) -> Picture:
        """The picture in `file`, in the state in which it is now."""
        data = file.read_bytes()
        name = checked_format(file, data)
        if name == "SVG":
            return Picture(*svg_size(cleaned_svg(data).decode()))
        facts, digest = self._facts(data, name), sha256(data).hexdigest()[:10]
        variants = (Variant(slug(file.stem), digest, width, ending) for ending, width in facts.copies)
        return Picture(facts.width, facts.height, tuple(variants))

    def _facts(self, data: bytes, name: str) -> Facts:
        """What has been found out about a picture made of pixels."""
        kept = self._kept(data, " ".join(Facts._fields), lambda: json.dumps(self._found_out(data, name)).encode())
        return Facts(*json.loads(kept))

    def _found_out(self, data: bytes, name: str) -> Facts:
        """Find it out."""
        width, height, moves = measured(data, name)
        if name not in COPIED or moves or width < WIDTHS[0] or len(data) < LIGHT:
            return Facts(width, height, ())
        widths = [one for one in WIDTHS if one < width] + ([width] if width <= WIDTHS[-1] else [])
        return Facts(width, height, tuple((one, kept) for one in ENDINGS for kept in self._lighter(data, name, one, widths)))

    def _lighter(self, data: bytes, name: str, ending: str, widths: list[int]) -> list[int]:
        """Those of some widths, in rising order, whose copy is lighter than the picture and than every wider copy.

        None at all where the widest is not: the others would then be shown larger than they are.
        """
        sizes = [(len(self._copy(data, name, width, ending)), width) for width in reversed(widths)]
        lightest, kept = len(data), []
        for size, width in sizes:
            if size < lightest:
                lightest = size
                kept.append(width)
        return kept[::-1] if widths[-1] in kept else []

    def _copy(self, data: bytes, name: str, width: int, ending: str) -> bytes:
        """A copy of the picture `data`."""
        return self._kept(data, f"{width}.{ending}", lambda: copied(data, name, width, ending))

    def _kept(self, data: bytes, what: str, make: Callable[[], bytes]) -> bytes:
        """Something made of the picture `data`, from the shelf where it has it."""
        return self._shelf.kept(f"{MADE_WITH} {sha256(data).hexdigest()} {what}", make)
