"""Mentions: which sentence of which entry leads to another, in words, and what a page says of it."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.markup.sentences import plainly

from .site_tree import SiteTree


def mentioned(tree: SiteTree, text: str, **fields: object) -> list[str]:
    """The sentences of a note that lead to another."""
    tree.entry("notes/target", title="The target")
    tree.entry("notes/source", text, **fields)
    site = tree.site()
    entry = site.entry("notes/target")
    assert entry is not None
    return [sentence for source, sentence in site.neighbours.mentions(entry) if source.id == "notes/source"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("See [[target]].", "See target."),
        ("One. See [[target]]. Three.", "See target."),
        ("One! See [[target]]? Three.", "See target?"),
        ("One.\nSee\n[[target]] now. Three.", "See target now."),
        ("One.\n\nSee [the *target*](target.md). Three.\n\nFour.", "See the target."),
        ("[[target]] is first. Two.", "target is first."),
        ("One. [[target|It]] is second.", "It is second."),
        ("One. (See [[target]].) Three.", "(See target.)"),
        ("He said “one.” See [[target]].", "See target."),
        ("By e.g. [[target]], i.e. so, in Fig. 3 of it. Next.", "By e.g. target, i.e. so, in Fig. 3 of it."),
        ("The value 3.14 of [[target]] v2.0 holds. Next.", "The value 3.14 of target v2.0 holds."),
        ("第一句。见[[target]]的结果。第三句。", "见target的结果。"),
        ("第一句！真的？见[[target]]。", "见target。"),
        ("- one\n- see [[target]] here\n- three", "see target here"),
        ("1. one\n2. See [[target]]. Next.", "See target."),
        ("- one\n\n  see [[target]] below\n", "see target below"),
        ("- [ ] read [[target]]", "read target"),
        ("# On [[target]]\n\nText.", "On target"),
        ("> quoted\n> see [[target]]\n> more", "quoted see target more"),
        ("| a | b |\n|---|---|\n| c | see [[target]] |", "see target"),
        ("x[^n]. Y.\n\n[^n]: See [[target]]. More.", "See target."),
        ("One^[see [[target]] too]. Two.", "One^[see target too]."),
        ("term\n: means [[target]]", "means target"),
        ("With **bold**, _it_, `code` and $x^2$ [[target]].", "With bold, it, code and $x^2$ target."),
        ("With <b>html</b> [[target]]{.x}.", "With html target."),
        ("As shown [@kaplan2020] in [[target]][^n].\n\n[^n]: Note.", "As shown in target."),
        (r"5 \* 3 \[x\] [[target]].", "5 * 3 [x] target."),
        ("snake_case_name and 2 * 3 * 4 [[target]].", "snake_case_name and 2 * 3 * 4 target."),
        ("See [[target#part|that part]].\n\n## x", "See that part."),
        ("See [the target][t].\n\n[t]: target.md", "See the target."),
    ],
)
def test_the_sentence_around_a_link_is_said_in_words(tree: SiteTree, text: str, sentence: str) -> None:
    tree.write("pages/references.bib", "@misc{kaplan2020, title={T}, author={K, J}, year={2020}}")

    assert mentioned(tree, text) == [sentence]


def test_the_second_link_of_a_paragraph_has_its_own_sentence(tree: SiteTree) -> None:
    tree.entry("notes/other")

    assert mentioned(tree, "First [[other]] there. Then [[target]] here. Last.") == ["Then target here."]


def test_a_link_in_a_field_is_a_mention_too(tree: SiteTree) -> None:
    tree.entry("notes/target", title="The target")
    tree.entry("notes/research/a", "Text.", abstract="One. See [[target]]. Two.")
    site = tree.site()
    entry = site.entry("notes/target")
    assert entry is not None

    assert [(source.id, sentence) for source, sentence in site.neighbours.mentions(entry)] == [
        ("notes/research/a", "See target."),
    ]


def test_an_entry_that_is_shown_is_mentioned(tree: SiteTree) -> None:
    assert len(mentioned(tree, "Words.\n\n![[target]]")) == 1


@pytest.mark.parametrize(
    "text", ["[[source]] and [[#part]].\n\n## Part", "`[[target]]`", "[x](https://a.b/target)", "[[nothing]]", "@thm:a [@k]"]
)
def test_what_leads_to_no_other_entry_is_no_mention(tree: SiteTree, text: str) -> None:
    assert mentioned(tree, text) == []


@pytest.mark.parametrize("field", ["draft", "unlisted"])
def test_drafts_and_unlisted_entries_mention_nobody(tree: SiteTree, field: str) -> None:
    assert mentioned(tree, "See [[target]].", **{field: "true"}) == []
    assert "See target" not in tree.get("/notes/target/")


def test_a_draft_mentions_others_where_drafts_are_shown(tree: SiteTree) -> None:
    tree.entry("notes/target")
    tree.entry("notes/source", "See [[target]].", draft="true")

    assert "See target" in tree.get("/notes/target/", drafts=True)


def test_a_page_says_which_others_lead_to_it(tree: SiteTree) -> None:
    tree.entry("notes/target")
    tree.entry("notes/one", "It is *due* to [[target]] & <more>.", title="One & $x$")
    tree.entry("notes/two", "See [here](target.md).")

    page = LexborHTMLParser(tree.get("/notes/target/"))
    (section,) = [node for node in page.css("section") if "mention" in str(node.attributes.get("class", ""))]

    assert tree.problems() == []
    assert {str(node.attributes["href"]) for node in section.css("a")} >= {"../one/", "../two/"}
    assert "It is due to target &" in section.text()
    assert "See here." in section.text()


def test_a_page_that_nobody_leads_to_has_no_such_list(tree: SiteTree) -> None:
    tree.entry("notes/target")

    assert "mentions" not in tree.get("/notes/target/")


def test_a_frozen_page_leads_back_to_what_mentions_it(tree: SiteTree) -> None:
    tree.entry("notes/target")
    tree.entry("posts/a", "See [[target]].", date="2026-01-01")

    tree.freeze()

    assert 'href="../../posts/a/"' in tree.frozen("notes/target/index.html")


def test_a_paragraph_without_markdown_stays_as_it_is() -> None:
    text = "Plain words, 2 < 3, a_b_c, x^2 and (parentheses)."

    assert plainly(text) == text
