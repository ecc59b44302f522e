"""Advice: what its author may want to look at, though nothing is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from .content import Entry
from .content.addresses import Nowhere, find, leads_elsewhere
from .content.siblings import older
from .content_types import CourseProject, Post, ResearchNote, Statement
from .images.formats import Unfit
from .images.pictures import COPIED, WIDTHS
from .plain import plain
from .problems import Problem
from .prose import fields_of
from .site import Site

TEXTS = (ResearchNote, Statement, CourseProject, Post)
"""The types whose entries are texts, which others find and link to."""

LONGEST = 70
"""How many characters of a title search engines show."""

UNTOUCHED = timedelta(days=180)
"""For how long an ongoing note may stay as it is before somebody wonders."""

HEAVY = 1_000_000
"""The size in bytes from which on a picture is slow to load."""

WIDEST = 2 * WIDTHS[-1]
"""The width in pixels beyond which nobody sees more of a picture."""


def advice(site: Site, today: date) -> list[Problem]:
    """What there is to look at on a day, in every file of the site."""
    found = set(older(site.store.contents.entries, site.store.siblings))
    for entry in site.store:
        found.update(of_entry(site, entry, today))
    return sorted(found)


def of_entry(site: Site, entry: Entry, today: date) -> Iterator[Problem]:
    """What there is to look at in one entry; a draft is still being written."""
    yield from large_pictures(site, entry)
    if (length := length_of(site, entry)) > LONGEST:
        yield entry.source.problem(f"title: this has {length} characters, and search engines show {LONGEST}", at=("title",))
    if entry.draft:
        return
    if isinstance(entry, TEXTS) and not (entry.summary or getattr(entry, entry.lead)):
        yield entry.source.problem(
            "there is no description of this text; lists and search engines show how it begins",
            f"write '{entry.lead}: ...', a sentence or two",
            at=("title",),
            key=True,
        )
    if isinstance(entry, TEXTS) and entry.date and entry.date > today:
        message = f"date: this is dated {entry.date}, and will be shown before that day"
        yield entry.source.problem(message, "write 'draft: true' until then", at=("date",))
    if is_stale(entry, today):
        days = (today - max(day for day in (entry.date, entry.updated) if day)).days
        message = f"status: this is ongoing, and was not touched for {days} days"
        at = ("status",) if ("status",) in entry.source.front.places else ("title",)
        yield entry.source.problem(message, "write 'updated: ...', or 'status: paused' or 'finished'", at=at)


def is_stale(entry: Entry, today: date) -> bool:
    """Whether an ongoing note was not touched for long; a translation goes with its original."""
    days = [day for day in (entry.date, entry.updated) if day]
    ongoing = isinstance(entry, ResearchNote) and entry.status == "ongoing" and not entry.tag
    return ongoing and bool(days) and today - max(days) > UNTOUCHED


def length_of(site: Site, entry: Entry) -> int:
    """How many characters the title of an entry has, as it is shown."""
    return len(plain(site.title(entry)) if "$" in entry.title else entry.title)


def large_pictures(site: Site, entry: Entry) -> Iterator[Problem]:
    """The pictures in an entry that are larger than they need be."""
    for field in fields_of(entry):
        for slot in site.texts.slots(entry, field):
            if slot.kind == "image" and (said := too_large(site, entry, slot.target)):
                yield Problem(entry.path, slot.line, slot.column, f"'{slot.target}' {said[0]}", said[1])
    if entry.image and (said := too_large(site, entry, entry.image)):
        yield entry.source.problem(f"image: '{entry.image}' {said[0]}", said[1], at=("image",))


def too_large(site: Site, entry: Entry, href: str) -> tuple[str, str] | None:
    """What is too large about the picture that a link of an entry names, and what would be enough."""
    try:
        file = None if leads_elsewhere(href) else site.texts.file_of(find(site.store, entry.path, href))
        size = os.path.getsize(file) if file else 0
        if file is None or size < HEAVY / 4:
            return None
        picture = site.texts.pictures.of(file)
    except (Nowhere, Unfit, OSError):  # told where it is shown
        return None
    if not is_drawing(file) and picture.width > WIDEST:
        return f"is {picture.width} pixels wide", f"{WIDEST} are as many as anybody sees"
    if size > HEAVY and not picture.variants:
        return f"has {size / 1e6:.1f} MB and is shown as it is", f"make it smaller, or save it as {', '.join(COPIED)}"
    return None


def is_drawing(file: Path) -> bool:
    """Whether a picture has no pixels."""
    return file.suffix.lower() == ".svg"
