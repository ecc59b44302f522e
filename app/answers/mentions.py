"""Mentions: where the text of one entry leads to another, and the sentence that does so."""

from __future__ import annotations

from collections.abc import Iterator

from ..connections import Mention
from ..content import Entry
from ..content.addresses import Nowhere, find, leads_elsewhere
from ..markup import Slot
from .naming import called
from .texts import Texts


def mentions(texts: Texts) -> Iterator[Mention]:
    """Every place where a published text of the site leads to another entry, in the order of entries and texts."""
    for (id, _), outline in texts.outlines.items():
        source = texts.store.contents.entries[id]
        for slot in outline.slots:
            target = led_to(texts, source, slot)
            if target and target.id != id:
                yield Mention(id, target.id, slot.sentence)


def led_to(texts: Texts, source: Entry, slot: Slot) -> Entry | None:
    """The entry that a Slot of `source` leads to, or nothing."""
    try:
        if slot.kind == "link" and not leads_elsewhere(slot.target):
            return find(texts.store, source.path, slot.target).entry
        if slot.kind in ("wikilink", "embed"):
            name = slot.target.partition("#")[0].strip()
            return called(texts.names, texts.store, name, source.path) if name else None
    except Nowhere:
        return None
    return None
