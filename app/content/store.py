"""Store: every entry on disk, by id; it loads, refreshes and answers queries."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from ..problems import Problem, Problems, did_you_mean
from ..reads import Remembered, note
from . import notebooks, siblings
from .contents import Broken, Collection, Contents, same_address
from .entry import Entry, Relation
from .facts import Facts
from .files import PAGES, Files
from .names import id_of, is_notebook, passed_over, stem_of
from .query import Query
from .relations import misnamed, unmet


class Store(Files):
    """The entries of a site folder.

    Needs no application and no request:

        store = Store(Path("."), COLLECTIONS)
        for note in store.query("notes/research").where(status="ongoing").order_by("-updated"):
            print(note.title)

    A file that cannot be read is never an exception here: it is in `problems`, and every other file works.
    """

    def __init__(self, site_folder: Path, collections: Sequence[Collection], index: type[Entry] = Entry,
                 page: type[Entry] = Entry, drafts: bool = False) -> None:  # fmt: skip
        super().__init__(site_folder, collections, (index, page))
        self.drafts = drafts
        self._contents: Contents | None = None
        self.made = Remembered()
        self._lock = threading.RLock()

    def reload(self) -> None:
        """Look at the files again at the next question."""
        with self._lock:
            super().reload()
            self._contents, self.made = None, Remembered()

    def refresh(self, paths: Iterable[str]) -> list[Entry] | None:
        """Read again the files with these paths, relative to the site folder, and answer the entries with another body.

        Where more has changed than bodies the answer is nothing, and all files are looked at again at the next question.
        Nobody may ask anything meanwhile.
        """
        with self._lock:
            read = [self.read_again(path) for path in paths]
            again = [one for one in read if one]
            changed = [(entry, source) for entry, source in again if entry.source.text != source.text]
            for entry, source in changed:
                entry.reread(source)
                self.made.forget(("body", entry.path))
            if len(again) < len(read) or any(self.contents.entries.get(entry.id) is not entry for entry, _ in again):
                self.reload()
                return None
            return [entry for entry, _ in changed]

    @property
    def contents(self) -> Contents:
        """Everything there is, read once after each `reload`."""
        with self._lock:
            if self._contents is None:
                self._contents = self._read()
            return self._contents

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the files and their front matter, relations included."""
        return self.contents.problems

    @property
    def facts(self) -> Facts:
        """What `site.yml` says."""
        return self.contents.facts

    def get(self, path: str, default: Entry | None = None) -> Entry | None:
        """The entry whose id is `path`; drafts only where the store shows drafts."""
        note("entry", path)
        entry = self.contents.entries.get(path)
        return default if entry is None or (entry.draft and not self.drafts) else entry

    @property
    def siblings(self) -> siblings.Siblings:
        """The translations of entries."""
        note("siblings")
        return self.contents.siblings

    @property
    def tongues(self) -> tuple[str, ...]:
        """The languages into which entries are translated, as the names of files have them."""
        return tuple(sorted({tag for others in self.siblings.values() for tag in others}))

    def beside(self, entry: Entry, language: str) -> Entry:
        """The entry in a language, where there is a translation into it, or else as it is; one asked for by its own id stays."""
        id = self.siblings.get(entry.id, {}).get(language)
        return self.get(id, entry) or entry if id else entry

    def language_of(self, path: str) -> str:
        """The language of the text in the file `path`, relative to the site folder; nothing where that is no entry's."""
        if not self.siblings:
            return ""
        entry = self.contents.entries.get(id_of(stem_of(path.removeprefix(f"{PAGES}/"))))
        return entry.language if entry else ""

    def query(self, folder: str = "") -> Query:
        """The entries in `folder`, at any depth, without list pages and unlisted ones, in their collection's order.

        No entry is there in two languages: the originals are.
        Raises `KeyError` when there is no such folder.
        """
        note("query", folder)
        prefix = f"{folder}/" if folder else ""
        entries = self.contents.entries
        collection = next((one for one in self.collections if one.folder == folder), None)
        found = [entry for id, entry in entries.items() if id.startswith(prefix)]
        if not found and collection is None and not self._is_folder(folder):
            raise KeyError(f"there is no folder '{PAGES}/{folder}'; {did_you_mean(folder, self._folders())}".rstrip("; "))
        listed = (entry for entry in found if not (isinstance(entry, self.types[0]) or entry.unlisted or entry.tag))
        order = collection.order_by if collection else ("-date", "title")
        return Query(entry for entry in listed if self.drafts or not entry.draft).order_by(*order)

    def _is_folder(self, folder: str) -> bool:
        """Whether there is a list page of `folder`, or a file in it, be it one that cannot be read."""
        known = (*self.contents.entries, *self.contents.broken)
        return folder in ("", *known) or any(id.startswith(f"{folder}/") for id in known)

    def _folders(self) -> set[str]:
        """The ids of all folders with entries."""
        return {one.folder for one in self.collections}.union(entry.folder for entry in self.contents.entries.values()) - {""}

    def __iter__(self) -> Iterator[Entry]:
        """All entries, list pages and unlisted ones too, by id; drafts only where the store shows drafts."""
        note("all")
        return (entry for entry in self.contents.entries.values() if self.drafts or not entry.draft)

    def _read(self) -> Contents:
        """Read what changed, and put everything in its place."""
        problems = list(passed_over(Path(self.root), PAGES))
        entries: dict[str, Entry] = {}
        broken: dict[str, Broken] = {}
        folded: dict[str, str] = {}
        loose: dict[str, Entry] = {}
        for path, page in sorted(self._pages.items(), key=lambda page: (stem_of(page[0]), is_notebook(page[0]))):
            if isinstance(page, Entry) and notebooks.is_loose(page.source):
                loose[path] = page
                continue
            id, shown = id_of(stem_of(path)), page.path
            other = folded.setdefault(unicodedata.normalize("NFC", id.casefold()), shown)
            if other != shown:
                twin = same_address(shown, other)
                broken.setdefault(id, twin)
                problems += twin.problems
            elif isinstance(page, Entry):
                entries[id] = page
            if isinstance(page, Broken):
                broken.setdefault(id, page)
                problems += page.problems
        ids = entries.keys() | broken.keys()
        facts = self._facts(ids, problems)
        problems += siblings.problems(entries, ids)
        for entry in entries.values():
            entry.speak(facts.lang)
            problems += entry.source.problems
            problems += unmet(entry.source, entry.marked(Relation), ids)
            problems += misnamed(entry, entries)
        return Contents(entries, broken, tuple(sorted(problems)), facts, loose, siblings.siblings_of(entries))

    def _facts(self, ids: Set[str], problems: list[Problem]) -> Facts:
        """The site's facts, checked; the defaults where they cannot be read."""
        try:
            facts, source = Facts.read(self.site_folder)
        except Problems as error:
            problems += error.problems
            return Facts()
        if source:
            named = ((("navigation", index), id) for index, id in enumerate(facts.navigation))
            problems += unmet(source, named, ids)
        return facts
