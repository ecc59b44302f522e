"""What `octavo check` finds beyond the single file."""

from __future__ import annotations

import pytest

from .site_tree import SiteTree


def told(tree: SiteTree) -> list[str]:
    """Every problem on a line of its own, without its hint."""
    return [str(problem).split("\n")[0] for problem in tree.problems()]


def test_a_good_site_has_no_problems(tree: SiteTree) -> None:
    tree.entry("about", "[home](index.md), $x$")

    assert told(tree) == []


def test_every_problem_of_every_file_is_told_at_once(tree: SiteTree) -> None:
    tree.entry("one", "[a](nowhere.md)\n\n![](x.png)", titel="x")
    tree.entry("two", "[a](#nowhere)\n\n$\\nosuch$", image="gone.png", template="gone.html")

    found = told(tree)

    assert found == [
        "pages/one.md:3:1: unknown field 'titel'",
        "pages/two.md:3:8: image: 'gone.png' leads to nothing",
        "pages/two.md:4:11: template: there is no template 'gone.html'",
        "pages/two.md:7:1: '#nowhere': this page has no '#nowhere'",
        'pages/two.md:9:2: this formula does not parse: Unknown command "\\nosuch"',
    ]


def test_a_problem_in_a_field_has_the_line_of_the_field(tree: SiteTree) -> None:
    tree.write(
        "pages/notes/research/n.md",
        """
        ---
        title: N
        abstract: |
          First line.
          A [link](nowhere.md).
        ---
        """,
    )

    assert told(tree) == ["pages/notes/research/n.md:5:5: 'nowhere.md' leads to nothing"]


def test_anchors_in_other_pages_are_checked_with_the_nearest_named(tree: SiteTree) -> None:
    tree.entry("one", "[a](two.md#methods)")
    tree.entry("two", "## Method")

    (problem,) = tree.problems()

    assert problem.message == "'two.md#methods': 'pages/two.md' has no '#methods'"
    assert problem.hint == "did you mean 'method'?"


@pytest.mark.parametrize("sections", [{"a": "[a]"}, {"a": "[b]", "b": "[a]"}, {"a": "[b]", "b": "[c]", "c": "[a]"}])
def test_lists_that_lead_back_to_themselves_are_told(tree: SiteTree, sections: dict[str, str]) -> None:
    for name, ids in sections.items():
        tree.entry(f"{name}/index", sections=ids)

    assert told(tree) == [f"pages/{name}/index.md:3:11: sections: this list leads back to itself" for name in sections]


def test_a_folder_that_is_a_link_to_its_own_parent_is_told_and_not_followed(tree: SiteTree) -> None:
    tree.entry("notes/index")
    (tree.folder / "pages" / "notes" / "loop").symlink_to(tree.folder / "pages" / "notes")

    assert told(tree) == ["pages/notes/loop:1:1: this folder is a symbolic link, which is not followed"]


def test_a_picture_that_is_none_is_told(tree: SiteTree) -> None:
    tree.write("pages/x.png", b"no picture")
    tree.entry("one", "![words](x.png)")

    assert told(tree) == ["pages/one.md:5:1: 'x.png' is no picture"]


def test_a_link_to_a_file_with_a_problem_of_its_own_says_so(tree: SiteTree) -> None:
    tree.write("pages/two.md", "")
    tree.entry("one", "[two](two.md)")

    assert told(tree) == [
        "pages/one.md:5:1: 'two' has a problem of its own",
        "pages/two.md:1:1: the file is empty",
    ]


@pytest.mark.parametrize("href", ["../../etc/passwd", "../outside.md", "%2e%2e/x"])
def test_links_out_of_the_site_are_told(tree: SiteTree, href: str) -> None:
    tree.write("outside.md", "x")
    tree.entry("one", f"[x]({href})")

    assert told(tree) == [f"pages/one.md:5:1: '{href}' leads out of the site"]


def test_a_site_without_a_home_page_is_told(tree: SiteTree) -> None:
    (tree.folder / "pages" / "index.md").unlink()
    tree.entry("about")

    assert told(tree) == ["pages/index.md:1:1: there is no home page"]


def test_a_post_written_as_the_index_of_its_own_folder_is_told(tree: SiteTree) -> None:
    tree.entry("posts/mine/index", date="2026-01-01")

    (problem,) = tree.problems()

    assert str(problem).startswith("pages/posts/mine/index.md:3:1: an 'index.md' is a list, and this one lists nothing")
    assert "'posts/mine.md'" in problem.hint


def test_an_entry_updated_before_it_was_written_is_told(tree: SiteTree) -> None:
    tree.entry("about", date="2026-02-01", updated="2026-01-01")

    assert told(tree) == ["pages/about.md:4:10: updated: this is before the entry's date"]


@pytest.mark.parametrize("id", ["tags/index", "tags/c", "static/x", "feed.xml", "404.html"])
def test_an_address_that_the_site_itself_answers_at_is_told(tree: SiteTree, id: str) -> None:
    tree.entry(id)

    assert told(tree) == [f"pages/{id}.md:1:1: the site itself answers at this address"]


@pytest.mark.parametrize(
    ("value", "column"),
    [("Issue #3 solved", 13), ("Use C #1 and more", 13), ("'Issue #3'", 0), ("Issue # a comment", 0), ("C#", 0)],
)
def test_text_cut_off_by_a_comment_is_told(tree: SiteTree, value: str, column: int) -> None:
    tree.write("pages/about.md", f"---\ntitle: {value}\n---\n")

    assert told(tree) == ([f"pages/about.md:2:{column}: all that follows '#' here is a comment"] if column else [])


def test_problems_in_a_field_of_several_lines_have_their_own_line_and_column(tree: SiteTree) -> None:
    tree.write(
        "pages/notes/research/n.md",
        """
        ---
        title: N
        abstract: >
          one
          two $\\foo$

          three [a](nope.md)
        summary: plain
          over $\\goo$ lines
        ---
        """,
    )

    assert [line.split(": ")[0] for line in told(tree)] == [
        f"pages/notes/research/n.md:{place}" for place in ("5:8", "7:9", "9:9")
    ]


def test_formulas_in_titles_are_drawn_and_their_mistakes_told(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("posts/a", title="On $L^2$ & norms", date="2026-01-01")
    tree.entry("posts/b", title="On $\\foo$", date="2026-01-01")

    assert "<h1>On <math><msup>" in tree.get("/posts/a/")
    assert "</math> &amp; norms" in tree.get("/posts/")
    assert told(tree) == ['pages/posts/b.md:2:12: this formula does not parse: Unknown command "\\foo"']
