"""What is shown here from there: entries, sections and labelled things, where their links lead, and loops."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from .reading import body
from .site_tree import SiteTree

SOURCE = """
First words.

## Method {#sec:m}

By @eq:a and $\\eqref{eq:a}$, see [below](#results), [home](../index.md)[^n] and [[#Results]].

### Data

Some data.

## Results

::: theorem {#thm:main} Main
As @eq:a says, see [home](../index.md)[^n].
:::

$$ x = y $$ {#eq:a}

| a |
|---|
| b |
: Runs {#tbl:runs}

![A plot](https://a.b/c.png "A curve") {#fig:c}

[^n]: A note.
"""


@pytest.fixture
def source(tree: SiteTree) -> SiteTree:
    """A site with a note to show parts of."""
    tree.entry("notes/source", SOURCE, title="The $S$ource")
    return tree


def shown(tree: SiteTree, text: str) -> LexborNode:
    """The one thing that a page shows from elsewhere."""
    tree.entry("a", text)
    assert tree.problems() == []
    (embed,) = LexborHTMLParser(body(tree, "a")).css("div.embed")
    return embed


@pytest.mark.parametrize(
    ("target", "path", "url"),
    [
        ("source#thm:main", "div.embed > div.theorem", "/notes/source/#thm:main"),
        ("source#eq:a", "div.embed > div.equation math", "/notes/source/#eq:a"),
        ("source#tbl:runs", "div.embed > figure.table table", "/notes/source/#tbl:runs"),
        ("source#fig:c", "div.embed > figure img", "/notes/source/#fig:c"),
        ("source#sec:m", "div.embed > h2", "/notes/source/#sec:m"),
        ("source#Method", "div.embed > h2", "/notes/source/#sec:m"),
        ("source#data", "div.embed > h3", "/notes/source/#data"),
        ("source", "div.embed > h2", "/notes/source/"),
        ("notes/source", "div.embed > div.theorem", "/notes/source/"),
    ],
)
def test_a_part_of_an_entry_is_shown_with_its_source(source: SiteTree, target: str, path: str, url: str) -> None:
    embed = shown(source, f"Before.\n\n![[{target}]]\n\nAfter.")

    (origin,) = embed.css("p.source > a")
    assert embed.css(path)
    assert origin.attributes["href"] == url
    assert origin.text() == "The Source"


def test_the_same_page_can_show_a_part_of_itself(tree: SiteTree) -> None:
    embed = shown(tree, "![[#lem:a]]\n\n## Part\n\n::: lemma {#lem:a}\nA.\n:::")

    assert embed.css("div.theorem")[0].text().strip() == "Lemma 1. A."


def test_a_section_ends_where_one_of_its_level_begins(source: SiteTree) -> None:
    embed = shown(source, "![[source#sec:m]]")

    assert [node.text() for node in embed.css("h2, h3")] == ["1 Method", "1.1 Data"]
    assert "Some data." in embed.text()
    assert "Theorem 1" not in str([node.text() for node in embed.css("div.theorem")])


def test_what_is_shown_has_no_ids_and_no_permalinks(source: SiteTree) -> None:
    embed = shown(source, "![[source]]")

    assert embed.css("[id]") == []
    assert embed.css(".permalink") == []


def test_links_inside_what_is_shown_lead_to_the_right_place(source: SiteTree) -> None:
    source.entry("deep/er/b", "![[source]]\n\n![[source#thm:main]]\n\n![[source#sec:m]]")

    source.freeze()

    embed = LexborHTMLParser(source.frozen("deep/er/b/index.html")).css("div.embed")[0]
    links = {str(node.attributes["href"]) for node in embed.css("a") if node.text() != "↩"}
    assert links >= {f"../../../notes/source/#{id}" for id in ("results", "eq:a", "fn-n")} | {"../../../"}
    assert not any(link.startswith("#") for link in links)


def test_an_entry_is_shown_in_another_with_its_pictures(tree: SiteTree) -> None:
    tree.write("pages/notes/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"></svg>')
    tree.entry("notes/b", "![A plot](plot.svg)")
    tree.entry("a", "![[b]]")

    tree.freeze()

    assert 'src="../notes/plot.svg"' in tree.frozen("a/index.html")
    assert tree.problems() == []


def test_what_is_shown_may_show_others(tree: SiteTree) -> None:
    tree.entry("a", "![[b]]")
    tree.entry("b", "In b.\n\n![[c#lem:c]]")
    tree.entry("c", "::: lemma {#lem:c}\nIn c.\n:::")

    page = LexborHTMLParser(body(tree, "a"))

    assert tree.problems() == []
    assert page.css("div.embed > div.embed > div.theorem")[0].text().strip() == "Lemma 1. In c."


def test_a_thing_may_be_shown_twice(tree: SiteTree) -> None:
    tree.entry("b", "::: lemma {#lem:b}\nIn b.\n:::")
    tree.entry("a", "![[b#lem:b]]\n\n![[b]]\n\n![[b#lem:b]]")

    tree.freeze()

    assert tree.frozen("a/index.html").count("In b.") == 3


@pytest.mark.parametrize("length", [1, 2, 3, 10])
def test_a_loop_is_told_on_every_page_of_it_and_nothing_hangs(tree: SiteTree, length: int) -> None:
    names = [f"n{number}" for number in range(length)]
    for name, following in zip(names, [*names[1:], names[0]], strict=True):
        tree.entry(name, f"In {name}.\n\n![[{following}]]")

    problems = tree.problems()

    assert [problem.place for problem in problems] == [f"pages/{name}.md:7:1" for name in names]
    for name, problem in zip(names, problems, strict=True):
        assert problem.message.startswith("this shows itself: pages/")
        assert problem.message.count(" in ") == length
        assert f"pages/{name}.md" in problem.message
        assert problem.hint == "take one of them out"
        assert f"In {name}." in body(tree, name)


def test_a_loop_is_told_on_a_page_that_only_leads_into_it(tree: SiteTree) -> None:
    tree.entry("out", "![[a]]")
    tree.entry("a", "![[b]]")
    tree.entry("b", "![[a]]")

    assert [problem.path for problem in tree.problems()] == ["pages/a.md", "pages/b.md", "pages/out.md"]


def test_a_section_that_shows_itself_is_a_loop_and_one_that_shows_its_neighbour_is_none(tree: SiteTree) -> None:
    tree.entry("a", "## One\n\n![[#Two]]\n\n## Two\n\nWords.")
    tree.entry("b", "## One\n\n![[#One]]")
    tree.entry("c", "## One\n\n![[d#One]]\n\n## Two")
    tree.entry("d", "## One\n\nWords.\n\n## Two\n\n![[c#Two]]")

    assert [(problem.path, problem.line) for problem in tree.problems()] == [("pages/b.md", 7)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("See ![[source]].", 5, 5, "'![[source]]' stands in a sentence"),
        ("See ![[source|*text*]].", 5, 5, "'![[source]]' stands in a sentence"),
        ("![[source]]\n![[source]]", 5, 1, "'![[source]]' stands in a sentence"),
        ("| a |\n|---|\n| ![[source]] |", 7, 3, "'![[source]]' stands in a sentence"),
        ("# ![[source]]", 5, 3, "'![[source]]' stands in a sentence"),
        ("- b\n\n  ![[sorce]]", 7, 3, "no entry is called 'sorce'"),
        ("![[source#nope]]", 5, 1, "'pages/notes/source.md' has no '#nope'"),
        ("![[source#fn-n]]", 5, 1, "'#fn-n' cannot be shown by itself"),
        ("> ![[hidden]]", 5, 3, "'hidden' is a draft and will not be there"),
    ],
)
def test_what_cannot_be_shown_is_told(source: SiteTree, text: str, line: int, column: int, message: str) -> None:
    source.entry("hidden", draft="true")
    source.entry("a", text)

    problem = source.problems()[0]

    assert (problem.path, problem.line, problem.column, problem.message) == ("pages/a.md", line, column, message)


def test_what_cannot_be_shown_stays_as_it_was_written(source: SiteTree) -> None:
    source.entry("a", "One.\n\n![[sorce#part]]\n\nTwo.")

    assert body(source, "a") == "<p>One.</p>\n<p>![[sorce#part]]</p>\n\n<p>Two.</p>\n"


def test_a_mistake_in_what_is_shown_is_told_where_it_stands_and_only_there(tree: SiteTree) -> None:
    tree.entry("b", "So [x](nope.md) and @thm:nope.")
    tree.entry("a", "![[b]]")

    assert [problem.path for problem in tree.problems()] == ["pages/b.md", "pages/b.md"]


def test_a_change_of_what_is_shown_shows_at_once(tree: SiteTree) -> None:
    tree.entry("b", "Before.")
    tree.entry("a", "![[b]]")
    site = tree.site()
    entry = site.entry("a")
    assert entry is not None
    before = str(site.html(entry))

    tree.entry("b", "After.")
    site.reload()

    assert "Before." in before
    assert "After." in str(site.html(entry))
