"""`make bench-live`: how long it takes until a save is seen while one writes, and what the server costs meanwhile."""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .corpus import Name, notes
from .peers import PEERS
from .serving import Server, serving
from .tables import table

OCTAVO = next(peer for peer in PEERS if peer.name == "octavo, everything")
GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
CHECKED_OUT = 200
DAY = 20_000
AT_ONE_NOTE = 20
PAUSE = 0.15
"""How many seconds a writer lets pass at least between saves of two files."""

BARS = {
    1_000: {"answer": 30, "painted": 100, "start": 1.5, "memory": 250},
    10_000: {"answer": 80, "painted": 150, "start": 4.0, "memory": 900},
}
"""What must hold: milliseconds until a save is answered and painted, seconds to start, and megabytes."""

WATCH = """sign => { window.seen = new Promise(done => {
    const look = () => document.querySelector("main")?.textContent.includes(`Sign ${sign}.`)
        ? requestAnimationFrame(() => setTimeout(() => done(performance.timeOrigin + performance.now())))
        : requestAnimationFrame(look);
    look();
}); }"""
"""Lets a page remember when it had painted a sign."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured, what it was found to be, and what it may be at most."""

    what: str
    value: float
    most: float
    unit: str

    @property
    def cells(self) -> list[str]:
        """The row of the table."""
        places = 0 if self.unit in ("", "MB") else 1
        holds = "holds" if self.value <= self.most else "**fails**"
        return [self.what, *(f"{number:,.{places}f} {self.unit}".strip() for number in (self.most, self.value)), holds]


@dataclass(frozen=True, slots=True)
class Session:
    """A writer at work: the server, the notes, and the signs that are put into them."""

    server: Server
    names: Sequence[Name]
    chance: random.Random

    def note(self) -> tuple[Path, str, str]:
        """The file of a note, the path of its page, and a sign that no note has."""
        name = self.chance.choice(self.names)
        sign = str(self.chance.randrange(10**9, 10**10))
        return self.server.folder / OCTAVO.layout.file(name), f"/{name.section}/{name.slug}/", sign

    def answered(self) -> float:
        """The milliseconds from a save to its answer; the save before is a while ago."""
        file, path, sign = self.note()
        time.sleep(PAUSE)
        start = self.server.save(file, sign)
        return (self.server.wait(path, sign) - start) * 1000

    def painted(self, page: Page) -> float:
        """The milliseconds from a save to the change in an open page; the page is opened first."""
        file, path, sign = self.note()
        page.goto(self.server.url(path))
        page.wait_for_timeout(400)
        page.evaluate(WATCH, sign)
        start = self.server.save(file, sign)
        return float(page.evaluate("window.seen")) - start * 1000

    def unchanged(self, after_a_save: bool) -> float:
        """The milliseconds of a request for a page that was asked for before, and has not changed since."""
        _, path, _ = self.note()
        self.server.get(path)
        if after_a_save:
            self.answered()
        start = time.perf_counter()
        self.server.get(path)
        return (time.perf_counter() - start) * 1000

    def checkout(self) -> tuple[int, float]:
        """How many refreshes a slow checkout of another branch is, and the milliseconds from its end to the first."""
        with self.server.listen() as heard:
            start = time.monotonic()
            git(self.server.folder, "checkout", "--quiet", "other")
            end = time.monotonic()
            told = heard.recv(65536)
            took = time.monotonic() - end
            heard.settimeout(2)
            try:
                while more := heard.recv(65536):
                    told += more
            except TimeoutError:
                pass
        if end - start < 1.5:
            raise RuntimeError("the checkout was not slow")
        return told.count(b"event: refresh"), took * 1000


def git(folder: Path, *words: str) -> None:
    """Call Git."""
    subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)


def branches(folder: Path, names: Sequence[Name]) -> None:
    """Give a site a branch with other bodies, of which Git writes a hundred a second."""
    (folder / ".gitignore").write_text(".octavo/\n")
    (folder / ".gitattributes").write_text("*.md filter=slow\n")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "one")
    git(folder, "checkout", "--quiet", "-b", "other")
    for name in names[:CHECKED_OUT]:
        with (folder / OCTAVO.layout.file(name)).open("a") as file:
            file.write("\nOn the other branch.\n")
    git(folder, "commit", "--quiet", "--all", "--message", "two")
    git(folder, "checkout", "--quiet", "main")
    git(folder, "config", "filter.slow.smudge", "sleep 0.008; cat")


@contextmanager
def opened() -> Iterator[Page]:
    """A page of Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


def times(what: str, most: float, saves: int, measure: Callable[[], float]) -> list[Found]:
    """The median of so many measures, and the 95th percentile, which may be twice as much."""
    measure()
    found = [measure() for _ in range(saves)]
    p95 = statistics.quantiles(found, n=20)[-1]
    return [Found(what, statistics.median(found), most, "ms"), Found(f"{what}, p95", p95, 2 * most, "ms")]


def measured(count: int, saves: int, folder: Path) -> Iterator[Found]:
    """Everything that is measured with so many notes."""
    bars = BARS.get(count, BARS[10_000])
    written = notes(count)
    OCTAVO.set_up(folder, folder, written)
    names = [note.name for note in written]
    branches(folder, names)
    first = f"/{names[0].section}/{names[0].slug}/"
    with serving(folder, first) as server:
        yield Found("start to first answer, nothing cached", server.took, 60, "s")
    with serving(folder, first) as server:
        yield Found("start to first answer, warm cache", server.took, bars["start"], "s")
        session = Session(server, names, random.Random(count))
        refreshes, took = session.checkout()
        yield Found(f"refreshes of a checkout of {CHECKED_OUT} notes in 2 s", refreshes, 1, "")
        yield Found("from its end to the refresh", took, 300, "ms")
        yield from times("save to answer", bars["answer"], saves, session.answered)
        yield from times("request for an unchanged page", 2, saves, lambda: session.unchanged(after_a_save=False))
        yield from times("the same after a save elsewhere", 10, saves, lambda: session.unchanged(after_a_save=True))
        with ExitStack() as tabs:
            for _ in range(50):
                tabs.enter_context(server.listen())
            yield from times("save to answer while 50 listen", 100, saves, session.answered)
        with opened() as page:
            yield from times("save to painted", bars["painted"], saves, lambda: session.painted(page))
        yield Found("memory", server.memory, bars["memory"], "MB")


def day(count: int, folder: Path) -> Iterator[Found]:
    """What memory a server takes more after a day's saves than after their first tenth."""
    written = notes(count)
    OCTAVO.set_up(folder, folder, written)
    names = [note.name for note in written]
    with serving(folder, "/") as server:
        session = Session(server, names, random.Random(count))
        before, (file, path, sign) = 0.0, session.note()
        for number in range(DAY):
            file, path, sign = (file, path, f"{number}") if number % AT_ONE_NOTE else session.note()
            server.save(file, sign)
            server.wait(path, sign)
            before = server.memory if number == DAY // 10 else before
        yield Found(f"growth of memory by {DAY:,} saves", server.memory - before, 20, "MB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.live", description=__doc__)
    parser.add_argument("--notes", type=int, action="append", help="how many notes; more than once for several sites")
    parser.add_argument("--saves", type=int, default=50, help="how many saves each time (default 50)")
    parser.add_argument("--day", action="store_true", help=f"measure how memory grows by {DAY:,} saves instead")
    options = parser.parse_args()
    for count in options.notes or [1000]:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "site"
            found = day(count, folder) if options.day else measured(count, options.saves, folder)
            head = table((f"{count:,} notes", "at most", "found", ""), ())
            print(head, end="", flush=True)
            for one in found:
                print(f"| {' | '.join(one.cells)} |", flush=True)
            print()


if __name__ == "__main__":
    main()
