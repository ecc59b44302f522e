"""Loads: what HTML lets a browser fetch from other hosts without being asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIRECTIVES = {
    "img": ("img-src",), "source": ("img-src", "media-src"), "video": ("media-src", "img-src"), "audio": ("media-src",),
    "track": ("media-src",), "iframe": ("frame-src",), "object": ("object-src",), "embed": ("object-src",),
    "script": ("script-src",), "link": ("style-src",),
}  # fmt: skip
"""Under which directives of a policy an element loads what it names."""

TAG = re.compile(rf"(?i)<({'|'.join(DIRECTIVES)})(?=\s)([^<>]*)")
SOURCE = re.compile(r"""(?i)\s(?:src|srcset|poster|data|href)\s*=\s*["']?((?:https?:)?//[^/"'\s>?#;,]+|data:)""")


@dataclass(frozen=True, slots=True)
class Load:
    """A host as a policy names it (or `data:`), the directives under which it is asked, and the place of that in the text."""

    source: str
    directives: tuple[str, ...]
    at: int


def loads(html: str) -> Iterator[Load]:
    """Everything that `html` loads from elsewhere."""
    for tag in TAG.finditer(html):
        if tag[1].lower() == "link" and "stylesheet" not in tag[2].lower():
            continue
        for source in SOURCE.finditer(tag[2]):
            host = f"https:{source[1]}" if source[1].startswith("//") else source[1]
            yield Load(host, DIRECTIVES[tag[1].lower()], tag.start(2) + source.start(1))
