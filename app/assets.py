"""Assets: the static files, and the names with a digest by which pages ask for style sheets, scripts and icons."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from .fonts import face
from .site import Site
from .theme import style_sheet

THEMED = "site.css"
"""The style sheet, to which the theme is added."""

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
    named = ((name, site.texts.static_file(name)) for name in plain(site) if name.endswith(NAMED))
    return [with_digest(name, file, added(site, name)) for name, file in named if file]


def url_of(site: Site, name: str) -> str:
    """The URL by which a page asks for a static file. Raises `FileNotFoundError` for one that is not there."""
    file = site.texts.static_file(name)
    if file is None:
        raise FileNotFoundError(f"there is no static file '{name}'")
    return f"/static/{quote(with_digest(name, file, added(site, name)) if name.endswith(NAMED) else name)}"


def file_of(site: Site, name: str) -> Path | None:
    """The static file with a name, be it its own or that with its digest."""
    if file := site.texts.static_file(name):
        return file
    parts = DIGEST.fullmatch(name)
    plain_name = f"{parts['stem']}{parts['ending']}" if parts else ""
    file = site.texts.static_file(plain_name) if parts else None
    return file if file and with_digest(plain_name, file, added(site, plain_name)) == name else None


def added(site: Site, name: str) -> bytes:
    """What a static file has after its own bytes: the style sheet has the font of formulas and the theme of `site.yml`."""
    named = name == THEMED or ((parts := DIGEST.fullmatch(name)) and parts["stem"] + parts["ending"] == THEMED)
    return (face(site) + style_sheet(site.facts.theme)).encode() if named else b""


def with_digest(name: str, file: Path, more: bytes = b"") -> str:
    """`site.css` as `site.3f2a91bc.css`; `more` is what it has after the bytes of the file."""
    stem, _, ending = name.rpartition(".")
    status = file.stat()
    return f"{stem}.{digest_at(file, status.st_ctime_ns, status.st_size, more)}.{ending}"


@lru_cache(maxsize=256)
def digest_at(file: Path, changed: int, size: int, more: bytes) -> str:
    """What tells the bytes of a file, as it was at a time, from others, in eight characters; it is read once."""
    return hashlib.sha256(file.read_bytes() + more).hexdigest()[:8]
