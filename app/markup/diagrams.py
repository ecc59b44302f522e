"""Diagrams: a block of `dot` is drawn by Graphviz and stands in the page as SVG."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape

from ..content.addresses import leads_elsewhere
from .attributes import named
from .drawing import NAME, Drawing, drawing
from .graphviz import Complaint, answer, command
from .labels import captioned
from .manuscript import Manuscript
from .tree import AstNode, CodeBlock, column_of, held, line_of, plain, words, wrap

INFO = re.compile(r"\s*(?:dot(?![^\s{])|\{\s*\.dot(?![^\s}]))(?P<rest>.*)", re.DOTALL)
PART = re.compile(r"""title=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'{}]+))|#(?P<id>[^\s#{}"'<>]+)|[{}\s]""")
EXAMPLE = 'write ```dot title="Pipeline" {#fig:pipeline}'

LONGEST = 50_000
"""How many characters of `dot` are drawn."""

FILES = re.compile(
    r'"(?:\\.|[^"\\])*"(?!\s*=)|//[^\n]*|/\*.*?\*/'
    r'|"?\b(?P<name>image|imagepath|shapefile|fontpath|stylesheet|_background)\b"?\s*=|<(?P<tag>img)\b',
    re.DOTALL | re.IGNORECASE,
)
"""Words and comments, which are passed over, and whatever names a file for Graphviz to read."""

HREF = re.compile(r'<a href="([^"]*)">')
UNSEEN = re.compile(r"[\0-\x1f]")
PAGES = ("http:", "https:", "mailto:")

UNREADABLE = Complaint("the picture of this diagram cannot be read", "write its labels and links without quotes inside")
INSTALL = "install Graphviz: 'apt install graphviz', 'brew install graphviz' or 'pip install pygraphviz'"


def diagram_in(node: AstNode) -> tuple[str, str] | None:
    """The graph of a block of `dot` that is closed, and what stands after the word `dot`; `None` for any other node."""
    if not isinstance(node.node_value, CodeBlock):
        return None
    block = node.node_value.value
    info = INFO.match(block.info) if block.fenced and block.closed else None
    return (block.literal, info["rest"]) if info else None


def put_diagram(node: AstNode, graph: str, info: str, document: Manuscript) -> None:
    """Put a figure in the place of a block of `dot`; it is numbered where it has a title."""
    line = line_of(node)
    parts = list(PART.finditer(info))
    title = next((part["double"] or part["single"] or part["bare"] or "" for part in parts if part[0].startswith("title=")), "")
    id = next((part["id"] for part in parts if part["id"]), "")
    for word in PART.sub(" ", info).split():
        document.problem(line, document.lines[line - 1].find(word) + 1, f"a diagram has no '{word}'", EXAMPLE)
    if (found := shown(node, graph, document)) is None:
        return
    caption = words(title, line, document.lines[line - 1].find(title) + 1)
    label = "".join(map(plain, caption)) or document.words("Diagram: {words}", words=", ".join(found.words))
    opening = f'<figure class="diagram"{named(id)}>{svg(found, graph, label, node, document)}'
    if title:
        number = captioned(document.words, "figure", document.label(id, "figure", line))
        opening += f'<figcaption><span class="number">{number}</span> '
    elif id:
        document.claim(id, line)
    node.children = caption
    wrap(node, opening, "</figcaption></figure>\n" if title else "</figure>\n")


def shown(node: AstNode, graph: str, document: Manuscript) -> Drawing | None:
    """What a graph looks like, or `None`, and then it is told why."""
    for found in FILES.finditer(graph):
        if name := found["name"] or found["tag"]:
            line = graph.count("\n", 0, found.start()) + 1
            tell(node, Complaint(f"a diagram cannot have '{name}'", "show a picture as ![text](path)", line, name), document)
            return None
    if len(graph) > LONGEST:
        tell(node, Complaint("this diagram is too long to be drawn", f"keep below {LONGEST} characters"), document)
        return None
    if not (asked := command()):
        document.problem(line_of(node), column_of(node), "this diagram cannot be drawn here", INSTALL)
        return None
    answered = answer(asked, graph)
    picture = read(answered.svg) if answered.svg else None
    for complaint in answered.complaints if picture or not answered.svg else (UNREADABLE,):
        tell(node, complaint, document)
    return picture


@lru_cache(maxsize=256)
def read(picture: str) -> Drawing | None:
    """The drawing in a picture of Graphviz's; kept, since the same blocks come again with every change of the page."""
    return drawing(picture)


def tell(node: AstNode, complaint: Complaint, document: Manuscript) -> None:
    """Tell what is wrong with a graph at its line, or at the first that has the word in question, or at the block."""
    first, count = line_of(node) + 1, held(node).literal.count("\n")
    rows = document.lines[first - 1 : first - 1 + count]
    word = complaint.word.split("\n")[0].strip()
    at = complaint.line - 1 if complaint.line else next((at for at, row in enumerate(rows) if word and word in row), -1)
    column = rows[at].find(word) + 1 if word and 0 <= at < len(rows) else 0
    document.problem(first + at, column or column_of(node), complaint.message, complaint.hint)


def svg(found: Drawing, graph: str, label: str, node: AstNode, document: Manuscript) -> str:
    """The `<svg>` of a graph, its links asked of the site and its gradients named as nothing else on the page."""
    digest = "g" + sha256(graph.encode()).hexdigest()[:8]
    document.counts[digest] += 1
    inside = HREF.sub(lambda href: link(unescape(href[1]), node, document), found.inside)
    inside = inside.replace(f'id="{NAME}', f'id="{digest}-{document.counts[digest]}-')
    inside = inside.replace(f"url(#{NAME}", f"url(#{digest}-{document.counts[digest]}-")
    role = "group" if "<a " in inside else "img"
    size = f'width="{found.width}" height="{found.height}" viewBox="{escape(found.view)}"'
    return f'<svg role="{role}" aria-label="{escape(label)}" {size} fill="currentColor">{inside}</svg>'


def link(href: str, node: AstNode, document: Manuscript) -> str:
    """The opening tag of a link in a diagram; one that leads to no page is told, and leads nowhere."""
    href = UNSEEN.sub("", href).strip()
    rows = enumerate(document.lines[line_of(node) :], line_of(node) + 1)
    line, column = next(((line, row.find(href) + 1) for line, row in rows if href in row), (line_of(node), column_of(node)))
    if not leads_elsewhere(href):
        return f'<a href="{document.slot("link", href, line, column)}">'
    if not href.lower().startswith(PAGES):
        document.problem(line, column, f"'{href}' leads to no page", "write the path of a file of the site, or https://...")
        return "<a>"
    return f'<a href="{escape(href)}">'
