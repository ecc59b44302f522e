"""What an author's link leads to: an entry, a file below `pages/`, or a place elsewhere."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

from ..problems import did_you_mean
from ..reads import note
from .entry import Entry
from .files import PAGES
from .names import ENDINGS, id_of, stem_of
from .store import Store

ELSEWHERE = re.compile(r"(?i)[a-z][a-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads on this site: an entry, a file (relative to `pages/`), or a path that the program serves."""

    entry: Entry | None = None
    file: str = ""
    path: str = ""
    anchor: str = ""

    @property
    def url(self) -> str:
        """The URL, without the anchor."""
        if self.entry:
            return self.entry.url
        return f"/{quote(self.file)}" if self.file else self.path


class Nowhere(Exception):
    """A link that leads to nothing: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def leads_elsewhere(href: str) -> bool:
    """Whether `href` names another host or another scheme."""
    return ELSEWHERE.match(href) is not None


def find(store: Store, source: str, href: str) -> Address:
    """What `href`, written in the file `source` (relative to the site folder), leads to; raises `Nowhere`.

    A path may be a file's as it is on disk (`../posts/a.md`, `plot.png`), or an entry's URL, relative or from the root.
    """
    written, _, anchor = href.partition("#")
    written, anchor = unquote(written.partition("?")[0]), unquote(anchor)
    folder = posixpath.dirname(source).removeprefix(PAGES).strip("/")
    if not written:
        path = stem_of(source.removeprefix(f"{PAGES}/"))
        return Address(store.get(id_of(path)), path="" if source.startswith(PAGES) else "/", anchor=anchor)
    language = store.language_of(source)
    found = store.made.get((folder, href, language), lambda: located_or_not(store, source, written, language, href))
    if isinstance(found, Nowhere):
        raise Nowhere(found.message, found.hint)
    return replace(found, anchor=anchor) if anchor else found


def located_or_not(store: Store, source: str, written: str, language: str, href: str) -> Address | Nowhere:
    """The same, with `Nowhere` as an answer: that a link leads to nothing is worth remembering too."""
    try:
        return located(store, source, written, language, href)
    except Nowhere as error:
        return error.with_traceback(None)


def located(store: Store, source: str, written: str, language: str, href: str) -> Address:
    """What the path in `href`, in the file `source`, leads to, in a language where it is there in it; raises `Nowhere`."""
    folder = posixpath.dirname(source).removeprefix(PAGES).strip("/")
    target = posixpath.normpath(posixpath.join("/" + folder, written))[1:]
    target = unicodedata.normalize("NFC", target.lstrip("/"))
    if outside(folder, written):
        raise Nowhere(f"'{href}' leads out of the site", "copy the file into 'pages/' and link to it there")
    if target == "static" or target.startswith(("static/", "outputs/")):
        return Address(path="/" + quote(target))
    if entry := entry_at(store, target):
        return Address(store.beside(entry, language))
    if file := file_at(Path(store.root), target):
        return Address(file=file)
    raise Nowhere(f"'{href}' leads to nothing", suggestion(store, source, written, target))


def outside(folder: str, written: str) -> bool:
    """Whether a path, seen from `folder` or from the root, climbs above the root of the site."""
    path = written.lstrip("/") if written.startswith("/") else posixpath.join(folder, written)
    return posixpath.normpath(path).split("/")[0] == ".."


def entry_at(store: Store, target: str) -> Entry | None:
    """The entry that `target` names, by its file or by its URL; raises `Nowhere` for a draft or a broken one."""
    id = id_of(stem_of(target).strip("/") or "index")
    if entry := store.get(id):
        return entry
    if id in store.contents.entries:
        message, hint = f"'{id}' is a draft and will not be there", "publish it, or link to something else"
        raise Nowhere(message, hint)
    if id in store.contents.broken:
        raise Nowhere(f"'{id}' has a problem of its own", "mend it first")
    return None


def file_at(root: Path, target: str) -> str | None:
    """The path below `root` of a file that may be released, or `None`."""
    note("file", target)
    for form in dict.fromkeys((target, unicodedata.normalize("NFD", target))):
        file = root / form
        if os.path.isfile(file) and not form.endswith(".md") and form != "site.yml":
            real = Path(os.path.realpath(file))
            hidden = any(part.startswith(".") for part in Path(form).parts)
            return form if real.is_relative_to(os.path.realpath(root)) and not hidden else None
    return None


def suggestion(store: Store, source: str, written: str, target: str) -> str:
    """What the author may have meant, as seen from the file `source`."""
    here = posixpath.dirname(source)
    if written.endswith(ENDINGS) or "." not in posixpath.basename(written):
        paths = [entry.path for entry in store]
    else:
        folder = Path(store.root) / posixpath.dirname(target)
        paths = [f"{PAGES}/{posixpath.dirname(target)}/{name}" for name in os.listdir(folder)] if os.path.isdir(folder) else []
    names = sorted(posixpath.relpath(path, here) for path in paths)
    return did_you_mean(written, names, "write the path of the file, as seen from this one")
