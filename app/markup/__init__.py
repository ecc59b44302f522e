"""Markdown to HTML. No Flask, no views: what only the site can answer is left as a Slot."""

from .document import Document, Heading, Image, Label, Rendering, Site, Slot
from .renderer import parse, render

__all__ = ["Document", "Heading", "Image", "Label", "Rendering", "Site", "Slot", "parse", "render"]
