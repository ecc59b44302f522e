"""Site: the store and the renderer as views and templates see them. It holds and connects."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import cast

from flask import current_app
from markupsafe import Markup

from .answers import Neighbours, Page, Texts
from .answers.cited import Cited
from .answers.tagged import Tags, tagged
from .bibliography.library import Library
from .bibliography.styles import STYLES, Style
from .cache import Cache
from .config import Config
from .content import Collection, Entry, Facts, Query
from .content.addresses import Nowhere, leads_elsewhere
from .content.contents import Broken
from .content_types import COLLECTIONS, open_store
from .folders import Folders, inside
from .markup import Document, Heading, Image, Rendering, render
from .markup.previews import elsewhere, without_ids
from .prose import fields_of
from .publications import Work
from .reads import Remembered, note, unrecorded
from .recent import Recent
from .relative import absolute

RECENT = 256
"""How many pages and renderings are kept at a time: lists and feeds ask again for those of late."""


class Site:
    """A site folder, its entries, and their HTML."""

    def __init__(self, folder: Path, config: Config, collections: tuple[Collection, ...] = COLLECTIONS) -> None:
        self.folder = folder.resolve()
        self.config = config
        self.folders = Folders.of(self.folder)
        self.store = open_store(self.folder, config.drafts, collections)
        self.texts = Texts(self.store, self.folders.static, Cache(self.folder) if config.cache else None)
        self._pages: Recent[str, Page] = Recent(RECENT)
        self._made = Remembered(RECENT)

    def reload(self) -> None:
        """Look at the files again at the next question."""
        self.store.reload()
        self.texts.reload()
        self._made, self._pages = Remembered(RECENT), Recent(RECENT)
        for kept in ("tags", "_last_updated", "neighbours"):
            self.__dict__.pop(kept, None)

    def refresh(self, paths: Set[str]) -> None:
        """Look again at the files with these paths, relative to the site folder; nobody may ask anything meanwhile.

        Where only bodies are others than before, all that does not depend on them is kept.
        """
        content = {path for path in paths if path.startswith("pages/")}
        changed = self.store.refresh(content)
        if changed is None:
            self.reload()
            return
        if not self.texts.refresh(changed):
            self.__dict__.pop("neighbours", None)
            self._made = Remembered(RECENT)
        for entry in changed:
            self._made.forget(("body", entry.path))
        self._pages = Recent(RECENT)
        if len(content) < len(paths):
            self.texts.look_for_static_files()
            self._made = Remembered(RECENT)

    @property
    def library(self) -> Library:
        """The works that every entry can cite."""
        return self.texts.library

    @property
    def works(self) -> tuple[Work, ...]:
        """The author's own works."""
        return self.texts.works

    @property
    def style(self) -> Style:
        """The style of citations, APA where `site.yml` names none that there is."""
        return STYLES.get(self.facts.citation_style, STYLES["apa"])

    @property
    def facts(self) -> Facts:
        """What `site.yml` says."""
        return self.store.facts

    def has(self, part: str) -> bool:
        """Whether the site has a part: `site.yml` names those it does without."""
        return part not in self.facts.without

    @property
    def base_url(self) -> str | None:
        """Where the site will stand, with a slash at the end, if anybody said so."""
        return self.config.base_url or self.facts.url

    @property
    def last_updated(self) -> date | None:
        """The latest day on which an entry was worked on."""
        note("updated")
        return self._last_updated

    @cached_property
    def _last_updated(self) -> date | None:
        """The same, found once."""
        with unrecorded():
            return max((day for entry in self.store if (day := entry.changed)), default=None)

    def absolute(self, path: str) -> str:
        """The full URL of a path of the site."""
        return (self.base_url or "/").rstrip("/") + path

    def query(self, folder: str = "", tag: str = "") -> Query:
        """The entries in a folder, in their order; where its list page says another, in that.

        Those of `zh/notes`, or of `notes` with the tag `zh`, are those of `notes` in Chinese, as far as they are translated.
        """
        first, _, rest = folder.partition("/")
        tag, folder = (first, rest) if first in self.store.tongues else (tag, folder)
        if tag:
            return Query(self.store.beside(entry, tag) for entry in self.query(folder))
        index = self.store.get(folder)
        order = getattr(index, "order_by", ())
        found = self.store.query(folder)
        return found.order_by(*order) if order else found

    @cached_property
    def tags(self) -> Tags:
        """Every tag by the name that its URL has, in the order of the alphabet."""
        with unrecorded():
            return tagged(self.query())

    def tags_of(self, tongue: str) -> Tags:
        """The tags of translations into a language, or of the originals where that is empty."""
        if not tongue:
            return self.tags
        root = f"/{tongue}/tags/"
        return self.store.made.get(("tags", tongue), lambda: tagged((one for one in self.query("", tongue) if one.tag), root))

    def entry(self, id: str) -> Entry | None:
        """An entry by its id."""
        return self.store.get(id)

    def entries(self, ids: tuple[str, ...], language: str = "") -> list[Entry]:
        """The entries with these ids, in this order, without those that are not there; in a language, where they are in it."""
        return [self.store.beside(entry, language) for id in ids if (entry := self.store.get(id))]

    def broken(self, id: str) -> Broken | None:
        """The file that would be the entry `id`, were it not for its problems."""
        return self.store.contents.broken.get(id)

    def document(self, entry: Entry, field: str = "body") -> Document:
        """The body of an entry, or one of its fields, parsed."""
        return self.texts.document(entry, field)

    def page(self, entry: Entry) -> Page:
        """The page of an entry, as the Slots of its texts see it."""
        return self._pages.get(entry.id) or self._pages.put(entry.id, Page(self.texts, entry, self.style, self._pages))

    def references(self, entry: Entry) -> list[Cited]:
        """The works that an entry cites, in the order of the style, and where on its page it does so."""
        works = self.page(entry).works
        return [Cited(one.key, one.label, Markup(works.html[one.key]), works.back.get(one.key, ())) for one in works.items]  # noqa: S704

    @cached_property
    def neighbours(self) -> Neighbours:
        """The listed entries as seen from each other."""
        with unrecorded():
            return Neighbours(self.texts, self.query())

    def rendering(self, entry: Entry, field: str = "body") -> Rendering:
        """The body of an entry, or one of its fields, as HTML, and what is wrong with its links."""
        key = entry.id, field
        return self._made.get(key, lambda: render(self.document(entry, field), self.page(entry)))

    def html(self, entry: Entry, field: str = "body") -> Markup:
        """The body of an entry, or one of its fields, as HTML."""
        return Markup(self.rendering(entry, field).html)  # noqa: S704

    def whole(self, entry: Entry) -> str:
        """All texts of an entry and the works it cites as HTML for another place: absolute links, nothing beside them."""
        return self._made.get((entry.id, "whole"), lambda: self._whole(entry))

    def _whole(self, entry: Entry) -> str:
        """The same, made anew."""
        page, first = self.page(entry).quietly, [entry.lead] if entry.lead != "summary" else []
        texts = [render(self.document(entry, field), page) for field in (*first, "body") if field in fields_of(entry)]
        works = "".join(f'<li id="ref-{one.key}">{one.label} {one.html}</li>' for one in self.references(entry))
        html = "".join(text.html for text in texts) + (f"<ul>{works}</ul>" if works else "")
        return absolute(html, self.absolute(""), entry.url)

    def title(self, entry: Entry) -> Markup:
        """The title of an entry as HTML, with its formulas."""
        return Markup(self.page(entry).quietly.title(entry))  # noqa: S704

    def lead(self, entry: Entry) -> Markup:
        """What introduces an entry elsewhere than on its page: its leading field, else the excerpt."""
        html = self.html(entry, entry.lead) if getattr(entry, entry.lead) else self.excerpt(entry)
        return Markup(elsewhere(without_ids(str(html)), entry.url))  # noqa: S704

    def excerpt(self, entry: Entry) -> Markup:
        """The body up to its mark, else the summary, else the first paragraph."""
        document = self.document(entry)
        if entry.summary and "<!-- more -->" not in entry.source.body:
            return self.html(entry, "summary")
        return Markup(render(document, self.page(entry), document.excerpt).html)  # noqa: S704

    def plain(self, entry: Entry) -> str:
        """The summary of an entry without markup, or nothing."""
        return self.document(entry, "summary").text if entry.summary else ""

    def contents(self, entry: Entry) -> list[tuple[Heading, Markup]]:
        """The headings of an entry's body, each with what it says."""
        document, page = self.document(entry), self.page(entry)
        return [(heading, Markup(page.words(document, heading))) for heading in document.headings]  # noqa: S704

    def href(self, entry: Entry, href: str) -> str:
        """The URL of a link that a field of `entry` gives, or the link as it is where it leads to nothing."""
        try:
            return href if leads_elsewhere(href) else self.texts.link(entry.path, href)
        except Nowhere:
            return href

    def picture(self, path: str, href: str | None) -> Image | None:
        """The picture that `href`, in the file `path`, names; nothing where it names none that can be shown."""
        try:
            return self.texts.image(path, href) if href else None
        except Nowhere:
            return None

    def own_file(self, name: str) -> str:
        """The text of a file of the author's in `pages/`, with a line end; nothing where there is none."""
        note("bytes", name)
        file = inside(Path(self.store.root), name)
        return file.read_text("utf-8", "replace").rstrip() + "\n" if file else ""


def current_site() -> Site:
    """The Site of the application that answers this request."""
    return cast(Site, current_app.extensions["octavo"])
