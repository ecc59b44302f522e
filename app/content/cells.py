"""A notebook's JSON as plain cells, of which every line knows its place in the file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ..problems import Problem, Problems
from .nodes import Lines

SAVE = "open the notebook in Jupyter and save it again"
OLD_OUTPUTS = {"pyout": "execute_result", "pyerr": "error"}
OLD_DATA = {
    "text": "text/plain", "html": "text/html", "latex": "text/latex", "svg": "image/svg+xml", "png": "image/png",
    "jpeg": "image/jpeg", "json": "application/json", "javascript": "application/javascript",
}  # fmt: skip
"""What format 3 calls the kinds of data in an output."""

LANGUAGE = re.compile(r"[^\s`{}\"'=]+")


class Written(str):
    """A text in a JSON file; `at` is the offset of its opening quote."""

    at = 0


class Decoder(json.JSONDecoder):
    """JSON's decoder, except that every text but a key is a `Written`."""

    def __init__(self) -> None:
        super().__init__(object_pairs_hook=lambda pairs: {whole(key): value for key, value in pairs})
        self.parse_string = scanned
        self.scan_once = py_make_scanner(self)


def scanned(text: str, start: int, strict: bool) -> tuple[Written, int]:
    """The text in JSON whose first character is at `start`, and the offset after its closing quote."""
    value, end = scanstring(text, start, strict)
    found = Written(whole(value))
    found.at = start - 1
    return found, end


def whole(text: str) -> str:
    """`text` with a question mark for each half of a character: JSON may have them, files and pages may not."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Line(NamedTuple):
    """A line of a cell, and the offset in the file of the text that it stands in."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as format 4 has it; `kind` is `markdown`, `code` or `raw`."""

    kind: str
    lines: tuple[Line, ...]
    metadata: dict[str, Any]
    outputs: tuple[dict[str, Any], ...]
    attachments: dict[str, Any]

    @property
    def text(self) -> str:
        """All of its lines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def at(self) -> int:
        """The offset of its first line."""
        return self.lines[0].at


@dataclass(frozen=True, slots=True)
class Notebook:
    """What a notebook says of itself, its cells, and what in it cannot be read."""

    path: str
    file: Lines
    metadata: dict[str, Any]
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language of its code, as highlighting knows it; empty where it says none."""
        kernel, info = grouped(self.metadata.get("kernelspec")), grouped(self.metadata.get("language_info"))
        name = str(info.get("name") or kernel.get("language") or "python")
        return name.lower() if LANGUAGE.fullmatch(name) else ""

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the quote at the offset `at`; what it quotes begins one column later."""
        return self.file.at(at)

    def problem(self, at: int, message: str, hint: str = "") -> None:
        """Tell a mistake at an offset."""
        line, column = self.place(at)
        self.problems.append(Problem(self.path, line, column, message, hint))


def notebook(text: str, path: str) -> Notebook:
    """The notebook that `text` holds, of format 3 or 4; raises `Problems` where it holds none."""
    file = Lines(text)
    content = decoded(file, path)
    version = content.get("nbformat")
    if version not in (3, 4):
        message = "this is no notebook" if version is None else f"this notebook has the format {str(version)[:20]}"
        raise Problems([Problem(path, 1, 1, message, f"{SAVE}: formats 3 and 4 are read")])
    sheets = content.get("worksheets") if version == 3 else [content]
    if not isinstance(sheets, list) or not all(isinstance(grouped(sheet).get("cells"), list) for sheet in sheets):
        raise Problems([Problem(path, 1, 1, "this notebook has no list of cells", SAVE)])
    book = Notebook(path, file, grouped(content.get("metadata")))
    for cell in (cell for sheet in sheets for cell in sheet["cells"]):
        source = grouped(cell).get("input" if "input" in grouped(cell) else "source")
        at = first(cell)
        if is_text(source) and isinstance(cell.get("cell_type"), str):
            book.cells.append(cell_of(cell, lines_of(pieces_of(source), at)))
        else:
            book.problem(at, "this cell cannot be read", f"a cell has a 'cell_type' and a 'source'; {SAVE}")
    return book


def decoded(file: Lines, path: str) -> dict[str, Any]:
    """The JSON object in a file; raises `Problems` where there is none."""
    if not file.text.strip():
        raise Problems([Problem(path, 1, 1, "the file is empty", SAVE)])
    try:
        content = Decoder().decode(file.text)
    except json.JSONDecodeError as error:
        message = f"this is not JSON: {error.msg}"
        if error.msg.startswith("Unterminated"):
            message = "the notebook is cut off: the text that begins here never ends"
        elif error.pos >= len(file.text.rstrip()):
            message = "the notebook is cut off here"
        raise Problems([file.problem(path, min(error.pos, len(file.text) - 1), message, SAVE)]) from error
    except (RecursionError, ValueError) as error:
        raise Problems([Problem(path, 1, 1, "this notebook cannot be read: it is nested too deeply", SAVE)]) from error
    return grouped(content)


def cell_of(cell: dict[str, Any], lines: tuple[Line, ...]) -> Cell:
    """A cell of either format with these lines."""
    kind, level = str(cell["cell_type"]), cell.get("level")
    if kind == "heading":
        title = " ".join(line.text for line in lines)
        kind, lines = "markdown", (Line(f"{'#' * (level if isinstance(level, int) else 1)} {title}", lines[0].at),)
    outputs = tuple(output_of(one) for one in listed(cell.get("outputs")) if isinstance(one, dict))
    return Cell(kind, lines, grouped(cell.get("metadata")), outputs, grouped(cell.get("attachments")))


def output_of(output: dict[str, Any]) -> dict[str, Any]:
    """An output of either format as format 4 has it."""
    kind = output.get("output_type")
    if kind not in ("pyout", "display_data") or "data" in output:
        return {**output, "output_type": OLD_OUTPUTS.get(str(kind), kind)}
    data = {OLD_DATA[key]: value for key, value in output.items() if key in OLD_DATA}
    return {"output_type": OLD_OUTPUTS.get(str(kind), kind), "data": data, "metadata": output.get("metadata")}


def lines_of(pieces: list[str], at: int = 0) -> tuple[Line, ...]:
    """The lines of a text that is written in several pieces; where there are none, one empty line at the offset `at`."""
    texts = [piece.replace("\r\n", "\n").replace("\r", "\n") for piece in pieces]
    places = [at]
    for piece, text in zip(pieces, texts, strict=True):
        places[-1:] = [getattr(piece, "at", 0)] * (text.count("\n") + 1)
    return tuple(map(Line, "".join(texts).split("\n"), places))


def is_text(value: Any) -> bool:
    """Whether a value is a text in one piece or in several."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def pieces_of(value: Any) -> list[str]:
    """The pieces of a text; none where `value` is no text."""
    return [value] if isinstance(value, str) else value if is_text(value) else []


def joined(value: Any) -> Written:
    """A text in one piece, at the place of its first; empty where `value` is no text."""
    pieces = pieces_of(value)
    text = Written("".join(pieces))
    text.at = getattr(pieces[0], "at", 0) if pieces else 0
    return text


def first(value: Any, otherwise: int = 0) -> int:
    """The offset of the first text in a value, or `otherwise` where it has none."""
    if isinstance(value, Written):
        return value.at
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((at for one in inner if (at := first(one, -1)) >= 0), otherwise)


def grouped(value: Any) -> dict[str, Any]:
    """A JSON object; an empty one where `value` is something else."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """A JSON list; an empty one where `value` is something else."""
    return value if isinstance(value, list) else []
