"""Theorems and what belongs to them: containers that are numbered, proofs, abstracts and what folds."""

from __future__ import annotations

from collections import Counter
from html import escape

from ..problems import did_you_mean
from .attributes import named
from .labels import WORDS
from .manuscript import Container, Manuscript
from .tree import AstNode, BlockDirective, Heading, Image, Math, Paragraph, Text, held, line_of, raw, walk, words, wrap

NUMBERED = tuple(WORDS)[4:]
OTHERS = ("proof", "abstract", "details", "figure")
UPRIGHT = ("definition", "example", "remark", "exercise", "algorithm", "assumption")
"""Those whose text is not set in italics."""

END = '<span class="qed" role="img" aria-label="{}">∎</span>'


def theorems(tree: AstNode, document: Manuscript) -> None:
    """Give every container its words, its number and its frame; pictures in one are another's to arrange."""
    if not document.containers:
        return
    counts: Counter[str] = Counter()
    section = 0
    for node in walk(tree):
        if isinstance(node.node_value, Heading) and held(node).level == 2:
            section += 1
            counts = Counter() if document.by_section else counts
        container = document.containers.get(line_of(node)) if isinstance(node.node_value, BlockDirective) else None
        if container is None or container.name == "figure":
            continue
        line = line_of(node)
        if container.name in NUMBERED:
            counts[container.name] += 1
            number = f"{section}.{counts[container.name]}" if document.by_section else str(counts[container.name])
            put_theorem(node, container, number, document)
        elif container.name == "proof":
            put_proof(node, container, line, document)
        elif container.name == "details":
            title = titled(container, line) or [raw(document.words("Details"), node)]
            node.children = [raw("<summary>", node), *title, raw("</summary>\n", node), *node.children]
            wrap(node, f"<details{claimed(container, line, document)}>\n", "</details>\n")
        elif container.name == "abstract":
            id = claimed(container, line, document)
            word = document.words("Abstract")
            wrap(node, f'<section class="abstract"{id} aria-label="{word}">\n<p class="title">{word}</p>\n', "</section>\n")
        else:
            tell_unknown(container, line, document)
            wrap(node, f"<div{claimed(container, line, document)}>\n", "</div>\n")


def put_theorem(node: AstNode, container: Container, number: str, document: Manuscript) -> None:
    """Make a numbered theorem, or one of its kin, of a container."""
    line, id = line_of(node), container.attributes.id
    document.label(id, container.name, line, number)
    before, after = document.frame(id) if id else ("", "")
    title = titled(container, line)
    head = f'<span class="number">{document.words.forms(WORDS[container.name])[0]} {number}</span>'
    run_in(node, headed(head, "{head} ({title})." if title else "{head}.", title, node, document))
    kind = f"theorem {container.name}" if container.name != "theorem" else "theorem"
    kind += " upright" if container.name in UPRIGHT else ""
    wrap(node, f'{before}<div class="{kind}"{named(id)}>\n', f"</div>{after}\n")


def put_proof(node: AstNode, container: Container, line: int, document: Manuscript) -> None:
    """Make a proof of a container; it ends with a box."""
    title = titled(container, line)
    plain = container.title[:3].casefold() in ("", "of ")
    form = "{head}." if not title else "{head} {title}." if plain else "{head} ({title})."
    words = headed(document.words("Proof"), form, title, node, document)
    run_in(node, [raw('<em class="number">', node), *words, raw("</em>", node)])
    last, end = node.children[-1], END.format(document.words("end of proof"))
    if is_sentence(last) and not any(is_display(child) for child in last.children):
        last.children = [*last.children, raw(f" {end}", node)]
    else:
        node.children = [*node.children, raw(f'<p class="end">{end}</p>\n', node)]
    wrap(node, '<div class="proof">\n', "</div>\n")


def headed(head: str, form: str, title: list[AstNode], node: AstNode, document: Manuscript) -> list[AstNode]:
    """The nodes of what a theorem or a proof begins with: the word for it, and its title in the place that `form` gives it."""
    before, _, after = document.words(form).replace("{head}", head).partition("{title}")
    return [raw(before, node), *title, raw(after, node)]


def is_display(node: AstNode) -> bool:
    """Whether a node is a formula on a line of its own."""
    return isinstance(node.node_value, Math) and held(node).display_math


def is_sentence(node: AstNode) -> bool:
    """Whether a node is a paragraph of words: not one that is a formula, a picture or what is shown by name."""
    first = node.children[0] if isinstance(node.node_value, Paragraph) and node.children else None
    if first is None or is_display(first) or isinstance(first.node_value, Image):
        return False
    return not (isinstance(first.node_value, Text) and held(first).startswith("![["))


def run_in(node: AstNode, head: list[AstNode]) -> None:
    """Let the first paragraph of a container begin with `head`."""
    children = node.children
    first = children[0] if children else None
    if first is not None and is_sentence(first):
        first.children = [*head, raw(" ", node), *first.children]
    else:
        node.children = [raw("<p>", node), *head, raw("</p>\n", node), *children]


def titled(container: Container, line: int) -> list[AstNode]:
    """The title of a container, which begins on `line`, as nodes."""
    return words(container.title, line, container.column) if container.title else []


def claimed(container: Container, line: int, document: Manuscript) -> str:
    """The attribute of a container's id, which it now has for itself."""
    id = container.attributes.id
    if id:
        document.claim(id, line)
    return named(id)


def tell_unknown(container: Container, line: int, document: Manuscript) -> None:
    """Tell of a container of a kind that there is not."""
    known = (*NUMBERED, *OTHERS)
    if container.name == "div":
        return
    hint = did_you_mean(container.name, known, f"write one of {', '.join(known)}; a note is '> [!NOTE]'")
    column = document.lines[line - 1].lower().find(container.name) + 1
    document.problem(line, max(column, 1), f"no container is called '{escape(container.name)}'", hint)
