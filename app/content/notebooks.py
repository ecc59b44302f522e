"""A Jupyter notebook as a Source: its cells and stored outputs as Markdown. Nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..problems import did_you_mean
from .cell_options import Options, fields, options_of
from .cells import Cell, Line, Notebook, first, grouped, joined, listed, notebook
from .front_matter import FrontMatter, Handler, spelt
from .names import is_notebook
from .nodes import Place
from .outputs import PICTURES, Outputs, Page, fenced
from .source import BOM, Source, read_text

MAX_BYTES = 25_000_000
HEADING = re.compile(r" {0,3}#[ \t]+(?P<title>\S.*)$")
ATTACHED = re.compile(r"""(?P<before>\]\(<?|src=["'])(?P<url>attachment:(?P<name>[^)>"'\s]+))""")
SHOWN = ("", "text/markdown", "text/html")
"""The kinds of raw cell that a page can show; the others are for other kinds of document."""


def read(file: Path, path: str) -> Source:
    """Read a notebook; raises `Problems` when it cannot be understood. One without a title is called as its file is."""
    return parse(read_text(file, path, MAX_BYTES), file, path)


def parse(text: str, file: Path, path: str) -> Source:
    """Read `text` as if it had been read from `file`."""
    book = notebook(text.removeprefix(BOM), path)
    text, front, cells = front_of(book)
    if not front.values:
        front.values["title"] = file.stem
    page = Page(book)
    for cell in cells:
        put(cell, page)
    while page.lines and not page.lines[-1].text:
        page.lines.pop()
    body = "\n".join(line.text for line in page.lines)
    places = [book.place(line.at) for line in page.lines]
    rows, indents = tuple(row for row, _ in places), tuple(column for _, column in places)
    return Source(path, file, text, front, body, 1, True, rows, indents, page.files, tuple(sorted(set(book.problems))))


def is_loose(source: Source) -> bool:
    """Whether a Source is a notebook that nobody has given a title: it has no page of its own."""
    return is_notebook(source.path) and not source.front.places


def front_of(book: Notebook) -> tuple[str, FrontMatter, list[Cell]]:
    """The front matter as it is written, its fields, and the cells below it.

    It is the first raw cell where that begins with `---`, else what the metadata says; a title that neither has is the
    first heading.
    """
    raw = next((cell for cell in book.cells if cell.kind == "raw"), None)
    handler = Handler(book.path)
    if raw is None or not handler.FENCE.match(raw.text):
        said = grouped(book.metadata.get("octavo")) or plainly(book.metadata)
        return "", *titled(stated(said, book), book.cells, book)
    front = fields(raw.lines, book, lambda text: handler.load(handler.split(text)[0]))
    return raw.text, *titled(front, [cell for cell in book.cells if cell is not raw], book)


def plainly(metadata: dict[str, Any]) -> dict[str, Any]:
    """The title and the authors in a notebook's own metadata."""
    title = metadata.get("title")
    names = [grouped(author).get("name") for author in listed(metadata.get("authors"))]
    authors = [name for name in names if isinstance(name, str)]
    return {**({"title": title} if isinstance(title, str) else {}), **({"authors": authors} if authors else {})}


def stated(values: dict[str, Any], book: Notebook) -> FrontMatter:
    """Fields given in JSON; each stands where its first text stands."""
    front = FrontMatter(spelt({key: value for key, value in values.items() if value is not None}))
    for key, value in values.items():
        front.keys[(key,)] = front.places[(key,)] = Place(*book.place(first(value, first(values))), 0, 0)
    return front


def titled(front: FrontMatter, cells: list[Cell], book: Notebook) -> tuple[FrontMatter, list[Cell]]:
    """The fields with the title that the first heading gives, if they have none, and the cells without that heading."""
    top = next((cell for cell in cells if cell.kind == "markdown"), None)
    number = next((number for number, line in enumerate(top.lines) if line.text.strip()), 0) if top else 0
    heading = HEADING.match(top.lines[number].text) if top else None
    if top is None or heading is None:
        return front, cells
    written = without_marks(heading["title"])
    title = front.values.setdefault("title", written)
    line, quote = book.place(top.lines[number].at)
    front.places.setdefault(("title",), Place(line, quote + heading.start("title") + 1, 0, 0))
    rest = replace(top, lines=top.lines[number + 1 :] or (Line("", top.at),))
    return front, [rest if cell is top and title == written else cell for cell in cells]


def without_marks(title: str) -> str:
    """What a heading says, without the `#` that may close it and the id that may follow."""
    words = title.rstrip()
    if words.endswith("}") and "{#" in words:
        words = words[: words.rindex("{#")].rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else words


def put(cell: Cell, page: Page) -> None:
    """Add a cell to the page, as far as its author wants it shown."""
    options = options_of(cell, page.book)
    if options.removed:
        return
    if cell.kind == "code":
        if not options.code_removed:
            put_folded(options.code_folded, "Code", cell, page, lambda: put_code(options, page))
        if not options.outputs_removed:
            put_folded(options.outputs_folded, "Output", cell, page, Outputs(cell, options, page).put)
    elif cell.kind == "markdown" or str(cell.metadata.get("raw_mimetype", cell.metadata.get("format", ""))) in SHOWN:
        page.lines.extend((*attached(cell, page), Line("", cell.at)))


def put_folded(folded: bool, summary: str, cell: Cell, page: Page, put_inside: Callable[[], None]) -> None:
    """Add what `put_inside` adds, to be unfolded where it is `folded`."""
    before = len(page.lines)
    put_inside()
    if folded and len(page.lines) > before:
        page.lines[before:before] = [Line(f"<details><summary>{summary}</summary>", cell.at), Line("", cell.at)]
        page.put("</details>", cell.at)


def put_code(options: Options, page: Page) -> None:
    """Add the code of a cell, between fences that are longer than any in it."""
    lines = [*options.lines]
    while lines and not lines[-1].text.strip():
        lines.pop()
    while lines and not lines[0].text.strip():
        del lines[0]
    if lines:
        opening, *_, closing = fenced("\n".join(line.text for line in lines), page.book.language).split("\n")
        last = lines[-1].at
        page.lines.extend((Line(opening, lines[0].at), *lines, Line(closing, last), Line("", last)))


def attached(cell: Cell, page: Page) -> Iterator[Line]:
    """The lines of a cell, with the pictures that are attached to it as files of their own."""
    urls: dict[str, str] = {}
    for name, data in cell.attachments.items():
        kind = next((kind for kind in PICTURES if kind in grouped(data)), "")
        try:
            urls[name] = page.picture(kind, joined(grouped(data).get(kind)))
        except (KeyError, ValueError):
            page.book.problem(cell.at, f"the attachment '{name}' is no picture that can be shown", "attach it as PNG or JPEG")
    for line in cell.lines:
        for found in ATTACHED.finditer(line.text):
            if unquote(found["name"]) not in cell.attachments:
                hint = did_you_mean(found["name"], cell.attachments, "drag the picture into the cell again")
                page.book.problem(line.at, f"nothing called '{found['name']}' is attached to this cell", hint)
        text = ATTACHED.sub(lambda found: found["before"] + urls.get(unquote(found["name"]), found["url"]), line.text)
        yield Line(text, line.at)
