"""Headings: their ids, their permalinks, and the table of contents."""

from __future__ import annotations

import pytest

from app.markup import Heading, parse
from app.markup.headings import slug

from .site_tree import SiteTree


def ids(text: str) -> list[str]:
    return [heading.id for heading in parse(text).headings]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Scaling Laws", "scaling-laws"),
        ("What is `x_i`, really?", "what-is-x_i-really"),
        ("A & B", "a--b"),
        ("C++ / Rust", "c--rust"),
        ("1.2 Results", "12-results"),
        ("Ünïcode Straße", "ünïcode-straße"),
        ("中文 标题", "中文-标题"),
        ("日本語の見出し。", "日本語の見出し"),
        ("हिन्दी", "हिन्दी"),
        ("🎉 Party!", "-party"),
        ("Party 🎉", "party-"),
        ("a - b", "a---b"),
        ("x²", "x"),
        ("E\u0301t\u00e9", "\u00e9t\u00e9"),
        ("?!", "section"),
        ("", "section"),
    ],
)
def test_a_slug_follows_the_rule_of_github(text: str, id: str) -> None:
    assert slug(text) == id


def test_headings_with_the_same_text_get_ids_of_their_own() -> None:
    assert ids("# A\n\n# A\n\n# A\n\n# A 1\n\n# A-1") == ["a", "a-1", "a-2", "a-1-1", "a-1-2"]


def test_an_id_between_braces_is_taken_and_not_shown() -> None:
    document = parse("## Method {#sec:method}\n\n## *Also* so {#b .c d=e}")

    assert [(heading.id, heading.text) for heading in document.headings] == [("sec:method", "Method"), ("b", "Also so")]
    assert "{" not in str(document.parts[0])
    assert document.text == "Method\nAlso so"


def test_an_id_of_the_authors_comes_before_one_from_a_text() -> None:
    assert ids("# Results\n\n# Other {#results}") == ["results-1", "results"]


def test_an_id_that_stands_twice_is_told_at_its_second_place() -> None:
    document = parse("# A {#x}\n\n## B {#x}", "pages/a.md", first_line=5)

    (problem,) = document.problems

    assert str(problem) == "pages/a.md:7:7: '#x' stands twice on this page, first on line 5\n    give one of them another name"


@pytest.mark.parametrize("text", ["# A {x}", "# A {}", "# A {#}", "# The set {a, b}"])
def test_braces_without_an_id_stay_text(text: str) -> None:
    (heading,) = parse(text).headings

    assert heading.text == text.removeprefix("# ")


def test_every_heading_has_a_permalink_that_says_where_it_leads() -> None:
    assert parse("## A <b>&</b> *B*").parts == (
        '<h2 id="a--b">A <b>&amp;</b> <em>B</em> <a class="permalink" href="#a--b" aria-label="Link to “A &amp; B”">#</a></h2>\n',
    )


def test_the_outline_has_levels_ids_text_and_html() -> None:
    document = parse("# One\n\nText\n\nTwo *it* $x^2$\n---\n\n> ### `Three` & more")

    assert document.headings == (
        Heading(1, "one", "One", ("One",), 0),
        Heading(2, "two-it-x2", "Two it x^2", ("Two <em>it</em> <math><msup><mi>x</mi><mn>2</mn></msup></math>",), 1),
        Heading(3, "three--more", "Three & more", ("<code>Three</code> &amp; more",)),
    )


def test_the_outline_has_no_links_notes_or_pictures() -> None:
    text = "## See [the *page*](b.md) ![a](b.png)^[A note.][^f] <https://a.b>\n\n[^f]: Text."

    (heading,) = parse(text).headings

    assert heading.parts == ("See the <em>page</em>  https://a.b",)


def test_heading_ids_are_known_to_links(tree: SiteTree) -> None:
    tree.entry("a", "## 中文 标题\n\n## Method {#sec:m}\n\n[one](#中文-标题), [two](#sec:m), [three](#sec:n)")

    (problem,) = tree.problems()

    assert problem.message == "'#sec:n': this page has no '#sec:n'"
    assert '<a href="#中文-标题">one</a>' in tree.get("/a/")


def test_numbers_of_figures_do_not_depend_on_headings() -> None:
    document = parse('# Figure\n\n# Figure\n\n![a](b.png "C") {#fig:a}')

    assert [label.number for label in document.labels] == ["1"]
