"""Mentions: where the text of one entry leads to another, and the sentence that does so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..connections import Mention
from ..content import Entry
from ..content.addresses import Nowhere, find, leads_elsewhere
from ..markup import Slot
from ..markup.inlines import OBJECT
from ..prose import Prose, prose
from .naming import called
from .texts import Texts

SHORT = "".join(
    rf"(?<!\b{word}\.)" for word in ("Fig", "Figs", "Eq", "Eqs", "Sec", "Ch", "No", "Thm", "Prop", "cf", "vs", "al", "p", "pp")
)
END = re.compile(rf"""(?:(?<=[.!?]){SHORT}|(?<=[.!?]["'”’)\]]))\s+(?=["'“‘(\[\ufffc]*[A-ZÀ-Þ0-9$…])|(?<=[。！？])""")
"""Where a sentence ends and another begins."""

LIST = re.compile(r"\A[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s)?|#{1,6}\s|:\s|\[\^[^\[\]]*\]:)")
QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
CELL = re.compile(r"(?<!\\)\|")
MARKS = (
    (re.compile(r"!?\[\[[^\[\]|]*\|([^\[\]]*)\]\]"), r"\1"),
    (re.compile(r"!?\[\[#?([^\[\]#]*)(?:#[^\[\]]*)?\]\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"\s?\[\^[^\[\]]*\]|\s?\[-?@[^\[\]]*\]"), ""),
    (re.compile(r"(?<![\w@./\\])@\w[\w:.-]*\w"), "…"),
    (re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"<[^<>]*>|\{[#.][^{}]*\}|`"), ""),
    (re.compile(r"\s+"), " "),
)  # fmt: skip
"""What is Markdown in a sentence, and what is left of it in words."""


def mentions(texts: Texts) -> Iterator[Mention]:
    """Every place where a published text of the site leads to another entry, in the order of entries and texts."""
    for (id, field), outline in texts.outlines.items():
        source = texts.store.contents.entries[id]
        for slot in outline.slots:
            target = led_to(texts, source, slot)
            if target and target.id != id:
                yield Mention(id, target.id, "" if slot.kind == "embed" else sentence(prose(source, field), slot))


def led_to(texts: Texts, source: Entry, slot: Slot) -> Entry | None:
    """The entry that a Slot of `source` leads to, or nothing."""
    try:
        if slot.kind == "link" and not leads_elsewhere(slot.target):
            return find(texts.store, source.path, slot.target).entry
        if slot.kind in ("wikilink", "embed"):
            name = slot.target.partition("#")[0].strip()
            return called(texts.names, texts.store, name) if name else None
    except Nowhere:
        return None
    return None


def sentence(written: Prose, slot: Slot) -> str:
    """The sentence of a text in which a Slot stands, in words."""
    lines = written.text.split("\n")
    at = written.rows.index(slot.line) if slot.line in written.rows else slot.line - written.line
    if not 0 <= at < len(lines):
        return ""
    column = slot.column - 1 - (written.indents[at] if at < len(written.indents) else 0)
    marked = lines[at][: max(column, 0)] + OBJECT + lines[at][max(column, 0) :]
    first, last = at, at
    while first > 0 and lines[first - 1].strip(" \t>") and not LIST.match(lines[first]):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip(" \t>") and not LIST.match(lines[last + 1]):
        last += 1
    if lines[at].lstrip(" \t>").startswith("|"):
        text = plainly(next(cell for cell in CELL.split(marked) if OBJECT in cell))
    else:
        text = plainly("\n".join((*lines[first:at], marked, *lines[at + 1 : last + 1])))
    return next((one for one in END.split(text) if OBJECT in one), text).replace(OBJECT, "").strip()


def plainly(markdown: str) -> str:
    """A paragraph in Markdown as words."""
    text = QUOTE.sub("", LIST.sub("", markdown, count=1))
    for pattern, words in MARKS:
        text = pattern.sub(words, text)
    return text.strip()
