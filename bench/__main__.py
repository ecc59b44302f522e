"""`make bench`: a page parsed and rendered, and a site of many notes frozen; prints a table of medians."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.config import Config
from app.markup import parse, render
from app.site import PROGRAM, Site

from . import corpus


def page(words: int = 1200) -> str:
    """A page of about `words` words with 8 formulas and 2 blocks of code."""
    chance = random.Random(1)
    blocks = ["## Setting", f"$$\n{corpus.DISPLAY[0] % 3}\n$$", f"$$\n{corpus.DISPLAY[1] % 3}\n$$"]
    blocks += [corpus.CODE.format(noun=noun, verb="bounds", number=3) for noun in ("kernel", "margin")]
    blocks.append(" ".join(f"${corpus.INLINE[number % 4] % number}$" for number in range(2, 8)))
    while len(" ".join(blocks).split()) < words:
        text = corpus.sentence(chance)
        blocks.append(text if "$" not in text else "")
    return "\n\n".join(blocks)


def median(measure: Callable[[], object], runs: int) -> float:
    """The middle of `runs` times of `measure`, in seconds, after one that is not counted."""
    measure()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        measure()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def frozen(site_folder: Path, out: Path) -> tuple[float, float]:
    """Seconds, and megabytes of the largest process, of one freeze from nothing."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "app.cli", "--site", str(site_folder), "freeze", "--out", str(out)]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=PROGRAM, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("the freeze failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--notes", type=int, default=1000, help="how many notes to freeze (default 1000)")
    parser.add_argument("--site", type=Path, help="a site folder to freeze in place of generated notes")
    parser.add_argument("--runs", type=int, default=5, help="how many times (default 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.site or Path(temporary) / "site"
        if not options.site:
            corpus.write(folder, options.notes)
        text, site = page(), Site(PROGRAM, Config())
        print(f"| {'what':48} | median |\n| {'-' * 48} | ------ |")
        seconds = median(lambda: render(parse(text), site), 50)
        print(f"| {'parse and render a page of 1,200 words':48} | {seconds * 1000:.2f} ms |")
        results = [frozen(folder, Path(temporary) / "build") for _ in range(options.runs)]
        count = len(list((folder / "pages").rglob("*.md")))
        print(f"| {f'freeze {count:,} entries from nothing':48} | {statistics.median(one[0] for one in results):.2f} s |")
        print(f"| {'largest process of a freeze':48} | {max(one[1] for one in results):.0f} MB |")


if __name__ == "__main__":
    main()
