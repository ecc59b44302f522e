"""Pictures: their size, smaller and lighter copies of them, and what is taken out before they are sent."""

from .formats import Unfit
from .pictures import Picture, Pictures, Variant

__all__ = ["Picture", "Pictures", "Unfit", "Variant"]
