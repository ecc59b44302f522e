"""Texts: the Documents of a site's entries, and what links in them lead to; it holds what has been parsed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ..bibliography.library import BibFile, Library
from ..cache import Cache
from ..content import Entry, Store
from ..content.addresses import Address, Nowhere, find
from ..content.aliases import Aliases, aliases
from ..content.extracted import extracted
from ..content.names import id_of
from ..images import Pictures, Unfit
from ..markup import Document, Image, Label, Outline, parse
from ..markup.kept import dumped, dumped_outline, loaded, loaded_outline, maker
from ..problems import did_you_mean
from ..prose import Prose, fields_of, prose
from ..publications import Work, said_more_in, works
from .naming import Names, names_of

T = TypeVar("T")

SITE_WIDE = ("references.bib", "publications.bib")
"""The bibliographies that every entry can cite, in `pages/`."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the id of the entry that has it, and in which of its fields."""

    id: str
    field: str
    label: Label


class Texts:
    """The entries of a store as Documents, each parsed once for the same text."""

    def __init__(self, store: Store, static: tuple[Path, ...], cache: Cache | None = None) -> None:
        self.store = store
        self.pictures = Pictures(store.site_folder / ".octavo" / "images")
        self.static = static
        self.cache = cache
        self._documents: dict[tuple[str, str], tuple[Prose, Document]] = {}
        self._files: dict[str, BibFile] = {}
        self._static: dict[str, Path | None] = {}

    def reload(self) -> None:
        """Look at the files again at the next question."""
        for kept in ("outlines", "labels", "library", "names", "aliases", "works", "pages_of_works"):
            self.__dict__.pop(kept, None)
        self._files, self._static = {}, {}

    def document(self, entry: Entry, field: str = "body") -> Document:
        """The body of an entry, or one of its fields, parsed; only once for the same text."""
        if not self.knows(entry, field):
            written = prose(entry, field)
            kept = self.cache.get("document", key(entry.path, written)) if self.cache else None
            if kept and (document := read(kept, loaded)):
                self._documents[entry.path, field] = written, document
            else:
                self.adopt(entry, field, parsed(entry.path, written))
        return self._documents[entry.path, field][1]

    def recall(self) -> None:
        """Take from the cache every Document of the site that an earlier run has parsed."""
        texts = [(entry, field) for entry in self.store for field in fields_of(entry) if not self.knows(entry, field)]
        keys = [key(entry.path, prose(entry, field)) for entry, field in texts]
        kept = self.cache.many("document", keys) if self.cache else {}
        for (entry, field), name in zip(texts, keys, strict=True):
            if name in kept and (document := read(kept[name], loaded)):
                self._documents[entry.path, field] = prose(entry, field), document

    def save(self) -> None:
        """Keep for the next run what was parsed in this."""
        if self.cache:
            self.cache.save()

    def knows(self, entry: Entry, field: str) -> bool:
        """Whether this very text has been parsed."""
        known = self._documents.get((entry.path, field))
        return known is not None and known[0] == prose(entry, field)

    def adopt(self, entry: Entry, field: str, document: Document) -> None:
        """Keep the Document of a text."""
        written = prose(entry, field)
        self._documents[entry.path, field] = written, document
        if self.cache:
            name = key(entry.path, written)
            self.cache.put("document", name, dumped(document))
            self.cache.put("outline", name, dumped_outline(document.outline))

    @cached_property
    def outlines(self) -> dict[tuple[str, str], Outline]:
        """What every text of the site offers and asks, by the id of its entry and its field."""
        texts = [(entry, field) for entry in self.store for field in fields_of(entry)]
        new = [(entry, field) for entry, field in texts if not self.knows(entry, field)]
        unknown = {(entry.id, field): key(entry.path, prose(entry, field)) for entry, field in new}
        kept = self.cache.many("outline", unknown.values()) if self.cache else {}
        found = {}
        for entry, field in texts:
            outline = kept.get(unknown.get((entry.id, field), ""))
            found[entry.id, field] = (read(outline, loaded_outline) if outline else None) or self.document(entry, field).outline
        return found

    @cached_property
    def labels(self) -> dict[str, dict[str, Labelled]]:
        """Everything on the site that has a label, by its name and then by the id of the entry that has it."""
        found: dict[str, dict[str, Labelled]] = {}
        for (id, field), outline in self.outlines.items():
            for label in outline.labels:
                found.setdefault(label.id, {}).setdefault(id, Labelled(id, field, label))
        return found

    @cached_property
    def names(self) -> Names:
        """Everything that an entry of the site can be called."""
        return names_of(self.store)

    @cached_property
    def aliases(self) -> Aliases:
        """The old URLs of entries."""
        return aliases(self.store)

    def entry_of(self, path: str) -> Entry | None:
        """The entry that stands in a file."""
        return self.store.get(id_of(path.removeprefix("pages/").rpartition(".")[0]))

    @cached_property
    def library(self) -> Library:
        """The works that every entry can cite."""
        return self._library(SITE_WIDE)

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """The author's own works."""
        return works(self.library, said_more_in(self.store), self.store.facts.author)

    @cached_property
    def pages_of_works(self) -> dict[str, Work]:
        """The works that no entry says more of, by their URLs."""
        return {work.url: work for work in self.works if not work.entry}

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
            file = Path(self.store.root) / name
            if os.path.isfile(file):
                if name not in self._files:
                    self._files[name] = BibFile.read(file, f"pages/{name}", self.cache)
                files.append(self._files[name])
        return Library.of(files)

    def link(self, path: str, href: str) -> str:
        """The URL of what `href`, in the file `path`, leads to, its anchor checked; raises `Nowhere`."""
        if href.partition("#")[0] in self.pages_of_works:
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
            return Path(self.store.root) / address.file
        if address.path.startswith("/outputs/"):
            return extracted(self.store, address.path.removeprefix("/outputs/"))
        return self.static_file(address.path.removeprefix("/static/"))

    def static_file(self, name: str) -> Path | None:
        """A static file, the author's before Octavo's; no link in the folder leads out of it."""
        if name not in self._static:
            found = (Path(os.path.realpath(folder / name)) for folder in self.static)
            inside = zip(found, self.static, strict=True)
            self._static[name] = next(
                (file for file, folder in inside if file.is_file() and file.is_relative_to(os.path.realpath(folder))), None
            )
        return self._static[name]


def parsed(path: str, written: Prose) -> Document:
    """The Document of a text in the file `path`; it looks at nothing else, so that any process can make it."""
    return parse(
        written.text, path, written.line, macros=written.macros, indents=written.indents, rows=written.rows,
        by_section=written.by_section,
    )  # fmt: skip


def read(kept: bytes, how: Callable[[bytes], T]) -> T | None:
    """What was kept, or nothing where the bytes are damaged."""
    try:
        return how(kept)
    except (ValueError, KeyError, TypeError):
        return None


def key(path: str, written: Prose) -> str:
    """What tells one text from another, and from the same as an earlier version of the program read it."""
    told = hashlib.sha256(maker().encode())
    told.update(written.text.encode("utf-8", "surrogatepass"))
    told.update(repr((path, written[1:])).encode("utf-8", "surrogatepass"))
    return told.hexdigest()
