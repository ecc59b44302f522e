"""The text of a field of the bibliography as HTML: its tags are HTML's already, its formulas are drawn here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from ..problems import Problem
from .document import Document
from .renderer import parse

FORMULA = re.compile(r"\$[^$]+\$")
KEPT_CAPITALS = re.compile(r"</?span\b[^<>]*>")


def html_of(text: str) -> str:
    """`text` as HTML."""
    plain = KEPT_CAPITALS.sub("", text)
    return FORMULA.sub(lambda found: drawn(html.unescape(found[0])), plain) if "$" in plain else plain


def refused(text: str, path: str, line: int) -> Iterator[Problem]:
    """What is wrong with the formulas of a field whose entry begins on `line` of the file `path`."""
    for found in FORMULA.finditer(text):
        formula = html.unescape(found[0])
        for problem in document_of(formula).problems:
            yield Problem(path, line, 1, f"in the formula '{formula}': {problem.message}", problem.hint)


def drawn(formula: str) -> str:
    """A formula, with its dollars, as MathML."""
    whole = "".join(str(part) for part in document_of(formula).parts)
    return paragraph(whole)


def paragraph(html: str) -> str:
    """What stands in the one paragraph that `html` is."""
    return html.strip().removeprefix("<p>").removesuffix("</p>")


@lru_cache(maxsize=4096)
def document_of(formula: str) -> Document:
    """A formula, with its dollars, parsed as a text of its own."""
    return parse(formula, "")
