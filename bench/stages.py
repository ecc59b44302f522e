"""Where the time of a freeze goes, by looking at what the program is doing a few hundred times a second."""

from __future__ import annotations

import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from app import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM
from app.release.freezer import Options, freeze

OFTEN = 0.002
STAGES = {
    "app/content": "load",
    "app/check": "check",
    "app/release/plan": "plan",
    "app/release/program": "plan",
    "app/release/evidence": "plan",
    "app/release/records": "plan",
    "app/release/press": "render",
    "app/release/search": "search",
    "app/release/verify": "verify",
    "app/release/publish": "publish",
}
"""The stage that a file belongs to; the outermost file of a moment decides, but parsing is parsing wherever it is asked for."""


def stages(site_folder: Path) -> list[tuple[str, float]]:
    """Seconds by stage of a freeze of a site from nothing, all in this process, so that all of it can be seen."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "site"
        shutil.copytree(site_folder, copy, ignore=shutil.ignore_patterns(".octavo", "build"))
        signal.signal(signal.SIGALRM, lambda number, frame: found.update((stage(frame),)))
        signal.setitimer(signal.ITIMER_REAL, OFTEN, OFTEN)
        start = time.perf_counter()
        freeze(create_app(copy, Config()), VIEWS, copy / "build", options=Options(processes=1))
        seconds = time.perf_counter() - start
        signal.setitimer(signal.ITIMER_REAL, 0)
    share = seconds / max(1, found.total())
    return [("start and imports", starting()), *((stage, count * share) for stage, count in found.most_common())]


def stage(frame: FrameType | None) -> str:
    """The stage of a moment."""
    known = "other"
    while frame:
        file = Path(frame.f_code.co_filename).as_posix()
        if frame.f_code.co_name == "parse" and "app/markup/renderer" in file:
            return "parse"
        known = next((name for part, name in STAGES.items() if part in file), known)
        frame = frame.f_back
    return known


def starting() -> float:
    """Seconds from the start of Python to an application that could be asked, in the middle of five times."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import app.application"], cwd=PROGRAM, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)
