"""One entry of a `.bib` file read as it is written: its key, its fields, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError, Token
from pybtex.utils import CaseInsensitiveDict

from ..problems import did_you_mean

MAX_DEPTH = 100
MAX_MISTAKES = 20
FIELD = re.compile(r"\s*+(?:,\s*+)?([A-Za-z][\w:.+-]*+)\s*+=\s*+[{\"\w]")
FIELD_LINE = re.compile(r"^[ \t]*+(?:,[ \t]*+)?([A-Za-z][\w:.+-]*+)[ \t]*+=[ \t]*+[{\"\w]", re.MULTILINE)
GAP = re.compile(r"[\s,]*+")
MARKS = re.compile(r'[{}"]')

Mistake = tuple[int, str, str]
"""The offset into the text, what is wrong there, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry: its name in lower case, its value as written, and the offset of each in the text."""

    name: str
    value: str
    start: int
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type in lower case, its key, its fields by name in their order, and where it stands in the text."""

    kind: str
    key: str
    fields: dict[str, Field]
    start: int
    end: int


class Abbreviations(CaseInsensitiveDict):  # type: ignore[misc]
    """The texts of `@string` by name, months among them; `left` is how many characters a file may still write by them."""

    left = 10_000_000

    def __init__(self) -> None:
        super().__init__(month_names)

    def written_out(self, name: str) -> str | None:
        """The text of an abbreviation, or nothing when all of them have grown too long: one may be made of others."""
        text = str(self[name])
        self.left -= len(text)
        return text if self.left >= 0 else None


class Chunk(LowLevelParser):  # type: ignore[misc]
    """The text from one `@word{` to the next, read by pybtex's scanner, which here goes on after a mistake.

    `start` is where the chunk begins in the file's text; `macros` and `mistakes` are the file's, and grow.
    """

    def __init__(self, text: str, start: int, macros: Abbreviations, mistakes: list[Mistake]) -> None:
        super().__init__(text, macros=macros)
        self.start = start
        self.told = mistakes
        self.mistakes = 0
        self.value_at = 0
        self.fields: dict[str, Field] = {}

    @property
    def stop(self) -> int:
        """Where reading stopped, as an offset into the file's text."""
        return self.start + int(self.pos)

    def tell(self, at: int, message: str, hint: str = "") -> None:
        """Keep a mistake, which stands at the offset `at` of this chunk."""
        self.mistakes += 1
        self.told.append((self.start + at, message, hint))

    def read(self, kind: str, body: int) -> Iterator[Entry]:
        """The entry of the type `kind`, whose brace ends at the offset `body`; nothing for `@string` and `@preamble`."""
        self.pos = body
        closing = self.RBRACE if self.text[body - 1] == "{" else self.RPAREN
        if kind not in ("string", "preamble"):
            yield from self.entry(kind, closing)
            return
        try:
            (self.parse_string_body if kind == "string" else self.parse_preamble_body)(closing)
            self.required([closing])
        except PybtexSyntaxError as error:
            self.tell(self.pos, f"this @{kind} cannot be read: {error.args[0]}", '@string is written @string{name = "text"}')

    def entry(self, kind: str, closing: object) -> Iterator[Entry]:
        """The entry, if it has a key."""
        key = self.key(closing)
        self.read_fields(key, closing)
        if key:
            end = len(self.text[: self.pos].rstrip())
            yield Entry(kind, key, self.fields, self.start, self.start + end)

    def key(self, closing: object) -> str:
        """The key, with the comma after it passed; empty where there is none."""
        keyless = FIELD.match(self.text, self.pos)
        found = None if keyless else self.seen(self.KEY_PAREN if closing is self.RPAREN else self.KEY_BRACE)
        if found is None:
            self.tell(0, "this entry has no key, so it is left out", "write '@article{key,' with a word that you cite it by")
            return ""
        end = self.pos
        if self.seen(self.COMMA) is None and self.text[self.pos : self.pos + 1] not in ("}", ")", ""):
            self.tell(end, f"there is no comma after the key '{found.value}'", "a key is one word, with ',' behind it")
        return str(found.value)

    def seen(self, pattern: object) -> Token | None:
        """The token here, if it is of the pattern; nothing at the end of the chunk."""
        self.eat_whitespace()
        return None if self.eof() else self.optional([pattern])

    def read_fields(self, key: str, closing: object) -> None:
        """Read fields up to the closing brace; after a mistake, go on with the next line that begins like a field."""
        entry = f"the entry '{key}'" if key else "this entry"
        while self.mistakes < MAX_MISTAKES:
            gap = GAP.match(self.text, self.pos)
            at = self.pos = gap.end() if gap else self.pos
            if self.eof():
                if not self.reopened():
                    self.tell(0, f"{entry} is never closed", "write '}' after its last field")
                    return
            elif self.seen(closing):
                early = FIELD.match(self.text, self.pos)
                if not early:
                    return
                hint = "delete one brace: each field and the entry are closed once"
                self.tell(at, f"this brace closes {entry} before its field '{early[1]}'", hint)
            else:
                self.read_field()
        self.tell(self.pos, f"the rest of {entry} is not read", "mend the mistakes above it first")
        self.pos = self.end_pos

    def reopened(self) -> bool:
        """Whether the last field has swallowed others for want of a brace; it is dropped then, and the others are read."""
        last = next(reversed(self.fields.values()), None)
        found = FIELD_LINE.search(self.text, last.offset - self.start) if last else None
        if not last or not found:
            return False
        del self.fields[last.name]
        self.unclosed(last.name, last.offset - self.start)
        self.pos = found.start()
        return True

    def unclosed(self, name: str, at: int) -> None:
        """Tell of a value without an end."""
        self.tell(at, f"the value of '{name}' is never closed", "every '{' needs its '}', and every '\"' another")

    def read_field(self) -> None:
        """Read one field with the comma after it."""
        at = self.pos
        name = "it"
        try:
            name = self.required([self.NAME], "a field").value
            self.required([self.EQUALS])
            self.parse_value()
            self.keep(name, at)
        except PrematureEOF:
            self.unclosed(name, self.value_at)
            self.resume(at)
        except PybtexSyntaxError as error:
            hint = "a field is written name = {value}, with a comma behind it"
            self.tell(self.pos, f"{error.args[0]} in the field '{name}'" if name != "it" else "no field begins here", hint)
            self.resume(at)

    def keep(self, name: str, at: int) -> None:
        """Keep the field just read, and see that a comma or the end of the entry follows."""
        first = self.fields.get(name.lower())
        if first:
            self.tell(at, f"the field '{name}' stands twice in this entry, and the first is used", "delete one of the two")
        else:
            value = "".join(self.current_value)
            self.fields[name.lower()] = Field(name.lower(), value, self.start + at, self.start + self.value_at)
        self.eat_whitespace()
        if not self.eof() and self.text[self.pos] not in ",})":
            end = at + len(self.text[at : self.pos].rstrip())
            self.tell(end, f"there is no comma after the field '{name}'", "write ',' between two fields")
            if not FIELD.match(self.text, self.pos):
                self.resume(at)

    def resume(self, at: int) -> None:
        """Go on with the next line after `at` that begins like a field, or with the end."""
        found = FIELD_LINE.search(self.text, at + 1)
        self.pos = found.start() if found else self.end_pos

    def parse_value(self) -> None:
        """Read a value, and keep where it begins."""
        self.eat_whitespace()
        self.value_at = self.pos
        super().parse_value()

    def parse_string(self, string_end: object) -> Iterator[Token]:
        """What stands up to the closing brace or quote, which is the last character of it."""
        depth = 0
        for found in MARKS.finditer(self.text, self.pos):
            mark = found[0]
            if depth == 0 and mark == ("}" if string_end is self.RBRACE else '"'):
                at, self.pos = self.pos, found.end()
                yield Token(self.text[at : self.pos], string_end)
                return
            depth += (mark == "{") - (mark == "}")
            if depth < 0 and FIELD_LINE.search(self.text, self.pos, found.start()):
                raise PrematureEOF(self)
            if depth < 0 or depth > MAX_DEPTH:
                self.pos = found.start()
                raise PybtexSyntaxError("unbalanced braces" if depth < 0 else "too many braces in each other", self)
        raise PrematureEOF(self)

    def substitute_macro(self, name: str) -> str:
        """The text of an abbreviation; of one that nobody defined, its name."""
        at = self.pos - len(name)
        if name not in self.macros:
            hint = did_you_mean(name, self.macros, 'write the text in braces, or define it: @string{name = "text"}')
            self.tell(at, f"'{name}' is no text in braces and no @string", hint)
            return name
        text = self.macros.written_out(name)
        if text is None:
            self.tell(at, f"the @string '{name}' is too long when it is written out", "make it of fewer others")
        return name if text is None else str(text)
