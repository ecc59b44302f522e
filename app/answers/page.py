"""Page: one page of the site, as the Slots of the texts on it see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from html import escape
from urllib.parse import quote

from ..bibliography.styles import Style
from ..bibliography.styles.citation import Numbers
from ..bibliography.styles.locators import located
from ..content import Entry
from ..content.addresses import Nowhere
from ..content_types import Publication
from ..markup import Citing, Document, Found, Heading, Image, Slot, render
from ..markup.document import Parts
from ..markup.fields import html_of, paragraph
from ..markup.headings import without_links
from ..markup.labels import PART, said
from ..markup.previews import elsewhere, without_ids
from ..problems import did_you_mean
from ..prose import fields_of
from ..publications import address
from ..reads import Remembered, note
from ..recent import Recent
from ..words import Speech, words_of
from .cited import Works, works_of
from .documents import Labelled
from .embeds import Embed, embedded, loop
from .naming import called, folded, part_of, some
from .texts import Texts

NUMBER = re.compile(r'<span class="number">[^<]*</span> ')


class Page:
    """The page of `entry`, its citations in a style, among the `pages` of others by the id of their entries.

    A quiet one is that of a `loud` one, and shows nothing beside its links.
    """

    def __init__(self, texts: Texts, entry: Entry, style: Style, pages: Recent[str, Page], loud: Page | None = None) -> None:
        self.texts, self.entry, self.style, self.pages, self.loud = texts, entry, style, pages, loud
        self.made = Remembered()

    def of(self, entry: Entry) -> Page:
        """The page of another entry."""
        return self.pages.get(entry.id) or self.pages.put(entry.id, Page(self.texts, entry, self.style, self.pages))

    @property
    def quiet(self) -> bool:
        """Whether it shows nothing beside its links."""
        return self.loud is not None

    @cached_property
    def quietly(self) -> Page:
        """The same page, where nothing can be shown beside a link."""
        return Page(self.texts, self.entry, self.style, self.pages, loud=self)

    @property
    def works(self) -> Works:
        """The works that its texts cite."""
        return self.loud.works if self.loud else self.made.get("works", lambda: works_of(self.texts, self.entry, self.style))

    def link(self, path: str, href: str) -> str:
        """The URL of what `href` leads to, its anchor checked."""
        return self.texts.link(path, href)

    def image(self, path: str, href: str) -> Image:
        """The picture that `href` names."""
        return self.texts.image(path, href)

    def named(self, path: str, target: str) -> Found:
        """What a link by name leads to: an entry, a part of one, or a file."""
        name, _, anchor = (piece.strip() for piece in target.partition("#"))
        if "." in name and not self.texts.names.get(folded(name)):
            return Found(self.texts.link(path, quote(name)), escape(name.rpartition("/")[2]))
        work = self.texts.work_at(address(name))
        if work and work.reference.key == name:
            return Found(work.url, html_of(work.reference.get("title")) or escape(name))
        entry = called(self.texts.names, self.texts.store, name, path) if name else self.texts.entry_of(path) or self.entry
        if not anchor:
            return Found(entry.url, self.title(entry))
        document, id = self._part(entry, anchor)
        url = f"{entry.url}#{quote(id, safe=':')}"
        label = next((one for one in document.labels if one.id == id), None)
        heading = next((NUMBER.sub("", self.words(document, one)) for one in document.headings if one.id == id), "")
        words = self.words_of(path)
        title = said(words, label.kind, label.number) if label and label.kind != "section" else heading or escape(anchor)
        return Found(url, title if entry.id == self.entry.id else words(PART, part=title, page=self.title(entry)))

    def reference(self, path: str, id: str) -> Found:
        """What has the label `id`: in the file itself, else wherever only one page has it."""
        found = self._labelled(path, id)
        entry = self.texts.labelled(found)
        label = found.label
        html = ""
        if not self.quiet:
            document = self.texts.document(entry, found.field)
            html = self._aside(entry, document, document.parts[label.start : label.stop])
            html = html if entry.id == self.entry.id else elsewhere(html, entry.url)
        title = "" if entry.id == self.entry.id else self.title(entry)
        return Found(f"{entry.url}#{quote(id, safe=':')}", title, label.kind, label.number, html)

    def words_of(self, path: str) -> Speech:
        """What is said around the text in a file."""
        return words_of((self.texts.entry_of(path) or self.entry).language)

    def embedded(self, path: str, slot: Slot) -> Found:
        """What is to be shown in the place of `slot`; what would show itself is nowhere."""
        found = embedded(self.texts, path, slot.target)
        host = self.texts.entry_of(path)
        if way := loop(self.texts, found, (Embed(host, "", self.texts.document(host)),) if host else ()):
            raise Nowhere(f"this shows itself: {' in '.join(one.entry.path for one in reversed(way))}", "take one of them out")
        html = elsewhere(without_ids(render(found.document, self, found.parts).html), found.entry.url)
        return Found(self.named(path, slot.target).url, self.title(found.entry), html=html)

    def citation(self, path: str, slot: Slot) -> Sequence[str | Citing]:
        """A citation in the site's style: HTML, and links to works."""
        unknown = [one.key for one in slot.cited if one.key not in self.works.html]
        if unknown:
            message = f"no work has the key {some(unknown)}" if len(unknown) == 1 else f"no works have the keys {some(unknown)}"
            known = (*self.works.library.references, *self.texts.labels)
            hint = did_you_mean(unknown[0], known, f"add it to references.bib, or write \\@{unknown[0]}")
            raise Nowhere(message, hint)
        cites = self.style.cites
        if isinstance(cites, Numbers) and not cites.located and any(located(one.locator.strip()).value for one in slot.cited):
            raise Nowhere(
                f"the style '{self.style.name}' shows no page or chapter", "say it in the sentence, beside the citation"
            )
        pieces = self.works.bibliography.citation(slot.cited, textual=bool(slot.options))
        return [piece if isinstance(piece, str) else self._citing(*piece, path, slot) for piece in pieces]

    def _citing(self, key: str, html: str, path: str, slot: Slot) -> Citing:
        """The link to one work."""
        id = "" if self.quiet else self.works.ids.get((path, slot.line, slot.column, key), "")
        return Citing(html, f"{self.entry.url}#ref-{quote(key, safe=':')}", id, "" if self.quiet else self.works.html[key])

    def words(self, document: Document, heading: Heading) -> str:
        """What a heading says, as a table of contents or a link shows it."""
        return without_links(self._aside(self.texts.entry_of(document.path) or self.entry, document, heading.parts))

    def title(self, entry: Entry) -> str:
        """The title of an entry as HTML, with its formulas; a publication's is in the bibliography."""
        if isinstance(entry, Publication) and (reference := self.texts.library.get(entry.key)):
            return html_of(reference.get("title")) or escape(entry.title)
        if "$" not in entry.title:
            return escape(entry.title)
        document = self.texts.document(entry, "title")
        return paragraph(self._aside(entry, document, document.parts))

    def _aside(self, entry: Entry, document: Document, parts: Parts) -> str:
        """Some parts of a text of `entry`, for where nothing can be shown beside a link; they cite what its own page does."""
        cites = entry.id != self.entry.id and any(isinstance(part, Slot) and part.kind == "cite" for part in parts)
        return render(document, (self.of(entry) if cites else self).quietly, parts).html

    def _part(self, entry: Entry, anchor: str) -> tuple[Document, str]:
        """The text of an entry that has the part `anchor`, and the id of that part."""
        for field in fields_of(entry):
            document = self.texts.document(entry, field)
            if anchor in document.ids:
                return document, anchor
        document = self.texts.document(entry)
        return document, part_of(document, anchor)

    def _is_meant(self, id: str, language: str) -> bool:
        """Whether the entry `id`, among those that are translations of each other, is the one for a text in a language."""
        store = self.texts.store
        original = store.get(store.contents.entries[id].original)
        return original is not None and store.beside(original, language).id == id

    def _labelled(self, path: str, id: str) -> Labelled:
        """Where the label `id` is; raises `Nowhere` when there is none, or more than one elsewhere."""
        note("label", id)
        found = self.texts.labels.get(id, {})
        here = self.texts.entry_of(path)
        if here and here.id in found:
            return found[here.id]
        language = self.texts.store.language_of(path)
        found = {one: found[one] for one in found if self._is_meant(one, language)} or found
        if len(found) == 1:
            return next(iter(found.values()))
        if not found:
            raise Nowhere(f"nothing has the label '{id}'", did_you_mean(id, self.texts.labels, f"label it: {{#{id}}}"))
        places = [f"{self.texts.store.contents.entries[one.id].path}:{one.label.line}" for one in found.values()]
        raise Nowhere(f"{len(found)} pages have the label '{id}': {some(places)}", f"write [[{min(found)}#{id}]]")
