"""Workers: other processes that parse and render, so that every core has work; what comes back is the same from any of them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import Any, TypeVar

from ..answers.documents import forms, parsed
from ..prose import Prose, prose
from ..reads import unrecorded
from ..site import Site
from .press import Job, Made, Press
from .refusal import Refused

T = TypeVar("T")

ENOUGH = 200
"""The number of texts from which on starting other processes is worth its time."""

ENOUGH_PAGES = 60
"""The same for pages, which take longer."""

WAITING = 100
"""How many portions of work are given out before the first is back: one that takes long holds nobody up for a while."""

_presses: list[Press] = []
"""The Press of this process, where it is a worker."""


def parse_ahead(site: Site, jobs: int) -> None:
    """Parse every text of `site` that neither it nor its cache has, in `jobs` processes."""
    with unrecorded():
        waiting = site.texts.unparsed() if jobs > 1 and site.texts.cache else {}
    if len(waiting) < ENOUGH:
        return
    texts = ((entry.path, prose(entry, field)) for entry, field in waiting.values())
    with pool(jobs) as others:
        for name, found in zip(waiting, spread(others, kept_forms, texts, 25), strict=True):
            site.texts.adopt(name, *found)


def render(press: Press, jobs: Sequence[Job], processes: int) -> Iterator[Made]:
    """Do the jobs, in `processes` processes, and answer what became of each, in their order. Raises `Refused`."""
    if processes == 1 or len(jobs) < ENOUGH_PAGES:
        yield from map(press.made, jobs)
        return
    press.site.texts.save()
    with pool(processes, press) as others:
        yield from spread(others, made, ((job,) for job in jobs), 8)


def spread(others: ProcessPoolExecutor, do: Callable[..., T], things: Iterable[tuple[Any, ...]], size: int) -> Iterator[T]:
    """What `do` answers to each of `things`, in their order; a process is given `size` of them at a time."""
    left = iter(things)
    waiting: deque[Future[list[T]]] = deque()
    while some := list(islice(left, size)):
        waiting.append(others.submit(done, do, some))
        if len(waiting) == WAITING:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def kept_forms(path: str, written: Prose) -> tuple[bytes, bytes]:
    """What becomes of a text in the file `path`, as it is kept."""
    return forms(parsed(path, written))


def done(do: Callable[..., T], things: Sequence[tuple[Any, ...]]) -> list[T]:
    """The same for a few things, in this worker."""
    return [do(*one) for one in things]


@contextmanager
def pool(processes: int, *presses: Press) -> Iterator[ProcessPoolExecutor]:
    """Other processes, which know what this one does at this moment where they are forked. Raises `Refused` when one dies."""
    gc.freeze()
    context = multiprocessing.get_context(way_to_start())
    others = ProcessPoolExecutor(processes, mp_context=context, initializer=begin, initargs=presses)
    try:
        yield others
    except BrokenProcessPool as error:
        raise Refused("a process that did a part of the work has died; is there too little memory? Try --jobs 1") from error
    finally:
        others.shutdown(cancel_futures=True)


def begin(*presses: Press) -> None:
    """Make this process a worker, which renders where it has a Press; it ends with its parent, and without a word with Ctrl+C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=end_with_parent, daemon=True).start()
    _presses.extend(presses)


def end_with_parent() -> None:
    """End this process as soon as its parent has: nobody would ever give it work or tell it to end."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def made(job: Job) -> Made:
    """What becomes of a job in this worker."""
    return _presses[-1].made(job)


def way_to_start() -> str:
    """`fork` where that is quick and sound, on Linux with no other thread, be it Python's or a library's; else `spawn`."""
    try:
        return "fork" if sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1 else "spawn"
    except OSError:
        return "spawn"


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
