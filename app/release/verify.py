"""Verify: every link, anchor and asset of a finished release leads to something in it, and any host can have its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..problems import Findings, Problem
from .manifest import Item, Manifest
from .page import Page, read
from .paths import LARGE, TOO_LARGE, wrong_paths, wrong_sizes

ELSEWHERE = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")


def verify(
    items: Iterable[Item],
    pages: Mapping[str, Page],
    base_url: str | None = None,
    *,
    drafts: Iterable[str] = (),
    sources: Mapping[str, str] | None = None,
    checked: Mapping[str, Page] | None = None,
) -> Findings:
    """Everything that is wrong with a release of these files, of which `pages` has the HTML ones, by path.

    `drafts` are the URLs, from the root of the site, that no file may have and no page may lead to; `sources` names the file
    that a page was made from, by path, so that the author is told of that one. `checked` are the pages to look at, where
    others are known to be right.
    """
    items, drafts, sources = list(items), frozenset(drafts), dict(sources or {})
    links = Links.of(items, pages, base_url, drafts)
    errors = [*wrong_paths(items, sources), *wrong_sizes(items, TOO_LARGE, float("inf"), sources)]
    warnings = [*wrong_sizes(items, LARGE, TOO_LARGE, sources)]
    errors += leaked(items, drafts, sources)
    for path, page in (pages if checked is None else checked).items():
        errors += wrong_page(path, page, sources.get(path, path))
        errors += links.wrong(path, page, sources.get(path, path))
        if page.insecure and (base_url is None or base_url.startswith("https:")):
            (errors if base_url else warnings).extend(insecure(page, sources.get(path, path)))
    return Findings(tuple(sorted(set(errors))), tuple(sorted(set(warnings))))


def verify_folder(release: Path, base_url: str | None = None) -> Findings:
    """The same for a folder that anybody has made."""
    items = Manifest.of(release).items
    pages = {item.path: read((release / item.path).read_bytes()) for item in items if item.path.endswith((".html", ".htm"))}
    return verify(items, pages, base_url)


def wrong_page(path: str, page: Page, source: str) -> Iterator[Problem]:
    """What is wrong with a page by itself; where it was made from something else, the place is told in words."""
    for id in page.twice:
        yield Problem(source, 1, 1, f"the id '{id}' stands twice in this page", "name one of the two in another way")
    for line, column, message in page.faults:
        if source == path:
            yield Problem(path, line, column, message, "open and close elements in pairs, one inside the other")
        else:
            yield Problem(source, 1, 1, message, f"it is in line {line} of the page, {path}; look at your HTML and templates")


def insecure(page: Page, source: str) -> Iterator[Problem]:
    """What a page of a site with https would load by http: browsers do not."""
    for url in page.insecure:
        yield Problem(source, 1, 1, f"this page loads something without encryption: {url}", "write https://, or keep a copy")


def leaked(items: Iterable[Item], drafts: frozenset[str], sources: Mapping[str, str]) -> Iterator[Problem]:
    """The files that are there though they belong to drafts: a draft's page, or anything below it."""
    for item in items if drafts else ():
        above = {item.url, *(item.url[: at + 1] for at, sign in enumerate(item.url) if sign == "/")}
        if found := above & drafts:
            message = f"this is part of the draft {max(found, key=len)}"
            yield Problem(
                sources.get(item.path, item.path), 1, 1, message, "publish the draft, or take this out of what is released"
            )


@dataclass(frozen=True, slots=True)
class Links:
    """What the links of a release can lead to: the path of the file at every URL, and the anchors in it.

    `home` is where the site will stand, `root` the path of that, `drafts` are the URLs that nothing may lead to.
    """

    files: Mapping[str, str]
    anchors: Mapping[str, frozenset[str]]
    home: str
    root: str
    drafts: frozenset[str]

    @classmethod
    def of(cls, items: Iterable[Item], pages: Mapping[str, Page], base_url: str | None, drafts: Iterable[str]) -> Links:
        """Those of a release that stands at `base_url`."""
        files = {item.path: item.path for item in items}
        files |= {path.removesuffix("index.html"): path for path in list(files) if path.rpartition("/")[2] == "index.html"}
        anchors = {path: frozenset(page.ids) for path, page in pages.items()}
        return cls(files, anchors, base_url or "", urlsplit(base_url or "/").path, frozenset(drafts))

    def wrong(self, path: str, page: Page, source: str) -> Iterator[Problem]:
        """The links of a page that lead to nothing, or to no place in a page."""
        above = folders_above(path)
        for link in page.links:
            if ELSEWHERE.match(link) or link.startswith("//"):
                if self.drafts and self.home and f"/{link.removeprefix(self.home)}".partition("#")[0] in self.drafts:
                    yield Problem(source, 1, 1, f"a link leads to a draft: {link}", "publish it, or link to something else")
                continue
            target, _, anchor = link.partition("#")
            address = target.partition("?")[0]
            name = self.target(address, above) if address else path
            if name is None:
                yield Problem(source, 1, 1, f"a link leads to nothing: {link}", f"it stands in '{path}' of the release")
            elif anchor and name in self.anchors and not self.has(name, anchor):
                yield Problem(source, 1, 1, f"a link's anchor is not there: {link}", f"'{name}' has no id '{unquote(anchor)}'")

    def target(self, address: str, above: list[str]) -> str | None:
        """The path of the file that an address leads to, from a page with these folders above it."""
        address = unquote(address) if "%" in address else address
        if address[0] == "/":
            return self.files.get(normal(address[len(self.root) :])) if f"{address}/".startswith(self.root) else None
        up = 0
        while address.startswith("../", 3 * up):
            up += 1
        if up >= len(above):
            return None
        whole = above[up] + address[3 * up :]
        return self.files.get(whole) or self.files.get(normal(whole))

    def has(self, name: str, anchor: str) -> bool:
        """Whether a page has an anchor, as it is written or as it is meant."""
        return anchor in self.anchors[name] or unquote(anchor).partition(":~:")[0] in {"", "top", *self.anchors[name]}


def folders_above(path: str) -> list[str]:
    """The folder of a file, the one above, and so on, each with a slash at its end; the root is the empty one."""
    parts = path.split("/")[:-1]
    return ["".join(f"{part}/" for part in parts[:count]) for count in range(len(parts), -1, -1)]


def normal(address: str) -> str:
    """An address without steps that lead nowhere or back; that of a folder keeps its slash."""
    parts: list[str] = []
    for part in address.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    ends = address.endswith("/") or address.rpartition("/")[2] in (".", "..")
    return "/".join(parts) + ("/" if parts and ends else "")
