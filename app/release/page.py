"""Page: what a page of a release leads to, what in it can be led to, and what is wrong with it by itself."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from .balance import Fault, faults

ATTRIBUTES = ("href", "src", "poster", "data", "action")
EQUALS = '="'
HTTP = '="http://'


def after(names: Iterable[str], sign: str) -> str:
    """The pattern of a place behind one of these attributes and a sign. Looking back is what makes the patterns below fast."""
    return "(?i:" + "|".join(rf"(?<=\s{name}{sign})" for name in names) + ")"


QUICK = re.compile(
    rf'="(?:{after(["id"], EQUALS)}([^"]*)|{after(ATTRIBUTES, EQUALS)}([^"]*)|{after(["srcset"], EQUALS)}([^"]*))'.encode()
)
"""The value of an attribute that matters: an id, a link, several links."""

WRITTEN = ("id", *ATTRIBUTES, "srcset")
ODD = re.compile(rf'=(?:(?!"){after(WRITTEN, "=")}|(?<=\s=){after(WRITTEN, ".=")})'.encode())
"""Such an attribute written as only people do: without the usual quotes, or with spaces around."""

UNUSUAL = (b"<a name=", b"<base ", b"<A ")
"""What else needs a closer look."""

INSECURE = re.compile(f"{HTTP}{after(('src', 'poster', 'data', 'action', 'srcset'), HTTP)}".encode())
INSECURE_LINK = re.compile(b'<link [^<>]*="http://')
"""What looks like something that a page would load without encryption."""

LOADED = (
    "img[src], script[src], iframe[src], source[src], video[src], audio[src], track[src], embed[src], input[src], video[poster], "
    "object[data], form[action], link[rel~=stylesheet][href], link[rel~=icon][href], link[rel~=preload][href], "
    "link[rel~=modulepreload][href], link[rel~=manifest][href], img[srcset], source[srcset]"
)
"""What a page loads or sends by itself."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page links to and what in it can be linked to; ids that stand twice, what it loads by http, faults of its HTML."""

    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    insecure: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(html: str | bytes) -> Page:
    """What is to be known of a page, in 100 to 150 microseconds for 30 kB of HTML as it is usually written."""
    data = html.encode("utf-8", "replace") if isinstance(html, str) else html
    odd = ODD.search(data) or any(sign in data for sign in UNUSUAL)
    links, ids = carefully(data) if odd else quickly(data)
    doubtful = b"http://" in data and (odd or INSECURE.search(data) or INSECURE_LINK.search(data))
    insecure = insecure_in(data) if doubtful else ()
    twice = tuple(sorted(id for id, count in Counter(ids).items() if count > 1)) if len(set(ids)) < len(ids) else ()
    return Page(tuple(dict.fromkeys(links)), tuple(dict.fromkeys(ids)), twice, insecure, faults(data))


def quickly(data: bytes) -> tuple[list[str], list[str]]:
    """The links and ids of a page whose attributes are written as programs write them."""
    links, ids = [], []
    for id, link, several in QUICK.findall(data):
        if link:
            links.append(link)
        elif id:
            ids.append(id)
        elif several:
            links.extend(part.encode() for part in urls_in(several.decode("utf-8", "replace")))
    return plain(links), plain(ids)


def plain(values: Iterable[bytes]) -> list[str]:
    """The values of attributes as they are meant."""
    texts = [value.decode("utf-8", "replace") for value in values]
    return [unescape(text) if "&" in text else text for text in texts]


def carefully(data: bytes) -> tuple[list[str], list[str]]:
    """The links and ids of any page, as a browser reads it."""
    tree = LexborHTMLParser(data)
    links = [node.attributes[name] or "" for name in ATTRIBUTES for node in tree.css(f"[{name}]")]
    links += [url for node in tree.css("[srcset]") for url in urls_in(node.attributes["srcset"] or "")]
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    named = {node.attributes["name"] or "" for node in tree.css("a[name]")}
    return links, ids + sorted(named.difference(ids))


def insecure_in(data: bytes) -> tuple[str, ...]:
    """What a page loads or sends without encryption."""
    nodes = [node.attributes for node in LexborHTMLParser(data).css(LOADED)]
    urls = [url for node in nodes for name in ATTRIBUTES if (url := node.get(name))]
    urls += [url for node in nodes for url in urls_in(node.get("srcset") or "")]
    return tuple(sorted({url for url in urls if url.lower().startswith("http://")}))


def urls_in(srcset: str) -> list[str]:
    """The URLs of a `srcset`."""
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


def dumped(page: Page) -> bytes:
    """A page as JSON."""
    whole = page.links, page.ids, page.twice, page.insecure, page.faults
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def loaded(data: bytes) -> Page:
    """What `dumped` has written. Raises `ValueError` for anything else."""
    try:
        links, ids, twice, insecure, wrong = json.loads(data)
        return Page(tuple(links), tuple(ids), tuple(twice), tuple(insecure), tuple((int(a), int(b), str(c)) for a, b, c in wrong))
    except TypeError as error:
        raise ValueError("this is no page") from error
