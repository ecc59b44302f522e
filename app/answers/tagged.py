"""Tagged: the tags of a site, and the entries that bear each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ..content import Entry
from ..content.names import slug


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that entries bear, its URL, and those entries."""

    word: str
    url: str
    entries: list[Entry]


def tagged(entries: Iterable[Entry]) -> dict[str, Tag]:
    """Every tag of `entries` by the name that its URL has, in the order of the alphabet; spellings of one name are one tag."""
    found: dict[str, Tag] = {}
    for entry in entries:
        for word in entry.tags:
            name = slug(word)
            tag = found.setdefault(name, Tag(word, f"/tags/{quote(name)}/", []))
            if not tag.entries or tag.entries[-1] is not entry:
                tag.entries.append(entry)
    return dict(sorted(found.items()))
