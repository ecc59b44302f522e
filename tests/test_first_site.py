"""The first steps on a site of one's own, with the slips that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_app
from app.check import check
from app.config import Config

from .site_tree import SiteTree

BIB = "@misc{zoe2023, title={A Study}, author={Zoe, Ann}, year={2023}}\n@misc{none, title={No Date}, author={Zoe, Ann}}\n"


def test_a_site_folder_without_any_file_is_told_that_it_has_no_home_page(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()

    site = create_app(tmp_path, Config()).extensions["octavo"]

    assert [problem.message for problem in check(site)] == ["there is no home page"]


def test_a_section_without_a_list_page_is_told_with_the_file_to_write(tree: SiteTree) -> None:
    tree.entry("index", sections="[posts]")
    tree.entry("posts/a", date="2026-01-01")

    (problem,) = tree.problems()

    assert problem.hint == "the folder has no page yet: write 'pages/posts/index.md'"


def test_a_work_that_is_only_in_the_bibliography_is_linked_to_by_its_key_and_by_its_address(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", BIB)
    tree.entry("a", "See [[zoe2023]] and [this](/publications/zoe2023/).")

    page = tree.get("/a/")

    assert '<a href="../publications/zoe2023/">A Study</a>' in page
    assert '<a href="../publications/zoe2023/">this</a>' in page
    assert tree.problems() == []


def test_works_without_a_date_come_last(tree: SiteTree) -> None:
    tree.write("pages/publications.bib", BIB)

    keys = [work.reference.key for work in tree.site().works]

    assert keys == ["zoe2023", "none"]


def test_a_page_number_is_never_lost_in_a_style_that_shows_none(tree: SiteTree) -> None:
    tree.write("pages/references.bib", BIB)
    tree.write("pages/site.yml", "citation_style: nature\n")
    tree.entry("a", "As in [@zoe2023, p. 3] and [@zoe2023].")

    (problem,) = tree.problems()

    assert (problem.line, problem.column) == (5, 8)
    assert problem.message == "the style 'nature' shows no page or chapter"


@pytest.mark.parametrize(
    ("parts", "order"),
    [({"c": 3}, "abc"), ({"c": 1}, "cab"), ({"a": 2}, "bac"), ({"a": 9, "b": 4}, "cba"), ({}, "abc")],
)
def test_posts_of_a_series_with_a_number_stand_at_it_and_the_others_by_date(
    tree: SiteTree, parts: dict[str, int], order: str
) -> None:
    for day, name in enumerate("abc", 1):
        numbered = {"part": str(parts[name])} if name in parts else {}
        tree.entry(f"posts/{name}", date=f"2026-01-0{day}", series="S", **numbered)
    site = tree.site()

    series = site.neighbours.series(next(iter(site.query("posts"))))

    assert series is not None
    assert "".join(post.id[-1] for post in series.posts) == order
