"""An entry knows where it stands, and which of its fields lead elsewhere."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.content import Entry, Relation, Source, Target
from app.content.entry import FieldName
from app.content_types import Listing, Page, ResearchNote, Statement


def load(type_: type[Entry], front: str, id: str = "notes/a") -> Entry:
    return type_.load(Source.parse(f"---\ntitle: a\n{front}\n---\n", Path("x.md"), f"pages/{id}.md"), id)


@pytest.mark.parametrize(
    ("id", "url", "folder"),
    [
        ("index", "/", ""),
        ("about", "/about/", ""),
        ("notes/research/scaling-laws", "/notes/research/scaling-laws/", "notes/research"),
        ("notes/my note", "/notes/my%20note/", "notes"),
        ("it's & more", "/it%27s%20%26%20more/", ""),
        ("数学/é", "/%E6%95%B0%E5%AD%A6/%C3%A9/", "数学"),
    ],
)
def test_the_path_is_the_url(id: str, url: str, folder: str) -> None:
    entry = load(Page, "", id)

    assert (entry.id, entry.url, entry.folder) == (id, url, folder)


def test_an_entry_remembers_its_file() -> None:
    entry = load(Page, "", "about")

    assert entry.path == "pages/about.md"
    assert entry.source.front.values == {"title": "a"}


@pytest.mark.parametrize(
    ("front", "changed"),
    [
        ("", None),
        ("date: 2026-01-02", datetime.date(2026, 1, 2)),
        ("date: 2026-01-02\nupdated: 2026-03-04", datetime.date(2026, 3, 4)),
        ("updated: 2026-03-04", datetime.date(2026, 3, 4)),
    ],
)
def test_it_was_changed_when_it_was_updated_or_else_on_its_date(front: str, changed: datetime.date | None) -> None:
    assert load(Page, front).changed == changed


@pytest.mark.parametrize(
    ("type_", "front", "templates"),
    [
        (Page, "", ["page.html", "entry.html"]),
        (ResearchNote, "", ["research_note.html", "entry.html"]),
        (Page, "template: own.html", ["own.html", "page.html", "entry.html"]),
    ],
)
def test_its_template_is_its_own_or_that_of_its_type_or_that_of_all(type_: type[Entry], front: str, templates: list[str]) -> None:
    assert load(type_, front).templates == templates


@pytest.mark.parametrize("written", ["[a, b c]", "a, b c", "\n  - a\n  - b c", "'a,b c,'", "[' a ', b c]"])
def test_words_are_written_as_a_list_or_parted_by_commas(written: str) -> None:
    assert load(Page, f"tags: {written}").tags == ("a", "b c")


def test_fields_that_lead_elsewhere_are_found_with_their_places_also_in_parts() -> None:
    statement = load(
        Statement, "image: i.png\nfile: a.pdf\nversions:\n  - label: v1\n    file: b.pdf\n  - label: v2\n    file: c.pdf"
    )

    assert set(statement.marked(Target)) == {
        (("image",), "i.png"),
        (("file",), "a.pdf"),
        (("versions", 0, "file"), "b.pdf"),
        (("versions", 1, "file"), "c.pdf"),
    }


def test_fields_that_name_entries_and_fields_are_found_with_their_places() -> None:
    listing = load(Listing, "sections: [notes/a, posts]\norder_by: -date")

    assert list(listing.marked(Relation)) == [(("sections", 0), "notes/a"), (("sections", 1), "posts")]
    assert list(listing.marked(FieldName)) == [(("order_by", 0), "-date")]
    assert list(load(Page, "").marked(Relation)) == []


def test_an_entry_cannot_be_changed() -> None:
    entry = load(Page, "")

    with pytest.raises(ValidationError, match="frozen"):
        entry.title = "b"  # type: ignore[misc]
