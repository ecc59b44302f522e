"""How the entries of a site are connected, and a map of that."""

from .drawing import Node, draw
from .graph import Graph, Mention

__all__ = ["Graph", "Mention", "Node", "draw"]
