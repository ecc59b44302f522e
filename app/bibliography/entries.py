"""Entries: what stands in a `.bib` file, as written, and every mistake in how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .chunk import Abbreviations, Chunk, Entry, Mistake

LINE_HEAD = re.compile(r"^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]", re.MULTILINE)
HEAD = re.compile(r"@[ \t]*+([A-Za-z]++)\s*+[{(]")
STRAY = re.compile(r"^[ \t]*+(?:,[ \t]*+)?([A-Za-z][\w-]*+)[ \t]*+=[ \t]*+[{\"\w]|^[ \t]*+(@[A-Za-z]++)", re.MULTILINE)
BRACES = re.compile(r"[{}]")


@dataclass
class Scan:
    """A `.bib` file's text gone through once, from `@word{` to `@word{`.

    An entry never goes past a line that begins with `@word{`: so a brace that was forgotten costs no other entry.
    """

    text: str
    mistakes: list[Mistake] = field(default_factory=list)
    macros: Abbreviations = field(default_factory=Abbreviations)
    comments_close: bool = True

    def entries(self) -> Iterator[Entry]:
        """The entries in their order; `mistakes` and `macros` grow on the way."""
        heads = [found.start() for found in LINE_HEAD.finditer(self.text)]
        at = 0
        for end in [*heads, len(self.text)]:
            while at < end and (found := self.next_head(at, end)):
                self.strays(at, found.start())
                if found[1].lower() == "comment":
                    at = self.past_comment(found.end() - 1, end)
                else:
                    chunk = Chunk(self.text[found.start() : end], found.start(), self.macros, self.mistakes)
                    yield from chunk.read(found[1].lower(), found.end() - found.start())
                    at = chunk.stop
            self.strays(at, end)
            at = max(at, end)

    def next_head(self, at: int, end: int) -> re.Match[str] | None:
        """The next `@word{` that no `%` before it on its line makes a comment."""
        while found := HEAD.search(self.text, at, end):
            line = max(at, self.text.rfind("\n", at, found.start()))
            if "%" not in self.text[line : found.start()]:
                return found
            at = found.end()
        return None

    def past_comment(self, at: int, end: int) -> int:
        """Where the `@comment` ends whose brace stands at `at`: at the brace that closes it, else before the next entry.

        One comment that is never closed is enough to look no further than the next entry from then on: so the time is linear.
        """
        depth = 0
        for found in BRACES.finditer(self.text, at, len(self.text) if self.comments_close else end):
            depth += 1 if found[0] == "{" else -1
            if depth <= 0:
                return found.end()
        if depth:
            self.comments_close = False
            self.mistakes.append((at, "the brace of this @comment is never closed", "write '}' where the comment ends"))
        return end

    def strays(self, start: int, end: int) -> None:
        """Tell of what looks like a part of an entry and stands between entries; all else there is a comment."""
        found = STRAY.search(self.text, start, end)
        if found and found[1]:
            hint = "an entry begins with '@article{key,' and ends with '}': look at the lines above"
            self.mistakes.append((found.start(1), f"the field '{found[1]}' belongs to no entry", hint))
        elif found:
            hint = f"write '{found[2]}{{key,', or '%' before it"
            self.mistakes.append((found.start(2), f"'{found[2]}' begins no entry", hint))
