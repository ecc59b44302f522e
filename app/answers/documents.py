"""Documents: the entries of a store, parsed, each only once for the same text, and what they offer to each other."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from ..cache import Cache
from ..content import Entry, Source, Store
from ..content.names import is_notebook
from ..markup import Document, Label, Outline, Slot, parse
from ..markup.kept import dumped, dumped_outline, loaded, loaded_outline, maker
from ..prose import Prose, fields_of, prose
from ..reads import note, unrecorded
from ..recent import Recent

T = TypeVar("T")

RECENT = 256
"""How many Documents are kept at a time, beside those in the cache; all of them where there is no cache to ask again."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the id of the entry that has it, and in which of its fields."""

    id: str
    field: str
    label: Label


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of a text, what tells that text from every other, and the file and the language it was read from and in."""

    source: Source
    language: str
    name: str
    outline: Outline


class Documents:
    """The entries of a store as Documents."""

    def __init__(self, store: Store, cache: Cache | None = None) -> None:
        self.store = store
        self.cache = cache
        self._documents: Recent[str, Document] = Recent(RECENT if cache else math.inf)
        self._outlined: dict[tuple[str, str], Outlined] = {}

    def reload(self) -> None:
        """Look at the files again at the next question."""
        self.__dict__.pop("outlines", None)
        self._forget()

    def _forget(self) -> None:
        """Let go of what follows from all outlines together."""
        for kept in ("_asks", "labels", "_signs"):
            self.__dict__.pop(kept, None)

    def refresh(self, entries: Iterable[Entry]) -> bool:
        """Parse the bodies of these entries again, and answer whether all else can stay as it is."""
        known: dict[tuple[str, str], Outline] = self.__dict__.get("outlines", {})
        with unrecorded():
            new = self._outlines([(entry, "body") for entry in entries if (entry.id, "body") in known])
        same = all(alike(known[text], outline) for text, outline in new.items())
        known.update(new)
        self.__dict__.pop("labels", None)
        if not same:
            self._forget()
        return same

    def document(self, entry: Entry, field: str = "body") -> Document:
        """The body of an entry, or one of its fields, parsed; not again where it was of late, or is in the cache."""
        note("body" if field == "body" else "entry", entry.path if field == "body" else entry.id)
        name = self._name(entry, field)
        known = self._documents.get(name)
        if known:
            return known
        kept = self.cache.get("document", name) if self.cache else None
        document = read(kept, loaded) if kept else None
        if document is None:
            document = parsed(entry.path, prose(entry, field))
            self.adopt(name, *forms(document))
        return self._documents.put(name, document)

    def _name(self, entry: Entry, field: str) -> str:
        """What tells a text from every other, and from itself before it was changed."""
        known = self._known(entry, field)
        return known.name if known else key(entry, field)

    def unparsed(self) -> dict[str, tuple[Entry, str]]:
        """Every text, as an entry and its field, that has never been parsed, by what tells it from every other."""
        texts = {self._name(entry, field): (entry, field) for entry in self.store for field in fields_of(entry)}
        kept = self.cache.known("document", texts) if self.cache else set()
        return {name: text for name, text in texts.items() if name not in kept}

    def slots(self, entry: Entry, field: str) -> tuple[Slot, ...]:
        """Everything that a text asks the site for."""
        note("body", entry.path)
        outline = self.outlines.get((entry.id, field))
        return outline.slots if outline else self.document(entry, field).slots

    def save(self) -> None:
        """Keep for the next run what was parsed in this."""
        if self.cache:
            self.cache.save()

    def adopt(self, name: str, document: bytes, outline: bytes) -> None:
        """Keep what became of a text: its Document, and what that offers and asks."""
        if self.cache:
            self.cache.put("document", name, document)
            self.cache.put("outline", name, outline)

    @cached_property
    def outlines(self) -> dict[tuple[str, str], Outline]:
        """What every text of the site offers and asks, by the id of its entry and its field."""
        with unrecorded():
            return self._outlines([(entry, field) for entry in self.store for field in fields_of(entry)])

    def _outlines(self, texts: list[tuple[Entry, str]]) -> dict[tuple[str, str], Outline]:
        """The outlines of some texts; those of files that have stayed as they were are known."""
        new = {self._name(entry, field): (entry, field) for entry, field in texts if not self._known(entry, field)}
        kept = self.cache.many("outline", new) if self.cache else {}
        for name, (entry, field) in new.items():
            known = read(kept[name], loaded_outline) if name in kept else None
            found = known or self.document(entry, field).outline
            self._outlined[entry.path, field] = Outlined(entry.source, entry.language, name, found)
        return {(entry.id, field): self._outlined[entry.path, field].outline for entry, field in texts}

    def _known(self, entry: Entry, field: str) -> Outlined | None:
        """What is known of this very text, if anything is."""
        known = self._outlined.get((entry.path, field))
        return known if known and known.source is entry.source and known.language == entry.language else None

    @cached_property
    def labels(self) -> dict[str, dict[str, Labelled]]:
        """Everything on the site that has a label, by its name and then by the id of the entry that has it."""
        found: dict[str, dict[str, Labelled]] = {}
        for (id, field), outline in self.outlines.items():
            for label in outline.labels:
                found.setdefault(label.id, {}).setdefault(id, Labelled(id, field, label))
        return found

    @property
    def signs(self) -> str:
        """Every character that a formula of the site shows, in the order of Unicode."""
        note("signs")
        return self._signs

    @property
    def asks(self) -> tuple[str, ...]:
        """Everything in the texts of the site for which a policy has to allow something, as HTML."""
        note("asks")
        return self._asks

    @cached_property
    def _asks(self) -> tuple[str, ...]:
        """The same, found once."""
        return tuple(sorted(set().union(*(outline.asks for outline in self.outlines.values()))))

    @property
    def has_formulas(self) -> bool:
        """Whether a formula of the site shows anything."""
        note("formulas")
        return bool(self._signs)

    @cached_property
    def _signs(self) -> str:
        """The same, found once."""
        return "".join(sorted(set().union(*(outline.signs for outline in self.outlines.values()))))


def alike(old: Outline, new: Outline) -> bool:
    """Whether two outlines offer and ask the same, wherever in their texts."""
    labels, others = ([(one.id, one.kind, one.number) for one in outline.labels] for outline in (old, new))
    slots, rest = ([replace(slot, line=1, column=1) for slot in outline.slots] for outline in (old, new))
    return labels == others and slots == rest and (old.signs, old.asks) == (new.signs, new.asks)


def parsed(path: str, written: Prose) -> Document:
    """The Document of a text in the file `path`; it looks at nothing else, so that any process can make it."""
    return parse(
        written.text, path, written.line, macros=written.macros, indents=written.indents, rows=written.rows,
        by_section=written.by_section, lang=written.lang,
    )  # fmt: skip


def forms(document: Document) -> tuple[bytes, bytes]:
    """A Document, and what it offers and asks, as they are kept."""
    return dumped(document), dumped_outline(document.outline)


def read(kept: bytes, how: Callable[[bytes], T]) -> T | None:
    """What was kept, or nothing where the bytes are damaged."""
    try:
        return how(kept)
    except (ValueError, KeyError, TypeError):
        return None


def above(entry: Entry) -> str:
    """All that stands above the body of an entry; in a notebook it may stand anywhere."""
    return entry.source.text if is_notebook(entry.path) else entry.source.head


def key(entry: Entry, field: str) -> str:
    """What tells one text from another, and from the same as an earlier version of the program read it.

    A field is told from others by all that stands above the body: to find its place there takes longer.
    """
    written = prose(entry, "body") if field == "body" else Prose(above(entry), 0, (), entry.macros, lang=entry.language)
    told = hashlib.sha256(maker().encode())
    told.update(written.text.encode("utf-8", "surrogatepass"))
    told.update(repr((entry.path, field, written[1:])).encode("utf-8", "surrogatepass"))
    return told.hexdigest()
