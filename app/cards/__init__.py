"""Cards: the pictures that stand for pages where others link to them."""

from __future__ import annotations

from .drawing import ACCENT, Card, drawn, made_with
from .faces import FONTS, PACKAGES, characters, fingerprint, own

__all__ = ["ACCENT", "FONTS", "PACKAGES", "Card", "characters", "drawn", "fingerprint", "made_with", "own"]
