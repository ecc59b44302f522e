"""Outward: the links of a site to other hosts, where each is written, and which of them lead to nothing any more."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.client import HTTPException
from itertools import groupby
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from .content import Entry, Facts, Source, Target
from .problems import Problem, Problems
from .prose import fields_of
from .site import Site

LINK = re.compile(r"""(?:href|src|poster)=(?:"(https?://[^"]+)"|'(https?://[^']+)')""", re.IGNORECASE)
AT_ONCE = 4
"""How many hosts are asked at a time; no host is asked twice at a time."""

TIMEOUT = 10
AGENT = "Mozilla/5.0 (compatible; Octavo link check)"
GONE = (404, 410)
UNKNOWN = "has a host that is not known"
SAFE = "%/:=&?~+!$,;'@()*[]"
"""The signs that stay as they are in a path and in a query."""


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A link to another host, and the place in a file of the site where it stands."""

    url: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found out about links: why those lead to nothing that do, and how many could not be asked."""

    lost: dict[str, str]
    unclear: int


def uses_of_site(site: Site) -> Iterator[Use]:
    """The links to other hosts that are no entry's: those of `site.yml`, and of its author's works."""
    try:
        facts, source = Facts.read(site.folder)
    except Problems:  # told where the store reads it
        facts, source = site.facts, None
    if source:
        urls = [*(link.url for link in facts.author.links), facts.licence.url if facts.licence else ""]
        yield from placed(source, [url for url in urls if is_outward(url)])
    for work in site.works:
        links = (link for link in work.links if is_outward(link.href) and link.path == work.reference.path)
        yield from (Use(link.href, link.path, work.reference.line, 1) for link in links)


def uses_in(site: Site, entry: Entry) -> Iterator[Use]:
    """The links of an entry to other hosts."""
    urls = {href for _, href in entry.marked(Target) if is_outward(href)}
    for field in fields_of(entry):
        document = site.document(entry, field)
        for part in document.parts:
            if isinstance(part, str):
                urls.update(unescape(one[1] or one[2]) for one in (LINK.finditer(part) if "://" in part else ()))
            elif is_outward(part.target):
                urls.add(part.target)
    yield from placed(entry.source, sorted(urls))


def is_outward(href: str) -> bool:
    """Whether a link leads to a host by the web's own protocol."""
    return href.lower().startswith(("http://", "https://"))


def placed(source: Source, urls: list[str]) -> Iterator[Use]:
    """The places in a file where these URLs stand; the beginning of the text for one that is written in another way."""
    missed, text = set(urls), source.text
    for found in re.finditer("|".join(re.escape(url) for url in sorted(urls, key=len, reverse=True)), text) if urls else ():
        start = found.start()
        missed.discard(found[0])
        yield Use(found[0], source.path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
    yield from (Use(url, source.path, source.body_line, 1) for url in missed)


def hosts(found: Iterable[Use]) -> set[str]:
    """The hosts to which links lead."""
    return {urlsplit(use.url).netloc for use in found}


def lost(found: list[Use], asked: Asked) -> list[Problem]:
    """Every use of a link that leads to nothing."""
    hint, gone = "look where it has gone, or take it out", [use for use in found if use.url in asked.lost]
    return [Problem(use.path, use.line, use.column, f"'{use.url}' {asked.lost[use.url]}", hint) for use in gone]


def ask(urls: Iterable[str]) -> Asked:
    """Ask for URLs, a few hosts at a time, and answer which of them are gone.

    What a host says of us is no fault of a link; where no host at all is known, there is no network.
    """
    by_host = groupby(sorted(set(urls), key=lambda url: (urlsplit(url).netloc, url)), key=lambda url: urlsplit(url).netloc)
    with ThreadPoolExecutor(AT_ONCE) as workers:
        answers = [one for some in workers.map(ask_host, [list(group) for _, group in by_host]) for one in some]
    if all(said == UNKNOWN for _, said in answers):
        return Asked({}, len(answers))
    return Asked({url: said for url, said in answers if said}, sum(said is None for _, said in answers))


def ask_host(urls: list[str]) -> list[tuple[str, str | None]]:
    """Each of some URLs of one host, with the `reason` why it leads to nothing."""
    return [(url, reason(url)) for url in urls]


def reason(url: str) -> str | None:
    """Why a URL leads to nothing; an empty text where it does not, and `None` where that cannot be said."""
    said: str | None = None
    for method in ("HEAD", "GET"):
        try:
            with urlopen(Request(spelt(url), method=method, headers={"User-Agent": AGENT}), timeout=TIMEOUT):  # noqa: S310
                return ""
        except HTTPError as error:
            error.close()
            said = f"answers {error.code}" if error.code in GONE else None
        except URLError as error:
            return UNKNOWN if isinstance(error.reason, socket.gaierror) else None
        except (OSError, ValueError, HTTPException):
            return None
    return said


def spelt(url: str) -> str:
    """A URL in the letters that requests are written in, without its anchor. Raises `ValueError` for one that cannot be."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode() + (f":{parts.port}" if parts.port else "")
    query = f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{host}{quote(parts.path, safe=SAFE)}{query}"
