"""References to what is labelled: `@thm:main`, `@eq:a and @eq:b`, `[@fig:x; @fig:y]`, with the word and number of each."""

from __future__ import annotations

import re
from html import escape

from .document import Page, Slot
from .inlines import Words, places, put, words_with
from .labels import PART, PREFIXES, said
from .manuscript import Manuscript
from .previews import previewed
from .tree import AstNode, raw

LATIN = "[A-Za-z0-9_À-ɏ]"
WORD = rf"(?:{LATIN}+|(?!{LATIN})\w+)"
"""A word of a label: of Latin letters it ends where another script begins, as in `@eq:a的`."""

LABEL = rf"(?:{'|'.join(PREFIXES)}):{WORD}(?:[.:/-]{WORD})*"
JOINED = re.compile(r"\s*(?:,?\s+(?:and|or|to|&|und|et|y)\s|,|--|[–—]|[、和与])\s*")
"""What may stand between two references to things of one kind, so that the word for them is said once."""


def crossref(tree: AstNode, document: Manuscript) -> None:
    """Ask the site for the word, number and address of everything that the text refers to."""
    if not any("@" in line for line in document.lines):
        return
    one, group = patterns(tuple(label.id for label in document.labels if not KNOWN[0].fullmatch("@" + label.id)))
    for words in words_with("@", tree, document):
        put(words, found_in(words, one, group, document))


def patterns(own: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds one reference, and a group in brackets, on a page that has labels of its `own` without a known beginning."""
    known = "|".join(map(re.escape, sorted(own, key=len, reverse=True)))
    name = rf"(?:{LABEL}|(?:{known})(?![.:/-]?{LATIN}))" if own else rf"(?:{LABEL})"
    one = rf"(?<!{LATIN})(?<![@./])@(?P<name>{name})"
    return re.compile(one), re.compile(rf"\[-?@{name}(?:\s*[;,]\s*-?@{name})*\]")


KNOWN = patterns(())


def found_in(
    words: Words, one: re.Pattern[str], group: re.Pattern[str], document: Manuscript
) -> list[tuple[int, int, list[AstNode]]]:
    """The references in `words`, and what takes their place."""
    out: list[tuple[int, int, list[AstNode]]] = []
    done = 0
    placed = places("@", words, document)
    for found in sorted([*group.finditer(words.text), *one.finditer(words.text)], key=lambda found: found.start()):
        if found.start() < done:
            continue
        bracketed = found[0][0] == "["
        run = [each for each in one.finditer(words.text, found.start(), found.end()) if each.start() in placed]
        while run and not bracketed and (following := after(words.text, run[-1], one)) and following.start() in placed:
            run.append(following)
        tokens = [
            document.slot("reference", each["name"], *placed[each.start()], word="" if found[0][:2] == "[-" else how(run, at))
            for at, each in enumerate(run)
        ]
        if bracketed and run:
            shown = document.words(" and ").join(filter(None, (document.words(", ").join(tokens[:-1]), tokens[-1])))
            out.append((found.start(), found.end(), [raw(shown, words.parent)]))
        else:
            out += [(each.start(), each.end(), [raw(shown, words.parent)]) for each, shown in zip(run, tokens, strict=True)]
        done = out[-1][1] if run else done
    return out


def after(text: str, one: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The reference that stands together with `one`, after it, and is to a thing of the same kind."""
    between = JOINED.match(text, one.end())
    found = pattern.match(text, between.end()) if between else None
    return found if found and kind_of(found) == kind_of(one) else None


def kind_of(found: re.Match[str]) -> str:
    """What stands before the colon in the name of a label."""
    return str(found["name"]).partition(":")[0]


def how(found: list[re.Match[str]], at: int) -> str:
    """How many things the word before a reference is for: `one`, `many`, or none, where it was said already."""
    kinds = [kind_of(each) for each in found]
    if at and kinds[at - 1] == kinds[at]:
        return ""
    return "many" if kinds[at + 1 : at + 2] == [kinds[at]] else "one"


def fill(slot: Slot, path: str, page: Page) -> str:
    """The link, with what it leads to shown while the reader points at it."""
    found = page.reference(path, slot.target)
    words, many = page.words_of(path), {"one": 1, "many": 2}.get(dict(slot.options)["word"], 0)
    part = said(words, found.kind, found.number, many)
    shown = words(PART, part=part, page=found.title) if found.title else part
    return previewed(f'<a href="{escape(found.url)}">{shown}</a>', "reference", found.html)
