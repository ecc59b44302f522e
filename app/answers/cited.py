"""Cited: the works that one page cites, in the order of its text, and where it does so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from ..bibliography.citing import Bibliography, Item
from ..bibliography.library import Library, maker
from ..bibliography.reference import Reference
from ..bibliography.styles import Style
from ..cache import Cache
from ..content import Entry
from ..markup.fields import html_of
from ..prose import fields_of
from .embeds import slots_of
from .texts import Texts

Place = tuple[str, int, int, str]
"""The file, line and column of a citation, and the key of the work."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A work in a list of references: its number where the style has one, itself, and the ids of the places that cite it."""

    key: str
    label: str
    html: Markup
    back: tuple[str, ...]


@dataclass(frozen=True)
class Works:
    """The works of a page: the list of references, and the ids of every citation of each."""

    library: Library
    style: Style
    references: tuple[Reference, ...]
    cache: Cache | None = None
    ids: Mapping[Place, str] = field(default_factory=dict)
    back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def bibliography(self) -> Bibliography:
        """What writes the citations."""
        return Bibliography(self.style, self.references)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The list of references, in the order of the style; out of the cache where it has been written before."""
        written = (maker(), self.style.name, *(file.digest for file in self.library.files), *(one.key for one in self.references))
        key = hashlib.sha256("\n".join(written).encode()).hexdigest()
        kept = self.cache.get("references", key) if self.cache and self.references else None
        with suppress(ValueError, TypeError):
            if kept and len(found := tuple(Item(*one) for one in json.loads(kept))) == len(self.references):
                return found
        items = self.bibliography.items
        if self.cache and self.references:
            self.cache.put("references", key, json.dumps([[one.key, one.label, one.html] for one in items]).encode())
        return items

    @cached_property
    def html(self) -> Mapping[str, str]:
        """Every work as the list of references has it, by its key."""
        return {item.key: html_of(item.html) for item in self.items}


def works_of(texts: Texts, entry: Entry, style: Style) -> Works:
    """The works that the texts of an entry cite, and those that they show from elsewhere."""
    library = texts.library_of(entry)
    ids: dict[Place, str] = {}
    back: dict[str, list[str]] = {}
    keys: dict[str, None] = {}
    for name in in_order(entry):
        document = texts.document(entry, name)
        own = set(document.slots) if name != "summary" else set()
        for slot in slots_of(texts, document.path, document.parts):
            for one in slot.cited:
                keys.setdefault(one.key)
                place = (document.path, slot.line, slot.column, one.key)
                if slot in own and place not in ids:
                    ids[place] = f"cite-{one.key}-{len(back.setdefault(one.key, [])) + 1}"
                    back[one.key].append(ids[place])
    references = tuple(found for key in keys if (found := library.get(key)))
    return Works(library, style, references, texts.cache, ids, {key: tuple(ids) for key, ids in back.items()})


def in_order(entry: Entry) -> list[str]:
    """The fields of an entry in the order in which its page shows them; what only lists show comes last."""
    fields = fields_of(entry)
    first = [entry.lead] if entry.lead in fields and entry.lead != "summary" else []
    return [*first, *(field for field in fields if field not in first)]
