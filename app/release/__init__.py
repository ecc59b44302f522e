"""Releases: the site as static files, checked, verified and published in one step."""

from .freezer import freeze
from .publish import Changes, Refused

__all__ = ["Changes", "Refused", "freeze"]
