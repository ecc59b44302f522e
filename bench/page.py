"""How long one note takes, parsed and rendered, with nothing around it."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from app.config import Config
from app.content import Entry
from app.site import Site

from .corpus import SECTIONS, notes
from .peers import PEERS


def page(count: int = 100) -> list[tuple[str, float]]:
    """What is done with a note of about 1,000 words, and how many milliseconds it takes in the middle of `count` of them."""
    with tempfile.TemporaryDirectory() as temporary:
        PEERS[0].set_up(Path(temporary), Path(), notes(count))
        site = Site(Path(temporary), Config(cache=False))
        entries = [entry for entry in site.store if entry.folder in SECTIONS]
        for entry in entries[:10]:  # the first block of a language costs what no other does
            site.html(entry)
        rest = entries[10:]
        return [("parse a note", median(site.document, rest)), ("render it", median(site.html, rest))]


def median(measure: Callable[[Entry], object], entries: Iterable[Entry]) -> float:
    """Milliseconds that `measure` takes for an entry, in the middle."""
    times = []
    for entry in entries:
        start = time.perf_counter()
        measure(entry)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
