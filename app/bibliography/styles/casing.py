"""Casing: titles in sentence case and in title case, keeping what the author protected."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

TOKEN = re.compile(
    r'(?P<word>[^\W_]+)|<span class="nocase">(?P<kept>.*?)</span>|(?P<tag></?[a-z][^>]*>)'
    r"|(?P<formula>\$[^$]+\$)|(?P<entity>&\w+;)|(?P<gap>[^\w<&$]+|.)",
    re.DOTALL,
)
RAISED = ("<sub>", "<sup>")
LAST_WORD = re.compile(r"\s(?=[^\s<>/–—-]+$)")

SMALL = frozenset({
    "a", "about", "an", "and", "as", "at", "but", "by", "d", "de", "down", "for", "from", "in", "into", "l", "nor", "of", "on",
    "onto", "or", "over", "so", "the", "till", "to", "up", "van", "via", "von", "with", "yet",
})  # fmt: skip
"""Words that title case leaves small inside of a title."""


class Place(Enum):
    """Where in a title a word stands."""

    START = "start"
    SENTENCE = "sentence"
    STOPPED = "stopped"
    WORD = "word"
    INSIDE = "inside"
    LAST = "last"


BEGINS = (Place.WORD, Place.SENTENCE, Place.START)
"""Where a word begins that a hyphen or a mark does not join to another."""


def place_after(text: str, place: Place) -> Place:
    """The place after `text`, which stood at `place`."""
    for mark in text[-1:] if text[-1:].isalnum() else text:
        if mark.isspace():
            place = Place.SENTENCE if place is Place.STOPPED else Place.WORD
        elif mark in ".?!:":
            place = Place.STOPPED
        elif mark in "-/–—":
            place = Place.WORD
        elif mark.isalnum():
            place = Place.INSIDE
    return place


def in_sentence_case(text: str) -> str:
    """A title with capitals only where a sentence begins, in words that are written in capitals and in what is protected."""
    return recased(text, sentence_word)


def in_title_case(text: str) -> str:
    """A title with a capital on every word but the small ones."""
    return recased(text, title_word)


def capitalized(text: str) -> str:
    """A text whose first word begins with a capital, unless it has one within."""
    return recased(text, lambda word, place: word.capitalize() if place is Place.START and word.islower() else word)


def recased(text: str, change: Callable[[str, Place], str]) -> str:
    """A text with each of its plain words changed, given the word and its place; what is raised or lowered stays."""
    pieces = []
    place = Place.START
    raised = False
    found_last = LAST_WORD.search(text)
    last = found_last.end() if found_last else -1
    for found in TOKEN.finditer(text):
        kind, token = found.lastgroup, found[0]
        if kind == "word" and not raised:
            token = change(token, Place.LAST if found.start() == last and place in BEGINS else place)
            place = Place.INSIDE
        elif kind == "gap" and not raised:
            place = place_after(token, place)
        elif kind == "kept":
            place = place_after(found["kept"], place)
        elif kind == "tag":
            raised = token in RAISED
        pieces.append(token)
    return "".join(pieces)


def sentence_word(word: str, place: Place) -> str:
    """A word of a title in sentence case."""
    begins = place in {Place.START, Place.SENTENCE}
    if not word.isalpha() or not (word.islower() or word.istitle()):
        return word
    return word.capitalize() if begins else word.lower()


def title_word(word: str, place: Place) -> str:
    """A word of a title in title case."""
    if not word.islower():
        return word
    begins = place in {Place.START, Place.SENTENCE}
    inside = place is Place.WORD and word not in SMALL and len(word) > 1
    return word.capitalize() if begins or inside or (place is Place.LAST and len(word) > 1) else word


def unprotected(text: str) -> str:
    """A text without the marks of what keeps its capitals."""
    return text.replace('<span class="nocase">', "").replace("</span>", "") if "<span" in text else text
