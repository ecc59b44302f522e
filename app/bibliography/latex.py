"""LaTeX in the fields of a bibliography made into text, with the few tags that CSL-JSON knows."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape

from .symbols import ACCENTS, ALONE, DECLARATIONS, HIDDEN, IGNORED, PLAIN, SIGNS, SYMBOLS, TAGS

MAX_DEPTH = 100
SPECIAL = re.compile(r"[\\{}~$&<>\"`']|--")
TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?[ ]*|.|)|\$\$?|[{}~&<>\"]|---?|``?|''?|-|[^\\{}~$&<>\"`'-]+")
TAG = re.compile(r"<[^>]*>")
CASELESS = re.compile(r"\$[^$]*\$|<[^>]*>|&#?\w+;")
OPENING = (" ", "\u00a0", "(", "[", "–", "—", "-", "/", "“", "‘")
ESCAPED = re.compile(r"\{?\\([_%&#~${}])(?:\{\})?\}?|\{?\\text(asciitilde|underscore)\s*(?:\{\})?\}?|\$\\sim\$")
URL = re.compile(r"\\url\s*\{(.*)\}")


def text_of(value: str, protect: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text of a field's LaTeX, and the commands in it that are unknown and stay as they are.

    With `protect`, as in titles, what stands in braces is marked as `nocase`.
    """
    value = " ".join(value.split())
    if not SPECIAL.search(value):
        return value, ()
    reader = Reader(value if protect else inner(value), protect)
    return reader.group().strip(), tuple(dict.fromkeys(reader.unknown))


def plain_of(value: str) -> tuple[str, tuple[str, ...]]:
    """The text of a name's LaTeX without tags and entities, and the unknown commands."""
    text, unknown = text_of(value)
    return (unescape(TAG.sub("", text)) if "<" in text or "&" in text else text), unknown


def link_of(value: str) -> str:
    """An address or a number, as it is but for the escapes that LaTeX asks for."""
    value = inner(" ".join(value.split()))
    if "\\" not in value:
        return value
    value = URL.sub(r"\1", value)
    return ESCAPED.sub(lambda found: found[1] or ("_" if found[2] == "underscore" else "~"), value)


def inner(value: str) -> str:
    """A value without the braces that stand around the whole of it."""
    while value.startswith("{") and value.endswith("}") and braced_whole(value):
        value = value[1:-1].strip()
    return value


def braced_whole(value: str) -> bool:
    r"""Whether the first brace is closed by the last character, and not only begins a command's group like `{\em x}`."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", value):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0:
            return found.end() == len(value) and not value.startswith("{\\")
    return False


class Reader:
    """Goes through the tokens of a value once and answers text."""

    def __init__(self, text: str, protect: bool) -> None:
        self.tokens: list[str] = TOKEN.findall(text)
        self.at = 0
        self.depth = 0
        self.protect = protect
        self.unknown: list[str] = []
        self.unclosed: set[str] = set()

    def peek(self) -> str:
        """The token here, or nothing at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """The token here, which is passed."""
        sign = self.peek()
        self.at += 1
        return sign

    def group(self) -> str:
        """The text up to the closing brace, which is passed, or up to the end."""
        out = ""
        while sign := self.take():
            if sign == "}":
                break
            if sign == '"':
                out += "“" if not out or out.endswith(OPENING) else "”"
            elif sign[0] == "\\" and (name := sign[1:].rstrip()) in DECLARATIONS:
                return out + tagged(TAGS[name], self.group_inside())
            else:
                out += self.piece(sign)
        return out

    def group_inside(self) -> str:
        """The rest of a group, one deeper; what nests too deeply stays as it is."""
        if self.depth >= MAX_DEPTH:
            return escape(self.raw(), quote=False)
        self.depth += 1
        text = self.group()
        self.depth -= 1
        return text

    def piece(self, sign: str) -> str:
        """The text of a sign and of what belongs to it."""
        if sign == "{":
            return self.braces()
        if sign[0] == "$":
            return self.formula(sign)
        if sign[0] == "\\":
            return self.command(sign)
        return SIGNS.get(sign, sign)

    def braces(self) -> str:
        """The text of a group; where capitals are protected, marked as such if it has any letters."""
        if not self.protect or self.peek().startswith("\\"):
            return self.group_inside()
        self.protect = False
        text = self.group_inside()
        self.protect = True
        letters = CASELESS.sub("", text)
        return f'<span class="nocase">{text}</span>' if letters.upper() != letters.lower() else text

    def formula(self, opening: str, closing: str = "") -> str:
        """A formula as it is between dollars; a dollar alone is a dollar."""
        closing = closing or opening
        try:
            end = len(self.tokens) if closing in self.unclosed else self.tokens.index(closing, self.at)
        except ValueError:
            end = len(self.tokens)
        if end == len(self.tokens):
            self.unclosed.add(closing)
            return "&#36;" * len(opening) if opening[0] == "$" else opening
        written = "".join(self.tokens[self.at : end])
        self.at = end + 1
        return f"${escape(written, quote=False)}$"

    def command(self, sign: str) -> str:
        """What a command prints."""
        name = sign[1:].rstrip().removesuffix("*") or sign[1:]
        if name in ACCENTS:
            return self.accent(name)
        if name in SYMBOLS:
            return SYMBOLS[name]
        if name in TAGS:
            return tagged(TAGS[name], self.argument())
        if name in PLAIN or name == "enquote":
            text = self.argument()
            return f"“{text}”" if name == "enquote" else text
        if name in IGNORED:
            return ""
        return self.other(name, sign)

    def other(self, name: str, sign: str) -> str:
        """What the commands print that read their argument in a way of their own, and those that nobody knows."""
        if name == "(":
            return self.formula(sign, "\\)")
        if name in HIDDEN:
            self.argument()
            return ""
        if name in ("url", "path", "nolinkurl", "doi"):
            return escape(link_of(self.raw_argument()), quote=False)
        if name == "href":
            self.raw_argument()
            return self.argument()
        if name == "ensuremath":
            return f"${escape(self.raw_argument(), quote=False)}$"
        self.unknown.append(sign.rstrip())
        argument = f"{{{self.raw_argument()}}}" if self.peek() == "{" else ""
        return escape(sign + argument, quote=False)

    def accent(self, name: str) -> str:
        """A letter with an accent; over nothing, the accent itself."""
        text = self.argument().replace("ı", "i").replace("ȷ", "j")
        if not text.strip() or text[0] in "<&":
            return ALONE.get(name, "") + text
        return unicodedata.normalize("NFC", text[0] + ACCENTS[name]) + text[1:]

    def argument(self) -> str:
        """The text of what a command is applied to: a group, a command or one character."""
        sign = self.take()
        if sign == " ":
            sign = self.take()
        if sign == "{":
            return self.group_inside()
        if sign in ("", "}"):
            self.at -= sign == "}"
            return ""
        if sign[0] == "\\":
            return self.deeper(sign)
        sign = sign.lstrip()
        if len(sign) > 1 and sign not in SIGNS:
            self.at -= 1
            self.tokens[self.at] = sign[1:]
            sign = sign[0]
        return SIGNS.get(sign, sign)

    def deeper(self, sign: str) -> str:
        """What a command prints that is the argument of another; a chain of them without an end stays as it is."""
        if self.depth >= MAX_DEPTH:
            return escape(sign, quote=False)
        self.depth += 1
        text = self.command(sign)
        self.depth -= 1
        return text

    def raw_argument(self) -> str:
        """The argument in braces as it is written."""
        if self.peek() != "{":
            return ""
        self.at += 1
        return self.raw()

    def raw(self) -> str:
        """What stands up to the closing brace, as it is written."""
        depth, start = 1, self.at
        while depth and (sign := self.take()):
            depth += (sign == "{") - (sign == "}")
        return "".join(self.tokens[start : self.at - (depth == 0)])


def tagged(tag: str, text: str) -> str:
    """Text in a tag; nothing needs none."""
    return f"<{tag}>{text}</{tag}>" if text.strip() else text
