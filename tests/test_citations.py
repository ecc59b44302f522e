"""Citations: what is one and what is not, how it is shown, and the list of references that it leads to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.markup import parse

from .reading import body, said
from .site_tree import SiteTree

KEPLER = """
@article{kepler1609, author={Kepler, Johannes}, title={Astronomia nova}, journal={Prague}, year={1609}}
@book{galilei1610, author={Galilei, Galileo}, title={Sidereus nuncius}, publisher={Baglioni}, year={1610}}
@article{kaplan2020, author={Kaplan, Jared and McCandlish, Sam and Henighan, Tom}, title={Scaling laws}, journal={J}, year={2020}}
@inproceedings{DBLP:conf/nips/X17, author={Xu, Li}, title={A result}, booktitle={NIPS}, year={2017}}
@misc{a.b+c, author={Dot, Anna}, title={Dots}, year={2001}}
@misc{odd!key, author={Odd, Olga}, title={Odd}, year={2002}}
"""


@pytest.fixture
def cited(tree: SiteTree) -> SiteTree:
    """A site with a bibliography."""
    tree.write("pages/references.bib", KEPLER)
    return tree


def keys(text: str) -> list[tuple[str, ...]]:
    """The keys of every citation of a text."""
    return [tuple(one.key for one in slot.cited) for slot in parse(text).slots if slot.kind == "cite"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So [@kepler1609].", "So (Kepler, 1609)."),
        ("As @kepler1609 says.", "As Kepler (1609) says."),
        ("As Kepler [-@kepler1609] says.", "As Kepler (1609) says."),
        ("[@kepler1609; @kaplan2020]", "(Kaplan et al., 2020; Kepler, 1609)"),
        ("[@kepler1609, p. 3]", "(Kepler, 1609, p. 3)"),
        ("[@kepler1609, pp. 3-5]", "(Kepler, 1609, pp. 3–5)"),
        ("[see @kepler1609, ch. 2]", "(see Kepler, 1609, Chapter 2)"),
        ("@kepler1609 [p. 3] says", "Kepler (1609, p. 3) says"),
        ("[-@kepler1609, p. 3]", "(1609, p. 3)"),
        ("[see *e.g.* @kepler1609, $n=3$]", "(see e.g. Kepler, 1609, n=3)"),
        ("[@kepler1609;@galilei1610;]", "(Galilei, 1610; Kepler, 1609)"),
        ("[ @kepler1609 ]", "(Kepler, 1609)"),
        ("[@kepler1609\n; @galilei1610]", "(Galilei, 1610; Kepler, 1609)"),
        ("@DBLP:conf/nips/X17, and", "Xu (2017), and"),
        ("@DBLP:conf/nips/X17: so.", "Xu (2017): so."),
        ("@a.b+c. So.", "Dot (2001). So."),
        ("@{odd!key} and [@{odd!key}]", "Odd (2002) and (Odd, 2002)"),
        ("@kepler1609's laws", "Kepler (1609)'s laws"),
        ("*@kepler1609* and **[@galilei1610]**", "Kepler (1609) and (Galilei, 1610)"),
        ("见@kepler1609和[@galilei1610]。", "见Kepler (1609)和(Galilei, 1610)。"),
        ("(see @kepler1609)", "(see Kepler (1609))"),
        ("[@kepler1609][@galilei1610]", "(Kepler, 1609)(Galilei, 1610)"),
    ],
)
def test_a_citation_is_written_in_the_style_of_the_site(cited: SiteTree, text: str, expected: str) -> None:
    cited.entry("a", text)

    assert cited.problems() == []
    assert said(body(cited, "a")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "me@example.org and <me@example.org>",
        "mailto:me@example.org",
        "https://example.org/@user/x and www.example.org/@user",
        "see example.org/@user",
        "`@key` and ``[@key]``",
        "```text\n@key [@key]\n```",
        "    @key",
        "`npm install @scope/package`",
        r"\@name and [\@name]",
        "[@key](https://a.b) and [see @key](https://a.b)",
        "[**@key**](https://a.b)",
        "![@key](https://a.b/c.png)",
        '<a href="https://a.b/@key" title="@key">x</a>',
        "<!-- @key -->",
        "<div>\n@key\n</div>",
        "$@key$",
        "a @ b, @, [@] and @!",
        "@@key",
        "name@key",
    ],
)
def test_what_is_no_citation_stays_as_it_is(text: str) -> None:
    document = parse(text)

    assert keys(text) == []
    assert document.problems == ()
    assert "@" in "".join(map(str, document.parts)) or "&#64;" in "".join(map(str, document.parts))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@a.", [("a",)]),
        ("@a, @b; @c: @d!", [("a",), ("b",), ("c",), ("d",)]),
        ("[@a; @b @c, @d]", [("a", "b", "c", "d")]),
        ("@a-b_c", [("a-b_c",)]),
        ("@a--an aside", [("a",)]),
        ("@a/b.c:d+e#f", [("a/b.c:d+e#f",)]),
        ("@{x//y?d=e}", [("x//y?d=e",)]),
        ("@{odd key}", [("odd key",)]),
        ("[@a&b]", [("a&b",)]),
        (r"@a\_b", [("a_b",)]),
        ("@2020 and @_x", [("2020",), ("_x",)]),
        ("@müller2020", [("müller2020",)]),
        ("@张三2020 说", [("张三2020",)]),
        (r"[see \@b, @a]", [("a",)]),
        (r"[\@a; @b]", [("b",)]),
        ("[**@a**]", [("a",)]),
        ("[@a [x]]", [("a",)]),
        ("[see $x_{[1]}$ in @a; `;` @b]", [("a", "b")]),
        ("x[^n]\n\n[^n]: [@a]", [("a",)]),
        ("x^[see [@a]]", [("a",)]),
        ("[x] @a", [("a",)]),
        ("- [ ] @a", [("a",)]),
    ],
)
def test_a_key_ends_where_the_word_ends(text: str, found: list[tuple[str, ...]]) -> None:
    assert keys(text) == found


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("é中 [@nope]", 1, 5),
        ("so @nope", 1, 4),
        ("so [-@nope]", 1, 6),
        ("# On [@nope]", 1, 7),
        ("- b\n- *c @nope*", 2, 6),
        ("| a |\n|---|\n| b \\| @nope |", 3, 8),
        ("| a |\n|---|\n| b |\n\n: C [@nope]", 5, 6),
        ("a[^n]\n\n[^n]: By @nope", 3, 10),
        ("a^[by @nope]", 1, 7),
        ('![p](https://a.b/c.png "By @nope")', 1, 28),
        ("::: lemma By [@nope]\nb\n:::", 1, 15),
        ("::: lemma\nb @nope\n:::", 2, 3),
        ("@kepler1609 and\n[@kepler1609; @nope]", 2, 2),
        ("$$ x $$ {#eq:a}\n\n@eq:a and @nope", 3, 11),
    ],
)
def test_a_key_that_no_work_has_is_told_where_its_citation_stands(cited: SiteTree, text: str, line: int, column: int) -> None:
    cited.entry("a", text)

    (problem,) = cited.problems()

    assert (problem.path, problem.line - 4, problem.column) == ("pages/a.md", line, column)
    assert problem.message == "no work has the key 'nope'"
    assert problem.hint == "add it to references.bib, or write \\@nope"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[@keplr1609]", "no work has the key 'keplr1609'", "did you mean 'kepler1609'?"),
        ("@Kepler1609", "no work has the key 'Kepler1609'", "did you mean 'kepler1609'?"),
        ("[@kepler1609; @galilei; @kaplan20]", "no works have the keys 'galilei', 'kaplan20'", "did you mean 'galilei1610'?"),
        ("@Eq:loss\n\n$$ x $$ {#eq:loss}", "no work has the key 'Eq:loss'", "did you mean 'eq:loss'?"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(cited: SiteTree, text: str, message: str, hint: str) -> None:
    cited.entry("a", text)

    (problem,) = cited.problems()

    assert (problem.message, problem.hint) == (message, hint)


def test_a_citation_that_cannot_be_made_is_shown_as_it_was_written(cited: SiteTree) -> None:
    cited.entry("a", "So [see @nope, p. 3; @kepler1609] & @nope [p. 4].")

    assert said(body(cited, "a")) == "So [see @nope, p. 3; @kepler1609] & @nope [p. 4]."
    assert "References" not in cited.get("/a/") or "kepler1609" in cited.get("/a/")


@pytest.mark.parametrize(
    "text", ["[@kepler1609, see [b](b.md)]", "[@kepler1609; @eq:a]", "[@eq:a, @kepler1609]", "[[[b]], @kepler1609]"]
)
def test_a_citation_holds_no_link_and_no_reference(cited: SiteTree, text: str) -> None:
    cited.entry("b")
    cited.entry("a", f"{text}\n\n$$ x $$ {{#eq:a}}")

    (problem,) = cited.problems()

    assert (problem.line, problem.message) == (5, "a citation cannot hold a link or a reference")
    assert "octavo-slot" not in body(cited, "a")


def anchors(html: str) -> tuple[list[str], list[str]]:
    """The ids of the citations on a page, and where the list of references leads back to."""
    page = LexborHTMLParser(html)
    ids = [str(node.attributes["id"]) for node in page.css(".citation > a[id]")]
    back = [str(node.attributes["href"]).removeprefix("#") for node in page.css(".bibliography a.back")]
    return ids, back


def test_the_list_of_references_leads_back_to_every_citation(cited: SiteTree) -> None:
    cited.entry(
        "notes/research/a",
        "[@kepler1609] and @kepler1609 and [@kepler1609; @galilei1610].\n\n"
        "::: lemma {#lem:a} By @galilei1610\n[@kepler1609]\n:::\n\n@lem:a\n\n"
        "| a |\n|---|\n| [@kepler1609] |\n: C [@kepler1609]\n\nx[^n] y^[@kepler1609]\n\n[^n]: @galilei1610",
        abstract="After @kaplan2020 and [@kepler1609].",
        summary="See [@galilei1610].",
    )

    html = cited.get("/notes/research/a/")
    ids, back = anchors(html)

    assert cited.problems() == []
    assert sorted(ids) == sorted(back)
    assert len(ids) == len(set(ids)) == 12
    assert [one for one in re.findall(r'id="([^"]+)"', html) if one.startswith("ref-")] == [
        "ref-galilei1610", "ref-kaplan2020", "ref-kepler1609",
    ]  # fmt: skip


def test_a_frozen_page_leads_there_and_back(cited: SiteTree) -> None:
    cited.entry("a", "[@kepler1609; @DBLP:conf/nips/X17] and @{odd!key} and @a.b+c", bibliography="[more.bib]")
    cited.write("pages/more.bib", "@misc{更多, author={王, 小明}, title={更多}, year={2003}}")
    cited.entry("b", "@更多", bibliography="[more.bib]")

    cited.freeze()

    for name in ("a", "b"):
        page = LexborHTMLParser(cited.frozen(f"{name}/index.html"))
        ids = {node.attributes["id"] for node in page.css("[id]")}
        links = [str(node.attributes["href"]) for node in page.css(".citation a, a.back")]
        assert len(links) >= 2
        assert all(link[0] == "#" and unquote(link[1:]) in ids for link in links)


@pytest.mark.parametrize(
    ("style", "marks", "order"),
    [
        ("ieee", ["[1]", "[2]", "[3]"], ["kaplan2020", "kepler1609", "galilei1610"]),
        ("nature", ["1", "2", "3"], ["kaplan2020", "kepler1609", "galilei1610"]),
        ("apa", ["Kaplan et al. (2020)", "Kepler, 1609", "Galilei, 1610"], ["galilei1610", "kaplan2020", "kepler1609"]),
    ],
)
def test_numbers_follow_the_abstract_and_then_the_body(cited: SiteTree, style: str, marks: list[str], order: list[str]) -> None:
    cited.write("pages/site.yml", f"citation_style: {style}\n")
    cited.entry("notes/research/a", "[@kepler1609] [@galilei1610] [@kaplan2020]", abstract="As @kaplan2020 show.")

    page = LexborHTMLParser(cited.get("/notes/research/a/"))
    shown = [node.text() for node in page.css(".citation > a")]

    assert cited.problems() == []
    assert [shown[0], *shown[1:3]] == marks
    assert [str(node.attributes["id"]) for node in page.css(".bibliography li")] == [f"ref-{key}" for key in order]


def test_a_citation_on_a_list_leads_to_the_page_of_its_entry(cited: SiteTree) -> None:
    cited.entry("notes/index", "", sections="[notes/research]")
    cited.entry("notes/research/index", "")
    cited.entry("notes/research/a", "Text.", abstract="As @kepler1609 says.")
    cited.entry("notes/research/b", "Text.", abstract="As @kepler1609 says too.")

    page = LexborHTMLParser(cited.get("/notes/"))

    assert cited.problems() == []
    assert sorted(str(node.attributes["href"]) for node in page.css(".lead a")) == [
        "research/a/#ref-kepler1609", "research/b/#ref-kepler1609",
    ]  # fmt: skip
    assert page.css('[id^="cite-"], [id^="ref-"]') == []


def test_an_entry_may_have_a_bibliography_of_its_own(cited: SiteTree) -> None:
    cited.write("pages/notes/research/own.bib", "@misc{own, author={Own, Olga}, title={Own}, year={2004}}")
    cited.entry("notes/research/a", "@own and @kepler1609", bibliography="[own.bib]")
    cited.entry("notes/research/b", "@own")

    (problem,) = cited.problems()

    assert said(body(cited, "notes/research/a")) == "Own (2004) and Kepler (1609)"
    assert (problem.path, problem.message) == ("pages/notes/research/b.md", "no work has the key 'own'")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nope.bib", "bibliography: 'nope.bib' leads to nothing"),
        ("b.md", "bibliography: 'b.md' is no .bib file"),
        ("c.txt", "bibliography: 'c.txt' is no .bib file"),
    ],
)
def test_a_bibliography_that_is_none_is_told(cited: SiteTree, name: str, message: str) -> None:
    cited.entry("b")
    cited.write("pages/c.txt", "text")
    cited.entry("a", "@kepler1609", bibliography=f"[{name}]")

    (problem,) = cited.problems()

    assert (problem.path, problem.line, problem.message) == ("pages/a.md", 3, message)


def test_a_key_that_stands_in_two_files_is_told_and_the_first_is_used(cited: SiteTree) -> None:
    cited.write("pages/more.bib", "@misc{z, title={Z}}\n@misc{kepler1609, author={Other, Otto}, title={Other}, year={2005}}")
    cited.entry("a", "@kepler1609", bibliography="[more.bib]")

    (problem,) = cited.problems()

    assert problem.place == "pages/more.bib:2:1"
    assert problem.message.startswith("the key 'kepler1609' stands in pages/references.bib:1 already")
    assert said(body(cited, "a")) == "Kepler (1609)"


def test_a_work_that_cannot_be_read_is_told_at_its_line_and_the_others_stay(cited: SiteTree) -> None:
    cited.write(
        "pages/references.bib",
        f"{KEPLER}\n@misc{{broken, title={{Open}}\n\n@misc{{last, author={{Z, A}}, title={{Z}}, year={{2006}}}}\n",
    )
    cited.entry("a", "@kepler1609 and @last")

    problems = cited.problems()

    assert {problem.path for problem in problems} == {"pages/references.bib"}
    assert {problem.line for problem in problems} == {8}
    assert said(body(cited, "a")) == "Kepler (1609) and Z (2006)"


def test_what_is_shown_from_elsewhere_is_cited_on_the_page_that_shows_it(cited: SiteTree) -> None:
    cited.entry("a", "::: lemma {#lem:a}\nBy [@kepler1609].\n:::\n\nAnd @galilei1610.")
    cited.entry("b", "@kaplan2020\n\n![[a#lem:a]]")

    page = LexborHTMLParser(cited.get("/b/"))

    assert cited.problems() == []
    assert [node.attributes["id"] for node in page.css(".bibliography li")] == ["ref-kaplan2020", "ref-kepler1609"]
    assert page.css(".embed .citation > a")[0].attributes["href"] == "#ref-kepler1609"


def test_a_preview_from_another_page_cites_as_that_page_does(cited: SiteTree) -> None:
    cited.write("pages/site.yml", "citation_style: ieee\n")
    cited.entry("a", "@galilei1610\n\n::: lemma {#lem:a}\nBy [@kepler1609].\n:::")
    cited.entry("b", "By @lem:a.")

    page = LexborHTMLParser(cited.get("/b/"))

    assert cited.problems() == []
    assert page.css(".preview a")[0].text() == "[2]"
    assert page.css(".preview a")[0].attributes["href"] == "../a/#ref-kepler1609"
    assert page.css(".bibliography") == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [("aap", "did you mean 'apa'?"), ("APA", "did you mean 'apa'?"), ("vancouver", "write one of apa, ieee, nature,")],
)
def test_a_style_that_there_is_not_is_told_and_apa_is_used(cited: SiteTree, name: str, hint: str) -> None:
    cited.write("pages/site.yml", f"title: Mine\ncitation_style: {name}\n")
    cited.entry("a", "@kepler1609")

    (problem,) = cited.problems()

    assert problem.place == "pages/site.yml:2:17"
    assert problem.message == f"citation_style: there is no style '{name}'"
    assert problem.hint.startswith(hint)
    assert said(body(cited, "a")) == "Kepler (1609)"
    assert "Kepler" in cited.get("/a/")


def test_citations_are_no_words_of_the_plain_text() -> None:
    assert parse("It holds [see @a, p. 3], and @b [@c] says so.").text == "It holds, and @b says so."


def test_a_slot_says_what_is_cited(cited: SiteTree) -> None:
    (slot,) = parse("[see *also* @a, p. 3; -@b]").slots

    found: list[Any] = [(one.key, one.prefix, one.locator, one.bare) for one in slot.cited]

    assert found == [("a", "see <em>also</em>", "p. 3", False), ("b", "", "", True)]
