"""A notebook's outputs as Markdown, with their pictures as files."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import Any

import nh3

from .cell_options import Options
from .cells import Cell, Line, Notebook, Written, first, grouped, joined, lines_of, listed, pieces_of

OUTPUTS = "outputs"
MAX_CHARACTERS = 1_000_000
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg"}
SHOW_ALT = "say what it shows: begin the cell with the line '#| fig-alt: A plot of ...'"

ANSI = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
BLANK = re.compile(r"\n[ \t]*(?=\n)")
OBJECT = re.compile(r"<[^<>\n]*>\s*")
"""What Python says of an object that has no words for itself."""

SCRIPTED = re.compile(r"<(?:script|iframe|object|embed|applet|frame)\b", re.IGNORECASE)
UNSAFE = re.compile(r"<(?!https?://)[a-z/!?]|&#|&colon;|script\\?:|data\\?:[a-z]+/", re.IGNORECASE)
"""HTML, and addresses that run something, in a text that is Markdown; what an entry's author writes may have both."""

DATA_IMAGE = re.compile(r"""(?<=["'])data:(image/\w+);base64,([^"']+)(?=["'])""")
ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "table": {*nh3.ALLOWED_ATTRIBUTES["table"], "class"}}
UNSEEN = {"script", "style", "svg", "title", "noscript", "template"}
"""The elements whose inside is no text to read."""

PLAIN = {ord(sign): f"&#{ord(sign)};" for sign in "$`~*_["}
"""What begins something of its own in Markdown even where it stands in HTML."""


@dataclass(frozen=True, slots=True)
class Page:
    """The Markdown of a notebook in work: its lines, and the files of its pictures by name."""

    book: Notebook
    lines: list[Line] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, text: str, at: int) -> bool:
        """Add a block that came from the offset `at`; one that is too long is a Problem. Whether there was anything to add."""
        if len(text) > MAX_CHARACTERS:
            message, hint = f"this output is too long ({len(text):,} characters)", "print less, or tag the cell 'remove-output'"
            self.book.problem(at, message, hint)
            text = note("an output that is too long")
        self.lines.extend(Line(line, at) for line in (*text.split("\n"), "") if text)
        return bool(text)

    def picture(self, kind: str, text: str) -> str:
        """The URL of a picture that is written as a drawing's text, or else in base64; raises `ValueError` where it is not."""
        data = text.encode() if kind == "image/svg+xml" else base64.b64decode("".join(text.split()), validate=True)
        name = hashlib.sha256(data).hexdigest()[:16] + PICTURES[kind]
        self.files[name] = data
        return f"/{OUTPUTS}/{name}"


@dataclass
class Outputs:
    """The outputs of one cell, while they are put on a page; `pictures` counts those there are so far."""

    cell: Cell
    options: Options
    page: Page
    pictures: int = 0

    def put(self) -> None:
        """Add them all."""
        for output in streams_joined(self.cell.outputs):
            kind = output.get("output_type")
            if kind == "stream":
                self.put_text(joined(output.get("text")))
            elif kind == "error":
                self.put_text(traceback(output), "output error")
            elif isinstance(output.get("data"), dict):
                self.put_data(output["data"], grouped(output.get("metadata")))
            else:
                self.page.book.problem(
                    first(output, self.cell.at), "this output cannot be read", "run the cell again and save it"
                )

    def put_data(self, data: dict[str, Any], metadata: dict[str, Any]) -> None:
        """Add the best of the forms in which an output is stored; what a script would draw is noted."""
        html = joined(data.get("text/html"))
        scripted = SCRIPTED.search(html) is not None
        shown = (
            self.put_markdown(data)
            or (not scripted and self.put_html(html))
            or self.put_latex(joined(data.get("text/latex")))
            or self.put_picture(data, metadata)
            or self.put_json(data)
        )
        if not shown:
            markdown, plain = joined(data.get("text/markdown")), joined(data.get("text/plain"))
            shown = self.put_html(html) or self.put_text(markdown) or self.put_plain(plain, alone=len(data) == 1)
            if scripted or any(kind.startswith("application/") for kind in data):
                self.page.put(note("an interactive output"), first(data, self.cell.at))
            elif data and not shown:
                self.page.put(note(f"an output of the kind {escape(', '.join(data))}"), first(data, self.cell.at))

    def put_text(self, text: Written, kind: str = "output") -> bool:
        """Add what was printed, as a terminal would show it."""
        lines = (line.rstrip("\r").rpartition("\r")[2] for line in ANSI.sub("", text).split("\n"))
        shown = CONTROL.sub("", "\n".join(lines)).strip("\n")
        html = escape(shown, quote=False).translate(PLAIN)
        return bool(shown.strip()) and self.page.put(f'<pre class="{kind}" tabindex="0">{html}</pre>', text.at)

    def put_plain(self, text: Written, alone: bool) -> bool:
        """Add a value as Python writes it; the mere name of an object only where it stands `alone`."""
        return (alone or OBJECT.fullmatch(text) is None) and self.put_text(text)

    def put_markdown(self, data: dict[str, Any]) -> bool:
        """Add a text in Markdown, if it is harmless."""
        text = joined(data.get("text/markdown"))
        if UNSAFE.search(text):
            return False
        if not text.strip() or len(text) > MAX_CHARACTERS:
            return self.page.put(text.strip(), text.at)
        self.page.lines.extend((*lines_of(pieces_of(data["text/markdown"])), Line("", text.at)))
        return True

    def put_html(self, html: Written) -> bool:
        """Add what is harmless in HTML, if that shows anything."""
        with_files = DATA_IMAGE.sub(self.saved, html)
        clean = nh3.clean(with_files, attributes=ATTRIBUTES, clean_content_tags=UNSEEN).strip()
        if not nh3.clean(clean, tags={"img"}).strip():
            return False
        text = BLANK.sub("&#10;", clean.translate(PLAIN))
        return self.page.put(f'<div class="output scroll" tabindex="0">\n{text}\n</div>', html.at)

    def saved(self, found: re.Match[str]) -> str:
        """The URL of a picture inside HTML, or nothing where it is none that is known."""
        try:
            return self.page.picture(found[1], found[2])
        except (ValueError, KeyError):
            return ""

    def put_latex(self, latex: Written) -> bool:
        """Add a formula; text with formulas in it is Markdown, and has to be harmless."""
        formula = latex.strip().strip("$").strip()
        lines = [line for line in formula.split("\n") if line.strip()]
        display = "\n".join(("$$", *lines, "$$"))
        if "$" in formula:
            return UNSAFE.search(latex) is None and self.page.put(latex.strip(), latex.at)
        return bool(lines) and self.page.put(display, latex.at)

    def put_json(self, data: dict[str, Any]) -> bool:
        """Add data as highlighted code."""
        if "application/json" not in data:
            return False
        text = json.dumps(data["application/json"], indent=2, ensure_ascii=False)
        return self.page.put(fenced(text, "json"), first(data["application/json"], self.cell.at))

    def put_picture(self, data: dict[str, Any], metadata: dict[str, Any]) -> bool:
        """Add a picture: a figure with a number where the cell gives it a caption."""
        kind = next((kind for kind in PICTURES if kind in data), None)
        if kind is None:
            return False
        number, self.pictures = self.pictures, self.pictures + 1
        try:
            url = self.page.picture(kind, joined(data[kind]))
        except ValueError:
            self.page.book.problem(
                joined(data[kind]).at, "this picture cannot be read", "run the cell again and save the notebook"
            )
            return True
        alt = str(grouped(metadata.get(kind)).get("alt", "")) or self.options.of_picture(number, "fig-alt", "alt")
        if not alt.strip():
            self.page.book.problem(self.cell.at, "a picture of this cell has no alternative text", SHOW_ALT)
            alt = "A picture without a description"
        return self.page.put(self.figure(url, alt, number, grouped(metadata.get(kind)).get("width")), self.cell.at)

    def figure(self, url: str, alt: str, number: int, width: object) -> str:
        """The Markdown of a picture, with the caption and the label that the cell gives it."""
        caption = self.options.of_picture(number, "fig-cap").replace('"', r"\"")
        label = self.options.of_picture(number, "label")
        id = re.sub(r"^fig-", "fig:", label) if re.fullmatch(r"fig[-:][\w:.-]+", label) else ""
        attributes = " ".join(one for one in (id and f"#{id}", f"width={width}px" if isinstance(width, int) else "") if one)
        words = re.sub(r"([\[\]])", r"\\\1", " ".join(alt.split()))
        return f"![{words}]({url}" + (f' "{caption}")' if caption else ")") + (f"{{{attributes}}}" if attributes else "")


def streams_joined(outputs: tuple[dict[str, Any], ...]) -> Iterator[dict[str, Any]]:
    """The outputs, with what was printed in several steps, one after the other, as one."""
    for _, group in groupby(outputs, lambda one: one.get("name", "") if one.get("output_type") == "stream" else id(one)):
        same = list(group)
        pieces = [piece for one in same for piece in pieces_of(one.get("text"))]
        yield {**same[0], "text": pieces} if same[0].get("output_type") == "stream" else same[0]


def traceback(output: dict[str, Any]) -> Written:
    """What an error said."""
    said = [line for line in listed(output.get("traceback")) if isinstance(line, str)]
    text = Written("\n".join(said) or f"{output.get('ename')}: {output.get('evalue')}")
    text.at = first(output)
    return text


def note(what: str) -> str:
    """The words that stand in the place of what is not shown."""
    return f'<p class="output">{what[0].upper()}{what[1:]} is not shown here.</p>'


def fenced(text: str, language: str) -> str:
    """`text` as a block of code, between fences that are longer than any in it."""
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}{language}\n{text}\n{fence}"
