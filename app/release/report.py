"""Report: differences as a page that opens by itself in a browser and asks no other host for anything."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, StrictUndefined

from .differences import Differences

TEMPLATE = Path(__file__).with_name("report.html")


def written(found: Differences, title: str) -> str:
    """The page about what would change on the site with this title."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["unquote"] = unquote
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(found=found, title=title)
