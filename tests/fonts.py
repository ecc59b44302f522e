"""A font of one character, made for the time of a test: no machine has to have it."""

from __future__ import annotations

import struct

EM = 1000
BOX = struct.pack(">hhhhh", 1, 0, 0, 900, 900) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
BOX += struct.pack(">hhhh", 0, 900, 0, -900) + struct.pack(">hhhh", 0, 0, 900, 0)
"""An outline: a square."""


def font(character: str, family: str) -> bytes:
    """A TrueType font that draws a square for `character` and has nothing else."""
    code = ord(character)
    glyph = BOX + bytes(-len(BOX) % 4)
    names = ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", "")))
    texts = [text.encode("utf-16-be") for _, text in names]
    starts = [sum(map(len, texts[:at])) for at in range(len(texts))]
    records = b"".join(
        struct.pack(">6H", 3, 1, 0x409, number, len(text), start)
        for (number, _), text, start in zip(names, texts, starts, strict=True)
    )
    groups = struct.pack(">HHIIIIII", 12, 0, 28, 0, 1, code, code, 1)
    tables = {
        b"OS/2": struct.pack(">HhHHH", 4, EM, 400, 5, 0)
        + bytes(58)
        + struct.pack(">HHHhhhHH", 64, code & 0xFFFF, code & 0xFFFF, 880, -120, 0, 880, 120)
        + bytes(18),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + groups,
        b"glyf": glyph,
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, 900, 900, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhh", 0x10000, 880, -120, 0, EM, 0, 0, 900, 1, 0, 0) + bytes(10) + struct.pack(">H", 2),
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": struct.pack(">IH", 0x10000, 2) + struct.pack(">13H", 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + b"".join(texts),
        b"post": struct.pack(">IIhhI", 0x30000, 0, -100, 50, 0) + bytes(16),
    }
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 32), b""
    for tag, data in sorted(tables.items()):
        head += tag + struct.pack(">III", 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body
