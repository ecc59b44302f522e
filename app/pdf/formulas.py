"""Formulas: MathML as the functions of Typst's that set mathematics."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .code import EMPTY, call, joined, string
from .matrices import Cell, matrix
from .nodes import Node
from .signs import ACCENTS, APPLY, ARROWS, BRACES, FENCES, LARGE, UNDER, UNSEEN

EM = re.compile(r"-?\d*\.?\d+em")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
PRIMES = {"′": 1, "″": 2, "‴": 3, "⁗": 4}


def formula(node: Node) -> str:
    """The code of a `math` element; a table with numbers takes the width of the text."""
    tables = [child for child in node.children if "numbered" in child.classes]
    if tables:
        after = row([child for child in node.children if child is not tables[0]])
        return call("numbered", f"tag => {table(tables[0], numbered=True)}", after)
    return call("display" if node.attributes.get("display") == "block" else "math.equation", row(node.children))


def row(nodes: Sequence[Node]) -> str:
    """Some things that stand beside each other."""
    return joined(element(node) for node in nodes)


def element(node: Node) -> str:
    """One thing."""
    make = ELEMENTS.get(node.tag)
    code = make(node) if make else row(node.children) if node.tag else word(node.text)
    colour = node.attributes.get("mathcolor", "")
    return call("text", code, fill=call("rgb", string(colour))) if COLOUR.fullmatch(colour) else code


def word(text: str) -> str:
    """Letters that stand upright."""
    return string(text) if text.strip(UNSEEN) else EMPTY


def identifier(node: Node) -> str:
    """A letter, which is italic unless it is told otherwise, or a name."""
    letter = node.words.strip()
    if len(letter.rstrip("\ufe00\ufe01")) != 1:
        return word(letter)
    code = sign(letter)
    return call("math.upright", code) if node.attributes.get("mathvariant") == "normal" else code


def sign(letter: str) -> str:
    """One character that may change with its place."""
    return call("sign", string(letter))


def operator(node: Node) -> str:
    """A sign, or a name with the space around it."""
    letter, attributes = node.words.strip(), node.attributes
    if letter in APPLY or not letter.strip(UNSEEN):
        return space(attributes.get("lspace", ""))
    if len(letter) > 1:
        return joined([space(attributes.get("lspace", "")), string(letter), space(attributes.get("rspace", ""))])
    code, size = sign(letter), attributes.get("minsize", "")
    if EM.fullmatch(size):
        code = call("math.lr", code, size=size)
    elif attributes.get("stretchy") == "true" and letter in FENCES:
        return call("math.mid", code)
    kind = kind_of(attributes)
    return call("math.class", string(kind), code) if kind else code


def kind_of(attributes: dict[str, str]) -> str:
    """What a sign is, where its attributes say so: the space around it, or where it stands."""
    spaces = attributes.get("lspace", ""), attributes.get("rspace", "")
    by_form = {"prefix": "opening", "postfix": "closing"}.get(attributes.get("form", ""), "")
    return {("0.2778em", "0.2778em"): "relation", ("0.2222em", "0.2222em"): "binary"}.get(spaces, by_form)


def space(width: str) -> str:
    """White space of a width."""
    return call("h", width) if EM.fullmatch(width) else EMPTY


def group(node: Node) -> str:
    """A row, whose fences grow with what stands between them."""
    children, body = node.children, row(node.children)
    ends = [end for end in (children[0], children[-1]) if is_fence(end)] if len(children) > 1 else []
    return call("math.lr", body) if ends else body


def is_fence(node: Node) -> bool:
    """Whether a node is a sign that grows."""
    fixed = node.attributes.get("stretchy") == "false" or "minsize" in node.attributes
    return node.tag == "mo" and not fixed and node.words.strip() in FENCES


def parts(node: Node, count: int) -> list[str]:
    """The code of the first `count` children; of those that are missing it is empty."""
    codes = [element(child) for child in node.children[:count]]
    return [*codes, *[EMPTY] * (count - len(codes))]


def fraction(node: Node) -> str:
    """One thing over another, with a line between them or without."""
    above, below = parts(node, 2)
    return call("over" if node.attributes.get("linethickness") == "0" else "math.frac", above, below)


def scripts(*places: str) -> Callable[[Node], str]:
    """What writes something at these places of its first child."""

    def made(node: Node) -> str:
        base, *others = parts(node, len(places) + 1)
        first = node.children[0].words.strip() if node.children else ""
        if "t" in places or "b" in places:
            named = dict(zip(places, others, strict=True))
            fixed = first not in LARGE or node.children[0].attributes.get("movablelimits") == "false"
            base = call("math.stretch", base, size="100% + 0.5em") if first in ARROWS else base
            return call("math.attach", call("math.limits", base) if fixed else base, **named)
        others = [primes(child) or code for child, code in zip(node.children[1:], others, strict=False)]
        return call("math.attach", call("math.scripts", base), **dict(zip(places, others, strict=False)))

    return made


def primes(node: Node) -> str:
    """The code of primes, where a node is nothing else."""
    signs = node.words.strip()
    if signs and all(one in PRIMES for one in signs):
        return call("math.primes", str(sum(PRIMES[one] for one in signs)))
    return ""


def over(node: Node) -> str:
    """An accent or a brace above something, or a limit."""
    mark, body = mark_of(node, "accent"), parts(node, 1)[0]
    if mark in BRACES or mark in UNDER:
        return call(f"math.{BRACES.get(mark, 'overline')}", body)
    return call("math.accent", body, string(ACCENTS[mark])) if mark in ACCENTS else scripts("t")(node)


def under(node: Node) -> str:
    """A line or a brace below something, or a limit."""
    mark = mark_of(node, "accentunder")
    if mark in BRACES or mark in UNDER:
        return call(f"math.{BRACES.get(mark, 'underline')}", parts(node, 1)[0])
    return scripts("b")(node)


def mark_of(node: Node, kind: str) -> str:
    """The sign above or below something that belongs to it as an accent does, or nothing."""
    second = node.children[1] if len(node.children) > 1 else None
    return second.words.strip() if second and second.tag == "mo" and node.attributes.get(kind) == "true" else ""


def root(node: Node) -> str:
    """A root with what it is of."""
    radicand, index = parts(node, 2)
    return call("math.root", index, radicand)


def enclosed(node: Node) -> str:
    """Something in a box or struck through."""
    body, kinds = row(node.children), node.attributes.get("notation", "").split()
    up, down = "updiagonalstrike" in kinds, "downdiagonalstrike" in kinds
    if up or down:
        return call("math.cancel", body, cross=str(up and down).lower(), inverted=str(down and not up).lower())
    if "horizontalstrike" in kinds:
        return call("math.cancel", body, angle="90deg")
    if "box" in kinds or "roundedbox" in kinds:
        return call("boxed", body)
    return call("angled", body) if "actuarial" in kinds else body


def styled(node: Node) -> str:
    """Something as large as it is told to be."""
    body = row(node.children)
    level, display = node.attributes.get("scriptlevel", "0"), node.attributes.get("displaystyle", "")
    if level in ("1", "2"):
        return call("math.script" if level == "1" else "math.sscript", body)
    return call("math.display" if display == "true" else "math.inline", body) if display else body


def padded(node: Node) -> str:
    """Something higher or lower than its line."""
    shift = node.attributes.get("voffset", "")
    return call("raised", row(node.children), shift) if EM.fullmatch(shift) else row(node.children)


def words(node: Node) -> str:
    """Text in a formula, in which there may be bold and italic words, and formulas."""
    if any(child.tag for child in node.children):
        return joined(f"{WORDS[child.tag]}({words(child)})" if child.tag in WORDS else words(child) for child in node.children)
    return element(node) if node.tag not in ("mtext", "span", "") else word(node.words)


def multiscripts(node: Node) -> str:
    """Something with scripts on both of its sides."""
    tags = [child.tag for child in node.children]
    at = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
    codes = [EMPTY if child.tag in ("none", "mprescripts") else element(child) for child in node.children]
    places = {"br": codes[1:at:2], "tr": codes[2:at:2], "bl": codes[at + 1 :: 2], "tl": codes[at + 2 :: 2]}
    return call("math.attach", codes[0] if codes else EMPTY, **{name: joined(found) for name, found in places.items() if found})


def table(node: Node, numbered: bool = False) -> str:
    """Rows whose columns are aligned; `numbered` ones have a margin at the left and a number, or nothing, at the right."""
    rows = [[cell for cell in one.children if cell.tag == "mtd"] for one in node.children if one.tag == "mtr"]
    display = node.attributes.get("displaystyle") == "true"
    cells = [[Cell(row(cell.children), cell.classes) for cell in (line[1:-1] if numbered else line)] for line in rows]
    if not rows:
        return row(node.children)
    marks = [call("tag", words(line[-1])) if line and line[-1].words.strip() else EMPTY for line in rows]
    return matrix(cells, display, marks if numbered else ())


WORDS = {"b": "math.bold", "i": "math.italic", "strong": "math.bold", "em": "math.italic"}
ELEMENTS: dict[str, Callable[[Node], str]] = {
    "mi": identifier,
    "mn": lambda node: word(node.words),
    "mo": operator,
    "mtext": words,
    "mspace": lambda node: space(node.attributes.get("width", "")),
    "mrow": group,
    "mfrac": fraction,
    "msqrt": lambda node: call("math.sqrt", row(node.children)),
    "mroot": root,
    "msub": scripts("br"),
    "msup": scripts("tr"),
    "msubsup": scripts("br", "tr"),
    "mover": over,
    "munder": under,
    "munderover": scripts("b", "t"),
    "mmultiscripts": multiscripts,
    "mtable": table,
    "mstyle": styled,
    "mpadded": padded,
    "mphantom": lambda node: call("hide", row(node.children)),
    "menclose": enclosed,
    "annotation": lambda node: EMPTY,
}
