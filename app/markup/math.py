"""Formulas: LaTeX to MathML, without any script in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced
from html import escape
from itertools import pairwise

from math_core import LatexError

from ..problems import did_you_mean
from . import latex
from .attributes import Attributes, split
from .manuscript import Manuscript
from .mathml import converted, converter
from .tree import AstNode, Math, Text, column_of, held, line_of, nodes_with, only, plain, replace

COMMON = (
    "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "sigma", "phi", "psi", "omega", "frac", "sqrt",
    "sum", "prod", "int", "lim", "log", "exp", "sin", "cos", "max", "min", "mathbb", "mathbf", "mathcal", "mathrm", "text",
    "operatorname", "left", "right", "begin", "end", "partial", "nabla", "infty", "cdot", "times", "leq", "geq", "approx",
    "rightarrow", "in", "forall", "exists", "hat", "bar", "tilde", "vec", "overline", "underbrace",
)  # fmt: skip


LABELLED = re.compile(r' id="(L\d+)"[^>]*><mtext>\(?([^<>]*?)\)?</mtext>')
UNKNOWN = re.compile(r'<a href="#(L\d+)">\(\?\?\)</a>')
NAME = re.compile(r'( id="| href="#)(L\d+)"')
SIGNS = re.compile(r"(?:[.,:!?)，。；：）]|;(?![^;\[\]]*@))+")
"""What must not begin a line by itself after a formula; a semicolon before another citation parts the two."""

LABEL = re.compile(r"\s*\{#[^{}\n]*\}")
COMMENT = re.compile(r"(?<!\\)(?:\\\\)*(%)")
EMPTY = ("<math></math>", '<math display="block"></math>')
"""What becomes of a formula that shows nothing, since it only defines commands."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of the text, where it stands, what takes its place, and the words right after it that begin with a sign."""

    node: AstNode
    tex: str
    display: bool
    place: AstNode | None
    attributes: Attributes
    after: AstNode | None = None


def math(tree: AstNode, document: Manuscript) -> None:
    """Convert every formula of the text; the ones with a label are numbered."""
    formulas = found_in(tree, document)
    if not formulas:
        return
    macros = {name.lstrip("\\"): body for name, body in document.macros.items()}
    written: list[latex.Tex] = []
    names: dict[str, str] = {}
    for formula in formulas:
        if not formula.display and (comment := COMMENT.search(formula.tex)):
            place = place_in(formula, comment.start(1), document)
            document.problem(*place, "the rest of this formula is a comment", "write \\% for a percent sign")
        tex, defined = latex.definitions(latex.Tex(formula.tex))
        macros.update(defined)
        written.append(tex)
    sources = [prepared(tex, formula, names) for tex, formula in zip(written, formulas, strict=True)]
    page = converter(tuple(macros.items()))
    labels = {alias: name for name, alias in names.items()}
    pairs = [(tex.text if isinstance(tex, latex.Tex) else tex, one.display) for tex, one in zip(sources, formulas, strict=True)]
    for formula, source, answer in zip(formulas, sources, converted(pairs, page.convert), strict=True):
        if isinstance(answer, str):
            put(formula, answer, labels, document)
        else:
            refuse(formula, source, answer, page.refused, document)


def found_in(tree: AstNode, document: Manuscript) -> list[Formula]:
    """The formulas of the text; those alone in a paragraph with the attributes after them."""
    alone: dict[tuple[int, int], tuple[AstNode, Attributes]] = {}
    formulas = []
    everything = nodes_with(tree, document.lines, "$")
    for node, following in zip(everything, [*everything[1:], tree], strict=False):
        value = node.node_value
        if isinstance(value, Math):
            place, attributes = alone.get(position(node)) or (None, Attributes())
            display = value.value.display_math
            after = None if display or not begins_with_sign(following) else following
            if display and place is None:
                attributes = attributes_after(following)
            formulas.append(Formula(node, value.value.literal, display, place if display else None, attributes, after))
        elif (formula := only(node, Math)) and held(formula).display_math:
            rest = "".join(plain(child) for child in node.children[1:])
            text, attributes = split(rest)
            if not text.strip(" .,;:"):
                alone[position(formula)] = (node, attributes)
    if any(formula.after for formula in formulas):
        beside = {(id(one), id(two)) for parent in everything for one, two in pairwise(parent.children)}
        formulas = [one if (id(one.node), id(one.after)) in beside else replaced(one, after=None) for one in formulas]
    return formulas


def attributes_after(node: AstNode) -> Attributes:
    """The attributes with which the words after a formula in a sentence begin; they are taken away."""
    found = LABEL.match(held(node)) if isinstance(node.node_value, Text) else None
    if found is None:
        return Attributes()
    node.node_value = Text(held(node)[found.end() :])
    return split(found[0])[1]


def begins_with_sign(node: AstNode) -> bool:
    """Whether a node is words that begin with punctuation."""
    return isinstance(node.node_value, Text) and SIGNS.match(node.node_value.value) is not None


def position(node: AstNode) -> tuple[int, int]:
    """What tells one formula from another."""
    return line_of(node), column_of(node)


def prepared(tex: latex.Tex, formula: Formula, names: dict[str, str]) -> latex.Tex | LatexError:
    """`tex` as the converter takes it, or a refusal of what it could not survive."""
    if reason := latex.excess(tex.text):
        return LatexError(f"0: {reason}")
    id = formula.attributes.id
    if "\\" in tex.text:
        tex = latex.labelled(latex.known(tex), names)
    if not formula.display:
        return tex
    return latex.numbered(tex, names.setdefault(id, f"L{len(names)}") if id else "")


def put(formula: Formula, mathml: str, labels: Mapping[str, str], document: Manuscript) -> None:
    """Put a finished formula into the tree, and its labels into the document."""
    ids: tuple[str, ...] = ()
    if labels and ("#L" in mathml or ' id="L' in mathml):
        mathml, ids = named(formula, mathml, labels, document)
    if mathml in EMPTY:
        replace(formula.place or formula.node, "")
        return
    if formula.place is None and formula.after is not None and (signs := SIGNS.match(held(formula.after))):
        formula.after.node_value = Text(held(formula.after)[signs.end() :])
        replace(formula.node, f'<span class="formula">{mathml}{escape(signs[0])}</span>')
        return
    if formula.place is None:
        replace(formula.node, framed(f'<span class="equation">{mathml}</span>', ids, document) if formula.display else mathml)
        return
    after = split("".join(plain(child) for child in formula.place.children[1:]))[0].strip()
    mathml = mathml.replace("</math>", f"<mtext>{escape(after)}</mtext></math>") if after else mathml
    replace(formula.place, framed(f'<div class="equation">{mathml}</div>\n', ids, document))


def framed(html: str, ids: tuple[str, ...], document: Manuscript) -> str:
    """`html` so marked that it can be shown elsewhere under each of its names."""
    for id in ids:
        begin, end = document.frame(id)
        html = f"{begin}{html}{end}"
    return html


def named(formula: Formula, mathml: str, labels: Mapping[str, str], document: Manuscript) -> tuple[str, tuple[str, ...]]:
    """`mathml` with the author's names of its labels, which the document now knows; and those names."""
    ids = []
    for found in LABELLED.finditer(mathml):
        name = labels[found[1]]
        at = formula.tex.find(f"{{{name}}}")
        last = line_of(formula.node) + formula.tex.count("\n"), 0
        line, column = place_in(formula, at, document) if at >= 0 else last
        document.label(name, "equation", line, number=found[2], column=column)
        ids.append(name)
    for found in UNKNOWN.finditer(mathml):
        name = labels[found[1]]
        line, column = place_in(formula, max(formula.tex.find(f"{{{name}}}") - len(r"\eqref"), 0), document)
        document.problem(line, column, f"no formula on this page has the label '{name}'", did_you_mean(name, labels.values()))
    return NAME.sub(lambda found: found[1] + escape(labels[found[2]]) + '"', mathml), tuple(ids)


def refuse(
    formula: Formula, source: latex.Tex | LatexError, error: LatexError, refused: Mapping[str, str], document: Manuscript
) -> None:
    """Tell what is wrong with a formula, and show it as it was written."""
    replace(formula.node, f'<code class="problem">{escape(formula.tex)}</code>')
    offset, _, message = str(error).partition(": ")
    at = source.origin(int(offset)) if isinstance(source, latex.Tex) and offset.isdigit() else 0
    unknown = re.search(r'Unknown (?:command|environment) "(\\?[^"]+)"', message)
    if unknown:
        at = max(formula.tex.find(unknown[1], at), at)
    line, column = place_in(formula, at, document)
    hint, name = "check the braces and the spelling of the commands", unknown[1].removeprefix("\\") if unknown else ""
    if unknown and unknown[1].startswith("\\"):
        near = did_you_mean(name, COMMON)
        hint = near.replace("'", "'\\", 1) or "define it in the entry's 'macros', or write it in another way"
    if name in refused:
        message, hint = rf"'\{name}' cannot be used: {refused[name]}", rf"mend the definition of '\{name}'"
    document.problem(line, column, f"this formula does not parse: {message.strip().rstrip('.')}", hint)


def place_in(formula: Formula, offset: int, document: Manuscript) -> tuple[int, int]:
    """The line and column of the text at which the character `offset` of a formula stands."""
    line, column = line_of(formula.node), column_of(formula.node) + (2 if formula.display else 1)
    rows = formula.tex.split("\n")
    down = formula.tex.count("\n", 0, offset)
    if not formula.display:
        return in_sentence(line, column, offset, document.lines)
    if down == 0 or line + down > len(document.lines):
        return line, column + (0 if down else offset)
    text, row = document.lines[line + down - 1], rows[down]
    at = text.find(row.strip()) if down == len(rows) - 1 else text.rfind(row.strip())
    inside = offset - formula.tex.rindex("\n", 0, offset) - 1 - (len(row) - len(row.lstrip()))
    return line + down, max(at, 0) + max(inside, 0) + 1


def in_sentence(line: int, column: int, offset: int, lines: list[str]) -> tuple[int, int]:
    """The place `offset` characters after another, where each end of a line counts as one."""
    left = len(lines[line - 1].rstrip()) - column + 1
    while offset > left and line < len(lines):
        offset -= left + 1
        text = lines[line].rstrip()
        line, column = line + 1, len(text) - len(text.lstrip(" \t>")) + 1
        left = len(text) - column + 1
    return line, column + offset
