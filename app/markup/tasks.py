"""Task lists: a box before each item, which says in words whether it is done."""

from __future__ import annotations

from .manuscript import Manuscript
from .tree import GROUP, AstNode, Paragraph, TaskItem, nodes_with, wrap


def tasks(tree: AstNode, document: Manuscript) -> None:
    """Make a list item with a labelled box of every task."""
    for node in nodes_with(tree, document.lines, "[ ]", "[x]", "[X]"):
        if isinstance(node.node_value, TaskItem):
            done = node.node_value.value.symbol is not None
            label = document.words("done" if done else "to do")
            box = f'<input type="checkbox" disabled {"checked " * done}aria-label="{label}">'
            children = node.children
            if children and isinstance(children[0].node_value, Paragraph):
                children[0].node_value = GROUP
            wrap(node, f'<li class="task">{box} ', "</li>\n")
