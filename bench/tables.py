"""What was measured, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from .bars import Bar
from .peers import SCENARIOS
from .rounds import Reading


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns but the first stand to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def times(readings: Sequence[Reading]) -> str:
    """Medians of time, processor time and memory, by generator and scenario."""
    head = (
        "generator",
        "what",
        "time (least to most)",
        "processor",
        "largest process",
        "all processes",
        "others' load",
        "runs",
        "",
    )
    return table(head, (row(group) for group in groups(readings)))


def groups(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Readings of one scenario of one generator together, scenarios in their order."""
    keys = dict.fromkeys((reading.scenario, reading.peer) for reading in readings)
    ordered = sorted(keys, key=lambda key: list(SCENARIOS).index(key[0]))
    return [[one for one in readings if (one.scenario, one.peer) == key] for key in ordered]


def row(group: Sequence[Reading]) -> list[str]:
    """The cells of one scenario of one generator."""
    first, costs = group[0], [one.cost for one in group if one.cost]
    told = "; ".join(dict.fromkeys(one.told for one in group if one.told)).replace("|", "\\|")
    if not costs:
        return [first.peer, SCENARIOS[first.scenario], *["–"] * 5, "0", told]
    walls = [cost.wall for cost in costs]
    return [
        first.peer,
        SCENARIOS[first.scenario],
        f"**{statistics.median(walls):.2f} s** ({min(walls):.2f} – {max(walls):.2f})",
        f"{statistics.median(cost.processor for cost in costs):.2f} s",
        f"{max(cost.largest for cost in costs):.0f} MB",
        f"{max(cost.together for cost in costs):.0f} MB",
        f"{statistics.median(cost.foreign for cost in costs):.2f}",
        str(len(costs)),
        told,
    ]


def outcomes(readings: Sequence[Reading]) -> str:
    """What the runs have made."""
    last = {one.peer: one.outcome for one in readings if one.outcome}
    head = ("generator", "notes", "formulas", "blocks of code", "spans", "files", "MB")
    rows = [
        (peer, *(f"{number:,}" for number in (o.notes, o.formulas, o.blocks, o.spans, o.files)), f"{o.megabytes:.1f}")
        for peer, o in last.items()
    ]
    return table(head, rows)


def ratios(bars: Iterable[Bar]) -> str:
    """Every bar with what was found."""
    head = ("bar", "at most", "aim", "found", "", "how")
    return table(head, ((b.what, b.most, b.aim, b.found, "holds" if b.holds else "**fails**", b.how) for b in bars))
