"""The formats of pictures, told by what a file holds and not by its name."""

from __future__ import annotations

import re
from pathlib import PurePath

SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "WebP"),
    (re.compile(rb".{4}ftypavi[fs]", re.DOTALL), "AVIF"),
    (re.compile(rb".{4}ftyp(?:hei|hev|mif1|msf1)", re.DOTALL), "HEIC"),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3", re.DOTALL), "video"),
    (re.compile(rb"II\*\0|MM\0\*"), "TIFF"),
    (re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "), "JPEG XL"),
    (re.compile(rb"BM.{12}\x28\0\0\0", re.DOTALL), "BMP"),
    (re.compile(rb"\0\0\x01\0.\0", re.DOTALL), "ICO"),
    (re.compile(rb"8BPS"), "Photoshop file"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "PostScript"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"\x1f\x8b"), "gzip archive"),
)
"""How a file of each kind begins."""

DRAWING = re.compile(rb"<(?:[\w.-]+:)?svg[\s>/]")
PAGE = re.compile(rb"<html[\s>]", re.IGNORECASE)

SHOWN = ("JPEG", "PNG", "WebP", "AVIF", "GIF", "BMP", "ICO", "SVG")
"""What every browser shows."""

NAMES = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".apng": "PNG", ".webp": "WebP",
    ".avif": "AVIF", ".gif": "GIF", ".bmp": "BMP", ".ico": "ICO", ".svg": "SVG",
}  # fmt: skip
"""What the ending of a name promises."""

SAVE = "save it again as PNG, JPEG, WebP or SVG"


class Unfit(Exception):
    """A picture that cannot be shown: what is wrong with it, to be read after its name, and what to do."""

    def __init__(self, message: str, hint: str = SAVE) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def format_of(data: bytes) -> str:
    """The format of the file that holds `data`, or nothing; a text is an SVG where it has such an element, and no page."""
    for pattern, name in SIGNATURES:
        if pattern.match(data):
            return name
    text = data.replace(b"\0", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data
    return "SVG" if DRAWING.search(text) and not PAGE.search(text) else ""


def checked_format(file: PurePath, data: bytes) -> str:
    """The format of the picture `file`, which holds `data`; raises `Unfit` when it cannot be shown or bears another's name."""
    name, promised = format_of(data), NAMES.get(file.suffix.lower(), "")
    if name == "video":
        raise Unfit("is a film", 'write <video src="..." controls></video>')
    if name and name not in SHOWN:
        raise Unfit(f"is {article(name)}, which browsers do not show")
    if not name:
        raise Unfit("is no SVG" if promised == "SVG" else "is no picture")
    if not promised:
        raise Unfit(f"is {article(name)}, but its name does not say so", f"let it end with {ending_of(name)}")
    if name != promised:
        raise Unfit(f"is {article(name)}, not {article(promised)}", f"let its name end with {ending_of(name)}")
    return name


def article(name: str) -> str:
    """The name of a format after `a` or `an`."""
    return f"{'an' if name[0] in 'AIS' else 'a'} {name}"


def ending_of(name: str) -> str:
    """How the name of a file of this format ends."""
    return next(f"'{ending}'" for ending, format in NAMES.items() if format == name)
