"""Octavo: a researcher's site kept as a folder of Markdown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .application import VIEWS, create_app

__all__ = ["VIEWS", "__version__", "create_app"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`create_app` and `VIEWS`, loaded when they are asked for: a command that needs no application starts without one."""
    if name in __all__:
        return getattr(import_module(".application", __name__), name)
    raise AttributeError(f"module 'app' has no attribute '{name}'")
