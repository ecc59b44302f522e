"""From Markdown to a Document, which looks at one file only, and from a Document to HTML, which asks the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape, unescape

from ..content.addresses import Nowhere
from ..problems import Problem
from . import citations, crossref, figures, links, wikilinks
from .alerts import alerts
from .code import code
from .containers import containers
from .document import Document, Heading, Page, Parts, Rendering, Slot
from .footnotes import footnotes, worded
from .guard import guard, release
from .headings import headings, outline
from .html import html
from .manuscript import Manuscript
from .math import math
from .nesting import too_deep
from .spans import spans
from .strays import strays
from .tables import aligned, tables
from .tasks import tasks
from .theorems import theorems
from .tree import AstNode, HtmlBlock, Paragraph, formatted, parsed, plain

Transform = Callable[[AstNode, Manuscript], None]

ATTRIBUTES = re.compile(r"\{#[^{}\n]*\}$", re.MULTILINE)
NAMED = re.compile(r"!?\[\[#?([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
CITED = re.compile(r" ?\[[^\[\]\n]*@\w[^\[\]\n]*\]")


def said(tree: AstNode, document: Manuscript) -> None:
    """Note what the text says, without markup."""
    text = ATTRIBUTES.sub("", plain(tree))
    if "[[" in text:
        text = NAMED.sub(lambda found: found[2] or found[1], text)
    if "@" in text:
        text = CITED.sub("", text)
    document.text = text.replace(" \n", "\n").rstrip()


TRANSFORMS: tuple[Transform, ...] = (
    spans, theorems, said, headings, footnotes, strays, html, wikilinks.wikilinks, figures.figures, tables,
    wikilinks.wikilinks, links.links, math, crossref.crossref, citations.citations, alerts, tasks, code,
)  # fmt: skip
"""What is done to a text, in this order: first what reads plain text, then what puts HTML in its place.

Links by name are read twice: before figures, since some are pictures, and after them, when captions are words.
"""

FILLS: Mapping[str, Callable[[Slot, str, Page], str]] = {
    "link": links.fill, "image": figures.fill, "wikilink": wikilinks.fill, "embed": wikilinks.show, "reference": crossref.fill,
    "cite": citations.fill,
}  # fmt: skip
"""Who fills which kind of Slot."""

WRITTEN = {
    ("image", True): "", ("reference", True): "@{}", ("wikilink", False): "[[{}]]", ("embed", False): "<p>![[{}]]</p>\n",
}  # fmt: skip
"""How a Slot that the site cannot fill is shown: as it was written. Most of what is asked for stands in an attribute."""

MORE = re.compile(r"<!--\s*more\s*-->\s*$")
ID = re.compile(r"""id=["']?([^"'\s>]+)""")
NAME = re.compile(r"""name=["']?([^"'\s>]+)""")
NOTE_REFERENCE = re.compile(r'<sup class="footnote-ref">.*?</sup>')
INNER_ID = re.compile(r'(<[a-z][^<>]*?) id="[^"]*"')


def parse(
    text: str,
    path: str = "",
    first_line: int = 1,
    *,
    macros: Mapping[str, str] | None = None,
    indents: tuple[int, ...] = (),
    rows: tuple[int, ...] = (),
    by_section: bool = False,
    lang: str = "en",
) -> Document:
    """Parse Markdown that begins on line `first_line` of the file `path`, its lines indented there by `indents`.

    `rows` says on which line of the file each line of the text stands, where they do not follow each other; theorems are
    numbered through the text, or `by_section`. What is said around the text is in the language `lang`.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document = Manuscript(path, lines, first_line, unused_token(text), macros or {}, indents, rows, by_section, lang)
    if place := too_deep(lines):
        return unread(document, *place)
    guarded = guard(containers(lines, document))
    tree = parsed(guarded.text)
    if guarded.before and (guarded.before in guarded.text or guarded.pipe in guarded.text):
        release(tree, guarded)
    for line in guarded.unclosed:
        document.problem(line, lines[line - 1].find("$$") + 1, "this formula is never closed", "end it with a line '$$'")
    for transform in TRANSFORMS:
        transform(tree, document)
    return finished(tree, document)


def unread(document: Manuscript, line: int, column: int) -> Document:
    """The Document of a text that cannot be parsed: as it was written."""
    document.problem(line, column, "this is nested too deeply to be read", "close what is open, or write it less deep")
    shown = f"<pre>{escape(chr(10).join(document.lines))}</pre>\n"
    return Document(document.path, (shown,), (), (), (), frozenset(), "", tuple(document.problems))


def finished(tree: AstNode, document: Manuscript) -> Document:
    """The Document that the transforms have made."""
    html = worded(aligned(formatted(tree)), document.words)
    pieces, spans = cut(html, document)
    outlined = outline(html)
    return Document(
        path=document.path,
        parts=pieces,
        excerpt=cut(excerpt(tree), document)[0],
        headings=tuple(Heading(level, id, text, cut(outlined.get(id, ""), document)[0], spans[id][0] if id in spans else -1)
                       for level, id, text in document.headings),
        labels=tuple(replace(label, start=spans[label.id][0], stop=spans[label.id][1]) if label.id in spans else label
                     for label in document.labels),
        ids=ids_in(html),
        text=document.text,
        problems=tuple(sorted(set(document.problems))),
    )  # fmt: skip


def ids_in(html: str) -> frozenset[str]:
    """Every id that a tag of `html` has, every name of an `<a>`, and `top`, which every page has."""
    ids = {"top"}
    for found in (*ID.finditer(html), *NAME.finditer(html)):
        tag = html.rfind("<", 0, found.start())
        inside = html[found.start() - 1].isspace() and tag > html.rfind(">", 0, found.start())
        if inside and (found.re is ID or html[tag : tag + 3].casefold() in ("<a ", "<a\n")):
            ids.add(unescape(found[1]))
    return frozenset(ids)


def excerpt(tree: AstNode) -> str:
    """The HTML up to `<!-- more -->`, or else of the first paragraph; no notes, no ids."""
    children = tree.children
    more = [at for at, child in enumerate(children) if is_more(child)]
    first = [child for child in children if isinstance(child.node_value, Paragraph)][:1]
    if not more and not first:
        return ""
    html = "".join(aligned(formatted(child)) for child in (children[: more[0]] if more else first))
    return INNER_ID.sub(r"\1", NOTE_REFERENCE.sub("", html))


def is_more(node: AstNode) -> bool:
    """Whether `node` is the mark at which the excerpt ends."""
    return isinstance(node.node_value, HtmlBlock) and MORE.match(node.node_value.value.literal) is not None


def cut(html: str, document: Manuscript) -> tuple[Parts, dict[str, tuple[int, int]]]:
    """`html` cut at every token, with the Slot in its place; and from which to which part each framed thing goes, by its id."""
    pieces = re.split(re.escape(document.token) + r"([be]?)(\d+)\.", html)
    out: list[str | Slot] = [pieces[0]] if pieces[0] else []
    spans: dict[str, tuple[int, int]] = {}
    for kind, number, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if kind:
            id = document.frames[int(number)]
            spans[id] = (len(out), len(out)) if kind == "b" else (spans[id][0], len(out))
        else:
            out.append(document.slots[int(number)])
        if text:
            out.append(text)
    return tuple(out), spans


def unused_token(text: str) -> str:
    """A word that `text` does not have, for the places of Slots."""
    token, number = "octavo-slot-", 0
    while token in text:
        number += 1
        token = f"octavo-slot-{number}-"
    return token


def render(document: Document, page: Page, chosen: Parts | None = None) -> Rendering:
    """The HTML of a Document (or of `chosen` parts of it) on a page."""
    html: list[str] = []
    problems: list[Problem] = []
    for part in document.parts if chosen is None else chosen:
        if isinstance(part, str):
            html.append(part)
            continue
        try:
            html.append(FILLS[part.kind](part, document.path, page))
        except Nowhere as error:
            problems.append(Problem(document.path, part.line, part.column, error.message, error.hint))
            html.append(WRITTEN.get((part.kind, bool(part.options)), "{}").format(escape(part.target)))
    return Rendering("".join(html), tuple(problems))
