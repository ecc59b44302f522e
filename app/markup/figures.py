"""Pictures: their size is known beforehand, and one that stands alone is a figure with a caption."""

from __future__ import annotations

import re
from html import escape

from ..content.addresses import leads_elsewhere
from .attributes import Attributes, named, split
from .document import Manuscript, Site, Slot
from .tree import AstNode, Image, column_of, held, line_of, only, plain, replace, walk, words, wrap

COLUMN = 680
"""The width of the text in CSS pixels, of which a width in percent is a share."""

WIDTH = re.compile(r"(\d+(?:\.\d+)?)(%|px)?")


def figures(tree: AstNode, document: Manuscript) -> None:
    """Give every picture its size, and a figure to those that stand alone."""
    for node in walk(tree):
        if image := only(node, Image):
            text, attributes = split("".join(plain(child) for child in node.children[1:]))
            if not text.strip():
                put_figure(node, image, attributes, document)
        if isinstance(node.node_value, Image):
            replace(node, picture(node, "", True, document))


def picture(node: AstNode, width: str, titled: bool, document: Manuscript) -> str:
    """The `img` of a picture; one without alternative text is a Problem."""
    link, alt = held(node), plain(node)
    if not alt.strip():
        message, hint = "this image has no alternative text", "say between the brackets what it shows: ![A plot of ...](...)"
        document.problem(line_of(node), column_of(node), message, hint)
    words = f' alt="{escape(alt)}"' + (f' title="{escape(link.title)}"' if link.title and titled else "")
    if leads_elsewhere(link.url):
        return f'<img src="{escape(link.url)}"{words} loading="lazy">'
    token = document.slot("image", link.url, line_of(node), column_of(node), width=width)
    return f'<img {token}{words} loading="lazy">'


def put_figure(place: AstNode, image: AstNode, attributes: Attributes, document: Manuscript) -> None:
    """Put a figure in the place of a paragraph with one picture; it is numbered where it has a caption."""
    title, line = held(image).title, line_of(image)
    tell_attributes(attributes, line, document)
    img = picture(image, attributes.get("width"), False, document)
    if title:
        number = document.label(attributes.id, "figure", line)
        img += f'<figcaption><span class="number">Figure {number}.</span> '
    elif attributes.id:
        document.claim(attributes.id, line)
    replace(image, "")
    column = document.lines[line - 1].find(title) + 1 or column_of(image)
    place.children = words(title, line, column)
    wrap(place, f"<figure{named(attributes.id)}>{img}", "</figcaption></figure>\n" if title else "</figure>\n")


def tell_attributes(attributes: Attributes, line: int, document: Manuscript) -> None:
    """Tell of every attribute of a figure, in the paragraph that begins on `line`, that would do nothing."""
    for key, value in attributes.values:
        message = f"'{value}' is no width" if key == "width" else f"a figure has no '{key}'"
        if key != "width" or not WIDTH.fullmatch(value):
            rows = document.lines[line - 1 :]
            down = next((at for at, row in enumerate(rows) if f"{key}=" in row), 0)
            document.problem(line + down, max(rows[down].rfind(f"{key}=") + 1, 1), message, "write {width=60%} or {width=300px}")


def fill(slot: Slot, path: str, site: Site) -> str:
    """The attributes that tell what to show and how large."""
    image = site.image(path, slot.target)
    width, height = scaled(image.width, image.height, dict(slot.options)["width"])
    size = f' width="{width}" height="{height}"' if width and height else ""
    return f'src="{escape(image.url)}"{size}'


def scaled(width: int, height: int, wanted: str) -> tuple[int, int]:
    """The size of a picture that is to be as wide as `wanted`: `60%` of the column, or pixels; or as it is."""
    found = WIDTH.fullmatch(wanted)
    if not found or not width or not height:
        return width, height
    pixels = COLUMN * float(found[1]) / 100 if found[2] == "%" else float(found[1])
    return round(pixels), round(height * pixels / width)
