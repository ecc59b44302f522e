"""Policy: what the pages of the site may load and run, and the other headers that a host is to send."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from .assets import digested
from .content.addresses import leads_elsewhere
from .loads import loads
from .site import Site

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""What every site needs. The search compiles WebAssembly; hosts join what two rules say of a page to the stricter of both,
so that its page cannot have a rule of its own."""

STYLED = re.compile(r"(?i)<style\b|<[a-z][^<>]*\sstyle\s*=")
SCRIPT = re.compile(r"(?is)<script(?:\s[^<>]*)?>(.*?)</script")

FOREVER = "public, max-age=31536000, immutable"


def headers(site: Site) -> str:
    """The headers as the file `_headers` has them, for hosts that read one; what the author's own says comes before."""
    own = site.own_file("_headers")
    lines = ["/*", "  X-Content-Type-Options: nosniff", "  Referrer-Policy: strict-origin-when-cross-origin"]
    if "content-security-policy" not in own.lower():
        lines.append(f"  Content-Security-Policy: {policy(texts(site), site.facts.hosts.named)}")
    for name in digested(site):
        lines += [f"/static/{name}", f"  Cache-Control: {FOREVER}"]
    return own + "\n".join(lines) + "\n"


def policy(texts: Iterable[str], hosts: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """The Content-Security-Policy under which pages with these HTML texts work: only what they ask for is added.

    `hosts` are those that the author names, by directive, for what their own templates load.
    """
    found = {name: set(sources.split()) for name, sources in POLICY.items()}
    for name, named in hosts.items():
        found.setdefault(name, {"'self'"}).update(named)
    for text in texts:
        for load in loads(text):
            for name in load.directives:
                found.setdefault(name, {"'self'"}).add(load.source)
        if STYLED.search(text):
            found.setdefault("style-src", {"'self'"}).add("'unsafe-inline'")
        for script in filter(None, SCRIPT.findall(text)):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            found["script-src"].add(f"'sha256-{digest}'")
    return "; ".join(f"{name} {' '.join(sorted(sources))}" for name, sources in found.items())


def asked(site: Site) -> Iterator[str]:
    """What asks for something in the texts of all entries."""
    yield from site.texts.asks
    yield from (f'<img src="{entry.image}">' for entry in site.store if entry.image and leads_elsewhere(entry.image))


def texts(site: Site) -> Iterator[str]:
    """The same, and the drawings that are released, which can be shown alone."""
    yield from asked(site)
    for entry in site.store:
        yield from (data.decode("utf-8", "replace") for name, data in entry.source.files.items() if name.endswith(".svg"))
    yield from (site.own_file(name) for name in site.texts.files() if name.lower().endswith(".svg"))
