"""A file as read: front matter, body, and the line that each came from; and how to write it back."""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ..problems import Problem, Problems
from .front_matter import FrontMatter, Handler
from .names import is_notebook
from .nodes import NULLS, Place

MAX_BYTES = 5_000_000
BOM = "\ufeff"
PLAIN = re.compile(r"[\w/.(][^\n:#\"'\[\]{},&*!|>%@`]*(?<!\s)")


@dataclass(frozen=True, slots=True)
class Source:
    """One content file. `text` is the whole of it, line ends as they are; `path` is relative to the site folder."""

    path: str
    file: Path
    text: str
    front: FrontMatter
    body: str
    body_line: int
    """The line of the file on which `body` begins, from 1."""
    fenced: bool = True
    """Whether the fields stand between fences, above a body; in `site.yml` there is nothing else."""
    rows: tuple[int, ...] = ()
    """The line of the file from which each line of `body` came, where they do not follow each other."""
    indents: tuple[int, ...] = ()
    """How many characters stand before each line of `body` in the file."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures inside it, by the names under `/outputs/` that `body` calls them by."""
    problems: tuple[Problem, ...] = ()
    """What in it cannot be read, where the rest can."""

    @classmethod
    def read(cls, file: Path, path: str) -> Source:
        """Read a Markdown file with front matter; raises `Problems` when it cannot be understood."""
        return cls.parse(read_text(file, path), file, path)

    @classmethod
    def read_facts(cls, file: Path, path: str) -> Source:
        """Read a file that is YAML from its first line to its last, such as `site.yml`."""
        return cls.parse_facts(read_text(file, path), file, path)

    @classmethod
    def parse_facts(cls, text: str, file: Path, path: str) -> Source:
        """Read `text`, which is YAML from its first line to its last, as if it had been read from `file`."""
        front = Handler(path).load_yaml(text.removeprefix(BOM), 0)
        return cls(path, file, text, front, "", text.count("\n") + 1, fenced=False)

    @classmethod
    def parse(cls, text: str, file: Path, path: str) -> Source:
        """Split and read `text` as if it had been read from `file`."""
        handler = Handler(path)
        front, body = handler.split(text.removeprefix(BOM))
        body_line = text.count("\n", 0, len(text) - len(body)) + 1
        return cls(path, file, text, handler.load(front), body, body_line)

    @property
    def head(self) -> str:
        """All that stands before the body."""
        return self.text[: len(self.text) - len(self.body)]

    def problem(self, message: str, hint: str = "", *, at: tuple[str | int, ...] = (), key: bool = False) -> Problem:
        """A Problem at the value (or the key) of the field `at`."""
        line, column = self.front.line_of(at, key)
        return Problem(self.path, line, column, message, hint)

    def replace(self, key: str, value: object) -> Source:
        """This source with the top-level field `key` set to `value`; no other byte differs.

        `value` is text, a number, a bool, a date, `None`, or a list or dict of those. The style of quoting is kept
        where the new value allows it; a field that was not there becomes the last line of the front matter.
        Raises `ValueError` for TOML, which is read but not written, for a value that others repeat by an alias,
        and for characters that cannot be seen.
        """
        self.refuse_notebook()
        if self.fenced and self.text.removeprefix(BOM).lstrip().startswith("+++"):
            raise ValueError(f"{self.path}: front matter in TOML is not written; use YAML between '---' lines")
        place = self.front.places.get((key,))
        text = self.with_value(place, value) if place else self.with_line(f"{written(key)}: {written(value)}")
        try:
            changed = (self.parse if self.fenced else self.parse_facts)(text, self.file, self.path)
        except Problems as error:
            raise ValueError(f"{self.path}: '{key}' cannot be set by itself: {error.problems[0].message}") from error
        for name in {*self.front.values, *changed.front.values} - {key}:
            if self.front.values.get(name) != changed.front.values.get(name):
                raise ValueError(f"{self.path}: '{key}' cannot be set without changing '{name}'")
        return changed

    def with_value(self, place: Place, value: object) -> str:
        """The text with `value` in `place`."""
        bom = len(self.text) - len(self.text.removeprefix(BOM))
        start, end = place.start + bom, place.end + bom
        if place.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        new = written(value, place.style, indent=place.column - 1, newline=self.newline)
        gap = " " if self.text[start - 1] == ":" else ""
        if place.style == "block" and place.column == 1 and not new.startswith("- "):
            gap = "  "
        return self.text[:start] + gap + new + self.text[end:]

    @property
    def newline(self) -> str:
        """The line end of the file's first line."""
        return "\r\n" if self.text.partition("\n")[0].endswith("\r") else "\n"

    def with_line(self, line: str) -> str:
        """The text with `line` as the last one of the front matter."""
        if not self.fenced:
            return self.text + self.newline * bool(self.text and not self.text.endswith("\n")) + line + self.newline
        closing = self.text.rfind("\n", 0, len(self.head.rstrip())) + 1
        return self.text[:closing] + line + self.newline + self.text[closing:]

    def refuse_notebook(self) -> None:
        """Raise `ValueError` for a notebook, which is read but not written."""
        if is_notebook(self.path):
            raise ValueError(f"{self.path}: a notebook is not written; change it in Jupyter")

    def write(self) -> None:
        """Put the text into the file in one step: a reader sees the whole old or the whole new one."""
        self.refuse_notebook()
        data, target = self.text.encode(), Path(os.path.realpath(self.file))
        aside = target.with_name(f".{secrets.token_hex(8)}.tmp")
        with aside.open("xb") as temporary:
            try:
                temporary.write(data)
                temporary.flush()
                os.fsync(temporary.fileno())
                if target.exists():
                    aside.chmod(stat.S_IMODE(target.stat().st_mode))
                aside.replace(target)
            except BaseException:
                aside.unlink()
                raise
        sync_folder(target.parent)


def read_text(file: Path, path: str, limit: int = MAX_BYTES) -> str:
    """The text of a file of at most `limit` bytes, or `Problems` where it is no readable text."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Problems([Problem(path, 1, 1, "this is not a file", "only files can be entries")])
        if status.st_size > limit:
            message = f"the file is too large ({status.st_size / 1e6:.0f} MB)"
            hint = "clear the largest output" if is_notebook(path) else "move a part of it into another file"
            raise Problems([Problem(path, 1, 1, message, f"it may have {limit / 1e6:.0f} MB: {hint}")])
        data = file.read_bytes()
    except FileNotFoundError as error:
        message, hint = "the file is not there", "it may be a link to a file that was moved; mend or delete it"
        raise Problems([Problem(path, 1, 1, message, hint)]) from error
    except OSError as error:
        raise Problems([Problem(path, 1, 1, f"the file cannot be read: {error.strerror}")]) from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        binary = b"\0" in data[:8000] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = "this is not a text file" if binary else "this is not UTF-8 text"
        hint = "give it another ending than .md" if binary else "save the file as UTF-8 in your editor"
        raise Problems([Problem(path, line, column, message, hint)]) from error


def written(value: object, style: str | None = None, indent: int = 0, newline: str = "\n") -> str:
    """`value` as YAML that is read back as it is given, in the `style` of the value it replaces where that is possible.

    `indent` is the column of a block list's dashes; everything else stands on one line.
    """
    if style == "block" and isinstance(value, list | tuple) and value:
        return (newline + " " * indent).join(f"- {written(item)}" for item in value)
    plain = isinstance(value, str) and value.isprintable() and PLAIN.fullmatch(value) and value not in NULLS
    if isinstance(value, str) and plain and style not in ("'", '"'):
        return value
    if isinstance(value, str):
        quotes = "'" if style == "'" and value.isprintable() else '"'
        return str(yaml.safe_dump(value, default_style=quotes, width=10**9, allow_unicode=True)).strip()
    flow = str(yaml.safe_dump(value, default_flow_style=True, width=10**9, allow_unicode=True, sort_keys=False))
    return flow.removesuffix("\n").removesuffix("\n...").strip()


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
