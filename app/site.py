"""Site: the store and the renderer as views and templates see them. It holds and connects."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast
from urllib.parse import quote

from flask import current_app
from markupsafe import Markup, escape

from .config import Config
from .content import Entry, Facts, Query, Target
from .content.addresses import Address, Nowhere, find, leads_elsewhere
from .content.images import size_of
from .content.names import slug
from .content.store import Broken
from .content_types import open_store
from .markup import Document, Heading, Image, Rendering, parse, render
from .problems import did_you_mean
from .prose import Prose, fields_of, prose

PROGRAM = Path(__file__).resolve().parent.parent
"""The folder of Octavo itself, with its own templates and static files."""

AT_THE_ROOT = ("CNAME", "favicon.ico", "apple-touch-icon.png")
"""Files in `pages/` that hosts and browsers ask for without a link."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where templates and static files come from: the author's first, then Octavo's."""

    templates: tuple[Path, ...]
    static: tuple[Path, ...]

    @classmethod
    def of(cls, site_folder: Path) -> Folders:
        """Those of a site folder."""
        homes = tuple(dict.fromkeys((site_folder, PROGRAM)))
        return cls(tuple(home / "templates" for home in homes), tuple(home / "static" for home in homes))


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that entries bear, its URL, and those entries."""

    word: str
    url: str
    entries: list[Entry]


class Site:
    """A site folder, its entries, and their HTML."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder.resolve()
        self.config = config
        self.folders = Folders.of(self.folder)
        self.store = open_store(self.folder, drafts=config.drafts)
        self._documents: dict[tuple[str, str], tuple[Prose, Document]] = {}
        self._renderings: dict[tuple[str, str], Rendering] = {}

    def reload(self) -> None:
        """Look at the files again at the next question."""
        self.store.reload()
        self._renderings = {}
        for kept in ("tags", "last_updated"):
            self.__dict__.pop(kept, None)

    @property
    def facts(self) -> Facts:
        """What `site.yml` says."""
        return self.store.facts

    @property
    def base_url(self) -> str | None:
        """Where the site will stand, with a slash at the end, if anybody said so."""
        return self.config.base_url or self.facts.url

    @cached_property
    def last_updated(self) -> date | None:
        """The latest day on which an entry was worked on."""
        return max((day for entry in self.store if (day := entry.changed)), default=None)

    def absolute(self, path: str) -> str:
        """The full URL of a path of the site."""
        return (self.base_url or "/").rstrip("/") + path

    def query(self, folder: str = "") -> Query:
        """The entries in a folder, in their order; where its list page says another, in that."""
        index = self.store.get(folder)
        order = getattr(index, "order_by", ())
        found = self.store.query(folder)
        return found.order_by(*order) if order else found

    @cached_property
    def tags(self) -> dict[str, Tag]:
        """Every tag by the name that its URL has, in the order of the alphabet."""
        found: dict[str, Tag] = {}
        for entry in self.query():
            for word in entry.tags:
                name = slug(word)
                tag = found.setdefault(name, Tag(word, f"/tags/{quote(name)}/", []))
                if not tag.entries or tag.entries[-1] is not entry:
                    tag.entries.append(entry)
        return dict(sorted(found.items()))

    def entry(self, id: str) -> Entry | None:
        """An entry by its id."""
        return self.store.get(id)

    def entries(self, ids: tuple[str, ...]) -> list[Entry]:
        """The entries with these ids, in this order, without those that are not there."""
        return [entry for id in ids if (entry := self.store.get(id))]

    def broken(self, id: str) -> Broken | None:
        """The file that would be the entry `id`, were it not for its problems."""
        return self.store.contents.broken.get(id)

    def document(self, entry: Entry, field: str = "body") -> Document:
        """The body of an entry, or one of its fields, parsed; only once for the same text."""
        if not self.knows(entry, field):
            self.adopt(entry, field, parsed(entry.path, prose(entry, field)))
        return self._documents[entry.path, field][1]

    def knows(self, entry: Entry, field: str) -> bool:
        """Whether this very text has been parsed."""
        known = self._documents.get((entry.path, field))
        return known is not None and known[0] == prose(entry, field)

    def adopt(self, entry: Entry, field: str, document: Document) -> None:
        """Keep the Document of a text."""
        self._documents[entry.path, field] = prose(entry, field), document

    def rendering(self, entry: Entry, field: str = "body") -> Rendering:
        """The body of an entry, or one of its fields, as HTML, and what is wrong with its links."""
        key = entry.id, field
        if key not in self._renderings:
            self._renderings[key] = render(self.document(entry, field), self)
        return self._renderings[key]

    def html(self, entry: Entry, field: str = "body") -> Markup:
        """The body of an entry, or one of its fields, as HTML."""
        return Markup(self.rendering(entry, field).html)  # noqa: S704

    def title(self, entry: Entry) -> Markup:
        """The title of an entry as HTML, with its formulas."""
        if "$" not in entry.title:
            return escape(entry.title)
        return Markup(str(self.html(entry, "title")).strip().removeprefix("<p>").removesuffix("</p>"))  # noqa: S704

    def lead(self, entry: Entry) -> Markup:
        """What introduces an entry: its leading field, else the excerpt."""
        return self.html(entry, entry.lead) if getattr(entry, entry.lead) else self.excerpt(entry)

    def excerpt(self, entry: Entry) -> Markup:
        """The body up to its mark, else the summary, else the first paragraph."""
        document = self.document(entry)
        if entry.summary and "<!-- more -->" not in entry.source.body:
            return self.html(entry, "summary")
        return Markup(render(document, self, document.excerpt).html)  # noqa: S704

    def plain(self, entry: Entry) -> str:
        """The summary of an entry without markup, or nothing."""
        return self.document(entry, "summary").text if entry.summary else ""

    def contents(self, entry: Entry) -> tuple[Heading, ...]:
        """The headings of an entry's body."""
        return self.document(entry).headings

    def href(self, entry: Entry, href: str) -> str:
        """The URL of a link that a field of `entry` gives, or the link as it is where it leads to nothing."""
        try:
            return href if leads_elsewhere(href) else self.link(entry.path, href)
        except Nowhere:
            return href

    def link(self, path: str, href: str) -> str:
        """The URL of what `href`, in the file `path`, leads to, its anchor checked."""
        address = find(self.store, path, href)
        if address.path.startswith("/static/") and not self.static_file(address.path.removeprefix("/static/")):
            raise Nowhere(f"'{href}' leads to nothing", "static files are in 'static/'")
        if address.anchor:
            self.check_anchor(address, path, href)
        return address.url + (f"#{address.anchor}" if address.anchor else "")

    def check_anchor(self, address: Address, path: str, href: str) -> None:
        """Raise `Nowhere` when the entry that a link leads to does not have its anchor."""
        ids = self.document(address.entry).ids if address.entry else frozenset()
        if address.entry and address.anchor not in ids:
            where = "this page" if address.entry.path == path else f"'{address.entry.path}'"
            raise Nowhere(f"'{href}': {where} has no '#{address.anchor}'", did_you_mean(address.anchor, ids))

    def image(self, path: str, href: str) -> Image:
        """The picture that `href`, in the file `path`, names."""
        address = find(self.store, path, href)
        file = self.file_of(address)
        if file is None:
            raise Nowhere(f"'{href}' is no picture", "link to a page as [text](path), show a picture as ![text](path)")
        try:
            return Image(address.url, *size_of(file))
        except OSError as error:
            raise Nowhere(f"'{href}' cannot be shown: {error}", "save it again as PNG, JPEG, WebP or SVG") from error

    def file_of(self, address: Address) -> Path | None:
        """The file on disk that an address names."""
        if address.file:
            return Path(self.store.root) / address.file
        return self.static_file(address.path.removeprefix("/static/"))

    def static_file(self, name: str) -> Path | None:
        """A static file, the author's before Octavo's; no link in the folder leads out of it."""
        for folder in self.folders.static:
            file = Path(os.path.realpath(folder / name))
            if os.path.isfile(file) and file.is_relative_to(os.path.realpath(folder)):
                return file
        return None

    def files(self) -> list[str]:
        """The files below `pages/` that published entries lead to, relative to it."""
        found = set()
        for entry in self.store:
            hrefs = [slot.target for field in fields_of(entry) for slot in self.document(entry, field).slots]
            for href in (*hrefs, *(href for _, href in entry.marked(Target) if not leads_elsewhere(href))):
                try:
                    found.add(find(self.store, entry.path, href).file)
                except Nowhere:
                    continue
        return sorted(found.union(name for name in AT_THE_ROOT if (Path(self.store.root) / name).is_file()) - {""})


def parsed(path: str, written: Prose) -> Document:
    """The Document of a text in the file `path`; it looks at nothing else, so that any process can make it."""
    return parse(written.text, path, written.line, written.macros, written.indents)


def current_site() -> Site:
    """The Site of the application that answers this request."""
    return cast(Site, current_app.extensions["octavo"])
