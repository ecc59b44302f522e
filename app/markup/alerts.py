"""Alerts: `> [!NOTE]` and its kin, as an aside with a title."""

from __future__ import annotations

import re
from html import escape

from .document import Manuscript
from .tree import Alert, AstNode, walk, wrap


def alerts(tree: AstNode, document: Manuscript) -> None:
    """Make an aside of every alert."""
    for node in walk(tree):
        if isinstance(node.node_value, Alert):
            alert = node.node_value.value
            kind = re.split(r"\W+", str(alert.alert_type))[-1].lower()
            title = escape(alert.title or kind.capitalize())
            wrap(node, f'<aside role="note" class="alert {kind}">\n<p class="title">{title}</p>\n', "</aside>\n")
