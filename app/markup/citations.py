"""Citations: `[@a; see @b, p. 3]`, `@a` in a sentence, `[-@a]`; the site knows the works, the page its list of references."""

from __future__ import annotations

import re

from ..bibliography.reference import Cited
from .document import Page, Slot
from .inlines import Words, between, places, put, words_with
from .manuscript import Manuscript
from .previews import previewed
from .sentences import OBJECT
from .tree import AstNode, formatted, raw

INSIDE = "[A-Za-z0-9_À-ɏ]"
PLAIN = rf"{INSIDE}+(?:[:.#$%&\-+?<>~/]{INSIDE}+)*|\w+"
"""A key: of Latin letters it ends where another script begins, as in `@a的`."""

ONE = re.compile(rf"(?<!{INSIDE})(?<![@./])(?P<bare>-?)@(?:\{{(?P<braced>[^{{}}\n]+)\}}|(?P<plain>{PLAIN}))")
GROUP = re.compile(r"\[(?P<inside>[^\[\]]*@[^\[\]]*)\]")
LOCATOR = re.compile(r"\s\[(?P<inside>[^\[\]@^]+)\]")
SIGNS = " \n,;"
"""What parts works, and keys from the words beside them."""


def citations(tree: AstNode, document: Manuscript) -> None:
    """Ask the page for every citation of the text."""
    if not any("@" in line for line in document.lines):
        return
    for words in words_with("@", tree, document):
        put(words, found_in(words, document))


def found_in(words: Words, document: Manuscript) -> list[tuple[int, int, list[AstNode]]]:
    """The citations in `words`, and what takes their place."""
    out: list[tuple[int, int, list[AstNode]]] = []
    done = 0
    placed = places("@", words, document)
    for found in sorted([*GROUP.finditer(words.text), *ONE.finditer(words.text)], key=lambda found: found.start()):
        inside = [one for one in ONE.finditer(words.text, found.start(), found.end()) if one.end("bare") in placed]
        if not inside or found.start() < done:
            continue
        group, place = found.re is GROUP, placed[inside[0].end("bare")]
        start, (cited, done) = (
            (found.start(), items(words, found, inside)) if group else (found.end("bare"), single(words, found))
        )
        if any(document.token in one.prefix + one.locator for one in cited):
            document.problem(*place, "a citation cannot hold a link or a reference", "write it before or after the brackets")
            continue
        written = words.text[start:done].replace(OBJECT, "")
        out.append((start, done, [raw(document.cite(written, *place, cited, not group), words.parent)]))
    return out


def single(words: Words, found: re.Match[str]) -> tuple[tuple[Cited, ...], int]:
    """The work that is cited in a sentence, with what stands in brackets after it, and where that ends."""
    after = LOCATOR.match(words.text, found.end())
    locator = html(words, *after.span("inside")) if after else ""
    return (Cited(key_of(found), "", locator),), after.end() if after else found.end()


def items(words: Words, group: re.Match[str], found: list[re.Match[str]]) -> tuple[tuple[Cited, ...], int]:
    """The works that a group names, each with the words before and after its key, and where the group ends."""
    out = []
    start = group.start("inside")
    for at, one in enumerate(found):
        last = at + 1 == len(found)
        cut = group.end("inside") if last else words.text.find(";", one.end(), found[at + 1].start())
        stop = cut if cut >= 0 else found[at + 1].start()
        out.append(Cited(key_of(one), html(words, start, one.start()), html(words, one.end(), stop), bool(one["bare"])))
        start = stop + (not last and cut >= 0)
    return tuple(out), group.end()


def key_of(found: re.Match[str]) -> str:
    """The key that was found."""
    return str(found["braced"] or found["plain"])


def html(words: Words, start: int, stop: int) -> str:
    """The HTML of what stands between two places of `words`, without the signs that part works."""
    text = words.text[start:stop]
    start, stop = start + len(text) - len(text.lstrip(SIGNS)), stop - len(text) + len(text.rstrip(SIGNS))
    return "".join(formatted(node) for node in between(words, start, stop))


def fill(slot: Slot, path: str, page: Page) -> str:
    """The citation in the site's style, with a link to each work in the list of references, which is shown beside it."""
    out = []
    for piece in page.citation(path, slot):
        if isinstance(piece, str):
            out.append(piece)
        else:
            id = f' id="{piece.id}"' if piece.id else ""
            out.append(previewed(f'<a{id} href="{piece.url}">{piece.html}</a>', "citation", piece.reference))
    return "".join(out)
