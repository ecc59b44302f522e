"""New entries: a file with the fields that its author will want to fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .content.names import name_problem, slug
from .content.source import written

KINDS = {
    "note": ("notes/research", ("status: ongoing", "abstract: >-", "  One paragraph: the question, and what is known.")),
    "statement": ("notes/sop", ("introduction: >-", "  What this statement is for.", "# file: statement.pdf")),
    "course": ("notes/courses", ("kind: ''", "institution: ''", "course: ''", "level: graduate", "# report: report.pdf")),
    "post": ("posts", ("# tags: [one, two]",)),
    "talk": ("talks", ("kind: ''", "event: ''", "place: ''", "# slides: slides.pdf", "# publication: publications/key")),
    "teaching": ("teaching", ("course: ''", "institution: ''", "role: ''", "# term: Fall 2026")),
    "project": ("projects", ("status: ongoing", "# when: 2026 – present", "# code: https://", "summary: ''")),
    "news": ("news", ("# url: ../talks/name.md",)),
    "person": ("people", ("role: ''", "affiliation: ''", "# image: portrait.jpg")),
    "cv": ("cv.md", ("education:", "  - title: PhD", "    when: 2024 – present", "    place: ''")),
    "page": ("", ()),
}
"""The kinds that can be made: the folder each belongs in, or its only file, and its fields after title and date."""

MAX_NAME = 80
"""How many characters of a title its file's name has at most; a file system allows 255 bytes."""


def create(site_folder: Path, kind: str, title: str, today: date) -> Path:
    """Write a draft of a new entry, and answer its path.

    Raises `FileExistsError` rather than overwrite one, and `ValueError` for a title that is empty.
    """
    folder, fields = KINDS[kind]
    place = site_folder / "pages" / folder
    file = place if place.suffix else place / f"{name_for(kind, title)}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = ["---", f"title: {written(title)}", f"date: {today}", "draft: true", *fields, "---", "", ""]
    with file.open("x", encoding="utf-8") as new:
        new.write("\n".join(lines))
    return file


def name_for(kind: str, title: str) -> str:
    """The name of the file for `title`: short, and one that every system allows and nothing else means."""
    if not title.strip():
        raise ValueError("a title is needed")
    name = slug(title)[:MAX_NAME].rstrip("-")
    return f"{kind}-{name}" if name == "index" or name_problem(name) else name
