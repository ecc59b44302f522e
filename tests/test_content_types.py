"""The site's types say of themselves what lists show."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.activities import CV, NewsItem, Person, Project, Talk, Teaching
from app.content import Entry, Source
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


@pytest.mark.parametrize(
    ("type", "front", "details", "words"),
    [
        (Talk, "date: 2026-03-01\nkind: Poster\nplace: Delft\nvideo: v.mp4\nslides: s.pdf\nurl: e.html",
         ("Poster", "Delft"), ["Slides", "Video", "Event"]),
        (Teaching, "course: CS-1\nrole: Assistant\nlevel: graduate\nterm: 2026-02 – 2026-06\nsyllabus: s.pdf\nurl: c.html",
         ("Assistant", "CS-1", "Graduate level", "Feb 2026 – Jun 2026"), ["Syllabus", "Course"]),
        (Project, "when: 2025 – present\nfunding: A grant\ncode: c.py\ndata: d.csv\nurl: p.html",
         ("2025 – present", "A grant"), ["Page", "Code", "Data"]),
        (NewsItem, "date: 2026-03-01\nurl: p.html", (), ["More"]),
        (Person, "role: Student\nwhen: 2025\nemail: a@example.org", ("Student", "2025"), ["Email"]),
        (Talk, "date: 2026-03-01", (), []),
        (Teaching, "", (), []),
        (Project, "", (), []),
        (Person, "", (), []),
    ],
)  # fmt: skip
def test_what_a_researcher_does_says_its_facts_and_has_its_links_in_one_order(
    type: type[Entry], front: str, details: tuple[str, ...], words: list[str]
) -> None:
    entry = type.load(read(front), "x")

    assert entry.details == details
    assert [word for word, _ in entry.attachments] == words


@pytest.mark.parametrize(("type", "field"), [(Talk, "date"), (NewsItem, "date")])
def test_what_happens_on_a_day_needs_one(type: type[Entry], field: str) -> None:
    with pytest.raises(Problems, match=f"'{field}' is missing"):
        type.load(read(""), "x")


def test_a_project_is_labelled_by_its_status() -> None:
    assert Project.load(read("status: [Finished]"), "x").label == "Finished"


def test_a_line_of_a_cv_may_be_a_title_only() -> None:
    cv = CV.load(read("languages: [English (fluent), {title: German, details: native}]"), "x")

    assert [(one.title, one.details) for one in cv.languages] == [("English (fluent)", ""), ("German", "native")]
    assert cv.markdown == ("languages.1.details",)


def test_only_a_cv_has_a_pdf_without_being_asked() -> None:
    assert CV.load(read(""), "x").pdf
    assert not ResearchNote.load(read(""), "x").pdf
