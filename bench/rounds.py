"""The runs: every scenario of every generator once a round, in turns, so that whatever else the machine does is shared out."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from .corpus import Name, notes
from .cost import Cost, cost, wait_for_calm
from .edits import edit
from .install import PACKAGES, install
from .outcome import Outcome, faults, outcome
from .peers import FRESH, SCENARIOS, Peer


@dataclass(frozen=True, slots=True)
class Reading:
    """What one run has shown; `told` is what was wrong with it."""

    peer: str
    count: int
    scenario: str
    cost: Cost | None = None
    outcome: Outcome | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What is run: generators, in which folder, where they are installed, how often, and with how many seconds for one run."""

    peers: Sequence[Peer]
    folder: Path
    installed: Path
    runs: int
    limit: float
    calm: float

    def readings(self, count: int) -> Iterator[Reading]:
        """All runs over `count` notes. What fails once is told, and not run again."""
        names, failed = self.set_up(count)
        yield from failed
        given_up = {(reading.peer, scenario) for reading in failed for scenario in SCENARIOS}
        for number in range(1, self.runs + 1):
            chance = random.Random(f"{count} {number}")
            for scenario, peer in product(SCENARIOS, self.peers):
                if scenario in peer.scenarios and not given_up & {(peer.name, scenario), (peer.name, "cold")}:
                    reading = self.reading(peer, scenario, names, chance)
                    if reading.told:
                        given_up.add((peer.name, scenario))
                    show(reading, number)
                    yield reading

    def set_up(self, count: int) -> tuple[list[Name], list[Reading]]:
        """The names of `count` notes, of which every generator has its site now, and what was told of those that have none."""
        written, failed = notes(count), []
        names = [note.name for note in written]
        missing = {
            package: install(package, self.installed) for package in PACKAGES if package in {p.package for p in self.peers}
        }
        for peer in self.peers:
            if told := missing.get(peer.package, ""):
                failed.append(Reading(peer.name, count, "cold", told=told))
                continue
            peer.set_up(self.site(peer, count), self.installed, written)
            if "template" in peer.scenarios:  # so that later runs change a template of the site's own, and add none
                edit("template", peer, self.site(peer, count), names, random.Random(count))
        return names, failed

    def site(self, peer: Peer, count: int) -> Path:
        """The folder of a generator's site."""
        return self.folder / str(count) / peer.name.replace(", ", "-")

    def reading(self, peer: Peer, scenario: str, names: Sequence[Name], chance: random.Random) -> Reading:
        """One run."""
        site = self.site(peer, len(names))
        if scenario in FRESH:
            peer.clean(site)
        elif scenario == "same" and peer.kept:  # a plain run has left nothing to go on from
            self.run(peer, scenario, site)
        change = edit(scenario, peer, site, names, chance)
        wait_for_calm(self.calm)
        spent = self.run(peer, scenario, site)
        if spent.status:
            lines = log(site).read_text(errors="replace").strip().splitlines() or ["nothing was said"]
            return Reading(peer.name, len(names), scenario, told=f"exit status {spent.status}: {lines[-1][:150]}")
        found = outcome(peer, site, names) if scenario in FRESH else None
        told = "; ".join((*change.faults(), *(faults(peer, site, names, found) if found else ())))
        return Reading(peer.name, len(names), scenario, spent, found, told)

    def run(self, peer: Peer, scenario: str, site: Path) -> Cost:
        """What the command of a scenario costs."""
        command = peer.argv(scenario, site, self.installed)
        return cost(command, site, peer.environment(self.installed), self.limit, log(site))


def log(site: Path) -> Path:
    """Where a command's words go, beside its site."""
    return site.with_suffix(".log")


def show(reading: Reading, number: int) -> None:
    """One line on the terminal for one run."""
    spent = reading.cost
    numbers = (
        f"{spent.wall:8.2f} s  processor {spent.processor:8.2f} s  {spent.together:6.0f} MB  others {spent.foreign:.2f}"
        if spent
        else "-"
    )
    line = f"{reading.count:6} {number} {reading.peer:20} {SCENARIOS[reading.scenario]:22} {numbers}  {reading.told}"
    print(line.rstrip(), file=sys.stderr, flush=True)
