"""Naming: which entry a name in double brackets means, and which part of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from ..content import Entry, Store
from ..content.addresses import Nowhere
from ..content.names import stem_of
from ..markup import Document
from ..problems import did_you_mean
from ..reads import note

Names = Mapping[str, tuple[Entry, ...]]
"""Entries by everything they can be called, in lower case."""


def names_of(store: Store) -> Names:
    """What the entries of a store can be called: the end of their path, from any folder on, and their title.

    A translation is named with its original; which of the two is meant depends on who asks.
    """
    found: dict[str, dict[str, Entry]] = {}
    titled: dict[str, dict[str, Entry]] = {}
    for entry in store:
        meant = store.get(entry.original) or entry
        for name in ends(meant.id):
            found.setdefault(folded(name), {})[meant.id] = meant
        titled.setdefault(folded(entry.title), {})[meant.id] = meant
    return {name: tuple(entries.values()) for name, entries in {**titled, **found}.items()}


def ends(id: str) -> Iterator[str]:
    """`a/b/c`, `b/c` and `c`."""
    parts = id.split("/")
    return ("/".join(parts[at:]) for at in range(len(parts)))


def folded(name: str) -> str:
    """A name without the differences that do not count."""
    return unicodedata.normalize("NFC", stem_of(name.strip().strip("/"))).casefold()


def called(names: Names, store: Store, name: str, path: str = "") -> Entry:
    """The entry that is called `name` by the text in the file `path`; raises `Nowhere` where there is none, or more than one."""
    exact = store.get(stem_of(name.strip().strip("/")))
    note("name", folded(name))
    found = (exact,) if exact else names.get(folded(name), ())
    if len(found) == 1:
        meant = store.beside(found[0], store.language_of(path))
        note("entry", meant.id)
        return meant
    if found:
        ids = sorted(entry.id for entry in found)
        raise Nowhere(f"'{name}' is the name of {len(found)} entries: {some(ids)}", f"write its path: [[{ids[0]}]]")
    hidden = next((id for id in store.contents.entries if folded(name) in map(folded, ends(id))), None)
    if hidden:
        raise Nowhere(f"'{hidden}' is a draft and will not be there", "publish it, or link to something else")
    if broken := next((id for id in store.contents.broken if folded(name) in map(folded, ends(id))), None):
        raise Nowhere(f"'{broken}' has a problem of its own", "mend it first")
    written = {folded(entry.id.rpartition("/")[2]): entry.id.rpartition("/")[2] for entry in store}
    raise Nowhere(f"no entry is called '{name}'", did_you_mean(name, {*written.values(), *(entry.title for entry in store)}))


def some(names: list[str], most: int = 5) -> str:
    """The first of some names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"'{name}'" for name in names[:most]) + more


def part_of(document: Document, anchor: str) -> str:
    """The id of what `anchor` names in a Document: an id itself, or the words of a heading. Raises `Nowhere`."""
    if anchor in document.ids:
        return anchor
    for heading in document.headings:
        if folded(heading.text) == folded(anchor):
            return heading.id
    known = {*document.ids, *(heading.text for heading in document.headings)}
    raise Nowhere(f"'{document.path}' has no '#{anchor}'", did_you_mean(anchor, known))
