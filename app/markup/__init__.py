"""Markdown to HTML. No Flask, no views: what only the site can answer is left as a Slot."""

from .document import Citing, Document, Found, Heading, Image, Label, Outline, Page, Rendering, Slot
from .renderer import parse, render

__all__ = [
    "Citing", "Document", "Found", "Heading", "Image", "Label", "Outline", "Page", "Rendering", "Slot", "parse", "render",
]  # fmt: skip
