"""Verification of a release of which most may have been verified with the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from urllib.parse import unquote

from ..problems import Findings
from ..site import Site
from .manifest import Item
from .page import Page, dumped, loaded, read
from .press import Press
from .records import Record, Records
from .verify import verify

KIND = "page"
"""The kind under which the cache keeps what is to be known of a page, by its digest."""


def verified(site: Site, press: Press, before: Records, pages: Mapping[str, Record], items: Sequence[Item]) -> Findings:
    """What is wrong with the release of these files. A page that is the same is looked at again where something has gone."""
    html = {item.path: item.sha256 for item in items if item.path.endswith(".html")}
    known = {one.path: one.sha256 for record in before.pages.values() for one in record.items}
    here = {item.path for item in items}
    facts = seen(site, press, html)
    lost = any(path not in here for path in known) or any_lost(site, facts, known, html)
    checked = facts if lost or not known else {path: facts[path] for path, sha in html.items() if known.get(path) != sha}
    return verify(items, facts, site.base_url, drafts=drafts_of(site), sources=sources_of(site, pages), checked=checked)


def seen(site: Site, press: Press, html: Mapping[str, str]) -> dict[str, Page]:
    """What is to be known of every page: from this freeze, from an earlier one, or else from the file itself."""
    cache = site.texts.cache
    asked = [sha for path, sha in html.items() if path not in press.pages]
    kept = cache.many(KIND, asked) if cache else {}
    found = {}
    for path, sha in html.items():
        try:
            found[path] = press.pages.get(path) or loaded(kept[sha])
        except (KeyError, ValueError, TypeError):
            found[path] = read((press.folder / path).read_bytes())
        if cache and sha not in kept:
            cache.put(KIND, sha, dumped(found[path]))
    return found


def any_lost(site: Site, facts: Mapping[str, Page], known: Mapping[str, str], html: Mapping[str, str]) -> bool:
    """Whether a page that has become another one has lost an anchor, as far as that is known."""
    others = {path: known[path] for path, sha in html.items() if known.get(path, sha) != sha}
    kept = site.texts.cache.many(KIND, others.values()) if site.texts.cache else {}
    if any(sha not in kept for sha in others.values()):
        return bool(others)
    try:
        return any(not set(loaded(kept[sha]).ids) <= set(facts[path].ids) for path, sha in others.items())
    except ValueError:
        return True


def drafts_of(site: Site) -> list[str]:
    """The URLs of what must not be in the release."""
    return [] if site.config.drafts else [entry.url for entry in site.store.contents.entries.values() if entry.draft]


def sources_of(site: Site, pages: Mapping[str, Record]) -> dict[str, str]:
    """The file that each page of an entry was made from, by the path of the page."""
    entries = ((pages.get(unquote(entry.url)), entry.path) for entry in site.store)
    return dict(chain.from_iterable(((item.path, path) for item in record.items[:1]) for record, path in entries if record))
