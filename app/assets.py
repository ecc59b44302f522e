"""Assets: the static files, and the names with a digest by which pages ask for style sheets, scripts and icons."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from .site import Site

NAMED = (".css", ".js", ".svg", ".ico", ".png")
"""The endings of the files that have a name with their digest."""

DIGEST = re.compile(r"(?P<stem>.+)\.(?P<digest>[0-9a-f]{8})(?P<ending>\.[^./]+)")


def plain(site: Site) -> list[str]:
    """The names of all files in the static folders that are not hidden."""
    names = set()
    for folder in site.folders.static:
        for file in folder.rglob("*"):
            path = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") for part in path.parts):
                names.add(path.as_posix())
    return sorted(names)


def digested(site: Site) -> list[str]:
    """The names with a digest."""
    return [with_digest(name, file) for name in plain(site) if name.endswith(NAMED) and (file := site.texts.static_file(name))]


def url_of(site: Site, name: str) -> str:
    """The URL by which a page asks for a static file. Raises `FileNotFoundError` for one that is not there."""
    file = site.texts.static_file(name)
    if file is None:
        raise FileNotFoundError(f"there is no static file '{name}'")
    return f"/static/{quote(with_digest(name, file) if name.endswith(NAMED) else name)}"


def file_of(site: Site, name: str) -> Path | None:
    """The static file with a name, be it its own or that with its digest."""
    if file := site.texts.static_file(name):
        return file
    parts = DIGEST.fullmatch(name)
    file = site.texts.static_file(f"{parts['stem']}{parts['ending']}") if parts else None
    return file if file and parts and digest(file) == parts["digest"] else None


def with_digest(name: str, file: Path) -> str:
    """`site.css` as `site.3f2a91bc.css`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{digest(file)}.{ending}"


def digest(file: Path) -> str:
    """What tells the bytes of a file from others, in eight characters."""
    status = file.stat()
    return digest_at(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=256)
def digest_at(file: Path, changed: int, size: int) -> str:
    """The digest of a file as it was at a time, which is read once."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]
