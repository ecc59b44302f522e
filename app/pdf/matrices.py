"""Matrices and systems of equations: cells in rows, as Typst aligns them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .code import EMPTY, array, call, joined


class Cell(NamedTuple):
    """What stands in one place of a table, and the classes that say how."""

    code: str
    classes: frozenset[str]


def matrix(rows: Sequence[Sequence[Cell]], display: bool, marks: Sequence[str] = ()) -> str:
    """A table without fences; `marks` has what stands at the end of each of its lines, where they are numbered."""
    lines = [columns(cells, display) for cells in rows]
    widest = max((len(line) for line in lines), default=0)
    lines = [[*line, *[EMPTY] * (widest - len(line))] for line in lines]
    if marks:
        lines = [[EMPTY, *line, mark] for line, mark in zip(lines, marks, strict=True)]
    gap, leading = ("2em", "0.7em") if display else ("1em", "0.4em")
    code = (array(line) for line in lines if line)
    return call("math.mat", *code, delim="none", column_gap=gap, row_gap=leading, augment=rules(rows))


def columns(cells: Sequence[Cell], display: bool) -> list[str]:
    """The cells of a row; two that touch each other are one, with a mark where they meet."""
    if len(cells) == 1:
        return [apart(*cells[0], display)]
    out: list[str] = []
    for code, classes in cells:
        body = shown(code, display)
        if "close-left" in classes and out and out[-1].endswith(";at}"):
            out[-1] = joined([out[-1], body])
        elif "right" in classes:
            out.append(joined([body, "at"]))
        else:
            out.append(joined(["at", body]) if "left" in classes else body)
    return out


def apart(code: str, classes: frozenset[str], display: bool) -> str:
    """The only cell of a row; the first and last lines of a long formula stand to the left and right of the others."""
    body = shown(code, display)
    if not display:
        return joined(["at", body]) if "left" in classes else joined([body, "at"]) if "right" in classes else body
    return joined([body, "h(4em)" if "left" in classes else ""] if "right" not in classes else ["h(4em)", body])


def shown(code: str, display: bool) -> str:
    """A cell, as large as on a line of its own where that is meant."""
    return call("math.display", code) if display and code != EMPTY else code


def rules(rows: Sequence[Sequence[Cell]]) -> str:
    """The lines between the rows and columns."""
    across = {down for down, cells in enumerate(rows) if down and any(has_rule(cell, "top") for cell in cells)}
    upright = {along for cells in rows for along, cell in enumerate(cells[:-1], 1) if has_rule(cell, "right")}
    if not across and not upright:
        return "none"
    return f"(hline: {array(map(str, sorted(across)))}, vline: {array(map(str, sorted(upright)))})"


def has_rule(cell: Cell, side: str) -> bool:
    """Whether a line, dashed or not, stands at a side of a cell."""
    return any(name in (f"rule-{side}", f"rule-{side}-dashed") for name in cell.classes)
