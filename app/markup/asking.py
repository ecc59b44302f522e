"""Asking: the HTML in a text for which a policy has to allow something: scripts, styles, and what other hosts have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from ..content.addresses import leads_elsewhere

SCRIPT = r"<script(?:\s[^<>]*)?>.*?</script>"
STYLE = r"<style\b|<[a-z][^<>]*\sstyle\s*=[^<>]*>"
ELSEWHERE = r"<(?:img|source|video|audio|track|iframe|object|embed|link)\s[^<>]*?(?://|data:)[^<>]*>"
ASKING = re.compile(f"(?is){SCRIPT}|{STYLE}|{ELSEWHERE}")
SIGNS = ("<script", "style", "<img", "<source", "<video", "<audio", "<track", "<iframe", "<object", "<embed", "<link")
"""What HTML has in it that can ask for anything."""


def asked(parts: Iterable[object]) -> tuple[str, ...]:
    """The tags among `parts` that ask for something, each once; a picture of another host is still to become one."""
    found: dict[str, None] = {}
    for part in parts:
        if isinstance(part, str):
            low = part.lower()
            if any(sign in low for sign in SIGNS):
                found.update(dict.fromkeys(one[0] for one in ASKING.finditer(part)))
        elif getattr(part, "kind", "") == "image" and leads_elsewhere(target := getattr(part, "target", "")):
            found[f'<img src="{escape(target)}">'] = None
    return tuple(found)
