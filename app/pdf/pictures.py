"""Shelf: the pictures of a text, as Typst can show them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from PIL import Image

from .code import EMPTY, call, string
from .nodes import Node

PIXEL = 0.63
"""How wide a CSS pixel is on paper, in points: the column has 720 of them."""

TALLEST = 600.0
"""How high a picture may be, in points."""

KNOWN = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
"""What Typst reads, and the endings by which it knows it."""

LENGTH = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")
TOO_LARGE = 100_000_000


@dataclass
class Shelf:
    """Pictures by the URLs that the text has for them, and the files that have been made of them."""

    images: Mapping[str, bytes]
    files: dict[str, bytes] = field(default_factory=dict)

    def shown(self, node: Node) -> str:
        """A picture in a place of its own, or the words for it."""
        return self._placed(node, "shown")

    def inline(self, node: Node) -> str:
        """A picture among words, or the words for it."""
        return self._placed(node, "small")

    def drawing(self, node: Node) -> str:
        """A drawing that stands in the text itself."""
        html = (
            node.html if "xmlns=" in node.html[:500] else node.html.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        )
        return self._code(html.encode(), node, "shown", node.attributes.get("aria-label", ""))

    def _placed(self, node: Node, way: str) -> str:
        alt = node.attributes.get("alt", "")
        data = self.images.get(node.attributes.get("src", ""), b"")
        return self._code(data, node, way, alt)

    def _code(self, data: bytes, node: Node, way: str, alt: str) -> str:
        """The code that shows a picture; where it cannot be shown, its words do."""
        found = readable(data)
        if found is None:
            return call("emph", string(f"[{alt}]")) if alt else EMPTY
        data, ending, own = found
        name = f"{len(self.files)}.{ending}"
        self.files[name] = data
        wide, high = (size_of(node, side) or own[at] for at, side in enumerate(("width", "height")))
        width = min(wide * PIXEL, TALLEST * wide / high) if wide and high else wide * PIXEL
        return call(way, string(name), f"{width:.2f}pt" if width else "auto", string(alt))


def size_of(node: Node, side: str) -> float:
    """The width or the height that an element says it has, in CSS pixels, or nothing."""
    found = LENGTH.fullmatch(node.attributes.get(side, ""))
    return float(found[1]) if found else 0.0


def readable(data: bytes) -> tuple[bytes, str, tuple[float, float]] | None:
    """A picture as Typst reads it: its bytes, the ending of its name, its width and height; or `None` if it is damaged."""
    if b"<svg" in data[:2000]:
        return drawn(data)
    try:
        with Image.open(BytesIO(data)) as image:
            if image.width * image.height > TOO_LARGE:
                return None
            image.load()
            size = float(image.width), float(image.height)
            if image.format in KNOWN:
                return data, KNOWN[image.format], size
            out = BytesIO()
            image.convert("RGBA").save(out, "PNG")
            return out.getvalue(), "png", size
    except (OSError, ValueError, SyntaxError):
        return None


def drawn(data: bytes) -> tuple[bytes, str, tuple[float, float]] | None:
    """The same of a drawing."""
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - what Typst shows cannot reach beyond itself
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    sides = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    box = [float(part) for part in root.get("viewBox", "").replace(",", " ").split() if LENGTH.fullmatch(part.lstrip("-"))]
    wide, high = (float(side[1]) if side else box[at + 2] if len(box) == 4 else 0.0 for at, side in enumerate(sides))
    return data, "svg", (wide, high)
