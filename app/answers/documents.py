"""Documents: the entries of a store, parsed, each only once for the same text, and what they offer to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ..cache import Cache
from ..content import Entry, Store
from ..markup import Document, Label, Outline, Slot, parse
from ..markup.kept import dumped, dumped_outline, loaded, loaded_outline, maker
from ..prose import Prose, fields_of, prose
from ..reads import note, unrecorded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label, the id of the entry that has it, and in which of its fields."""

    id: str
    field: str
    label: Label


class Documents:
    """The entries of a store as Documents."""

    def __init__(self, store: Store, cache: Cache | None = None) -> None:
        self.store = store
        self.cache = cache
        self._documents: dict[tuple[str, str], tuple[Prose, Document]] = {}

    def reload(self) -> None:
        """Look at the files again at the next question."""
        for kept in ("_asks", "outlines", "labels", "_signs"):
            self.__dict__.pop(kept, None)

    def document(self, entry: Entry, field: str = "body") -> Document:
        """The body of an entry, or one of its fields, parsed; only once for the same text."""
        note("body" if field == "body" else "entry", entry.path if field == "body" else entry.id)
        if not self.knows(entry, field):
            written = prose(entry, field)
            kept = self.cache.get("document", key(entry.path, written)) if self.cache else None
            if kept and (document := read(kept, loaded)):
                self._documents[entry.path, field] = written, document
            else:
                self.adopt(entry, field, parsed(entry.path, written))
        return self._documents[entry.path, field][1]

    def unparsed(self) -> list[tuple[Entry, str]]:
        """Every text, as an entry and its field, that has been parsed neither in this run nor in an earlier one."""
        texts = [(entry, field) for entry in self.store for field in fields_of(entry) if not self.knows(entry, field)]
        keys = [key(entry.path, prose(entry, field)) for entry, field in texts]
        kept = self.cache.known("document", keys) if self.cache else set()
        return [text for text, name in zip(texts, keys, strict=True) if name not in kept]

    def slots(self, entry: Entry, field: str) -> tuple[Slot, ...]:
        """Everything that a text asks the site for."""
        note("body", entry.path)
        outline = self.outlines.get((entry.id, field))
        return outline.slots if outline else self.document(entry, field).slots

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
        with unrecorded():
            texts = [(entry, field) for entry in self.store for field in fields_of(entry)]
        new = [(entry, field) for entry, field in texts if not self.knows(entry, field)]
        unknown = {(entry.id, field): key(entry.path, prose(entry, field)) for entry, field in new}
        kept = self.cache.many("outline", unknown.values()) if self.cache else {}
        found = {}
        for entry, field in texts:
            outline = kept.get(unknown.get((entry.id, field), ""))
            known = read(outline, loaded_outline) if outline else None
            with unrecorded():
                found[entry.id, field] = known or self.document(entry, field).outline
        return found

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


def parsed(path: str, written: Prose) -> Document:
    """The Document of a text in the file `path`; it looks at nothing else, so that any process can make it."""
    return parse(
        written.text, path, written.line, macros=written.macros, indents=written.indents, rows=written.rows,
        by_section=written.by_section, lang=written.lang,
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
