"""A picture of Graphviz's made a part of a page: only what a drawing is made of, in colours that suit light and dark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"

SHAPES = {"ellipse", "linearGradient", "path", "polygon", "polyline", "radialGradient", "stop", "text"}
GEOMETRY = {
    "cx", "cy", "d", "fx", "fy", "gradientUnits", "offset", "points", "r", "rx", "ry", "text-anchor", "transform",
    "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
PAINT = {
    "baseline-shift", "fill", "fill-opacity", "font-family", "font-size", "font-style", "font-weight", "stop-color",
    "stop-opacity", "stroke", "stroke-dasharray", "stroke-opacity", "stroke-width", "text-decoration",
}  # fmt: skip
COLOURS = {"black": "currentColor", "#000000": "currentColor", "transparent": "none"}
TINT = "0.2"
"""How much is left of a colour that fills a shape, so that words in the page's own ink are read on it."""

Paint = Literal["tint", "full", "own"]
"""How the shapes of a group are filled: with a tint, in full, or, where its words have their own colours, just as told."""

UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")
"""What older Graphviz lets stand in its XML: characters that none may have, and an ampersand as it was written."""

REFERENCE = re.compile(r"url\(#(.*)\)")
NAME = "octavo-"
"""What stands before the name of each gradient, until the page gives it one of its own."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of an `<svg>`, its size in CSS pixels, its view box, and the words on its nodes in their order."""

    inside: str
    width: int
    height: int
    view: str
    words: tuple[str, ...]


def drawing(svg: str) -> Drawing | None:
    """What a picture of Graphviz's shows, or `None` where it is no XML."""
    try:
        root = ElementTree.fromstring(AMPERSAND.sub("&amp;", UNFIT.sub("", svg)))  # noqa: S314 - it declares no entities
    except ElementTree.ParseError:
        return None
    width, height = (round(float(root.get(side, "0").removesuffix("pt"))) for side in ("width", "height"))
    nodes = [group for group in root.iter(f"{SVG}g") if "node" in group.get("class", "").split()]
    words = (" ".join(" ".join(text.itertext()) for text in node.iter(f"{SVG}text")) for node in nodes)
    said = tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    inside = "".join(drawn(child, "tint") for child in root)
    return Drawing(inside, width, height, root.get("viewBox", ""), said)


def drawn(element: Element, paint: Paint) -> str:
    """An element of the picture, in a group that is painted in this way, and all inside it as the page has it."""
    name = element.tag.removeprefix(SVG)
    if name in SHAPES:
        attributes = painted(element, paint)
        inside = escape(element.text or "") if name == "text" else "".join(drawn(child, paint) for child in element)
        hidden = attributes.get("fill") == "none" and attributes.get("stroke", "none") == "none"
        return "" if hidden else tag(name, attributes, inside)
    if name not in ("g", "a", "defs"):
        return ""
    if kinds := element.get("class", "").split():
        paint = paint_of(element, kinds)
    inside = "".join(drawn(child, paint) for child in element)
    kept = {"transform": element.get("transform"), "href": element.get(LINK)}
    attributes = {key: value for key, value in kept.items() if value}
    return tag(name, attributes, inside) if inside and (attributes or name == "defs") else inside


def paint_of(group: Element, kinds: list[str]) -> Paint:
    """How a group of these kinds is painted."""
    if "edge" in kinds:
        return "full"
    return "own" if "node" in kinds and any(text.get("fill") for text in group.iter(f"{SVG}text")) else "tint"


def painted(element: Element, paint: Paint) -> dict[str, str]:
    """The attributes of a shape; no style, no id but a gradient's."""
    found = {key: value for key, value in element.items() if key in GEOMETRY | PAINT}
    styles = (rule.partition(":") for rule in element.get("style", "").split(";"))
    found |= {key.strip(): value.strip() for key, _, value in styles if key.strip() in PAINT}
    for key in found.keys() & {"fill", "stroke"} if paint != "own" else found.keys() & {"stroke"}:
        found[key] = COLOURS.get(found[key], found[key])
    if "fill" in found:
        found["fill"] = REFERENCE.sub(rf"url(#{NAME}\1)", found["fill"])
    if paint == "tint" and element.tag != f"{SVG}text" and found.get("fill", "none") not in ("none", "currentColor"):
        found.setdefault("fill-opacity", TINT)
    if element.tag.endswith("Gradient"):
        found["id"] = NAME + element.get("id", "")
    if "  " in (element.text or "").strip():
        found["xml:space"] = "preserve"
    return found


def tag(name: str, attributes: dict[str, str], inside: str) -> str:
    """An element of SVG in HTML."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"
