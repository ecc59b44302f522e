"""A query selects, orders and groups entries, and says which field it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.content import Entry, Query, Source
from app.content_types import CourseProject, Page, Post, ResearchNote, Statement


def entry(type_: type[Entry], id: str, **fields: object) -> Entry:
    front = "\n".join(f"{key}: {value}" for key, value in {"title": id, **fields}.items())
    return type_.load(Source.parse(f"---\n{front}\n---\n", Path("x.md"), f"pages/{id}.md"), id)


@pytest.fixture
def notes() -> Query:
    return Query(
        [
            entry(ResearchNote, "b", status="ongoing", updated="2026-01-01", tags="[theory, loss]"),
            entry(ResearchNote, "C", status="paused", updated="2026-03-01", tags="[theory]"),
            entry(ResearchNote, "a", status="ongoing", tags="[]"),
            entry(ResearchNote, "d", status="ongoing", updated="2026-02-01"),
        ]
    )


def ids(query: Query) -> str:
    return "".join(one.id for one in query)


def test_where_keeps_what_has_the_value(notes: Query) -> None:
    assert ids(notes.where(status="ongoing")) == "bad"


def test_where_keeps_what_has_every_value(notes: Query) -> None:
    assert ids(notes.where(status="ongoing", updated=None)) == "a"


def test_where_looks_into_lists_and_compares_whole_ones(notes: Query) -> None:
    assert ids(notes.where(tags="theory")) == "bC"
    assert ids(notes.where(tags=("theory",))) == "C"
    assert ids(notes.where(tags="the")) == ""


def test_where_knows_what_an_entry_computes(notes: Query) -> None:
    assert ids(notes.where(label="Paused")) == "C"


def test_text_is_ordered_without_regard_to_case(notes: Query) -> None:
    assert ids(notes.order_by("title")) == "abCd"
    assert ids(notes.order_by("-title")) == "dCba"


def test_what_has_no_value_comes_last_in_both_directions(notes: Query) -> None:
    assert ids(notes.order_by("updated")) == "bdCa"
    assert ids(notes.order_by("-updated")) == "Cdba"


def test_the_first_field_decides_first_and_equals_keep_their_order(notes: Query) -> None:
    assert ids(notes.order_by("status", "-title")) == "dbaC"
    assert ids(notes.order_by("status")) == "badC"


def test_entries_of_several_types_are_ordered_by_what_only_some_have() -> None:
    mixed = Query(
        [
            entry(Page, "a"),
            entry(Statement, "b", year=2026),
            entry(Post, "c", date="2026-01-01"),
            entry(Statement, "d", year=2024),
        ]
    )

    assert ids(mixed.order_by("year")) == "dbac"


@pytest.mark.parametrize("name", ["macros", "tags", "versions", "draft", "date", "file", "year", "introduction", "url"])
def test_entries_can_be_ordered_by_any_field(name: str) -> None:
    one = entry(Statement, "a", macros="{R: x}", tags="[b]", versions="[{label: v, file: f}]", date="2026-01-01", year=1)
    two = entry(Statement, "b", macros="{Q: x}", tags="[a]", versions="[{label: u, file: f}]", date="2026-01-01", year=2)
    three = entry(CourseProject, "c", date="2026-01-01")

    assert sorted(ids(Query([one, two, three]).order_by(name))) == ["a", "b", "c"]


def test_groups_come_in_the_order_of_their_first_entries(notes: Query) -> None:
    groups = notes.group_by("status")

    assert [(value, ids(query)) for value, query in groups] == [("ongoing", "bad"), ("paused", "C")]


def test_limit_first_and_length(notes: Query) -> None:
    assert ids(notes.limit(2)) == "bC"
    assert ids(notes.limit(99)) == "bCad"
    assert len(notes) == 4
    first = notes.first()
    assert first is not None
    assert first.id == "b"


def test_a_query_is_never_changed(notes: Query) -> None:
    notes.where(status="paused").order_by("title").limit(1)

    assert ids(notes) == "bCad"


def test_an_empty_query_answers_everything_with_nothing() -> None:
    empty = Query([])

    assert not empty
    assert empty.first() is None
    assert ids(empty.where(nothing=1).order_by("nothing").limit(3)) == ""
    assert empty.group_by("nothing") == []


def test_a_field_that_no_entry_has_is_an_error_that_names_the_nearest(notes: Query) -> None:
    message = r"no entry here has a field 'statsu'; did you mean 'status'\?"

    with pytest.raises(AttributeError, match=message):
        notes.where(statsu="ongoing")
    with pytest.raises(AttributeError, match=message):
        notes.order_by("-statsu")
    with pytest.raises(AttributeError, match=message):
        notes.group_by("statsu")


def test_a_query_prints_how_many_it_has_and_the_first_of_them(notes: Query) -> None:
    assert repr(notes) == "<Query of 4: b, C, a...>"
    assert repr(notes.limit(1)) == "<Query of 1: b>"
