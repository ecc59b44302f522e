"""Texts: the Documents of a site's entries, and what links in them lead to; it holds what has been parsed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ..bibliography.library import BibFile, Library
from ..cache import Cache
from ..content import Entry, Store, Target
from ..content.addresses import Address, Nowhere, find, leads_elsewhere
from ..content.aliases import Aliases, aliases
from ..content.extracted import extracted
from ..content.names import id_of
from ..folders import inside, is_hidden
from ..images import Pictures, Unfit
from ..markup import Image
from ..markup.fields import html_of
from ..markup.signs import signs
from ..problems import did_you_mean
from ..prose import fields_of
from ..publications import Work, said_more_in, works
from ..reads import note, unrecorded
from .documents import Documents, Labelled
from .naming import Names, names_of

T = TypeVar("T")

AT_THE_ROOT = ("CNAME", "favicon.ico", "apple-touch-icon.png")
"""Files in `pages/` that hosts and browsers ask for without a link."""

LEADING = ("link", "image", "wikilink", "embed")
"""The kinds of Slot that can lead to a file."""

WORKS = "/publications/"
"""Where the pages of the author's own works are."""

SITE_WIDE = ("references.bib", "publications.bib")
"""The bibliographies that every entry can cite, in `pages/`."""


class Texts(Documents):
    """The Documents of a site, and what a text can ask of it: pictures, libraries, what names and links lead to."""

    def __init__(self, store: Store, static: tuple[Path, ...], cache: Cache | None = None) -> None:
        super().__init__(store, cache)
        self.pictures = Pictures(store.site_folder / ".octavo" / "images")
        self.static = static
        self._files: dict[str, BibFile] = {}
        self._static: dict[str, Path | None] = {}

    def reload(self) -> None:
        """Look at the files again at the next question."""
        super().reload()
        for kept in ("_site_wide", "names", "aliases", "_works", "_pages_of_works"):
            self.__dict__.pop(kept, None)
        self._files = {}
        self.look_for_static_files()

    def look_for_static_files(self) -> None:
        """Look at the static folders again at the next question."""
        self._static = {}

    def _forget(self) -> None:
        """Let go of what follows from all outlines together."""
        super()._forget()
        self.__dict__.pop("_released", None)

    @cached_property
    def names(self) -> Names:
        """Everything that an entry of the site can be called."""
        with unrecorded():
            return names_of(self.store)

    @cached_property
    def aliases(self) -> Aliases:
        """The old URLs of entries."""
        with unrecorded():
            return aliases(self.store)

    def entry_of(self, path: str) -> Entry | None:
        """The entry that stands in a file."""
        return self.store.get(id_of(path.removeprefix("pages/").rpartition(".")[0]))

    @property
    def library(self) -> Library:
        """The works that every entry can cite."""
        note("library")
        return self._site_wide

    @cached_property
    def _site_wide(self) -> Library:
        """The same, for those who look at a part of it."""
        return self._library(SITE_WIDE)

    @property
    def works(self) -> tuple[Work, ...]:
        """The author's own works."""
        note("works")
        return self._works

    @cached_property
    def _works(self) -> tuple[Work, ...]:
        """The same, for those who look at a part of it."""
        with unrecorded():
            return works(self._site_wide, said_more_in(self.store), self.store.facts.author)

    def work_at(self, url: str) -> Work | None:
        """The work whose page is at `url`, of those that no entry says more of."""
        note("work", url)
        return self._pages_of_works.get(url)

    @cached_property
    def _pages_of_works(self) -> dict[str, Work]:
        """The works that no entry says more of, by their URLs."""
        return {work.url: work for work in self._works if not work.entry}

    @cached_property
    def _signs(self) -> str:
        """The signs of formulas, those in the titles and abstracts of works too."""
        fields = (reference.get(name) for reference in self._site_wide for name in ("title", "abstract"))
        return "".join(sorted({*super()._signs, *signs(html_of(field) for field in fields if "$" in field)}))

    def labelled(self, found: Labelled) -> Entry:
        """The entry that has a label."""
        note("entry", found.id)
        return self.store.contents.entries[found.id]

    def library_of(self, entry: Entry) -> Library:
        """The works that an entry can cite: those of the whole site, and those in the files it names."""
        return self._library((*SITE_WIDE, *self.bib_files(entry))) if entry.bibliography else self.library

    def bib_files(self, entry: Entry) -> list[str]:
        """The files, relative to `pages/`, that an entry names as its bibliography, those that are there."""
        found = []
        for href in entry.bibliography:
            try:
                found.append(find(self.store, entry.path, href).file)
            except Nowhere:
                continue
        return [name for name in found if name]

    def _library(self, names: tuple[str, ...]) -> Library:
        """The works in some files below `pages/`."""
        files = []
        for name in dict.fromkeys(names):
            note("bytes", name)
            file = inside(Path(self.store.root), name)
            if file:
                if name not in self._files:
                    self._files[name] = BibFile.read(file, f"pages/{name}", self.cache)
                files.append(self._files[name])
        return Library.of(files)

    def link(self, path: str, href: str) -> str:
        """The URL of what `href`, in the file `path`, leads to, its anchor checked; raises `Nowhere`."""
        if href.startswith(WORKS) and self.work_at(href.partition("#")[0]):
            return href
        address = find(self.store, path, href)
        if address.path.startswith(("/static/", "/outputs/")) and not self.file_of(address):
            raise Nowhere(f"'{href}' leads to nothing", "static files are in 'static/'")
        if address.file.lower().endswith(".svg"):
            self.image(path, href)
        if address.anchor:
            self._check_anchor(address, path, href)
        return address.url + (f"#{address.anchor}" if address.anchor else "")

    def _check_anchor(self, address: Address, path: str, href: str) -> None:
        """Raise `Nowhere` when the entry that a link leads to does not have its anchor."""
        if address.entry is None:
            return
        ids = frozenset().union(*(self.document(address.entry, field).ids for field in fields_of(address.entry)))
        if address.anchor not in ids:
            where = "this page" if address.entry.path == path else f"'{address.entry.path}'"
            raise Nowhere(f"'{href}': {where} has no '#{address.anchor}'", did_you_mean(address.anchor, ids))

    def image(self, path: str, href: str) -> Image:
        """The picture that `href`, in the file `path`, names; raises `Nowhere`."""
        address = find(self.store, path, href)
        file = self.file_of(address)
        if file is None:
            raise Nowhere(f"'{href}' is no picture", "link to a page as [text](path), show a picture as ![text](path)")
        try:
            picture = self.pictures.of(file)
        except Unfit as error:
            raise Nowhere(f"'{href}' {error.message}", error.hint) from error
        return Image(address.url, picture.width, picture.height, picture.sources)

    def file_of(self, address: Address) -> Path | None:
        """The file on disk that an address names."""
        if address.file:
            note("bytes", address.file)
            return Path(self.store.root) / address.file
        if address.path.startswith("/outputs/"):
            return extracted(self.store, address.path.removeprefix("/outputs/"))
        return self.static_file(address.path.removeprefix("/static/"))

    def static_file(self, name: str) -> Path | None:
        """A static file, the author's before Octavo's; no link in the folder leads out of it."""
        if name not in self._static:
            found = (inside(folder, name) for folder in self.static if not is_hidden(name))
            self._static[name] = next(filter(None, found), None)
        return self._static[name]

    def files(self) -> list[str]:
        """The files below `pages/` that published entries lead to, relative to it."""
        note("files")
        return self._released

    @cached_property
    def _released(self) -> list[str]:
        """The same, found once."""
        with unrecorded():
            asked = [(self.store.contents.entries[id], outline.slots) for (id, _), outline in self.outlines.items()]
            hrefs = [(entry, slot.target) for entry, slots in asked for slot in slots if slot.kind in LEADING]
            hrefs += [(entry, href) for entry in self.store for _, href in entry.marked(Target)]
            found = {file for entry, href in hrefs if not leads_elsewhere(href) and (file := self._file_at(entry, href))}
        return sorted(found.union(name for name in AT_THE_ROOT if inside(Path(self.store.root), name)))

    def _file_at(self, entry: Entry, href: str) -> str:
        """The file below `pages/` that a link of an entry leads to, or nothing."""
        try:
            return find(self.store, entry.path, href).file
        except Nowhere:
            return ""
