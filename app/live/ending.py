"""Ending: by Ctrl+C, or by a `kill` that asks for it, and that at any moment."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

ASKING = (signal.SIGINT, signal.SIGTERM)
"""The signals by which a server is asked to end."""


@contextmanager
def until_asked() -> Iterator[None]:
    """A block that ends when the process is asked to end; from then on being asked again ends the process.

    Shells let what they start in the background ignore Ctrl+C; it is heeded here all the same.
    """
    for number in ASKING:
        signal.signal(number, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        end_at_once()


def end_at_once() -> None:
    """Let the system itself end the process when it is asked to end: no other program in its place misses that."""
    for number in ASKING:
        signal.signal(number, signal.SIG_DFL)
