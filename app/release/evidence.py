"""Evidence: what everything is at this moment that a page can have read, as digests to be compared with those of another."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from ..answers.documents import Labelled
from ..cache import Cache
from ..content import Entry
from ..content.addresses import file_at
from ..content.names import is_notebook
from ..content_types import Publication
from ..reads import Read, unrecorded
from ..site import Site

STAMPED = "stamped"
"""The kind under which the cache keeps the digest of a file, by what the system says of it."""


def digest(*values: object) -> str:
    """What tells some values from others, in 16 characters; they must print themselves whole."""
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Evidence:
    """The digests of a site; each is made when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._made: dict[Read, str] = {}

    def of(self, read: Read) -> str:
        """The digest of what was read."""
        if read not in self._made:
            kind, key = read
            with unrecorded():
                self._made[read] = digest(KINDS[kind](self, key))
        return self._made[read]

    def take(self, known: Mapping[Read, str]) -> None:
        """Take over digests that are known to be those of this moment."""
        self._made.update(known)

    @cached_property
    def fronts(self) -> Mapping[str, str]:
        """For each entry that is shown the digest of all but its body, and of whether it has one."""
        with unrecorded():
            return {entry.id: front(entry) for entry in self.site.store}

    @cached_property
    def by_path(self) -> Mapping[str, Entry]:
        """Every text by its file, those without a page too."""
        contents = self.site.store.contents
        return {entry.path: entry for entry in (*contents.loose.values(), *contents.entries.values())}

    def all_fronts(self, entries: Iterable[Entry]) -> list[tuple[str, str]]:
        """The ids of entries and their digests, in their order."""
        return [(entry.id, self.fronts[entry.id]) for entry in entries]

    def query(self, folder: str) -> list[tuple[str, str]] | None:
        """What a query for a folder answers; nothing where there is no such folder."""
        try:
            return self.all_fronts(self.site.query(folder))
        except KeyError:
            return None

    def body(self, path: str) -> object:
        """The body of an entry, and what of its front matter it is parsed with."""
        entry = self.by_path.get(path)
        return entry and (entry.source.body, entry.macros, entry.numbering, entry.language)

    def stamped(self, path: str) -> str:
        """The digest of a file below `pages/`, which is read where the system says something new of it."""
        file = Path(self.site.store.root) / path
        try:
            status = os.stat(file)
            stamp = f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
            kept = self.cache.get(STAMPED, stamp) if self.cache else None
            if kept is None:
                kept = hashlib.sha256(file.read_bytes()).digest()
                if self.cache:
                    self.cache.put(STAMPED, stamp, kept)
            return kept.hex()
        except OSError:
            return ""

    @property
    def cache(self) -> Cache | None:
        """What is kept between runs."""
        return self.site.texts.cache

    def graph(self, _: str) -> object:
        """Everything that the neighbours of entries follow from, in every language."""
        near, siblings = self.site.neighbours, self.site.store.siblings
        seen = dict.fromkeys((near, *(near.of(id) for others in siblings.values() for id in others.values())))
        graphs = [(one.graph.mentions, [(id, sorted(tags)) for id, tags in one.graph.tags.items()]) for one in seen]
        links = [([(one.source, one.target, one.sentence) for one in mentions], tags) for mentions, tags in graphs]
        return links, KINDS["siblings"](self, "")

    def label(self, id: str) -> list[object]:
        """Everything that has a label."""
        found: Mapping[str, Labelled] = self.site.texts.labels.get(id, {})
        return [(one.id, one.field, one.label.kind, one.label.number) for one in found.values()]

    def tag(self, name: str) -> object:
        """The word and the URL of a tag."""
        tag = self.site.tags.get(name)
        return tag and (tag.word, tag.url)

    def tagged(self, url: str) -> list[tuple[str, str]]:
        """The entries that bear the tag whose page is at `url`."""
        return next((self.all_fronts(tag.bearers) for tag in self.site.tags.values() if tag.url == url), [])

    def series(self, name: str) -> object:
        """The posts of a series."""
        found = self.site.neighbours.all_series.get(name)
        return found and (found.name, self.all_fronts(found.posts))

    def work(self, url: str) -> object:
        """The work whose page is at `url`."""
        work = self.site.texts.work_at(url)
        return work and (work.reference.key, work.reference.get("title"))

    def works(self, _: str) -> object:
        """The author's own works: the bibliographies, and the entries that say more of them."""
        publications = (entry for entry in self.by_path.values() if isinstance(entry, Publication))
        return self.library(""), [self.fronts.get(entry.id) for entry in publications]

    def library(self, _: str) -> list[tuple[str, str]]:
        """The bibliographies of the whole site."""
        return [(file.path, file.digest) for file in self.site.texts.library.files]


def front(entry: Entry) -> str:
    """The digest of the front matter of an entry, and of whether anything follows it; of the whole of a notebook."""
    source = entry.source
    head = source.text if is_notebook(entry.path) else source.text[: len(source.text) - len(source.body)]
    return digest(entry.path, head, not source.body.strip())


KINDS: Mapping[str, Callable[[Evidence, str], object]] = {
    "aliases": lambda now, _: [(path, entry.url) for path, entry in now.site.texts.aliases.entries.items()],
    "all": lambda now, _: list(now.fronts.items()),
    "asks": lambda now, _: now.site.texts.asks,
    "body": Evidence.body,
    "bytes": Evidence.stamped,
    "citing": lambda now, key: [one.id for one in now.site.neighbours.citing(key)],
    "entry": lambda now, key: now.fronts.get(key),
    "file": lambda now, path: file_at(Path(now.site.store.root), path),
    "files": lambda now, _: now.site.texts.files(),
    "formulas": lambda now, _: now.site.texts.has_formulas,
    "graph": Evidence.graph,
    "label": Evidence.label,
    "library": Evidence.library,
    "mentions": lambda now, key: [(one.source, one.sentence) for one in now.site.neighbours.backlinks(key)],
    "name": lambda now, name: [one.id for one in now.site.texts.names.get(name, ())],
    "query": Evidence.query,
    "related": lambda now, key: now.site.neighbours.related_ids(key),
    "series": Evidence.series,
    "siblings": lambda now, _: [(id, *others.values()) for id, others in now.site.store.siblings.items()],
    "signs": lambda now, _: now.site.texts.signs,
    "tag": Evidence.tag,
    "tagged": Evidence.tagged,
    "tags": lambda now, _: [(tag.word, tag.url) for tag in now.site.tags.values()],
    "updated": lambda now, _: str(now.site.last_updated),
    "work": Evidence.work,
    "works": Evidence.works,
}
"""How each kind of thing that is read is looked at."""
