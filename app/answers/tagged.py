"""Tagged: the tags of a site, and the entries that bear each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from ..content import Entry
from ..content.names import slug
from ..reads import note


@dataclass(frozen=True, slots=True)
class Tag:
    """A word that entries bear, its URL, and those entries."""

    word: str
    url: str
    bearers: list[Entry]

    @property
    def entries(self) -> list[Entry]:
        """The entries that bear it."""
        note("tagged", self.url)
        return self.bearers


class Tags(Mapping[str, Tag]):
    """Tags by the names that their URLs have, in the order of the alphabet."""

    def __init__(self, tags: dict[str, Tag]) -> None:
        self._tags = tags

    def __getitem__(self, name: str) -> Tag:
        note("tag", name)
        return self._tags[name]

    def __iter__(self) -> Iterator[str]:
        note("tags")
        return iter(self._tags)

    def __len__(self) -> int:
        note("tags")
        return len(self._tags)


def tagged(entries: Iterable[Entry], root: str = "/tags/") -> Tags:
    """Every tag of `entries` by the name that its URL has, in the order of the alphabet; spellings of one name are one tag."""
    found: dict[str, Tag] = {}
    for entry in entries:
        for word in entry.tags:
            name = slug(word)
            tag = found.setdefault(name, Tag(word, f"{root}{quote(name)}/", []))
            if not tag.bearers or tag.bearers[-1] is not entry:
                tag.bearers.append(entry)
    return Tags(dict(sorted(found.items())))
