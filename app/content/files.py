"""Files: the content files of a site folder, each read into an entry again only when it has become another."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from flask_flatpages import FlatPages

from ..problems import Problem, Problems
from . import notebooks
from .contents import Broken, Collection
from .entry import Entry
from .languages import parted
from .names import ENDING, ENDINGS, id_of, is_notebook, name_problem, shown_path, stem_of, walk
from .source import Source

PAGES = "pages"


class Files(FlatPages):  # type: ignore[misc]
    """The content files of a site folder, as Flask-FlatPages has them, and the type of the entry in each.

    `types` are those of a list page, and of a page in no collection.
    """

    settings: ClassVar[dict[str, object]] = {"extension": ENDINGS, "encoding": "utf-8", "auto_reload": False}

    def __init__(self, site_folder: Path, collections: Sequence[Collection], types: tuple[type[Entry], type[Entry]]) -> None:
        super().__init__()
        self.site_folder = site_folder.resolve()
        self.collections = tuple(collections)
        self.types = types

    @property
    def root(self) -> str:
        """The folder of all entries."""
        return str(self.site_folder / PAGES)

    def config(self, key: str) -> Any:
        """Flask-FlatPages' settings, which are the same with and without an application."""
        return self.settings[key]

    def collection_of(self, id: str) -> Collection | None:
        """The collection whose folder `id` is in, the innermost where several are; or whose file it is."""
        found = [one for one in self.collections if id.startswith(f"{one.folder}/") or one.folder == id + ENDING]
        return max(found, key=lambda one: len(one.folder), default=None)

    def type_of(self, path: str) -> type[Entry]:
        """The type of the entry in the file `path`, relative to `pages/` and without its ending."""
        original, _ = parted(path)
        if original.rpartition("/")[2] == "index":
            return self.types[0]
        collection = self.collection_of(id_of(original))
        return collection.type if collection else self.types[1]

    @cached_property
    def _pages(self) -> dict[str, Entry | Broken]:
        """Every content file by its path, relative to `pages/`."""
        found: dict[str, Entry | Broken] = {}
        for folder, _, names in walk(Path(self.root)):
            for name in names:
                if name.endswith(ENDINGS):
                    path = (folder / name).relative_to(self.root).as_posix()
                    found[path] = self._load_file(path, str(folder / name))
        return found

    def _load_file(self, path: str, filename: str) -> Entry | Broken:
        """Read one file, or say why not. An unchanged file is not read again."""
        shown = f"{PAGES}/{path}"
        stamp = stamp_of(filename)
        cached = self._file_cache.get(filename)
        if cached is None or stamp is None or cached[1] != stamp:
            cached = self._file_cache[filename] = (self._parse(Path(filename), path, shown), stamp)
        page: Entry | Broken = cached[0]
        return page

    def _parse(self, content: Path, path: str, rel_path: str) -> Entry | Broken:
        """The entry in the file `content`, or what is wrong with it; a notebook without a title is of the plainest type."""
        try:
            if problem := name_problem(rel_path) or self._outside(content, rel_path):
                return Broken(shown_path(rel_path), (problem,))
            source = (notebooks.read if is_notebook(path) else Source.read)(content, rel_path)
            known = self.types[1] if notebooks.is_loose(source) else self.type_of(stem_of(path))
            return known.load(source, id_of(stem_of(path)))
        except Problems as error:
            return Broken(shown_path(rel_path), error.problems)

    def _outside(self, file: Path, path: str) -> Problem | None:
        """The Problem of a link that leads out of `pages/`."""
        if not file.is_symlink():
            return None
        real = os.path.realpath(file)
        if not os.path.exists(real) or Path(real).is_relative_to(os.path.realpath(self.root)):
            return None
        return Problem(path, 1, 1, "this is a symbolic link to a file outside 'pages/'", "put a copy of the file here")

    def read_again(self, path: str) -> tuple[Entry, Source] | None:
        """An entry and its file as it is now, where no more than the body has become another."""
        page = self._pages.get(path.removeprefix(f"{PAGES}/"))
        if not isinstance(page, Entry) or is_notebook(path):
            return None
        known, file = page.source, page.source.file
        stamp = stamp_of(file)
        try:
            source = Source.read(file, page.path)
        except Problems:
            return None
        if file.is_symlink() or source.head != known.head or bool(source.body.strip()) != bool(known.body.strip()):
            return None
        self._file_cache[str(file)] = page, stamp
        return page, source


def stamp_of(file: str | Path) -> tuple[int, ...] | None:
    """What the system says of a file, by which it is noticed that it has changed; nothing where there is none."""
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
