"""A new entry is a draft that has no problem, in the folder where it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from app.content_types import open_store
from app.new import KINDS, create

from .site_tree import SiteTree

TODAY = date(2026, 2, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_entry_of_every_kind_is_a_draft_without_a_problem(tree: SiteTree, kind: str) -> None:
    file = create(tree.folder, kind, 'On "losses": 100 % & more', TODAY)

    store = open_store(tree.folder, drafts=True)

    assert store.problems == ()
    (entry,) = [one for one in store if one.path == file.relative_to(tree.folder).as_posix()]
    assert (entry.title, entry.draft, entry.date) == ('On "losses": 100 % & more', True, TODAY)
    named = {"note": "ResearchNote", "course": "CourseProject", "news": "NewsItem", "cv": "CV"}
    assert type(entry).__name__ == named.get(kind, kind.capitalize())


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("note", "On the shape of losses", "notes/research/on-the-shape-of-losses"),
        ("post", "C++", "posts/cplusplus"),
        ("post", "神经网络", "posts/神经网络"),
        ("page", "!!!", "21-21-21"),
        ("page", "Aux", "page-aux"),
        ("page", "Index", "page-index"),
        ("note", "Index", "notes/research/note-index"),
        ("post", "word " * 60, "posts/" + ("word-" * 16).rstrip("-")),
        ("post", "数" * 200, "posts/" + "数" * 80),
    ],
)
def test_its_name_comes_from_its_title_and_is_one_that_every_system_allows(
    tree: SiteTree, kind: str, title: str, path: str
) -> None:
    file = create(tree.folder, kind, title, TODAY)

    assert file == tree.folder / "pages" / f"{path}.md"
    assert open_store(tree.folder).problems == ()


@pytest.mark.parametrize("title", ["null", "~", "[Draft]", "@home", "A: B", "'", "\\theta", "-", "# x", "a\nb", "010"])
def test_its_title_is_read_back_as_it_was_given(tree: SiteTree, title: str) -> None:
    create(tree.folder, "post", title, TODAY)

    (post,) = open_store(tree.folder, drafts=True).query("posts")

    assert post.title == title


def test_an_entry_that_is_there_is_never_touched(tree: SiteTree) -> None:
    file = tree.entry("posts/a", date="2026-01-01")
    before = file.read_bytes()

    with pytest.raises(FileExistsError):
        create(tree.folder, "post", "A", TODAY)

    assert file.read_bytes() == before


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_an_entry_needs_a_title(tree: SiteTree, title: str) -> None:
    with pytest.raises(ValueError, match="a title is needed"):
        create(tree.folder, "post", title, TODAY)
