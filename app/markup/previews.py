"""Previews: what a link leads to, shown while a reader points at the link or has reached it by keyboard; no script."""

from __future__ import annotations

import re

BLOCKS = (
    "p|div|section|aside|ul|ol|li|dl|dt|dd|blockquote|pre|figure|figcaption|details|summary|h[1-6]|table|thead|tbody|tfoot|tr|th|td"
    "|caption|address|article|center|dialog|fieldset|footer|form|header|hgroup|legend|main|menu|nav|search"
)
BLOCK = re.compile(rf"(?i)<(?P<tag>{BLOCKS})(?![\w-])(?P<rest>[^<>]*)>")
END = re.compile(rf"(?i)</(?:{BLOCKS})\s*>\n?")
RULE = re.compile(r"(?i)<hr\b[^<>]*>\n?")
CLASS = re.compile(r'\sclass="[^"]*"')
EAGER = re.compile(r"<img (?![^<>]* loading=)")
PERMALINK = re.compile(r' <a class="permalink".*?</a>')
ID = re.compile(r"""(?i)(<[a-z][^<>]*?)\sid\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)""")


def previewed(link: str, kind: str, html: str) -> str:
    """`link` with what it leads to beside it, hidden until it is asked for. It may stand in any paragraph."""
    if not html:
        return link
    return f'<span class="{kind}">{link}<span class="preview" hidden>{in_line(html)}</span></span>'


def in_line(html: str) -> str:
    """`html` without ids and rules, and with a `span` for each block, so that it may stand in a paragraph."""

    def opened(found: re.Match[str]) -> str:
        kept = CLASS.search(found["rest"])
        return f'<span data-as="{found["tag"].lower()}"{kept[0] if kept else ""}>'

    html = EAGER.sub('<img loading="lazy" ', RULE.sub("", without_ids(html)))
    return END.sub("</span>", BLOCK.sub(opened, html)).strip()


def without_ids(html: str) -> str:
    """`html` without any id, to be shown a second time."""
    return ID.sub(r"\1", html)


def elsewhere(html: str, url: str) -> str:
    """`html` of the page `url` as it is shown on another: without permalinks, its links to places on that page kept."""
    return PERMALINK.sub("", html).replace(' href="#', f' href="{url}#')
