"""Tables: rows of cells, which may reach over several columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from .code import EMPTY, array, call, joined
from .nodes import Node

SIDES = ("left", "center", "right")
WIDEST = 200


def table(node: Node, inside: Callable[[Node], str]) -> str:
    """A table; `inside` makes the code of what stands in an element."""
    rows = list(rows_in(node))
    heads = len(list(takewhile(is_head, rows[:-1])))
    width = max((sum(span(cell, "colspan") for cell in cells_of(row)) for row in rows), default=0)
    if not width:
        return EMPTY
    width = min(width, WIDEST)
    filled = list(placed(rows, width, inside))
    first = [code for codes in filled[:heads] for code in codes]
    head = array([call("table.header", *first), "below-head"]) if heads else "()"
    rest = [code for codes in filled[heads:] for code in codes]
    captions = [call("title", inside(child)) for child in node.children if child.tag == "caption"]
    return joined([*captions, call("cells", str(width), array(sides(rows, width)), head, *rest)])


def rows_in(node: Node) -> Iterator[Node]:
    """The rows of a table, those of its head first."""
    parts = [child for child in node.children if child.tag in ("thead", "tbody", "tfoot")]
    for part in [*parts, node]:
        yield from (child for child in part.children if child.tag == "tr" and cells_of(child))


def is_head(row: Node) -> bool:
    """Whether a row has nothing but heads."""
    return all(cell.tag == "th" for cell in cells_of(row))


def cells_of(row: Node) -> list[Node]:
    """The cells of a row."""
    return [child for child in row.children if child.tag in ("td", "th")]


def span(cell: Node, way: str) -> int:
    """Over how many columns or rows a cell reaches."""
    written = cell.attributes.get(way, "1")
    return min(max(int(written), 1), WIDEST) if written.isdecimal() else 1


def placed(rows: Sequence[Node], width: int, inside: Callable[[Node], str]) -> Iterator[list[str]]:
    """The code of the cells of each row, which fill it together with those that reach down into it."""
    taken: dict[int, int] = {}
    for at, row in enumerate(rows):
        below = {column for column, last in taken.items() if last >= at}
        free, codes = width - len(below), []
        column = 0
        for cell in cells_of(row):
            while column in below:
                column += 1
            wide = min(span(cell, "colspan"), free)
            wide = next((one for one in range(wide) if column + one in below), wide)
            if not wide:
                break
            high = min(span(cell, "rowspan"), len(rows) - at)
            taken |= dict.fromkeys(range(column, column + wide), at + high - 1)
            codes.append(cell_code(inside(cell), cell.tag == "th", wide, high))
            column, free = column + wide, free - wide
        yield [*codes, *[EMPTY] * free]


def cell_code(body: str, head: bool, wide: int, high: int) -> str:
    """One cell."""
    code = call("strong", body) if head and body != EMPTY else body
    return call("table.cell", code, colspan=str(wide), rowspan=str(high)) if wide > 1 or high > 1 else code


def sides(rows: Sequence[Node], width: int) -> list[str]:
    """To which side the words of each column go."""
    out = ["left"] * width
    for row in rows[-1:]:
        for at, cell in enumerate(cells_of(row)[:width]):
            out[at] = next((side for side in SIDES if side in cell.classes or cell.attributes.get("align") == side), "left")
    return out
