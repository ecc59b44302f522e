"""`{#id .class key=value}` after a heading, an image, a formula or a caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

PATTERN = re.compile(r"\s*\{\s*(?P<inside>[#.\w][^{}\n]*)\}\s*$")
WORD = re.compile(r"""#(?P<id>[^\s#{}"'<>]+)|\.(?P<class>[\w-]+)|(?P<key>[\w-]+)=(?P<quote>["']?)(?P<value>[^"'\s]*)(?P=quote)""")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stood between the braces."""

    id: str = ""
    values: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()

    def get(self, key: str) -> str:
        """The value of `key`, or nothing."""
        return dict(self.values).get(key, "")


def split(text: str) -> tuple[str, Attributes]:
    """`text` without the attributes at its end, and those attributes; braces that hold none stay text."""
    found = PATTERN.search(text)
    if found is None:
        return text, Attributes()
    words = [WORD.fullmatch(word) for word in found["inside"].split()]
    if not all(words):
        return text, Attributes()
    ids = [word["id"] for word in words if word and word["id"]]
    values = tuple((word["key"], word["value"]) for word in words if word and word["key"])
    classes = tuple(word["class"] for word in words if word and word["class"])
    return text[: found.start()], Attributes(ids[0] if ids else "", values, classes)


def named(id: str) -> str:
    """The HTML attribute of an id, where there is one."""
    return f' id="{escape(id)}"' if id else ""
