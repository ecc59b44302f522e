"""Sorting: the order of a reference list by author, year and title."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from .people import Manner
from .work import Work

TAG = re.compile(r"<[^>]*>")
MARK = re.compile(r"[^\w\s]+")
Order = tuple[str, int, int, tuple[str, ...]]


def folded(text: str) -> str:
    """A text as it is sorted: without tags and marks, accents and capitals."""
    plain = html.unescape(TAG.sub("", text)) if "<" in text or "&" in text else text
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(MARK.sub(" ", plain).casefold().split())


def order(work: Work, listed: Manner, rank: tuple[int, int, int], then: Sequence[str] = ()) -> Order:
    """What a work is sorted by: its people (as many as the list names) or else its title, its date, and what `then` names.

    `rank` says which comes first of works whose date is known, not known, and yet to come.
    """
    known, unknown, coming = rank
    when = known if work.issued.year else coming if work.has("status") else unknown
    texts = tuple(text for name in then for text in (folded(work.get(name)), work.get(name).swapcase()))
    return heads(work, listed) or folded(work.get("title")), when, work.issued.number, texts


def heads(work: Work, listed: Manner) -> str:
    """The people whom a work is listed under, as they are sorted; who publishes a page that names nobody; or nothing."""
    people = work.names.get("author") or work.names.get("editor") or work.names.get("translator") or ()
    if not people and work.kind == "page":
        return folded(work.get("publisher"))
    shown = [*people[: listed.few], *people[len(people) - listed.last :]] if len(people) >= listed.most else people
    return " ".join(folded(f"{name.family} {name.given} {name.particle} {name.suffix}") for name in shown)
