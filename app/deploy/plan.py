"""Plan: what must be sent and deleted for a target to have a release, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..release.manifest import NAME, Item, Manifest

PACKED = (".gz", ".br", ".zst")
NAMING = (".xml", ".json", ".txt")
"""The endings of files that name pages, beside pages themselves: feeds, the map of the site, the index of its search."""

KEPT = ("CNAME", ".nojekyll")
"""What hosts put beside a release, and need."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Files that are new at a target, others, those to be deleted, those that are not Octavo's and stay.

    `before` and `after` are what the target is to remember while and after it is done, and `recorded` is whether it
    remembers the latter already.
    """

    added: tuple[Item, ...]
    changed: tuple[Item, ...]
    gone: tuple[str, ...]
    unknown: tuple[str, ...]
    before: Manifest
    after: Manifest
    recorded: bool

    @property
    def done(self) -> bool:
        """Whether there is nothing to do."""
        return self.recorded and not (self.added or self.changed or self.gone)

    @property
    def size(self) -> int:
        """How many bytes are to be sent."""
        return sum(item.size for item in (*self.added, *self.changed))

    @property
    def batches(self) -> list[tuple[Item, ...]]:
        """What to send, one after the other: what pages show, pages that nobody can know of yet, all that leads to them."""
        assets = tuple(item for item in (*self.added, *self.changed) if not is_page(item.path) and not names_pages(item.path))
        pages = tuple(item for item in self.added if is_page(item.path))
        rest = tuple(item for item in self.changed if is_page(item.path))
        naming = tuple(item for item in (*self.added, *self.changed) if names_pages(item.path))
        return [batch for batch in (assets, pages, rest + naming) if batch]


def is_page(path: str) -> bool:
    """Whether a file is a page, or a packed copy of one."""
    return plain(path).endswith(".html")


def names_pages(path: str) -> bool:
    """Whether a file that is no page leads to pages."""
    return plain(path).endswith(NAMING) or path in ("_redirects", "_headers")


def plain(path: str) -> str:
    """The path of the file of which another is a packed copy, or its own."""
    ending = next((ending for ending in PACKED if path.endswith(ending)), "")
    return path.removesuffix(ending)


def compare(ours: Manifest, theirs: Manifest | None, there: Mapping[str, int], all: bool, delete_unknown: bool) -> Plan:
    """What takes a target from what it remembers (`theirs`) and has (`there`, with sizes in bytes) to the release `ours`.

    A file is in place when it was sent as it is and still has its size, unless `all` is wished. What no deploy has
    sent is deleted only if `delete_unknown` says so.
    """
    known = {item.path: item for item in theirs.items} if theirs else {}
    wanted = {item.path for item in ours.items}
    sent = [item for item in ours.items if all or known.get(item.path) != item or there.get(item.path) != item.size]
    unknown = there.keys() - wanted - known.keys() - {NAME}
    foreign = unknown.difference(KEPT) if delete_unknown else set()
    gone = (known.keys() & there.keys()) - wanted | foreign
    unsure = [replace(item, sha256="") for item in sent]
    sure = (known.keys() & there.keys()) - {item.path for item in sent}
    return Plan(
        added=tuple(item for item in sent if item.path not in there),
        changed=tuple(item for item in sent if item.path in there),
        gone=tuple(sorted(gone)),
        unknown=tuple(sorted(unknown - foreign)),
        before=Manifest((*unsure, *(known[path] for path in sure))),
        after=ours,
        recorded=theirs == ours,
    )
