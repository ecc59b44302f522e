"""Pictures made of pixels: opened with care, measured, turned the right way up, and copied smaller."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

import PIL
from PIL import Image, ImageCms, features

from .formats import Unfit
from .metadata import orientation_in, orientation_of, stripped

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 20_000

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "ICO")
"""What is read at all; Pillow would start other programs for some more."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What to do to a picture by the orientation that its camera noted."""

FEW_COLOURS = 256
MADE_WITH = f"1 {PIL.__version__} {features.version('avif')} {features.version('webp')}"
"""What the bytes of a copy depend on beside the picture: our settings, which are counted, and the encoders."""

Image.MAX_IMAGE_PIXELS = None  # `opened` has a limit of its own, and tells it in words


class Measures(NamedTuple):
    """Width and height in pixels as a picture is shown, and whether it moves."""

    width: int
    height: int
    moves: bool


@contextmanager
def opened(data: bytes, name: str) -> Iterator[tuple[Image.Image, int]]:
    """The picture `data`, of the format `name`, not yet decoded, and its orientation.

    Raises `Unfit` when it is too large, or turns out to be damaged.
    """
    try:
        with Image.open(BytesIO(stripped(data, name)), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
                raise Unfit(f"is {width} x {height} pixels", "save it smaller; 3000 pixels are wide enough for any screen")
            yield picture, orientation_in(picture.info.get("exif", b"")) if name == "AVIF" else orientation_of(data, name)
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error) as error:
        raise Unfit("is cut off or damaged") from error


def measured(data: bytes, name: str) -> Measures:
    """The measures of a picture, all of which is decoded, so that damage shows; of one that moves, its beginning."""
    with opened(data, name) as (picture, orientation):
        moves = bool(getattr(picture, "is_animated", False))
        picture.load()
        width, height = picture.size
        return Measures(*((height, width) if orientation >= 5 and not moves else (width, height)), moves)


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """`picture` as its camera was held."""
    return picture.transpose(TURNS[orientation]) if orientation in TURNS else picture


def upright(data: bytes, name: str) -> bytes:
    """The picture turned as its camera was held, in its own format, at high quality, with nothing beside it but its colours."""
    options = {"JPEG": {"subsampling": 0}, "WebP": {"method": 4}}.get(name, {})
    with opened(data, name) as (picture, orientation):
        out = BytesIO()
        shown = turned(picture, orientation)
        shown.save(out, name.upper(), quality=95, icc_profile=picture.info.get("icc_profile"), **options)
        return out.getvalue()


def copied(data: bytes, name: str, width: int, ending: str) -> bytes:
    """The picture, upright and `width` pixels wide, as AVIF or WebP; the same bytes every time."""
    with opened(data, name) as (picture, orientation):
        drawn = name == "PNG"
        profile = picture.info.get("icc_profile", b"")
        picture.draft(None, (width, width))
        shown = in_rgb(turned(picture, orientation), profile)
        few = drawn and shown.getcolors(FEW_COLOURS) is not None
        small = shown.resize((width, max(round(shown.height * width / shown.width), 1)), Image.Resampling.LANCZOS)
        out, kept = BytesIO(), profile if profile[16:20] == b"RGB " else b""
        if ending == "webp":
            small.save(out, "WEBP", quality=80, method=4, lossless=few, icc_profile=kept)
        else:  # more threads or tiles would change the bytes from one machine to another
            finer = {"quality": 75, "subsampling": "4:4:4"} if drawn else {"quality": 60, "subsampling": "4:2:0"}
            small.save(out, "AVIF", speed=6, max_threads=1, autotiling=False, icc_profile=kept, **finer)
        return out.getvalue()


def in_rgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """`picture` in red, green and blue, and alpha where it has any, with eight bits each."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L").convert("RGB")
    if picture.mode == "CMYK" and profile:
        try:
            inks = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, inks, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
