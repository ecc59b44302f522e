"""Records: what every page of the last release has read, by which the next freeze knows what it need not make again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..cache import Cache
from ..reads import Read
from .evidence import Evidence
from .manifest import Item

KIND = "record"

GRAPH = ("graph", "")
OF_THE_GRAPH = ("mentions", "related")
"""What cannot have changed where the graph has not; to find it out of each entry takes longer."""

WORDS = {
    "aliases": "the old addresses",
    "all": "which entries there are, and their fields",
    "asks": "what texts ask browsers for",
    "body": "the text of {}",
    "bytes": "the file pages/{}",
    "citing": "what cites {}",
    "entry": "the fields of {}",
    "file": "whether there is a file pages/{}",
    "files": "which files are released",
    "formulas": "whether there are formulas",
    "graph": "what links to what",
    "label": "what has the label {}",
    "library": "the bibliographies",
    "mentions": "what mentions {}",
    "name": "what is called '{}'",
    "query": "the entries in '{}', in their order",
    "related": "what is related to {}",
    "series": "the series {}",
    "siblings": "which translations there are",
    "signs": "the signs of formulas",
    "tag": "the tag {}",
    "tagged": "what bears the tag at {}",
    "tags": "the tags",
    "updated": "the day of the last change",
    "work": "the work at {}",
    "works": "your publications",
}
"""What is read, in the author's words."""


@dataclass(frozen=True, slots=True)
class Record:
    """The files made for one URL, when the system saw each written (in nanoseconds), and what was read for them."""

    items: tuple[Item, ...]
    written: tuple[int, ...]
    reads: tuple[Read, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a release by URL, what everything was that was read, and the state of the program that made it.

    `search` are the files of its search, and `searched` tells the pages that they were made from.
    """

    program: str = ""
    digests: Mapping[Read, str] = field(default_factory=dict)
    pages: Mapping[str, Record] = field(default_factory=dict)
    searched: str = ""
    search: tuple[Record, ...] = ()

    @classmethod
    def of(cls, program: str, now: Evidence, pages: Mapping[str, Record], searched: str, search: tuple[Record, ...]) -> Records:
        """Those of pages that have just been made."""
        reads = {GRAPH, *(read for one in pages.values() for read in one.reads)}
        return cls(program, {read: now.of(read) for read in sorted(reads)}, pages, searched, search)

    @classmethod
    def load(cls, cache: Cache | None, name: str) -> Records:
        """Those that were kept under a name; none at all where there are none, or where they are damaged."""
        kept = cache.get(KIND, name) if cache else None
        try:
            return cls._unpacked(json.loads(kept)) if kept else cls()
        except (ValueError, TypeError, KeyError, IndexError):
            return cls()

    @classmethod
    def _unpacked(cls, kept: dict[str, Any]) -> Records:
        """What `keep` has packed."""
        reads = [(kind, key) for kind, key, _ in kept["reads"]]
        digests = dict(zip(reads, (one for _, _, one in kept["reads"]), strict=True))
        pages = {url: unpacked(record, reads) for url, *record in kept["pages"]}
        search = tuple(unpacked(record, reads) for record in kept["search"])
        return cls(str(kept["program"]), digests, pages, str(kept["searched"]), search)

    def keep(self, cache: Cache | None, name: str) -> None:
        """Keep them under a name for the next run."""
        if cache is None:
            return
        places = {read: at for at, read in enumerate(self.digests)}
        whole = {
            "program": self.program,
            "reads": [[*read, digest] for read, digest in self.digests.items()],
            "pages": [[url, *packed(one, places)] for url, one in self.pages.items()],
            "searched": self.searched,
            "search": [packed(one, places) for one in self.search],
        }
        cache.put(KIND, name, json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))

    def changed(self, now: Evidence) -> frozenset[Read]:
        """What is no longer what it was."""
        if now.of(GRAPH) == self.digests.get(GRAPH):
            now.take({read: digest for read, digest in self.digests.items() if read[0] in OF_THE_GRAPH})
        return frozenset(read for read, digest in self.digests.items() if now.of(read) != digest)

    def why(self, url: str, program: str, changed: Iterable[Read]) -> list[str]:
        """Why a URL is to be made again, in the author's words; nothing where it is not."""
        if self.program != program:
            return ["the program, its templates, its static files or the settings" if self.pages else "this is the first release"]
        if url not in self.pages:
            return ["it is new"]
        reads = set(self.pages[url].reads)
        return [told(read) for read in sorted(changed) if read in reads]


def told(read: Read) -> str:
    """What was read, in words."""
    kind, key = read
    return WORDS[kind].format(key or "/")


def packed(record: Record, places: Mapping[Read, int]) -> list[Any]:
    """A record as a list, what was read by its place among all that was."""
    items = [[one.url, one.path, one.sha256, one.size, one.type] for one in record.items]
    return [items, list(record.written), sorted(places[read] for read in record.reads)]


def unpacked(kept: Sequence[Any], reads: Sequence[Read]) -> Record:
    """The record that a list stands for."""
    items, written, known = kept
    return Record(tuple(Item(*item) for item in items), tuple(written), tuple(reads[at] for at in known))
