"""Manifest: what a release is made of, file by file; it is kept inside the release, and so published with it in one step."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import quote

NAME = ".manifest.json"
"""The file of a release that tells of all others; it does not tell of itself."""

FORM = 1
"""The number of the form that the file has; one of another form is as good as none."""

NAMED = {
    "_headers": "text/plain",
    "_redirects": "text/plain",
    "CNAME": "text/plain",
    "feed.json": "application/feed+json",
    "feed.xml": "application/atom+xml",
}
"""Media types by the name of a file."""

TYPES = {
    ".avif": "image/avif", ".bib": "text/x-bibtex", ".css": "text/css", ".csv": "text/csv", ".gif": "image/gif",
    ".gz": "application/gzip", ".htm": "text/html", ".html": "text/html", ".ico": "image/vnd.microsoft.icon",
    ".ipynb": "application/x-ipynb+json", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".js": "text/javascript",
    ".json": "application/json", ".jsonld": "application/ld+json", ".m4a": "audio/mp4", ".md": "text/markdown",
    ".mjs": "text/javascript", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".otf": "font/otf", ".pdf": "application/pdf",
    ".png": "image/png", ".py": "text/x-python", ".rdf": "application/rdf+xml", ".svg": "image/svg+xml",
    ".tar": "application/x-tar", ".tex": "text/x-tex", ".toml": "application/toml", ".ttf": "font/ttf", ".txt": "text/plain",
    ".wasm": "application/wasm", ".webm": "video/webm", ".webmanifest": "application/manifest+json", ".webp": "image/webp",
    ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml", ".yaml": "application/yaml",
    ".yml": "application/yaml", ".zip": "application/zip",
}  # fmt: skip
"""Media types by the ending of a name: those of Python differ between its versions, those of a machine from the next."""

OTHERS = MimeTypes().types_map[True]
"""Python's own, for rarer endings; what a machine has added is not among them."""


FIELDS = ("url", "path", "sha256", "size", "type")
LINE = json.JSONEncoder().encode


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a release: its URL from the root of the site, its path, its digest, its size in bytes, its media type."""

    url: str
    path: str
    sha256: str
    size: int
    type: str

    @classmethod
    def of(cls, path: str, data: bytes) -> Item:
        """The item of a file with these bytes."""
        return cls(url_of(path), path, hashlib.sha256(data).hexdigest(), len(data), type_of(path))


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a release, sorted by path."""

    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(sorted(self.items, key=lambda item: item.path)))

    @classmethod
    def of(cls, release: Path) -> Manifest:
        """That of the files in a folder as they are now."""
        return cls(tuple(Item.of(path, (release / path).read_bytes()) for path in files_below(release)))

    @classmethod
    def read(cls, release: Path) -> Manifest | None:
        """That with which a release was published; nothing where there is none, or where it is damaged."""
        try:
            return cls.loads((release / NAME).read_bytes())
        except (OSError, ValueError):
            return None

    @classmethod
    def loads(cls, data: bytes) -> Manifest:
        """What `dumps` has written. Raises `ValueError` for anything else."""
        try:
            manifest = cls(tuple(Item(**item) for item in json.loads(data)["items"]))
        except (TypeError, KeyError, RecursionError) as error:
            raise ValueError("this is no manifest") from error
        if manifest.dumps() != data:
            raise ValueError("the manifest is damaged, or has another form")
        return manifest

    def dumps(self) -> bytes:
        """As JSON with one item a line: the same bytes for the same items, and a digest by which damage is noticed."""
        lines = ",\n".join(LINE({name: getattr(item, name) for name in FIELDS}) for item in self.items)
        digest = hashlib.sha256(lines.encode()).hexdigest()
        return f'{{"form": {FORM}, "sha256": "{digest}", "items": [\n{lines}\n]}}\n'.encode()

    def write(self, release: Path) -> None:
        """Put it into the release that it tells of."""
        (release / NAME).write_bytes(self.dumps())

    @property
    def size(self) -> int:
        """The size of all files in bytes."""
        return sum(item.size for item in self.items)


def files_below(release: Path) -> Iterator[str]:
    """The paths of the files of a release, its manifest left out; none where there is no such folder.

    Raises `OSError` where a folder cannot be read: what is not seen would be taken for gone.
    """
    for folder, _, names in os.walk(release, onerror=unless_missing(release)):
        place = Path(folder).relative_to(release)
        yield from (path for name in names if (path := (place / name).as_posix()) != NAME)


def unless_missing(release: Path) -> Callable[[OSError], None]:
    """What to do about a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        if not (isinstance(error, FileNotFoundError) and error.filename == str(release)):
            raise error

    return refuse


def url_of(path: str) -> str:
    """The URL, from the root of the site, of a file of a release."""
    return "/" + quote(
        path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path, errors="surrogateescape"
    )


def type_of(path: str) -> str:
    """The media type of a file, by its name alone."""
    name = path.rpartition("/")[2]
    ending = os.path.splitext(name)[1].lower()
    return NAMED.get(name) or TYPES.get(ending) or OTHERS.get(ending) or "application/octet-stream"
