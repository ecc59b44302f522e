"""References to what is labelled: their words and numbers, where they may stand, and where they lead."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.markup import parse
from app.markup.labels import WORDS
from app.words import words_of

from .reading import body, said
from .site_tree import SiteTree

THINGS = """
::: theorem {#thm:a}
A.
:::

::: theorem {#thm:b}
B.
:::

$$ x $$ {#eq:a}

$$ y $$ {#eq:b}

$$ z $$ {#eq:c}

## Method {#sec:m}

### Data {#sec:m.data}
"""


def sentence(tree: SiteTree, text: str) -> str:
    """What becomes of a paragraph on a page with things to refer to, and no mistake."""
    tree.entry("a", f"{text}\n{THINGS}")
    assert tree.problems() == []
    return said(body(tree, "a").partition('<div class="theorem"')[0])


def asked(text: str) -> list[tuple[str, int, int]]:
    """What a text refers to, and where."""
    return [(slot.target, slot.line, slot.column) for slot in parse(text).slots if slot.kind == "reference"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By @thm:a.", "By Theorem 1."),
        ("By @thm:b, we", "By Theorem 2, we"),
        ("By @eq:b: so", "By Equation (2): so"),
        ("In @sec:m and later", "In Section 1 and later"),
        ("In @sec:m.data.", "In Section 1.1."),
        ("@eq:a and @eq:b", "Equations (1) and (2)"),
        ("@eq:a, @eq:b and @eq:c", "Equations (1), (2) and (3)"),
        ("@eq:a, @eq:b, and @eq:c.", "Equations (1), (2), and (3)."),
        ("@eq:a or @eq:b", "Equations (1) or (2)"),
        ("@eq:a & @eq:b", "Equations (1) & (2)"),
        ("@eq:a to @eq:c", "Equations (1) to (3)"),
        ("@eq:a–@eq:c", "Equations (1)–(3)"),
        ("@eq:a--@eq:c", "Equations (1)--(3)"),
        ("@eq:a\nand @eq:b", "Equations (1) and (2)"),
        ("@eq:a和@eq:b", "Equations (1)和(2)"),
        ("@eq:a、@eq:b", "Equations (1)、(2)"),
        ("@thm:a and @thm:b", "Theorems 1 and 2"),
        ("@eq:a and @thm:b", "Equation (1) and Theorem 2"),
        ("@eq:a and @eq:b and @thm:b", "Equations (1) and (2) and Theorem 2"),
        ("@eq:a. And @eq:b", "Equation (1). And Equation (2)"),
        ("@eq:a and then @eq:b", "Equation (1) and then Equation (2)"),
        ("@eq:a @eq:b", "Equation (1) Equation (2)"),
        ("[@eq:a; @eq:b]", "Equations (1) and (2)"),
        ("[@eq:a, @eq:b, @eq:c]", "Equations (1), (2) and (3)"),
        ("[@eq:a; @thm:b]", "Equation (1) and Theorem 2"),
        ("[@eq:a]", "Equation (1)"),
        ("[-@thm:b]", "2"),
        ("[-@eq:a; @eq:b]", "(1) and (2)"),
        ("Theorem [-@thm:b] and (@eq:a)", "Theorem 2 and (Equation (1))"),
        ("@eq:a's bound", "Equation (1)'s bound"),
        ("**@eq:a** *by @thm:a*", "Equation (1) by Theorem 1"),
        ("由@thm:a可知@eq:b成立", "由Theorem 1可知Equation (2)成立"),
        ("见@thm:a。", "见Theorem 1。"),
        ("“@thm:a”", "“Theorem 1”"),
        (r"\\@thm:a", r"\Theorem 1"),
    ],
)
def test_a_reference_says_its_word_and_number(tree: SiteTree, text: str, expected: str) -> None:
    assert sentence(tree, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"\@eq:a",
        r"\@eq:a and \@thm:b",
        "`@eq:a`",
        "```text\n@eq:a\n```",
        "    @eq:a",
        "me@eq:a",
        "https://a.b/@eq:a",
        "<https://a.b/@eq:a>",
        "<!-- @eq:a -->",
        '<b title="@eq:a">x</b>',
        "[@eq:a](https://a.b)",
        "[**@eq:a**](https://a.b)",
        "![@eq:a](https://a.b/c.png)",
        "&#64;eq:a",
    ],
)
def test_what_is_no_reference_stays_as_it_is(text: str) -> None:
    document = parse(text)

    assert [slot for slot in document.slots if slot.kind != "link"] == []
    assert document.problems == ()
    assert re.search("(@|&#64;)eq:a", "".join(map(str, document.parts)))


def test_an_at_sign_in_a_formula_belongs_to_it() -> None:
    assert asked("$@eq:a$ and @eq:b") == [("eq:b", 1, 13)]


def test_beside_an_escaped_reference_the_others_are_read() -> None:
    assert asked(r"@eq:a and \@eq:b, \@eq:c and @eq:d") == [("eq:a", 1, 1), ("eq:d", 1, 30)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("See @eq:a.", 1, 5),
        ("é中 @eq:a", 1, 4),
        ("# On @eq:a", 1, 6),
        ("- b\n- *c @eq:a*", 2, 6),
        ("> quoted\n> @eq:a", 2, 3),
        ("| a |\n|---|\n| b \\| @eq:a |", 3, 8),
        ("| a |\n|---|\n| b |\n: C @eq:a", 4, 5),
        ("| a |\n|---|\n| b |\n\n: C @eq:a", 5, 5),
        ("a[^n]\n\n[^n]: By @eq:a", 3, 10),
        ("a^[by @eq:a]", 1, 7),
        ('![p](https://a.b/c.png "By @eq:a")', 1, 28),
        ("::: lemma By @eq:a\nb\n:::", 1, 14),
        ("::: lemma\nb @eq:a\n:::", 2, 3),
        ("term\n: by @eq:a", 2, 6),
        ("> [!NOTE]\n> @eq:a", 2, 3),
        ("$$\nx\n$$\nso @eq:a", 4, 4),
        ("a @b.c d @eq:a", 1, 10),
        ("a\\@b @eq:a", 1, 6),
    ],
)
def test_a_reference_is_asked_for_at_its_place(text: str, line: int, column: int) -> None:
    assert asked(text) == [("eq:a", line, column)]


def test_a_label_of_any_name_can_be_referred_to_on_its_page(tree: SiteTree) -> None:
    tree.entry(
        "a",
        "@loss, @loss-2: and @eq:损失。 And @损失.\n\n$$ x $$ {#loss}\n\n"
        "$$ y $$ {#loss-2}\n\n$$ z $$ {#eq:损失}\n\n$$ w $$ {#损失}",
    )

    assert tree.problems() == []
    assert said(body(tree, "a")).startswith("Equation (1), Equation (2): and Equation (3)。 And Equation (4).")


def test_a_reference_may_stand_before_its_target_or_after_it(tree: SiteTree) -> None:
    tree.entry("a", "@thm:x\n\n::: theorem {#thm:x}\nA.\n:::\n\n@thm:x")

    html = body(tree, "a")

    assert html.count('<a href="/a/#thm:x">Theorem\u00a01</a>') == 2


@pytest.mark.parametrize("kind", list(WORDS))
def test_every_kind_has_a_singular_and_a_plural(kind: str) -> None:
    one, many = words_of("en").forms(WORDS[kind])

    assert one == WORDS[kind] == kind.title()
    assert many in (f"{one}s", f"{one[:-1]}ies")


def test_a_target_on_another_page_names_its_page(tree: SiteTree) -> None:
    tree.entry("notes/research/a", "::: theorem {#thm:far}\nFar.\n:::", title="On $x$ & y")
    tree.entry("b", "By @thm:far and [-@thm:far].")

    html = body(tree, "b")

    assert tree.problems() == []
    assert said(html) == "By Theorem 1 in On x & y and 1 in On x & y."
    assert 'href="/notes/research/a/#thm:far"' in html


def test_the_label_of_the_own_page_comes_before_those_of_others(tree: SiteTree) -> None:
    for id in ("a", "b", "c"):
        tree.entry(id, f"::: lemma\nx\n:::\n\n::: lemma {{#lem:x}}\n{id}.\n:::\n\n@lem:x")

    assert tree.problems() == []
    assert '<a href="/b/#lem:x">Lemma\u00a02</a>' in body(tree, "b")


def test_a_label_that_two_other_pages_have_is_told_with_the_places(tree: SiteTree) -> None:
    tree.entry("a", "Words.\n\n::: lemma {#lem:x}\nA.\n:::")
    tree.entry("b", "::: lemma {#lem:x}\nB.\n:::")
    tree.entry("c", "So @lem:x.")

    (problem,) = tree.problems()

    assert problem.place == "pages/c.md:5:4"
    assert problem.message == "2 pages have the label 'lem:x': 'pages/a.md:7', 'pages/b.md:5'"
    assert problem.hint == "write [[a#lem:x]]"
    assert said(body(tree, "c")) == "So @lem:x."


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("By @thm:man.", 4, "did you mean 'thm:main'?"),
        ("By @fig:zebra.", 4, "label it: {#fig:zebra}"),
        ("@thm:main and @thm:mian.", 15, "did you mean 'thm:main'?"),
        ("*By [@thm:main; @thm:mian]*", 17, "did you mean 'thm:main'?"),
    ],
)
def test_a_reference_to_nothing_is_told_with_the_nearest(tree: SiteTree, text: str, column: int, hint: str) -> None:
    tree.entry("a", f"{text}\n\n::: theorem {{#thm:main}}\nA.\n:::")

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.column, problem.hint) == ("pages/a.md", 5, column, hint)
    assert problem.message.startswith("nothing has the label '")


def test_a_draft_has_no_label_for_others_until_it_is_published(tree: SiteTree) -> None:
    tree.entry("a", "::: theorem {#thm:secret}\nA.\n:::", draft="true")
    tree.entry("b", "By @thm:secret.")

    (problem,) = tree.problems()

    assert (problem.place, problem.message) == ("pages/b.md:5:4", "nothing has the label 'thm:secret'")
    assert "Theorem\u00a01 in A" in tree.get("/b/", drafts=True)


def test_a_mistake_in_front_matter_is_told_at_its_line_and_column(tree: SiteTree) -> None:
    tree.write(
        "pages/notes/research/a.md",
        """
        ---
        title: A
        abstract: |
          We show
          and by @eq:nope, [@nobody].
        summary: See @eq:no.
        ---

        Text.
        """,
    )

    places = [(problem.place, problem.message) for problem in tree.problems()]

    assert places == [
        ("pages/notes/research/a.md:5:10", "nothing has the label 'eq:nope'"),
        ("pages/notes/research/a.md:5:21", "no work has the key 'nobody'"),
        ("pages/notes/research/a.md:6:14", "nothing has the label 'eq:no'"),
    ]


def test_an_abstract_refers_to_what_the_body_has(tree: SiteTree) -> None:
    tree.entry("notes/research/a", "::: theorem {#thm:x}\nA.\n:::", abstract="We prove @thm:x.")
    tree.entry("notes/index", "", sections="[notes/research]")
    tree.entry("notes/research/index", "")

    page = LexborHTMLParser(tree.get("/notes/research/a/"))
    listed = LexborHTMLParser(tree.get("/notes/"))

    assert tree.problems() == []
    assert page.css(".abstract .reference > a")[0].text() == "Theorem\u00a01"
    assert listed.css(".lead a")[0].attributes["href"] == "research/a/#thm:x"


def test_a_heading_with_a_reference_is_whole_in_the_table_of_contents(tree: SiteTree) -> None:
    tree.write("pages/references.bib", "@article{k, title={T}, author={Kaplan, J.}, year={2020}, journal={J}}")
    headings = "## On @thm:x {#a}\n\n## After [@k]\n\n## See [[b]] and [[b|*it*]]\n\n## Plain\n"
    tree.entry("b", title="The *page*")
    tree.entry("a", f"{headings}\n::: theorem {{#thm:x}}\nA.\n:::")

    page = LexborHTMLParser(tree.get("/a/"))

    assert tree.problems() == []
    assert [node.text() for node in page.css("nav.contents li > a")] == [
        "On Theorem\u00a01", "After (Kaplan, 2020)", "See The *page* and it", "Plain",
    ]  # fmt: skip
    assert page.css("nav.contents a a, nav.contents .preview") == []


def test_sections_are_numbered_where_one_can_be_referred_to(tree: SiteTree) -> None:
    tree.entry("a", "## One\n\n### In\n\n## Two {#sec:two}\n\n@sec:two")
    tree.entry("b", "## One\n\n## Two {#two}")

    assert re.findall(r'class="number">([\d.]+)<', body(tree, "a")) == ["1", "1.1", "2"]
    assert "number" not in body(tree, "b")


def test_figures_and_tables_are_referred_to_like_the_rest(tree: SiteTree) -> None:
    figure = '![A plot](https://a.b/c.png "C") {#fig:c}'
    tree.entry("a", f"@fig:c and @tbl:t.\n\n{figure}\n\n| a |\n|---|\n| b |\n: T {{#tbl:t}}")

    assert tree.problems() == []
    assert said(body(tree, "a")).startswith("Figure 1 and Table 1.")


def test_many_references_take_time_in_proportion() -> None:
    document = parse("By @eq:a, @eq:b and [@thm:a; @thm:b] we have it. " * 1000)

    assert len(document.slots) == 4000
    assert document.slots[-1].column == 49 * 999 + 30
