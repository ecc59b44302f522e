"""The same notes as each generator wants them: where a file stands, its front matter, its links and its pictures."""

from __future__ import annotations

import json
import random
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .corpus import FIGURES, Name, Note

STYLE = Path(__file__).parent / "sites" / "style.css"
TARGET = re.compile(r"\]\((note|figure):([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where and how a generator wants its notes; `{0}` in a link stands for `section/slug`, in a figure for its name."""

    content: str
    static: str
    link: str
    figure: str
    head: Callable[[Note], str]

    def file(self, name: Name) -> str:
        """The path of a note."""
        return f"{self.content}/{name.section}/{name.slug}.md"

    def text(self, note: Note) -> str:
        """A note as this generator wants it."""
        forms = {"note": self.link, "figure": self.figure}
        return self.head(note) + TARGET.sub(lambda found: f"]({forms[found[1]].format(found[2])})", note.body)

    def write(self, notes: Iterable[Note], folder: Path) -> None:
        """Write notes, figures and a style sheet into the folder of a site."""
        for note in notes:
            file = folder / self.file(note.name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text(note))
        pictures = folder / self.static / "img"
        pictures.mkdir(parents=True, exist_ok=True)
        for number in range(FIGURES):
            (pictures / f"{number:02}.png").write_bytes(png(number))
        (folder / self.static / "style.css").write_bytes(STYLE.read_bytes())


def yaml(note: Note) -> str:
    """Front matter that all but Pelican read."""
    tags = ", ".join(note.tags)
    title, summary = json.dumps(note.name.title), json.dumps(note.summary)
    return f"---\ntitle: {title}\ndate: {note.day}\ntags: [{tags}]\nsummary: {summary}\n---\n\n"


def metadata(note: Note) -> str:
    """Pelican's own front matter."""
    name, tags = note.name, ", ".join(note.tags)
    lines = (
        f"Title: {name.title}",
        f"Date: {note.day}",
        f"Tags: {tags}",
        f"Category: {name.section}",
        f"Summary: {note.summary}",
    )
    return "\n".join(lines) + "\n\n"


def png(number: int, width: int = 96, height: int = 64) -> bytes:
    """A picture of grey noise."""
    rows = b"".join(b"\0" + random.Random(f"{number} {row}").randbytes(width) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    written = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


OCTAVO = Layout("pages", "pages", "/{0}/", "/img/{0}", yaml)
HUGO = Layout("content", "static", "/{0}/", "/img/{0}", yaml)
ELEVENTY = Layout("content", "content", "/{0}/", "/img/{0}", yaml)
PELICAN = Layout("content", "content", "{{filename}}/{0}.md", "{{static}}/img/{0}", metadata)
FLASK = Layout("pages", "static", "/{0}/", "/static/img/{0}", yaml)
