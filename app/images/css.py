"""Styles of a drawing: whether they load anything from elsewhere."""

from __future__ import annotations

import re

ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\r\n\f])|(.))", re.DOTALL)
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<url>.*?)(?P=quote)\s*\)""", re.DOTALL | re.IGNORECASE)
INSIDE = re.compile(r"#|data:(?:image/(?:png|jpeg|gif|webp|avif)|font/|application/(?:x-)?font|application/octet-stream)", re.I)
OUTSIDE = re.compile(r"@import|url\(|image\(|image-set\(|src\(|expression\(|-moz-binding|javascript:", re.IGNORECASE)


def loads(css: str) -> str:
    """What in `css` would be loaded from elsewhere, or run; nothing where all of it stays in the drawing."""
    for text in (unescaped(css), COMMENT.sub("", unescaped(css)), unescaped(COMMENT.sub("", css))):
        rest = URL.sub(lambda found: " " if INSIDE.match(found["url"]) else found[0], text)
        if found := OUTSIDE.search(rest):
            return rest[found.start() : found.start() + 60].split(";")[0].split("}")[0].strip()
    return ""


def unescaped(css: str) -> str:
    """`css` with what its backslashes stand for."""

    def character(found: re.Match[str]) -> str:
        if found[1]:
            code = int(found[1], 16)
            return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        return "" if found[2] else found[3]

    return ESCAPE.sub(character, css) if "\\" in css else css
