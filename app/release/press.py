"""Press: asks the application for a URL, as a browser would, and puts the answer into the folder of the next release."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from flask import Flask
from flask_frozen import Freezer

from ..check import problems_in
from ..overrides import faults_told
from ..problems import Problem
from ..reads import Read, recorded
from ..site import Site
from .compress import compressed
from .evidence import Evidence
from .manifest import Item
from .minify import minified
from .page import Page, read
from .records import Record
from .sharing import way_to_share


@dataclass(frozen=True, slots=True)
class Job:
    """A URL of the next release, and the entry whose page it is, if it is one's."""

    url: str
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What becomes of a file before it is written: whether HTML is made smaller, and the kinds of packed copies beside it."""

    minify: bool = False
    compress: tuple[str, ...] = ()


AS_IT_IS = Shape()


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a job: its record, what is to be known of its page, what is wrong with its entry.

    `digests` are those of what was read by this process for the first time.
    """

    job: Job
    record: Record
    page: Page | None
    problems: tuple[Problem, ...]
    digests: dict[Read, str]


class Press(Freezer):  # type: ignore[misc]
    """Frozen-Flask, given every URL and guessing none. Another process gets one of its own, for the same site and folder.

    `old` is the release before: a file that has not become another one is shared with it. `pages` is what is known of the
    pages that were made, by path.
    """

    def __init__(self, again: Callable[[], Flask], app: Flask, folder: Path, old: Path, shape: Shape) -> None:
        super().__init__(app, with_static_files=False, with_no_argument_rules=False, log_url_for=False)
        self.site: Site = app.extensions["octavo"]
        self.again, self.folder, self.old, self.shape = again, folder, old, shape
        self.now, self.told = Evidence(self.site), set[Read]()
        self.pages: dict[str, Page] = {}
        self.parents = set[str]()
        self.share = way_to_share(folder)
        app.jinja_env.auto_reload = False
        app.config.update(FREEZER_DESTINATION=str(folder), FREEZER_BASE_URL=self.site.base_url or "http://localhost/")

    def __reduce__(self) -> tuple[Callable[..., Press], tuple[Any, ...]]:
        """What another process needs to have the same."""
        return another, (self.again, self.folder, self.old, self.shape)

    def made(self, job: Job) -> Made:
        """Make what a job asks for."""
        entry = self.site.entry(job.entry) if job.entry else None
        with recorded() as reads, faults_told(self.site):
            problems = tuple(problems_in(self.site, entry)) if entry else ()
            data = b"" if problems else self.answer(job.url)
        path = normalize("NFC", self.urlpath_to_filepath(job.url))
        html = path.endswith(".html") and not problems
        files = list(self.shaped(path, data)) if not problems else []
        record = Record(tuple(Item.of(*file) for file in files), tuple(self.written(*file) for file in files), tuple(reads))
        new = reads - self.told
        self.told |= new
        return Made(job, record, read(files[0][1]) if html else None, problems, {one: self.now.of(one) for one in new})

    def learn(self, made: Made) -> None:
        """Know what another process has found out."""
        self.now.take(made.digests)
        if made.page:
            self.pages[made.record.items[0].path] = made.page

    def shaped(self, path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
        """The path and the bytes of a file as it is released, and of its packed copies."""
        if self.shape.minify and path.endswith(".html"):
            data = minified(data.decode()).encode()
        yield path, data
        yield from compressed(path, data, self.shape.compress)

    def answer(self, url: str) -> bytes:
        """What the application answers. Raises `ValueError` for anything but a page or a file."""
        with self.app.request_context(self.environ(url)):
            response = self.app.full_dispatch_request()
            if response.status_code != 200:
                raise ValueError(f"{url} answers {response.status}")
            response.direct_passthrough = False
            data: bytes = response.get_data()
            response.close()
        return data

    def environ(self, url: str) -> dict[str, Any]:
        """A request as WSGI has it."""
        base = urlsplit(self.app.config["FREEZER_BASE_URL"])
        return {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": base.path.rstrip("/"), "PATH_INFO": url.encode().decode("latin-1"),
            "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1", "SERVER_NAME": base.hostname, "HTTP_HOST": base.netloc,
            "SERVER_PORT": str(base.port or {"https": 443}.get(base.scheme, 80)), "wsgi.version": (1, 0),
            "wsgi.url_scheme": base.scheme, "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip

    def written(self, path: str, data: bytes) -> int:
        """Put a file into the release; answer when the system says that it was written, in nanoseconds."""
        file = self.place(path)
        if same(self.old / path, data):
            self.share(self.old / path, file)
        else:
            Path(file).write_bytes(data)
        return os.stat(file).st_mtime_ns

    def place(self, path: str) -> str:
        """The place of a file in the release, at which there is nothing yet."""
        file = os.path.join(self.folder, path)
        if (parent := os.path.dirname(file)) not in self.parents:
            os.makedirs(parent, exist_ok=True)
            self.parents.add(parent)
        with suppress(FileNotFoundError):
            os.unlink(file)
        return file

    def take(self, record: Record) -> Record:
        """Take over the files of a record from the release before."""
        written = []
        for item in record.items:
            file = self.place(item.path)
            self.share(self.old / item.path, file)
            written.append(os.stat(file).st_mtime_ns)
        return replace(record, written=tuple(written))


def untouched(release: Path, record: Record) -> bool:
    """Whether the files of a record are as they were written."""
    try:
        found = [os.stat(release / item.path) for item in record.items]
    except OSError:
        return False
    return [(one.st_mtime_ns, one.st_size) for one in found] == [
        (written, item.size) for written, item in zip(record.written, record.items, strict=True)
    ]


def another(again: Callable[[], Flask], folder: Path, old: Path, shape: Shape) -> Press:
    """The Press of another process."""
    return Press(again, again(), folder, old, shape)


def same(file: Path, data: bytes) -> bool:
    """Whether a file holds these bytes."""
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False
