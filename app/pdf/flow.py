"""Flow: the text of a page as Typst's code, element by element; what it has no word for is its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from .breaks import is_short
from .code import EMPTY, SPACE, call, joined, string
from .formulas import formula
from .links import own_place, web
from .listings import listing
from .nodes import Node
from .pictures import Shelf
from .tables import table

WHITE = re.compile(r"[ \t\n\r\f]+")
LEFT_OUT = frozenset({"permalink", "preview", "footnote-backref", "back"})


@dataclass
class Flow:
    """A text in work. `targets` are the names that its links lead to, `placed` those that have been found.

    `notes` are the texts of the footnotes by their names; `noted` are those that have been set.
    """

    url: str
    shelf: Shelf
    targets: frozenset[str] = frozenset()
    notes: Mapping[str, Node] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)
    placed: set[str] = field(default_factory=set)

    def code(self, node: Node) -> str:
        """The code of one node."""
        if not node.tag:
            return spaced(node.text)
        if "hidden" in node.attributes or node.classes & LEFT_OUT:
            return EMPTY
        by_class = next((BY_CLASS[name] for name in sorted(node.classes) if name in BY_CLASS), None)
        make = by_class or BY_TAG.get(node.tag)
        return make(node, self) if make else self.inside(node)

    def inside(self, node: Node) -> str:
        """The code of what stands in an element, and the place that links to it lead to."""
        return joined([self.anchor(node), *(self.code(child) for child in node.children)])

    def anchor(self, node: Node) -> str:
        """The place with the name of an element, where something leads to it."""
        if node.id not in self.targets or node.id in self.placed:
            return EMPTY
        self.placed.add(node.id)
        return call("anchor", string(node.id))


Maker = Callable[[Node, Flow], str]


def spaced(text: str) -> str:
    """Words; white space at their ends may fall together with other white space, as in HTML."""
    words = WHITE.sub(" ", text)
    if not words.strip(" "):
        return SPACE if words else EMPTY
    before, after = SPACE if words[0] == " " else "", SPACE if words[-1] == " " else ""
    return ";".join(piece for piece in (before, string(words.strip(" ")), after) if piece)


def within(name: str, **named: str) -> Maker:
    """What puts an element into the function `name`."""
    return lambda node, flow: call(name, flow.inside(node), **named)


def nothing(node: Node, flow: Flow) -> str:
    """What is not for paper."""
    return EMPTY


def paragraph(node: Node, flow: Flow) -> str:
    """A paragraph."""
    return joined(["parbreak()", flow.inside(node), "parbreak()"])


def heading(node: Node, flow: Flow) -> str:
    """A heading; those of the second level are sections. A space at its end would be seen in the outline."""
    body = re.sub(r";\[ \]\}$", "}", flow.inside(node))
    return call("heading", body, level=str(max(int(node.tag[1]) - 1, 1)))


def link(node: Node, flow: Flow) -> str:
    """A link to a place in this text, or to one of the web; any other is its words."""
    body, name = flow.inside(node), own_place(node, flow.url)
    if body == EMPTY:
        return body
    if name:
        return call("to", string(name), body)
    url = web(flow.url, node.attributes.get("href", ""))
    return call("link", string(url), body) if url else body


def items(node: Node, flow: Flow) -> str:
    """A list, with numbers or without."""
    found = [child for child in node.children if child.tag]
    if not found:
        return EMPTY
    tight = str(not any(child.tag == "p" for item in found for child in item.children)).lower()
    codes = [flow.inside(item) for item in found]
    if node.tag == "ol":
        start = node.attributes.get("start", "1")
        return call("enum", *codes, start=start if re.fullmatch(r"\d{1,9}", start) else "1", tight=tight)
    marker = {"marker": "[]"} if all("task" in item.classes for item in found) else {}
    return call("list", *codes, tight=tight, **marker)


def footnote(node: Node, flow: Flow) -> str:
    """A footnote where it is first referred to; one in itself, or of another text, is its number."""
    href = next((child.attributes.get("href", "") for child in node.children if child.tag == "a"), "")
    name = unquote(href.removeprefix("#"))
    note = flow.notes.get(name)
    if note is None:
        return call("super", flow.inside(node))
    if name in flow.noted:
        return call("again", string(name))
    flow.noted.add(name)
    return call("note", string(name), run_in(note, flow))


def run_in(node: Node, flow: Flow) -> str:
    """What stands in an element, its first paragraph without a break before it."""
    first = next((child for child in node.children if child.tag), node)
    return joined(flow.inside(child) if child is first and child.tag == "p" else flow.code(child) for child in node.children)


def number(node: Node, flow: Flow) -> str:
    """What a thing goes by."""
    return call("emph" if node.tag == "em" else "number", flow.inside(node))


def notes(node: Node, flow: Flow) -> str:
    """The list of footnotes, unless they stand at the foot of their pages."""
    return EMPTY if any(one.id in flow.notes for one in node.walk() if one.id) else flow.inside(node)


def references(node: Node, flow: Flow) -> str:
    """The list of references: what is not an item of it, and its items with their numbers."""
    out = []
    for child in node.children:
        if child.tag == "ol":
            out += [reference(item, flow) for item in child.children if item.tag]
        else:
            out.append(flow.code(child))
    return joined(out)


def reference(item: Node, flow: Flow) -> str:
    """One work, with its number where it has one."""
    spans = [child for child in item.children if child.tag]
    if len(spans) == 2:
        return call("reference", flow.code(spans[0]), joined([flow.anchor(item), flow.code(spans[1])]))
    return call("reference", "none", flow.inside(item))


def figure(node: Node, flow: Flow) -> str:
    """A figure, which the end of a page does not part where it is short."""
    body = call("framed", flow.inside(node))
    return call("whole", body) if is_short(node) else body


def panels(node: Node, flow: Flow) -> str:
    """Figures that stand side by side."""
    return call("panels", *(flow.code(child) for child in node.children if child.tag))


def theorem(node: Node, flow: Flow) -> str:
    """A theorem, or one of its kin."""
    return call("theorem", "true" if "upright" in node.classes else "false", flow.inside(node))


def mathematics(node: Node, flow: Flow) -> str:
    """A formula, and before it the places of its lines."""
    return joined([*(flow.anchor(one) for one in node.walk()), formula(node)])


def picture(node: Node, flow: Flow) -> str:
    """A picture that stands alone."""
    return joined(flow.shelf.shown(child) for child in node.children if child.tag == "img")


def elsewhere(node: Node, flow: Flow) -> str:
    """What only a browser can show: where it is."""
    url = web(flow.url, node.attributes.get("src", ""))
    return call("link", string(url), string(url)) if url else flow.inside(node)


BY_CLASS: dict[str, Maker] = {
    "footnote-ref": footnote,
    "footnotes": notes,
    "bibliography": references,
    "panels": panels,
    "theorem": theorem,
    "proof": within("proof"),
    "abstract": within("abstract"),
    "alert": within("notice"),
    "title": within("title"),
    "number": number,
    "sidenote": within("footnote"),
    "qed": lambda node, flow: "qed",
}
"""What makes the code of an element with a class; it comes before what its tag says."""

BY_TAG: dict[str, Maker] = {
    **dict.fromkeys(("script", "style", "template", "noscript", "button", "select", "textarea"), nothing),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), heading),
    **dict.fromkeys(("ul", "ol", "menu"), items),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), within("emph")),
    **dict.fromkeys(("strong", "b"), within("strong")),
    **dict.fromkeys(("del", "s", "strike"), within("strike")),
    **dict.fromkeys(("ins", "u"), within("underline")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), within("typed")),
    **dict.fromkeys(("p", "div", "section", "article", "header", "footer", "center", "address", "li"), paragraph),
    **dict.fromkeys(("iframe", "video", "audio", "embed", "object"), elsewhere),
    "a": link,
    "mark": within("highlight"),
    "sub": within("sub"),
    "sup": within("super"),
    "small": within("text", size="0.85em"),
    "q": lambda node, flow: joined(['"“"', flow.inside(node), '"”"']),
    "br": lambda node, flow: "linebreak()",
    "hr": lambda node, flow: "rule",
    "wbr": lambda node, flow: '"\\u{200b}"',
    "blockquote": within("quoted"),
    "aside": within("notice"),
    "details": within("fold"),
    "summary": within("title"),
    "dt": within("term"),
    "dd": within("meaning"),
    "figure": figure,
    "figcaption": within("caption"),
    "caption": within("title"),
    "pre": lambda node, flow: listing(node),
    "table": lambda node, flow: table(node, flow.inside),
    "math": mathematics,
    "picture": picture,
    "img": lambda node, flow: flow.shelf.inline(node),
    "svg": lambda node, flow: flow.shelf.drawing(node),
    "input": lambda node, flow: call("tick", str("checked" in node.attributes).lower()),
}
"""What makes the code of an element with a tag."""
