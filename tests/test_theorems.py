"""Theorems and what belongs to them: numbers, titles, proofs, what folds; and labels that stand twice."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.markup import Document, parse
from app.markup.labels import WORDS

from .site_tree import SiteTree

KINDS = (
    "theorem", "lemma", "proposition", "corollary", "definition", "example", "remark", "conjecture", "assumption", "exercise",
    "algorithm",
)  # fmt: skip


def html(text: str, by_section: bool = False) -> str:
    """The HTML of a text that has no mistake."""
    document = parse(text, "pages/a.md", by_section=by_section)
    assert document.problems == ()
    return "".join(map(str, document.parts))


def numbers(text: str, by_section: bool = False) -> list[str]:
    """What the theorems of a text are called, in their order."""
    return re.findall(r'class="number">([^<]*)</span>', html(text, by_section))


def of(kind: str, *ids: str) -> str:
    """Some containers of a kind."""
    return "\n\n".join(f"::: {kind} {{#{id}}}\nA\n:::" for id in ids)


def shown(found: str) -> list[str]:
    """What a reader sees, a line for each block."""
    body = LexborHTMLParser(found).body
    assert body is not None
    return [" ".join(line.split()) for line in body.text().splitlines() if line.strip()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_word_and_is_numbered(kind: str) -> None:
    document = parse(f"::: {kind} {{#x}}\nA\n:::\n\n::: {kind}\nB\n:::")

    found = "".join(map(str, document.parts))

    assert re.findall(r'<span class="number">([^<]*)</span>', found) == [f"{kind.title()} 1", f"{kind.title()} 2"]
    assert [(label.id, label.kind, label.number, label.line) for label in document.labels] == [("x", kind, "1", 1)]
    assert WORDS[kind] == kind.title()


def test_every_kind_is_counted_by_itself_through_the_page() -> None:
    text = "::: theorem\n:::\n\n::: lemma\n:::\n\n## Part\n\n::: theorem\n:::\n\n> ::: lemma\n> :::\n\n::: remark\n:::"

    assert numbers(text) == ["Theorem 1", "Lemma 1", "Theorem 2", "Lemma 2", "Remark 1"]


def test_numbers_may_begin_anew_in_every_section() -> None:
    text = (
        "::: theorem\n:::\n\n## A\n\n::: theorem\n:::\n\n### Deeper\n\n::: theorem\n:::\n\n::: lemma\n:::\n\n"
        "## B\n\n::: theorem {#thm:b}\n:::\n\n## C\n\n## D\n\n::: lemma\n:::"
    )

    assert numbers(text, by_section=True) == [
        "Theorem 0.1", "Theorem 1.1", "Theorem 1.2", "Lemma 1.1", "Theorem 2.1", "Lemma 4.1",
    ]  # fmt: skip


def test_an_entry_says_whether_it_numbers_by_section(tree: SiteTree) -> None:
    text = "## A\n\n## B\n\n::: theorem {#thm:a}\nA.\n:::\n\n@thm:a"
    tree.entry("by-section", text, numbering="section")
    tree.entry("by-page", text)

    assert tree.problems() == []
    assert "Theorem\u00a02.1</a>" in tree.get("/by-section/")
    assert "Theorem\u00a01</a>" in tree.get("/by-page/")


def test_a_numbering_that_is_none_is_told_where_it_stands(tree: SiteTree) -> None:
    tree.entry("a", numbering="chapter")

    (problem,) = tree.problems()

    assert (problem.path, problem.line) == ("pages/a.md", 3)
    assert "numbering" in problem.message


def test_a_theorem_inside_another_is_counted_after_it() -> None:
    assert numbers("::: theorem\nA\n\n::: theorem\nB\n:::\n\n:::\n\n::: theorem\nC\n:::") == [
        "Theorem 1",
        "Theorem 2",
        "Theorem 3",
    ]


def test_the_number_is_in_the_html_and_the_words_run_in() -> None:
    assert html("::: lemma {#lem:a} On $x$\nLet *it* be.\n\nMore.\n:::") == (
        '<div class="theorem lemma" id="lem:a">\n'
        '<p><span class="number">Lemma 1</span> (On <math><mi>x</mi></math>). Let <em>it</em> be.</p>\n'
        "<p>More.</p>\n</div>\n"
    )


@pytest.mark.parametrize(
    ("first", "path"),
    [
        ("- one\n- two", "ul > li"),
        ("## Heading", "h2"),
        ("> quoted", "blockquote"),
        ("```\ncode\n```", "pre"),
        ("| a |\n|---|\n| b |", "table"),
        ("$$\nx\n$$", "div.equation"),
        ("$$ x $$ {#eq:a}", "div.equation td#eq\\:a, div.equation mtd"),
        ("![A plot](https://a.b/c.png)", "figure"),
    ],
)
def test_before_what_is_no_sentence_the_number_stands_alone(first: str, path: str) -> None:
    page = LexborHTMLParser(html(f"::: theorem T\n{first}\n:::"))

    assert page.css("div.theorem > p:first-child")[0].text() == "Theorem 1 (T)."
    assert page.css(f"div.theorem {path}")


@pytest.mark.parametrize("kind", ["definition", "example", "remark", "exercise", "algorithm", "assumption"])
def test_what_is_no_claim_is_set_upright(kind: str) -> None:
    assert html(f"::: {kind}\n:::").startswith(f'<div class="theorem {kind} upright">')


@pytest.mark.parametrize("kind", ["lemma", "proposition", "corollary", "conjecture"])
def test_what_is_a_claim_is_not(kind: str) -> None:
    assert html(f"::: {kind}\n:::").startswith(f'<div class="theorem {kind}">')


BOX = '<span class="qed" role="img" aria-label="end of proof">∎</span>'


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("A.", f"A. {BOX}</p>\n</div>\n"),
        ("A.\n\nB *c*", f"<p>B <em>c</em> {BOX}</p>\n</div>\n"),
        ("$x$", f"<math><mi>x</mi></math> {BOX}</p>\n</div>\n"),
        ("A\n\n$$ x $$", f'</div>\n<p class="end">{BOX}</p>\n</div>\n'),
        ("A\n\n$$ x $$ {#eq:a}", f'<p class="end">{BOX}</p>\n</div>\n'),
        ("A\n$$ x $$", f'</span></p>\n<p class="end">{BOX}</p>\n</div>\n'),
        ("A\n\n- b", f'</ul>\n<p class="end">{BOX}</p>\n</div>\n'),
        ("A\n\n> b", f'</blockquote>\n<p class="end">{BOX}</p>\n</div>\n'),
        ("A\n\n![B](https://a.b/c.png)", f'</figure>\n<p class="end">{BOX}</p>\n</div>\n'),
        ("", f'<p class="end">{BOX}</p>\n</div>\n'),
    ],
)
def test_a_proof_ends_with_a_box(text: str, end: str) -> None:
    found = html(f"::: proof\n{text}\n:::")

    assert found.endswith(end)
    assert found.startswith('<div class="proof">\n<p><em class="number">Proof.</em>')
    assert found.count("qed") == 1


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("", "Proof."),
        ("of the lemma", "Proof of the lemma."),
        ("Of Lemma 2", "Proof Of Lemma 2."),
        ("sketch", "Proof (sketch)."),
        ("of $x$", "Proof of x."),
        ("Office hours", "Proof (Office hours)."),
    ],
)
def test_a_proof_says_of_what(title: str, head: str) -> None:
    assert shown(html(f"::: proof {title}\nA.\n:::")) == [f"{head} A. ∎"]


def test_a_proof_may_name_what_it_proves_by_its_label(tree: SiteTree) -> None:
    tree.entry("a", "::: theorem {#thm:a}\nA.\n:::\n\n::: proof of @thm:a\nB.\n:::")

    site = tree.site()
    entry = site.entry("a")

    assert tree.problems() == []
    assert entry is not None
    assert 'Proof of <span class="reference"><a href="/a/#thm:a">Theorem\u00a01</a>' in str(site.html(entry))


def test_a_proof_inside_a_theorem_ends_with_its_own_box() -> None:
    page = LexborHTMLParser(html("::: theorem\nA.\n\n::: proof\nB.\n:::\n\nC.\n:::"))

    assert [" ".join(node.text().split()) for node in page.css("div.theorem > *")] == ["Theorem 1. A.", "Proof. B. ∎", "C."]


def test_an_abstract_is_a_section_with_its_name() -> None:
    assert html("::: abstract\nWe *show*.\n:::") == (
        '<section class="abstract" aria-label="Abstract">\n<p class="title">Abstract</p>\n<p>We <em>show</em>.</p>\n</section>\n'
    )


def test_details_fold_under_their_title() -> None:
    assert html("::: details {#more} The *long* way: $x$\nA\n\nB\n:::") == (
        '<details id="more">\n<summary>The <em>long</em> way: <math><mi>x</mi></math></summary>\n<p>A</p>\n<p>B</p>\n</details>\n'
    )
    assert "<summary>Details</summary>" in html("::: details\nA\n:::")


TWICE = [
    ("::: theorem {#x}\nA\n:::\n\n::: lemma {#x}\nB\n:::", 5, 12, 1),
    ("## A {#x}\n\n::: theorem {#x}\nB\n:::", 3, 14, 1),
    ("::: theorem {#x}\nB\n:::\n\n## A {#x}", 5, 7, 1),
    ("$$ y $$ {#x}\n\n::: theorem {#x}\nB\n:::", 3, 14, 1),
    ("::: theorem {#x}\nB\n:::\n\n$$\ny \\label{x}\n$$", 6, 9, 1),
    ("::: details {#x}\nA\n:::\n\n::: details {#x}\nA\n:::", 5, 14, 1),
]


@pytest.mark.parametrize(("text", "line", "column", "first"), TWICE)
def test_a_label_that_stands_twice_is_told_with_both_places(text: str, line: int, column: int, first: int) -> None:
    (problem,) = parse(text, "pages/a.md", first_line=1).problems

    assert (problem.line, problem.column) == (line, column)
    assert problem.message == f"'#x' stands twice on this page, first on line {first}"
    assert problem.hint == "give one of them another name"


def test_the_first_place_is_that_of_the_file() -> None:
    (problem,) = parse("::: lemma {#x}\n:::\n\n::: lemma {#x}\n:::", "pages/a.md", first_line=10).problems

    assert (problem.line, problem.message) == (13, "'#x' stands twice on this page, first on line 10")


def test_a_thousand_labels_with_one_name_are_told_one_by_one() -> None:
    document = parse("::: lemma {#lem:a}\nA\n:::\n\n" * 1000)

    assert len(document.labels) == 1
    assert [problem.line for problem in document.problems] == [4 * at + 1 for at in range(1, 1000)]
    assert {problem.message for problem in document.problems} == {"'#lem:a' stands twice on this page, first on line 1"}


def parts_of(document: Document, id: str) -> str:
    """What a Document says shows the thing `id`."""
    (label,) = [label for label in document.labels if label.id == id]
    return "".join(map(str, document.parts[label.start : label.stop]))


def test_every_labelled_thing_can_be_shown_by_itself() -> None:
    document = parse(
        "Before.\n\n::: theorem {#thm:a}\nA [b](https://b.c)\n\n$$ x $$ {#eq:in}\n:::\n\nBetween $$ z $$ {#eq:mid} words.\n\n"
        '$$ y $$ {#eq:y}\n\n| a |\n|---|\n| b |\n: C {#tbl:t}\n\n![d](https://d.e/f.png "F") {#fig:f}\n\n'
        "$$\n\\begin{align}\na &= b \\label{eq:one} \\\\\nc &= d \\label{eq:two}\n\\end{align}\n$$\n\nAfter."
    )

    found = {label.id: parts_of(document, label.id).strip() for label in document.labels}

    assert document.problems == ()
    assert found["thm:a"].startswith('<div class="theorem" id="thm:a">')
    assert found["thm:a"].endswith("</div>")
    assert found["eq:in"] in found["thm:a"]
    assert found["eq:in"].startswith('<div class="equation">')
    assert found["eq:mid"].startswith('<span class="equation">')
    assert found["eq:mid"].endswith("</span>")
    assert found["tbl:t"].startswith('<figure class="table" id="tbl:t">')
    assert found["tbl:t"].endswith("</figure>")
    assert found["fig:f"].startswith('<figure id="fig:f">')
    assert found["fig:f"].endswith("</figure>")
    assert found["eq:one"] == found["eq:two"]
    assert found["eq:one"].startswith('<div class="equation">')
    assert not any("Before" in one or "After" in one or "words" in one for one in found.values())
