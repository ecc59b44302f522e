"""Embeds: what `![[name#part]]` shows, and what that shows in its turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from ..content import Entry
from ..content.addresses import Nowhere, find
from ..content.names import is_notebook
from ..markup import Document, Slot
from ..markup.document import Parts
from ..prose import fields_of
from .naming import called, part_of
from .texts import Texts


@dataclass(frozen=True, slots=True)
class Embed:
    """A part of an entry, or the whole where `part` is empty, that is shown somewhere."""

    entry: Entry
    part: str
    document: Document

    @property
    def place(self) -> tuple[str, str]:
        """What tells one from another."""
        return self.entry.id, self.part

    @property
    def parts(self) -> Parts:
        """What is shown; raises `Nowhere` where the part cannot be shown by itself."""
        return chosen(self.document, self.part)


def embedded(texts: Texts, path: str, target: str) -> Embed:
    """What `target`, in the file `path`, names; raises `Nowhere`."""
    name, _, anchor = (piece.strip() for piece in target.partition("#"))
    entry = (pageless(texts, path, name) or called(texts.names, texts.store, name, path)) if name else texts.entry_of(path)
    if entry is None:
        raise Nowhere("this text is no entry")
    document = texts.document(entry)
    return Embed(entry, part_of(document, anchor) if anchor else "", document)


def pageless(texts: Texts, path: str, name: str) -> Entry | None:
    """The notebook without a page whose file `name` is, as seen from the file `path`."""
    try:
        return texts.store.contents.loose.get(find(texts.store, path, quote(name)).file) if is_notebook(name) else None
    except Nowhere:
        return None


def pageless_in(texts: Texts, entry: Entry) -> list[Entry]:
    """The notebooks without a page that an entry shows."""
    slots = (slot for field in fields_of(entry) for slot in texts.slots(entry, field) if slot.kind == "embed")
    found = (pageless(texts, entry.path, slot.target.partition("#")[0].strip()) for slot in slots)
    return [one for one in found if one]


def chosen(document: Document, id: str) -> Parts:
    """The parts of a Document that show what has `id`: a labelled thing, a section, or all; raises `Nowhere`."""
    if not id:
        return document.parts
    label = next((one for one in document.labels if one.id == id and one.stop > one.start), None)
    if label:
        return document.parts[label.start : label.stop]
    for at, heading in enumerate(document.headings):
        if heading.id == id and heading.start >= 0:
            after = (one.start for one in document.headings[at + 1 :] if one.level <= heading.level and one.start >= 0)
            return document.parts[heading.start : next(after, len(document.parts))]
    raise Nowhere(f"'#{id}' cannot be shown by itself", "show a section, a theorem, a figure, a table or an equation")


def inside(texts: Texts, embed: Embed) -> Iterator[Embed]:
    """What is shown from elsewhere in what is shown, those that can be."""
    for slot in embed.parts:
        if isinstance(slot, Slot) and slot.kind == "embed":
            try:
                found = embedded(texts, embed.document.path, slot.target)
                if found.parts:
                    yield found
            except Nowhere:
                continue


def loop(texts: Texts, embed: Embed, above: tuple[Embed, ...]) -> tuple[Embed, ...]:
    """The way by which an embed comes to show what it stands in (`above`) or itself, or nothing."""
    if any(one.place == embed.place for one in above):
        return (*above, embed)
    for one in inside(texts, embed):
        if found := loop(texts, one, (*above, embed)):
            return found
    return ()


def slots_of(texts: Texts, path: str, parts: Parts, seen: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Slot]:
    """Every Slot in some parts of the file `path`, and in what they show from elsewhere, in the order of the page."""
    for slot in parts:
        if not isinstance(slot, Slot):
            continue
        yield slot
        if slot.kind == "embed":
            try:
                found = embedded(texts, path, slot.target)
                if found.place not in seen:
                    yield from slots_of(texts, found.document.path, found.parts, seen | {found.place})
            except Nowhere:
                continue
