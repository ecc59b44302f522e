"""Alerts: `> [!NOTE]` and its kin, as an aside with a title."""

from __future__ import annotations

import re
from html import escape

from ..problems import did_you_mean
from .manuscript import Manuscript
from .tree import Alert, AstNode, BlockQuote, Paragraph, column_of, line_of, walk, wrap

KINDS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
UNKNOWN = re.compile(r"\[!([A-Z]{2,})\]")


def alerts(tree: AstNode, document: Manuscript) -> None:
    """Make an aside of every alert, and tell of those of an unknown kind."""
    if not any("[!" in line for line in document.lines):
        return
    for node in walk(tree):
        if isinstance(node.node_value, Alert):
            alert = node.node_value.value
            kind = re.split(r"\W+", str(alert.alert_type))[-1].lower()
            title = escape(alert.title or document.words(kind.capitalize()))
            wrap(node, f'<aside role="note" class="alert {kind}">\n<p class="title">{title}</p>\n', "</aside>\n")
        elif isinstance(node.node_value, BlockQuote) and node.children:
            tell_unknown(node.children[0], document)


def tell_unknown(first: AstNode, document: Manuscript) -> None:
    """Tell of the word of an alert at the start of a quote that is none."""
    line, column = line_of(first), column_of(first)
    found = UNKNOWN.match(document.lines[line - 1], column - 1)
    if found and found[1] not in KINDS and isinstance(first.node_value, Paragraph):
        hint = did_you_mean(found[1], KINDS, f"write one of {', '.join(KINDS)}")
        document.problem(line, column, f"no alert is called '{found[1]}'", hint)
