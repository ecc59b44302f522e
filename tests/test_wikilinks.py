"""Links by name: what a name means, what the link says, and what is told where it leads nowhere."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from app.markup import parse

from .reading import body
from .site_tree import SiteTree

NOTE = """
## The method {#sec:m}

### In *short* $x$

::: theorem {#thm:main}
A.
:::

$$ x $$ {#eq:a}

::: details {#more}
B.
:::
"""


def png(width: int, height: int) -> bytes:
    """A black picture."""
    out = BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def linked(tree: SiteTree) -> SiteTree:
    """A site with a note to lead to."""
    tree.entry("notes/research/scaling-laws", NOTE, title="On $L$ & scaling")
    tree.entry("notes/research/other", title="The Other One")
    return tree


def link(tree: SiteTree, text: str) -> tuple[str, str]:
    """Where the one link of a paragraph leads, and what it says."""
    tree.entry("a", f"## Own part\n\n{text}")
    assert tree.problems() == []
    (node,) = LexborHTMLParser(body(tree, "a")).css("p > a")
    return str(node.attributes["href"]), node.text().replace("\u00a0", " ")


URL = "/notes/research/scaling-laws/"


@pytest.mark.parametrize(
    ("text", "href", "words"),
    [
        ("[[scaling-laws]]", URL, "On L & scaling"),
        ("[[Scaling-Laws]]", URL, "On L & scaling"),
        ("[[scaling-laws.md]]", URL, "On L & scaling"),
        ("[[research/scaling-laws]]", URL, "On L & scaling"),
        ("[[notes/research/scaling-laws]]", URL, "On L & scaling"),
        ("[[/notes/research/scaling-laws/]]", URL, "On L & scaling"),
        ("[[notes/research/scaling-laws.md]]", URL, "On L & scaling"),
        ("[[ scaling-laws ]]", URL, "On L & scaling"),
        ("[[The Other One]]", "/notes/research/other/", "The Other One"),
        ("[[the other one]]", "/notes/research/other/", "The Other One"),
        ("[[scaling-laws#sec:m]]", f"{URL}#sec:m", "The method in On L & scaling"),
        ("[[scaling-laws#The method]]", f"{URL}#sec:m", "The method in On L & scaling"),
        ("[[scaling-laws#the METHOD]]", f"{URL}#sec:m", "The method in On L & scaling"),
        ("[[scaling-laws#in-short-x]]", f"{URL}#in-short-x", "In short x in On L & scaling"),
        ("[[scaling-laws#thm:main]]", f"{URL}#thm:main", "Theorem 1 in On L & scaling"),
        ("[[scaling-laws#eq:a]]", f"{URL}#eq:a", "Equation (1) in On L & scaling"),
        ("[[scaling-laws#more]]", f"{URL}#more", "more in On L & scaling"),
        ("[[#Own part]]", "/a/#own-part", "Own part"),
        ("[[#own-part]]", "/a/#own-part", "Own part"),
        ("[[a#own-part]]", "/a/#own-part", "Own part"),
        ("[[scaling-laws|these *laws*]]", URL, "these laws"),
        ("[[scaling-laws#thm:main|the $x$ `one`]]", f"{URL}#thm:main", "the x one"),
        ("[[scaling-laws|a|b]]", URL, "a|b"),
        ("[[scaling-laws|]]", URL, "On L & scaling"),
        ("中文[[scaling-laws]]中文", URL, "On L & scaling"),
        ("[see [[scaling-laws]]]", URL, "On L & scaling"),
        ("[[[scaling-laws]] and more]", URL, "On L & scaling"),
    ],
)
def test_a_name_in_double_brackets_is_a_link(linked: SiteTree, text: str, href: str, words: str) -> None:
    assert link(linked, text) == (href, words)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_may_be_written_in_any_script_and_form(tree: SiteTree, form: Literal["NFC", "NFD"]) -> None:
    tree.entry("notes/笔记", title="第一篇 笔记")
    tree.entry("notes/café", title="Café")

    for name, url in (
        ("笔记", "/notes/%E7%AC%94%E8%AE%B0/"),
        ("第一篇 笔记", "/notes/%E7%AC%94%E8%AE%B0/"),
        ("café", "/notes/caf%C3%A9/"),
    ):
        assert link(tree, f"[[{unicodedata.normalize(form, name)}]]")[0] == url


def test_a_file_may_be_named_too(linked: SiteTree) -> None:
    linked.write("pages/my report.pdf", b"%PDF-1.4")
    linked.write("pages/data/x.csv", "a,b")

    assert link(linked, "[[my report.pdf]]") == ("/my%20report.pdf", "my report.pdf")
    assert link(linked, "[[data/x.csv|the data]]") == ("/data/x.csv", "the data")
    assert {"my report.pdf", "data/x.csv"} & set(linked.site().texts.files()) == {"data/x.csv"}


def test_a_frozen_page_leads_to_the_file_that_it_names(linked: SiteTree) -> None:
    linked.write("pages/my report.pdf", b"%PDF-1.4")
    linked.entry("a", "[[my report.pdf]] and [[scaling-laws#eq:a]] and [[scaling-laws#sec:m|m]]")

    linked.freeze()

    assert "my report.pdf" in linked.release()
    assert 'href="../notes/research/scaling-laws/#eq:a"' in linked.frozen("a/index.html")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[1]](https://a.b)", '<a href="https://a.b">[1]</a>'),
        ("[[x|y]](https://a.b)", '<a href="https://a.b">[x|y]</a>'),
        ("[[1]][r]\n\n[r]: https://a.b", '<a href="https://a.b">[1]</a>'),
        ("[[[foo]]]", "[[[foo]]]"),
        ("`[[a]]`", "<code>[[a]]</code>"),
        (r"\[[a]]", "[[a]]"),
        (r"[\[a]]", "[[a]]"),
        (r"!\[[a]]", "![[a]]"),
        ("[[]]", "[[]]"),
        ("[[|x]]", "[[|x]]"),
        ("[[a\nb]]", "[[a\nb]]"),
        ("[x [[a]] y](https://a.b)", '<a href="https://a.b">x [[a]] y</a>'),
        ("[**[[a]]**](https://a.b)", '<a href="https://a.b"><strong>[[a]]</strong></a>'),
        ("    [[a]]", "<code>[[a]]\n</code>"),
        ("<div>[[a]]</div>", "<div>[[a]]</div>"),
        ("<!-- [[a]] -->", "<!-- [[a]] -->"),
    ],
)
def test_what_is_no_link_stays_as_it_is(text: str, html: str) -> None:
    document = parse(text)

    assert document.problems == ()
    assert document.slots == ()
    assert html in str(document.parts[0])


def test_a_formula_may_have_double_brackets() -> None:
    document = parse("$[[a]]$")

    assert (document.slots, document.problems) == ((), ())


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("See [[x]].", 1, 5),
        ("é中[[x]]", 1, 3),
        ("[[y|z]] [[x|*a*]]", 1, 9),
        ("| a |\n|---|\n| b \\| [[x\\|c]] |", 3, 8),
        ("# On [[x]]", 1, 6),
        ("- b\n- *c [[x]]*", 2, 6),
        ("a[^n]\n\n[^n]: [[x]]", 3, 7),
        ("a^[by [[x]]]", 1, 7),
        ('![p](https://a.b/c.png "By [[x]]")', 1, 28),
        ("| a |\n|---|\n| b |\n: C [[x]]", 4, 5),
        ("| a |\n|---|\n| b |\n\n: C [[x]]", 5, 5),
        ("::: lemma [[x|y]]\nb\n:::", 1, 11),
        (r"\[[y]] and [[x]]", 1, 12),
        ("a\\\n[[x]]", 2, 1),
        ("[[[x]] and [[x]]", 1, 12),
    ],
)
def test_a_link_is_asked_for_at_its_place(text: str, line: int, column: int) -> None:
    assert (line, column) in [(slot.line, slot.column) for slot in parse(text).slots if slot.target == "x"]


def test_in_a_table_the_bar_is_written_with_a_backslash(linked: SiteTree) -> None:
    linked.entry("a", "| a | b |\n|---|---|\n| [[scaling-laws\\|the *laws*]] | c |")

    (node,) = LexborHTMLParser(body(linked, "a")).css("td a")

    assert linked.problems() == []
    assert node.text() == "the laws"


@pytest.mark.parametrize(
    ("target", "message", "hint"),
    [
        ("scaling-lawz", "no entry is called 'scaling-lawz'", "did you mean 'scaling-laws'?"),
        ("The Other", "no entry is called 'The Other'", "did you mean 'The Other One'?"),
        ("zzz", "no entry is called 'zzz'", ""),
        ("x/scaling-laws", "no entry is called 'x/scaling-laws'", "did you mean 'scaling-laws'?"),
        ("scaling-laws#thm:man", "'pages/notes/research/scaling-laws.md' has no '#thm:man'", "did you mean 'thm:main'?"),
        (
            "scaling-laws#The methods",
            "'pages/notes/research/scaling-laws.md' has no '#The methods'",
            "did you mean 'The method'?",
        ),
        ("#zzz", "'pages/a.md' has no '#zzz'", ""),
        ("hidden", "'notes/hidden' is a draft and will not be there", "publish it, or link to something else"),
        ("broken", "'notes/broken' has a problem of its own", "mend it first"),
        ("report.pdf", "'report.pdf' leads to nothing", "write the path of the file, as seen from this one"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_and_shown(linked: SiteTree, target: str, message: str, hint: str) -> None:
    linked.entry("notes/hidden", draft="true")
    linked.write("pages/notes/broken.md", "---\ntitel: x\n---\n")
    linked.entry("a", f"So [[{target}]] and [[{target}|text]].")

    told = [problem for problem in linked.problems() if problem.path == "pages/a.md"]

    assert [(one.line, one.column, one.message) for one in told] == [(5, 4, message), (5, 4 + len(target) + 9, message)]
    assert {one.hint for one in told} == {hint}
    assert f"So [[{target}]] and " in body(linked, "a")


def test_a_draft_can_be_led_to_where_drafts_are_shown(linked: SiteTree) -> None:
    linked.entry("notes/hidden", draft="true")
    linked.entry("a", "So [[hidden]].")

    assert '<a href="../notes/hidden/">Hidden</a>' in linked.get("/a/", drafts=True)


def test_a_name_that_several_entries_have_is_told_with_all_of_them(tree: SiteTree) -> None:
    tree.entry("posts/x", date="2026-01-01")
    tree.entry("notes/x")
    tree.entry("a", "[[x]], but [[posts/x]].")

    (problem,) = tree.problems()

    assert problem.place == "pages/a.md:5:1"
    assert problem.message == "'x' is the name of 2 entries: 'notes/x', 'posts/x'"
    assert problem.hint == "write its path: [[notes/x]]"


def test_of_many_entries_with_one_name_the_first_are_told(tree: SiteTree) -> None:
    for number in range(12):
        tree.entry(f"n{number:02}/x")
    tree.entry("a", "[[x]]")

    (problem,) = tree.problems()

    assert problem.message.startswith("'x' is the name of 12 entries: 'n00/x', 'n01/x', 'n02/x', 'n03/x', 'n04/x' and 7 more")


def test_the_name_of_a_file_comes_before_a_title(tree: SiteTree) -> None:
    tree.entry("x", title="Other")
    tree.entry("y", title="X")

    assert link(tree, "[[x]]")[0] == "/x/"
    assert link(tree, "[[X]]")[0] == "/x/"


@pytest.mark.parametrize("name", ["*a*", "a *b* c", "a`b`", "On $L$", "a~b~c", "a#Some *part*"])
def test_a_name_with_markup_is_told(name: str) -> None:
    (problem,) = parse(f"So [[{name}]].").problems

    assert (problem.line, problem.column) == (1, 4)
    assert problem.message == "this is no link: a name has no markup"
    assert problem.hint == "write the path: [[notes/a|text]]; or no link: \\[["


@pytest.mark.parametrize(
    ("text", "size", "alt"),
    [
        ("![[plot.png|A plot]]", 'width="400" height="200"', "A plot"),
        ("![[plot.png|A plot|300]]", 'width="300" height="150"', "A plot"),
        ("![[plot.png|A plot|300x99]]", 'width="300" height="150"', "A plot"),
        ("![[PLOT.PNG|A plot]]", 'width="400" height="200"', "A plot"),
    ],
)
def test_a_picture_may_be_shown_by_name(tree: SiteTree, text: str, size: str, alt: str) -> None:
    tree.write("pages/plot.png", png(400, 200))
    tree.write("pages/PLOT.PNG", png(400, 200))
    tree.entry("a", text)

    site = tree.site()
    entry = site.entry("a")
    assert entry is not None
    (figure,) = LexborHTMLParser(str(site.html(entry))).css("figure")

    assert [problem for problem in tree.problems() if problem.path == "pages/a.md"] == []
    assert size in str(figure.html)
    assert figure.css("img")[0].attributes["alt"] == alt


@pytest.mark.parametrize("text", ["![[plot.png]]", "![[plot.png|300]]", "![[plot.png|]]"])
def test_a_picture_by_name_without_words_is_told(tree: SiteTree, text: str) -> None:
    tree.write("pages/plot.png", png(400, 200))
    tree.entry("a", f"Words.\n\n{text}")

    (problem,) = tree.problems()

    assert (problem.place, problem.message) == ("pages/a.md:7:1", "this image has no alternative text")


def test_a_picture_by_name_may_stand_in_a_sentence(tree: SiteTree) -> None:
    tree.write("pages/plot.png", png(40, 20))
    tree.entry("a", "See ![[plot.png|A plot]] here.")

    assert tree.problems() == []
    assert '<img src="/plot.png" width="40" height="20" alt="A plot"' in body(tree, "a").replace('srcset="', "")
