"""Pictures: their size is known beforehand, and those that stand alone are figures with captions."""

from __future__ import annotations

import re
from html import escape
from itertools import count
from string import ascii_lowercase

from ..content.addresses import leads_elsewhere
from .attributes import Attributes, named, split
from .diagrams import diagram_in, put_diagram
from .document import Page, Slot
from .labels import captioned
from .manuscript import Container, Manuscript
from .tree import (
    GROUP,
    AstNode,
    BlockDirective,
    Image,
    LineBreak,
    Paragraph,
    SoftBreak,
    Text,
    column_of,
    held,
    line_of,
    nodes_with,
    plain,
    raw,
    replace,
    words,
)  # fmt: skip

COLUMN = 720
"""The width of the text in CSS pixels, of which a width in percent is a share."""

MARGINS = 45
"""How much wider than the text the window is at least, in CSS pixels."""

GAP = 18
"""What lies between two pictures that stand side by side, in CSS pixels."""

ABREAST = 3
"""How many pictures of one figure stand side by side at most."""

WIDTH = re.compile(r"(\d+(?:\.\d+)?)(%|px)?")

Shown = tuple[AstNode, Attributes]
"""A picture that stands alone, and what is said of it between braces."""


def figures(tree: AstNode, document: Manuscript) -> None:
    """Give every picture its size, and a figure to those that stand alone or in a container, and to every diagram."""
    for node in nodes_with(tree, document.lines, "![", ":::", "dot"):
        container = document.containers.get(line_of(node)) if isinstance(node.node_value, BlockDirective) else None
        if container and container.name == "figure":
            put_container(node, container, document)
        elif block := diagram_in(node):
            put_diagram(node, *block, document)
        elif len(pictures := pictures_in(node)) == 1:
            put_figure(node, *pictures[0], document)
        elif isinstance(node.node_value, Image):
            replace(node, picture(node, document))


def pictures_in(node: AstNode) -> list[Shown]:
    """The pictures of a paragraph that has nothing else, save for attributes after each."""
    found: list[tuple[AstNode, str]] = []
    for child in node.children if isinstance(node.node_value, Paragraph) else []:
        kind = type(child.node_value)
        if kind is Image:
            found.append((child, ""))
        elif found and kind in (Text, SoftBreak, LineBreak):
            found[-1] = found[-1][0], found[-1][1] + plain(child)
        else:
            return []
    parts = [(image, *split(text)) for image, text in found]
    return [] if any(text.strip() for _, text, _ in parts) else [(image, attributes) for image, _, attributes in parts]


def picture(node: AstNode, document: Manuscript) -> str:
    """A picture among words; its title shows when it is pointed at."""
    title = held(node).title
    return img(node, document, f' title="{escape(title)}"' if title else "", copies="image/webp")


def standing(node: AstNode, document: Manuscript, width: str, room: int = 0) -> str:
    """A picture that stands alone, with all its copies, and a link to the whole of it."""
    shown, url = {"width": width} | ({"room": str(room)} if room else {}), held(node).url
    html = img(node, document, ' decoding="async"', **shown)
    if leads_elsewhere(url):
        return html
    line, column = line_of(node), column_of(node)
    whole = document.slot("link", url, line, column)
    return f'<a href="{whole}"><picture>{document.slot("image", url, line, column, part="sources", **shown)}{html}</picture></a>'


def img(node: AstNode, document: Manuscript, more: str, **options: str) -> str:
    """The `img` of a picture, with `more` attributes; one without words is a Problem.

    The first of a text is loaded at once, the others when they come near.
    """
    url, alt = held(node).url, plain(node)
    if not alt.strip():
        message, hint = "this image has no alternative text", "say between the brackets what it shows: ![A plot of ...](...)"
        document.problem(line_of(node), column_of(node), message, hint)
    elsewhere = leads_elsewhere(url)
    shown = f'src="{escape(url)}"' if elsewhere else document.slot("image", url, line_of(node), column_of(node), **options)
    document.counts["picture"] += 1
    loading = ' loading="lazy"' if document.counts["picture"] > 1 else ""
    return f'<img {shown} alt="{escape(alt)}"{more}{loading}>'


def put_figure(place: AstNode, image: AstNode, attributes: Attributes, document: Manuscript) -> None:
    """Put a figure in the place of a paragraph with one picture; it is numbered where it has a caption."""
    line, id, title = line_of(image), attributes.id, title_of(image, document)
    tell_attributes(attributes, line, document)
    html = raw(standing(image, document, attributes.get("width")), image)
    if title:
        number = document.label(id, "figure", line)
        title = caption(captioned(document.words, "figure", number), title, image)
    elif id:
        document.claim(id, line)
    put(place, framed(id, [html, *title], image, document))


def put_container(node: AstNode, container: Container, document: Manuscript) -> None:
    """Make a numbered figure of a container: its pictures stand side by side, and its last paragraph is the caption."""
    line, children, width = line_of(node), node.children, container.attributes.get("width")
    tell_attributes(container.attributes, line, document)
    pictures = [shown for child in children for shown in pictures_in(child)]
    title = words(container.title, line, container.column) if container.title else []
    if len(children) > 1 and isinstance(children[-1].node_value, Paragraph) and not pictures_in(children[-1]):
        title = children.pop().children
    id = container.attributes.id or (pictures[0][1].id if len(pictures) == 1 else "")
    number = document.label(id, "figure", line)
    if len(pictures) == 1:
        image, own = pictures[0]
        tell_attributes(own, line_of(image), document)
        title = title or title_of(image, document)
        place = next(child for child in children if pictures_in(child))
        put(place, [raw(standing(image, document, own.get("width") or width), image)])
    elif pictures:
        put_panels(children, number, room_for(len(pictures), width), document)
    elif not children:
        document.problem(line, 1, "this figure is empty", "write a picture between ':::' and ':::'")
    put(node, framed(id, [*children, *caption(captioned(document.words, "figure", number), title, node)], node, document))


def put_panels(children: list[AstNode], number: str, room: int, document: Manuscript) -> None:
    """Make a figure with a letter of each picture in the paragraphs `children`; each may be `room` pixels wide."""
    rows = [child for child in children if pictures_in(child)]
    letters = map(letter, count())
    for row in rows:
        panels: list[AstNode] = []
        for image, attributes in pictures_in(row):
            tell_attributes(attributes, line_of(image), document)
            sign, title = next(letters), title_of(image, document)
            document.label(attributes.id, "figure", line_of(image), f"{number}{sign}")
            html = raw(standing(image, document, attributes.get("width"), room), image)
            panels += framed(attributes.id, [html, *caption(f"({sign})", title, image)], image, document)
        put(row, panels)
    rows[0].children = [raw('<div class="panels">\n', rows[0]), *rows[0].children]
    rows[-1].children = [*rows[-1].children, raw("</div>\n", rows[-1])]


def framed(id: str, inside: list[AstNode], place: AstNode, document: Manuscript) -> list[AstNode]:
    """The nodes of a figure, which another page can show when it has an id."""
    begin, end = document.frame(id) if id else ("", "")
    return [raw(f"{begin}<figure{named(id)}>", place), *inside, raw(f"</figure>\n{end}", place)]


def caption(number: str, title: list[AstNode], place: AstNode) -> list[AstNode]:
    """The nodes of a caption."""
    space = " " if title else ""
    return [raw(f'<figcaption><span class="number">{number}</span>{space}', place), *title, raw("</figcaption>", place)]


def title_of(image: AstNode, document: Manuscript) -> list[AstNode]:
    """The title of a picture as nodes."""
    title, line = held(image).title, line_of(image)
    return words(title, line, document.lines[line - 1].find(title) + 1 or column_of(image)) if title else []


def put(place: AstNode, nodes: list[AstNode]) -> None:
    """Let `nodes` be rendered in the place of a node."""
    place.children, place.node_value = nodes, GROUP


def letter(number: int) -> str:
    """What a panel is called, from 0: a, b, ..., z, aa, ab, ..."""
    return (letter(number // 26 - 1) if number >= 26 else "") + ascii_lowercase[number % 26]


def tell_attributes(attributes: Attributes, line: int, document: Manuscript) -> None:
    """Tell of every attribute of a figure, in the paragraph that begins on `line`, that would do nothing."""
    for key, value in attributes.values:
        message = f"'{value}' is no width" if key == "width" else f"a figure has no '{key}'"
        if key != "width" or not WIDTH.fullmatch(value):
            rows = document.lines[line - 1 :]
            down = next((at for at, row in enumerate(rows) if f"{key}=" in row), 0)
            document.problem(line + down, max(rows[down].rfind(f"{key}=") + 1, 1), message, "write {width=60%} or {width=300px}")


def fill(slot: Slot, path: str, page: Page) -> str:
    """The attributes that tell what to show and how large, or the `sources` that stand before them."""
    image, options = page.image(path, slot.target), dict(slot.options)
    width, height = scaled(image.width, image.height, options.get("width", ""), int(options.get("room", 0)))
    shown = min(width or COLUMN, COLUMN)
    sizes = f'sizes="(min-width: {shown + MARGINS}px) {shown}px, 100vw"'
    if options.get("part") == "sources":
        return "".join(f'<source type="{type}" srcset="{srcset}" {sizes}>' for type, srcset in image.sources)
    size = f' width="{width}" height="{height}"' if width and height else ""
    copies = [f' srcset="{srcset}" {sizes}' for type, srcset in image.sources if type == options.get("copies")]
    return f'src="{escape(image.url)}"{size}{"".join(copies)}'


def scaled(width: int, height: int, wanted: str, room: int = 0) -> tuple[int, int]:
    """The size of a picture that is to be as wide as `wanted` (see `pixels`), and no wider than `room` where there is one."""
    if not width or not height:
        return width, height
    shown = pixels(wanted, width)
    shown = min(shown, room) if room else shown
    return round(shown), round(height * shown / width)


def pixels(wanted: str, otherwise: float) -> float:
    """A width, `60%` of the column or a number of pixels, in pixels."""
    found = WIDTH.fullmatch(wanted)
    if not found:
        return otherwise
    return COLUMN * float(found[1]) / 100 if found[2] == "%" else float(found[1])


def room_for(panels: int, width: str) -> int:
    """How wide each of some pictures can be that share a figure of a `width`, in pixels."""
    abreast = min(panels, ABREAST)
    return max(int((min(pixels(width, COLUMN), COLUMN) - GAP * (abreast - 1)) / abreast), 1)
