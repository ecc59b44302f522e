"""Aliases: the old URLs of entries, which lead to where these are now."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from ..problems import Problem
from .addresses import ELSEWHERE, file_at, outside
from .entry import Entry
from .names import OURS, UNSAFE
from .store import Store

OURS_BELOW = re.compile(r"/(?:page/\d+|feed\.xml|feed\.json)/$")
"""What the site itself answers below the address of an entry: the pages of a long list, and feeds."""

FILE = (".html", ".htm")
"""How an old URL ends that is a file and no folder."""

WRITE = "write the old address from the root, such as /notes/old-name/"
FREE = "take it out, or write the address that the page had"


class Refused(Exception):
    """An alias that cannot lead anywhere: why, and what to write instead."""

    def __init__(self, message: str, hint: str = WRITE) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Aliases:
    """The entry that each old URL leads to, by its path from the root, unquoted; and what is wrong with the others."""

    entries: Mapping[str, Entry]
    problems: tuple[Problem, ...]


def aliases(store: Store) -> Aliases:
    """The aliases of all entries."""
    found: dict[str, Entry] = {}
    problems = []
    ids = (*store.contents.entries, *store.contents.broken)
    taken = {folded("/" if id == "index" else f"/{id}/"): f"the address of '{id}'" for id in ids}
    for entry in store:
        for index, alias in enumerate(entry.aliases):
            try:
                path = path_of(entry, alias)
                if found.get(path) is not entry:
                    refuse_taken(store, taken, alias, path)
            except Refused as error:
                problems.append(entry.source.problem(f"aliases: {error.message}", error.hint, at=("aliases", index)))
            else:
                found[path] = entry
                taken[folded(path)] = f"an alias of '{entry.path}'"
    return Aliases(found, tuple(problems))


def path_of(entry: Entry, alias: str) -> str:
    """The path from the root, unquoted, that an alias of `entry` names: from the root, or from the folder it stands in.

    It ends with a slash, or with `.html` where that is how it was written. Raises `Refused` for what is no path.
    """
    written = unicodedata.normalize("NFC", unquote(alias))
    if ELSEWHERE.match(written):
        raise Refused(f"'{alias}' is on another host")
    if found := UNSAFE.search(written.replace("\ufffd", "%")):
        raise Refused(f"'{alias}' has the character {found[0]!r}, which is in no path")
    if outside(entry.folder, written):
        raise Refused(f"'{alias}' leads out of the site")
    path = posixpath.normpath(posixpath.join("/", entry.folder, written)).replace("//", "/")
    path = path.removesuffix("index.html").rstrip("/") if path.endswith("/index.html") else path.rstrip("/")
    return path if path.lower().endswith(FILE) else f"{path}/"


def refuse_taken(store: Store, taken: Mapping[str, str], alias: str, path: str) -> None:
    """Raise `Refused` where something else is at `path`; `taken` says what is at which."""
    if what := taken.get(folded(path)):
        raise Refused(f"'{alias}' is {what}", FREE)
    if path.split("/")[1] in OURS or OURS_BELOW.search(path):
        raise Refused(f"the site itself answers at '{alias}'", FREE)
    names = (f"{path}index.html" if path.endswith("/") else path, path, *map(str, PurePosixPath(path).parents))
    if file := next((name.strip("/") for name in names if file_at(Path(store.root), name.strip("/"))), None):
        raise Refused(f"'{alias}' cannot be where the file '{file}' is", FREE)


def folded(path: str) -> str:
    """A path as systems see it that do not know small letters from capitals."""
    return unicodedata.normalize("NFC", path).casefold()
