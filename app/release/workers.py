"""Parsing on every core before a large site is frozen: what comes back is plain data, the same from any process."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from concurrent.futures import ProcessPoolExecutor

from ..answers.texts import parsed
from ..prose import fields_of, prose
from ..site import Site

ENOUGH = 200
"""The number of texts from which on starting other processes is worth its time."""


def parse_ahead(site: Site, jobs: int | None = None) -> None:
    """Parse every text of `site` that neither it nor its cache has, on `jobs` cores (all, unless a number is given)."""
    site.texts.recall()
    waiting = [(entry, field) for entry in site.store for field in fields_of(entry) if not site.texts.knows(entry, field)]
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or len(waiting) < ENOUGH:
        return
    paths, texts = [entry.path for entry, _ in waiting], [prose(*one) for one in waiting]
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(way_to_start())) as pool:
        for (entry, field), document in zip(waiting, pool.map(parsed, paths, texts, chunksize=25), strict=True):
            site.texts.adopt(entry, field, document)


def way_to_start() -> str:
    """`fork` where that is quick and sound, on Linux with no other thread; else `spawn`."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
