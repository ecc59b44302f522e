"""Links to entries, files and headings, in Markdown and in HTML."""

from __future__ import annotations

import pytest

from app.markup import Slot, parse

from .site_tree import SiteTree


def asked(text: str) -> list[tuple[str, int, int]]:
    """What the site is asked for, and where that stands."""
    return [(slot.target, slot.line, slot.column) for slot in parse(text).slots]


def body(tree: SiteTree, id: str) -> str:
    """The body of an entry as the site has it."""
    site = tree.site()
    entry = site.entry(id)
    assert entry is not None
    return str(site.html(entry))


@pytest.mark.parametrize(
    ("text", "target", "line", "column"),
    [
        ("See [a](b.md#c).", "b.md#c", 1, 5),
        ("é中 [a](b.md)", "b.md", 1, 4),
        ("[a]\n\n[a]: <b c.md> 'T'", "b c.md", 1, 1),
        ("> - [a](../b.md)", "../b.md", 1, 5),
        ("| a |\n|---|\n| [x](b.md) |", "b.md", 3, 3),
        ("a[^n]\n\n[^n]: [x](b.md)", "b.md", 3, 7),
        ("[a](#part)", "#part", 1, 1),
        ("[a](/static/x.css)", "/static/x.css", 1, 1),
        ("[a](b&amp;c.md)", "b&c.md", 1, 1),
        ("$$\nx\n$$ [a](b.md)", "b.md", 3, 4),
        ('a <a href="b.md">c</a>', "b.md", 1, 6),
        ("a <a href='b.md'>c</a>", "b.md", 1, 6),
        ("a <a class=x href=b.md>c</a>", "b.md", 1, 14),
        ("a <A HREF = 'b.md'>c</A>", "b.md", 1, 6),
        ('<img alt="a > b" src="b.png">', "b.png", 1, 18),
        ('<div>\n<a\n  href="b.md">c</a>\n</div>', "b.md", 3, 3),
        ('> <div>\n> <a href="b.md">c</a>\n> </div>', "b.md", 2, 6),
        ('<video\n poster="p.png"></video>', "p.png", 2, 2),
        ('<a href="b&amp;c.md">', "b&c.md", 1, 4),
        ('<script src="b.js">\n"<a href=\'c.md\'>"\n</script>', "b.js", 1, 9),
    ],
)
def test_the_site_is_asked_for_a_link_at_its_place(text: str, target: str, line: int, column: int) -> None:
    assert asked(text) == [(target, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://b.c/d)",
        "<https://b.c>",
        "www.example.org",
        "[a](mailto:b@c.d)",
        "[a](//b.c/d)",
        "`[a](b.md)`",
        "<!-- [a](b.md) <a href='b.md'> -->",
        "text <!-- <a href='b.md'> --> text",
        '<a data-href="b.md" href="">c</a>',
        "<a title=\"href='b.md'\">c</a>",
        "<style>\n/* <a href='b.md'> */\n</style>",
        '<a href="https://b.c">c</a>',
    ],
)
def test_what_leads_elsewhere_or_nowhere_is_not_asked_for(text: str) -> None:
    assert asked(text) == []


def test_html_passes_through_unchanged_but_for_the_answers_of_the_site(tree: SiteTree) -> None:
    tree.write("pages/a/p.png", b"not looked at")
    tree.entry("b")
    tree.entry(
        "a/index",
        """
        <div CLASS='x'
             data-y="1"><img alt="a > b" src = 'p.png'/><br>&nbsp;
        <a   href="../b.md#" title='T'>b</a> <font color=red>c</font></div>
        """,
    )

    page = body(tree, "a")

    assert tree.problems() == []
    assert (
        "<div CLASS='x'\n     data-y=\"1\"><img alt=\"a > b\" src = '/a/p.png'/><br>&nbsp;\n"
        "<a   href=\"/b/\" title='T'>b</a> <font color=red>c</font></div>"
    ) in page


def test_a_link_leads_to_the_url_of_the_entry_and_its_heading(tree: SiteTree) -> None:
    tree.entry("posts/a", "## Part\n\nText.", date="2026-01-02")
    tree.entry("b", '[one](posts/a.md) [two](posts/a.md#part "T&T") [three](/posts/a/)')

    page = body(tree, "b")

    assert tree.problems() == []
    assert ('<a href="/posts/a/">one</a> <a href="/posts/a/#part" title="T&amp;T">two</a> <a href="/posts/a/">three</a>') in page


def test_a_link_to_nothing_is_told_and_the_page_shown(tree: SiteTree) -> None:
    tree.entry("b")
    tree.entry("a", "One [x](bb.md).\n\n<a href='c d.md'>y</a>\n")

    first, second = tree.problems()

    assert str(first) == "pages/a.md:5:5: 'bb.md' leads to nothing\n    did you mean 'b.md'?"
    assert (second.line, second.column, second.message) == (7, 4, "'c d.md' leads to nothing")


def test_the_answer_of_the_site_is_escaped(tree: SiteTree) -> None:
    tree.write("pages/a & 'b'.txt", "text")
    tree.entry("c", "[x](<a & 'b'.txt>) <a href='a &amp; &#39;b&#39;.txt'>y</a>")

    page = body(tree, "c")

    assert tree.problems() == []
    assert page.count("/a%20%26%20%27b%27.txt") == 2


def test_a_slot_says_what_the_author_wrote() -> None:
    (slot,) = parse("[a](b%20c.md?x=1#d)").slots

    assert slot == Slot("link", "b%20c.md?x=1#d", 1, 1, sentence="a")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("See [e]().", 1, 5), ("a\n\n> [*e*](<>)", 3, 3), ("a^[b [e]()]", 1, 6)],
)
def test_a_link_without_an_address_is_told(text: str, line: int, column: int) -> None:
    (problem,) = parse(text).problems

    assert (problem.line, problem.column, problem.message) == (line, column, "this link has no address")


def test_a_link_without_an_address_in_code_is_not_told() -> None:
    assert parse("`[e]()`\n\n```\n[e]()\n```").problems == ()


def test_the_top_of_a_page_and_the_old_name_of_an_anchor_can_be_led_to(tree: SiteTree) -> None:
    tree.entry("b", '<a name="old"></a> Text.')
    tree.entry("a", "[one](#top) [two](#) [three](b.md#old) [four](b.md#top)")

    assert tree.problems() == []
