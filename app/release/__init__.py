"""Releases: the site as static files, checked, verified and published in one step."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .freezer import freeze
    from .publish import Changes
    from .refusal import Refused

__all__ = ["Changes", "Refused", "freeze"]

HOMES = {"Changes": ".publish", "Refused": ".refusal", "freeze": ".freezer"}


def __getattr__(name: str) -> object:
    """What is asked for, loaded only then: to bring a release back needs nothing of what makes one."""
    if name in HOMES:
        return getattr(import_module(HOMES[name], __name__), name)
    raise AttributeError(f"module 'app.release' has no attribute '{name}'")
