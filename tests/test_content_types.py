"""The site's types say of themselves what lists show."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content import Source
from app.content_types import COLLECTIONS, CourseProject, Listing, Post, ResearchNote, Statement
from app.problems import Problems


def read(front: str) -> Source:
    return Source.parse(f"---\ntitle: a\n{front}\n---\n", Path("x.md"), "pages/x.md")


@pytest.mark.parametrize(("front", "label"), [("", "Ongoing"), ("status: paused", "Paused"), ("status: [Dropped]", "Dropped")])
def test_a_research_note_is_labelled_by_its_status(front: str, label: str) -> None:
    assert ResearchNote.load(read(front), "x").label == label


def test_a_status_that_is_none_is_told_with_the_nearest_one() -> None:
    with pytest.raises(Problems, match=r"x\.md:3:9: status: 'onging' is not one of its values\n    did you mean 'ongoing'\?"):
        ResearchNote.load(read("status: onging"), "x")


def test_a_status_unlike_any_is_told_with_all_of_them() -> None:
    with pytest.raises(Problems, match="it can be ongoing, finished, paused, dropped"):
        ResearchNote.load(read("status: xyz"), "x")


@pytest.mark.parametrize(
    ("front", "label"),
    [
        ("kind: OptML\ninstitution: EPFL", "OptML project at EPFL"),
        ("kind: OptML", "OptML project"),
        ("institution: EPFL", "project at EPFL"),
        ("", ""),
    ],
)
def test_a_course_project_is_labelled_by_its_kind_and_place(front: str, label: str) -> None:
    assert CourseProject.load(read(front), "x").label == label


@pytest.mark.parametrize(
    ("front", "details"),
    [
        ("course: CS-439\ncourse_title: Optimization", ("CS-439 Optimization",)),
        ("course: 6.100\nlevel: graduate\nterm: Spring 2025\nteam: 3", ("6.100", "Graduate level", "Spring 2025", "team of 3")),
        ("team: two of us", ("two of us",)),
        ("", ()),
    ],
)
def test_a_course_project_tells_course_level_term_and_team(front: str, details: tuple[str, ...]) -> None:
    assert CourseProject.load(read(front), "x").details == details


def test_a_course_project_has_its_documents_in_one_order() -> None:
    project = CourseProject.load(read("slides: s.pdf\nreport: r.pdf\ncode: https://example.org/"), "x")

    assert project.attachments == (("Report", "r.pdf"), ("Code", "https://example.org/"), ("Slides", "s.pdf"))


def test_a_statement_has_its_document_and_the_versions_of_it() -> None:
    statement = Statement.load(read("file: a.pdf\npurpose: PhD\nyear: 2026\nversions:\n  - label: Short\n    file: b.pdf"), "x")

    assert statement.attachments == (("Document", "a.pdf"), ("Short", "b.pdf"))
    assert statement.details == ("PhD", "2026")


def test_a_version_without_its_file_is_told_where_it_stands() -> None:
    with pytest.raises(Problems, match=r"x\.md:4:5: 'file' is missing"):
        Statement.load(read("versions:\n  - label: Short"), "x")


def test_a_post_needs_a_date() -> None:
    with pytest.raises(Problems, match="'date' is missing"):
        Post.load(read("series: b"), "x")


def test_a_list_page_names_its_sections_and_how_it_looks() -> None:
    listing = Listing.load(read("sections: [a, b/c]\nstyle: compact\nper_page: 10"), "x")

    assert (listing.sections, listing.style, listing.per_page) == (("a", "b/c"), "compact", 10)


def test_every_collection_can_be_put_in_its_own_order() -> None:
    for collection in COLLECTIONS:
        names = {name.removeprefix("-") for name in collection.order_by}

        assert names <= set(collection.type.model_fields)
