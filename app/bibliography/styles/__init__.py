"""The citation styles, by the names that a site chooses them by."""

from __future__ import annotations

from collections.abc import Mapping

from .apa import APA
from .chicago import CHICAGO
from .ieee import IEEE
from .nature import NATURE
from .style import Style

STYLES: Mapping[str, Style] = {style.name: style for style in (APA, IEEE, NATURE, CHICAGO)} | {"chicago": CHICAGO}

__all__ = ["STYLES", "Style"]
