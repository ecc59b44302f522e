"""`make bench`: sites of many notes frozen by Octavo and built by others, in turns; prints medians and what they must hold."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import tempfile
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from .bars import bars
from .install import PACKAGES, cache
from .page import page
from .peers import PEERS, SCENARIOS, Peer
from .rounds import Course, Reading
from .stages import stages
from .tables import outcomes, ratios, table, times

NAMES = tuple(peer.name for peer in PEERS)
RESULTS = Path(__file__).parent / "RESULTS.md"
MEASURED = ("comrak-ext", "flask", "frozen-flask", "jinja2", "math-core", "pygments")

ABOUT = """# How fast Octavo is

Made by `make bench` on {day}, on {machine}.
Octavo with {ours}.
Others: {others}.

All have the same generated notes, and make a page of each, lists by section and tag, a feed and a site map, with code
highlighted at build; Octavo and those called *math* render formulas at build too. *octavo* does without what no other
has (`without: [api, cards, map, math-font, more-feeds, search]`); *octavo, everything* leaves nothing out. Every
scenario was run once a round, all in turns; the times are medians of {runs}. *All processes* is the most memory that
they had together, what they share counted once; *others' load* how many cores the rest of the machine used.

"""


def main() -> None:
    """Measure and print."""
    options = arguments().parse_args()
    if options.what == "page":
        print(table(("one page", "median"), ((what, f"{milliseconds:.2f} ms") for what, milliseconds in page())))
    elif options.what == "profile":
        found = stages(options.folder)
        print(table(("stage", "seconds"), ((stage, f"{seconds:.2f}") for stage, seconds in found)))
    else:
        print(measured(options))


def arguments() -> argparse.ArgumentParser:
    """What can be asked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", nargs="?", default="sites", choices=("sites", "page", "profile"), help="default: sites")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for profile: the site to freeze (default: here)")
    parser.add_argument(
        "--notes", type=int, action="append", help="how many notes; more than once for several sites (default 1000)"
    )
    parser.add_argument("--runs", type=int, default=5, help="how many rounds (default 5)")
    parser.add_argument("--only", action="append", choices=NAMES, help="a generator to measure; more than once for several")
    parser.add_argument("--scenario", action="append", choices=SCENARIOS, help="a scenario to measure, 'cold' always is")
    parser.add_argument("--peers", type=Path, default=cache(), help=f"where the others are installed (default {cache()})")
    parser.add_argument(
        "--work", type=Path, help="where sites are made and removed again (default: the system's temporary folder)"
    )
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a run is ended (default 900)")
    parser.add_argument(
        "--calm", type=float, default=20, help="seconds to wait for others to leave the machine alone (default 20)"
    )
    parser.add_argument("--record", action="store_true", help="write the tables to bench/RESULTS.md")
    return parser


def measured(options: argparse.Namespace) -> str:
    """All tables; they are written down after each number of notes where that is asked for."""
    readings: list[Reading] = []
    told = about(options)
    with tempfile.TemporaryDirectory(dir=options.work) as temporary:
        course = Course(wanted(options), Path(temporary), options.peers, options.runs, options.limit, options.calm)
        for count in options.notes or [1000]:
            readings += course.readings(count)
            if options.record:
                RESULTS.write_text(told + tables(readings))
    return told + tables(readings)


def wanted(options: argparse.Namespace) -> list[Peer]:
    """The generators to measure, each with the scenarios to measure."""
    peers = [peer for peer in PEERS if not options.only or peer.name in options.only]
    chosen = {"cold", *(options.scenario or SCENARIOS)}
    return [replace(peer, scenarios=tuple(one for one in peer.scenarios if one in chosen)) for peer in peers]


def about(options: argparse.Namespace) -> str:
    """When, on what, and with which versions."""
    ours = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in MEASURED)
    others = ", ".join(dict.fromkeys(chain.from_iterable(PACKAGES.values())))
    machine = f"{os.cpu_count()} cores of {processor()}, {platform.system()}, Python {platform.python_version()}"
    return ABOUT.format(day=f"{date.today():%d %B %Y}", machine=machine, ours=ours, others=others, runs=options.runs)


def processor() -> str:
    """What the machine's processor is called."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def tables(readings: list[Reading]) -> str:
    """Everything that was found."""
    parts = ["## What must hold\n", ratios(bars(readings))]
    for count in sorted({one.count for one in readings}):
        of_count = [one for one in readings if one.count == count]
        parts += [f"## {count:,} notes\n", times(of_count), outcomes(of_count)]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
