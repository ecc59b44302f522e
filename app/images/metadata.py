"""What a picture says beside its pixels and colours, such as where it was taken: cut out, without decoding anything."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

JPEG_MARK = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
ALONE = frozenset({0x01, 0xD8, 0xD9})
"""Marks of a JPEG that nothing belongs to; the last of them ends the picture."""

JPEG_OWN = re.compile(rb"\xff[^\xe0-\xef\xfe]|\xff\xe0..JFIF\0|\xff\xe2..ICC_PROFILE\0|\xff\xee..Adobe", re.DOTALL)
"""How those segments of a JPEG begin that are needed to show it; the others are comments, or some application's own."""

PNG_OWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT".split()
)
WEBP_OWN = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"))
EXIF_AND_XMP = 0b1100
"""The flags of an extended WebP that announce what is cut out."""

EXIF = b"Exif\0\0"
ORIENTATION = 0x0112
"""The field of EXIF that says how a camera was held: 1 is upright, from 5 on the picture is shown on its side."""


def stripped(data: bytes, name: str) -> bytes:
    """The picture `data`, of the format `name`, with its pixels and colours only; formats that say little stay as they are."""
    if name == "JPEG":
        return b"".join(piece for piece in jpeg_pieces(data) if piece[:1] != b"\xff" or JPEG_OWN.match(piece))
    if name == "PNG":
        return data[:8] + b"".join(chunk for kind, chunk in png_chunks(data) if kind in PNG_OWN)
    return webp(data) if name == "WebP" else data


def must_be_encoded(data: bytes, name: str) -> bool:
    """Whether a picture cannot be cleaned by cutting alone: it is not upright, or it is an AVIF that says something."""
    return (b"Exif" in data or b"rdf+xml" in data) if name == "AVIF" else orientation_of(data, name) > 1


def orientation_of(data: bytes, name: str) -> int:
    """How the camera was held that took the picture `data`, from 1 to 8."""
    found: Iterator[bytes] = iter(())
    if name == "JPEG":
        found = (piece[4:] for piece in jpeg_pieces(data) if piece[:2] == b"\xff\xe1" and piece[4:].startswith(EXIF))
    elif name == "PNG":
        found = (chunk[8:-4] for kind, chunk in png_chunks(data) if kind == b"eXIf")
    elif name == "WebP":
        found = (chunk[8:] for kind, chunk in webp_chunks(data) if kind == b"EXIF")
    return orientation_in(next(found, b""))


def orientation_in(exif: bytes) -> int:
    """How the camera was held, as EXIF says; 1 where it does not."""
    fields = exif.removeprefix(EXIF)
    order = {b"II": "<", b"MM": ">"}.get(fields[:2])
    try:
        (start,) = struct.unpack_from(f"{order}I", fields, 4) if order else (len(fields),)
        (count,) = struct.unpack_from(f"{order}H", fields, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", fields, at)
            if tag == ORIENTATION:
                return value if value in range(1, 9) else 1
    except struct.error:
        return 1
    return 1


def jpeg_pieces(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG, and what lies between them, up to its end: cameras hang more pictures and films behind it."""
    position = 0
    while found := JPEG_MARK.search(data, position):
        yield data[position : found.start()]
        kind, position = found[1][0], found.end()
        if kind in ALONE:
            yield b"\xff" + found[1]
            if kind == 0xD9:
                return
            continue
        end = position + max(int.from_bytes(data[position : position + 2], "big"), 2)
        yield b"\xff" + found[1] + data[position:end]
        position = end
    yield data[position:]


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG with their kind, up to its end."""
    position, kind = 8, b""
    while kind != b"IEND" and position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        yield kind, data[position : position + length + 12]
        position += length + 12


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a WebP with their kind."""
    position = 12
    while position + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, position)
        yield kind, data[position : position + length + 8 + length % 2]
        position += length + 8 + length % 2


def webp(data: bytes) -> bytes:
    """A WebP without EXIF and XMP."""
    body = b"WEBP"
    for kind, chunk in webp_chunks(data):
        if kind == b"VP8X" and len(chunk) > 8:
            body += chunk[:8] + bytes([chunk[8] & ~EXIF_AND_XMP]) + chunk[9:]
        elif kind in WEBP_OWN:
            body += chunk
    return b"RIFF" + len(body).to_bytes(4, "little") + body
