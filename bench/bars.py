"""The bars that Octavo has to hold, against the others and against itself, and whether it does."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .peers import PEERS, SCENARIOS
from .rounds import Reading

OURS = tuple(peer.name for peer in PEERS if not peer.package)
AGAINST = (
    ("cold", "cold", True, 0.8, 0.5),
    ("cold", "cold", False, 0.9, 0.5),
    ("template", "cold", False, 0.5, 0.25),
    ("body", "body", False, 0.25, 0.1),
    ("same", "same", False, 0.2, 0.1),
)
"""Our scenario, that of the others, whether only those with math at build, the bar, and the aim."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What is compared, what it may be at most, what is aimed at, what was found, and from which numbers."""

    what: str
    most: str
    aim: str
    found: str
    holds: bool
    how: str = ""


@dataclass(frozen=True, slots=True)
class Medians:
    """The medians of what was measured."""

    readings: Sequence[Reading]

    def of(self, peer: str, count: int, scenario: str, cost: str = "wall") -> float | None:
        """One of the costs of a scenario, or `None` where it was not measured, or went wrong once."""
        found = [one for one in self.readings if (one.peer, one.count, one.scenario) == (peer, count, scenario)]
        if not found or any(one.told for one in found):
            return None
        return statistics.median(float(getattr(one.cost, cost)) for one in found)

    def fastest(self, count: int, scenario: str, math: bool) -> tuple[float, str] | None:
        """The shortest time of the others, all or those with math at build, and whose it is."""
        names = [peer.name for peer in PEERS if peer.package and (peer.math or not math)]
        times = [(time, name) for name in names if (time := self.of(name, count, scenario)) is not None]
        return min(times, default=None)


def bars(readings: Sequence[Reading]) -> list[Bar]:
    """Every bar that these readings are enough for."""
    medians, counts = Medians(readings), sorted({one.count for one in readings})
    found: list[Bar] = []
    for ours in OURS:
        for count in counts:
            found += [*against_others(medians, ours, count), *by_itself(medians, ours, count)]
        for count in counts:
            found += growth(medians, ours, count)
    return found


def ratio(what: str, one: float | None, other: float | None, most: float, aim: float) -> list[Bar]:
    """A bar for one time against another, if both are known."""
    if one is None or other is None:
        return []
    how = f"{one:.2f} s / {other:.2f} s"
    return [Bar(what, f"{most:g} x", f"{aim:g} x", f"{one / other:.2f} x", one <= most * other, how)]


def limit(what: str, found: float | None, most: float, aim: str, unit: str) -> list[Bar]:
    """A bar for one number, if it is known."""
    return [] if found is None else [Bar(what, f"{most:g} {unit}", aim, f"{found:.2f} {unit}", found <= most)]


def against_others(medians: Medians, ours: str, count: int) -> Iterator[Bar]:
    """Times against the fastest of the others."""
    for scenario, theirs, math, most, aim in AGAINST:
        best = medians.fastest(count, theirs, math)
        if best:
            other = f"{best[1]}, the fastest{' with math at build' if math else ''}, {SCENARIOS[theirs]}"
            what = f"{count:,}: {ours}, {SCENARIOS[scenario]} / {other}"
            yield from ratio(what, medians.of(ours, count, scenario), best[0], most, aim)


def by_itself(medians: Medians, ours: str, count: int) -> Iterator[Bar]:
    """Processor time, and two jobs against one."""
    for scenario, most in (("body", 0.6), ("same", 0.5)):
        what = f"{count:,}: {ours}, {SCENARIOS[scenario]}, processor time"
        yield from limit(what, medians.of(ours, count, scenario, "processor"), most, "", "s")
    one, two = (medians.of(ours, count, scenario) for scenario in ("one job", "two jobs"))
    yield from ratio(f"{count:,}: {ours}, from nothing, two jobs / one", two, one, 0.65, 0.52)


def growth(medians: Medians, ours: str, count: int) -> Iterator[Bar]:
    """Ten times as many notes, if they were measured."""
    many = count * 10
    for scenario, most, aim in (("cold", 11, 10), ("body", 3, 2)):
        what = f"{ours}, {SCENARIOS[scenario]}, {many:,} / {count:,}"
        yield from ratio(what, medians.of(ours, many, scenario), medians.of(ours, count, scenario), most, aim)
    if many == 10_000:
        yield from limit(
            f"{many:,}: {ours}, from nothing, memory", medians.of(ours, many, "cold", "together"), 900, "500 MB", "MB"
        )
