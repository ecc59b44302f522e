"""Containers: which lines begin and end one, and what the first says."""

from __future__ import annotations

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.markup import parse


def html(text: str) -> str:
    """The HTML of a text that has no mistake."""
    document = parse(text, "pages/a.md")
    assert document.problems == ()
    return "".join(map(str, document.parts))


def words(text: str) -> str:
    """What a reader sees of a text, in one line."""
    return " ".join(LexborHTMLParser(html(text)).text().split())


THEOREM = '<div class="theorem">\n<p><span class="number">Theorem 1</span>. A</p>\n</div>\n'


@pytest.mark.parametrize(
    "text",
    [
        "::: theorem\nA\n:::",
        ":::theorem\nA\n:::",
        "::::: theorem\nA\n:::::",
        "::: theorem :::\nA\n:::",
        "::: theorem\n\nA\n\n:::",
        "::: Theorem\nA\n:::",
        "::: {.theorem}\nA\n:::",
        "::: theorem   \nA\n:::   ",
        "   ::: theorem\n   A\n   :::",
        "::: theorem\r\nA\r\n:::\r\n",
        "::: theorem\rA\r:::",
        ":::: theorem\nA\n:::",
        "::: theorem\nA\n::::::",
    ],
)
def test_a_container_begins_and_ends_with_three_colons_or_more(text: str) -> None:
    assert html(text) == THEOREM


@pytest.mark.parametrize(
    "text",
    [
        "::: theorem\nA\n\n::: proof\nB\n:::\n\nC\n:::",
        ":::: theorem\nA\n\n::: proof\nB\n:::\n\nC\n::::",
        "::: theorem\nA\n\n:::: proof\nB\n::::\n\nC\n:::",
        "::: theorem\nA\n::: proof\nB\n:::\nC\n:::",
    ],
)
def test_containers_nest_with_any_number_of_colons(text: str) -> None:
    page = LexborHTMLParser(html(text))

    (proof,) = page.css("div.theorem > div.proof")
    assert " ".join(proof.text().split()) == "Proof. B ∎"
    assert [node.text() for node in page.css("div.theorem > p")] == ["Theorem 1. A", "C"]


def test_containers_nest_deeply() -> None:
    depth = 100

    page = LexborHTMLParser(html("::: details\n" * depth + "\nIn.\n\n" + ":::\n" * depth + "\nOut."))

    assert len(page.css("details")) == depth
    assert page.css(" > ".join(["details"] * depth) + " > p")[0].text() == "In."
    assert page.css("body > p")[0].text() == "Out."


@pytest.mark.parametrize("count", [101, 50_000])
def test_containers_that_nest_too_deeply_are_told_and_the_page_is_shown_as_it_is(count: int) -> None:
    document = parse("a\n\n" + "> ::: details\n" * count + "> :::\n" * count, "pages/a.md")

    (problem,) = document.problems

    assert (problem.line, problem.column) == (103, 3)
    assert problem.message == "this is nested too deeply to be read"
    assert "".join(map(str, document.parts)).startswith("<pre>a\n\n&gt; ::: details\n")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("- a\n\n  ::: theorem\n  A\n  :::\n\n- b", "ul > li > div.theorem > p"),
        ("1. a\n   ::: theorem\n   A\n   :::", "ol > li > div.theorem > p"),
        ("> ::: theorem\n> A\n> :::", "blockquote > div.theorem > p"),
        ("> - b\n>\n>   ::: theorem\n>   A\n>   :::", "blockquote > ul > li > div.theorem > p"),
        ("x[^n]\n\n[^n]: y\n\n    ::: theorem\n    A\n    :::", "li#fn-n > div.theorem > p"),
        ("term\n: meaning\n\n  ::: theorem\n  A\n  :::", "dd > div.theorem > p"),
        ("> [!NOTE]\n> ::: theorem\n> A\n> :::", "aside > div.theorem > p"),
        ("words\n::: theorem\nA\n:::\nwords", "body > div.theorem > p"),
    ],
)
def test_a_container_stands_wherever_a_block_does(text: str, path: str) -> None:
    assert [" ".join(node.text().split()) for node in LexborHTMLParser(html(text)).css(path)] == ["Theorem 1. A"]


@pytest.mark.parametrize(
    "text",
    [
        "```\n::: theorem {#thm:a} T\n:::\n```",
        "~~~~\n::: theorem\n~~~\n:::\n~~~~",
        "    ::: theorem\n    :::",
        "a\n\n    ::: theorem",
        "- a\n\n      ::: theorem\n",
        "> ```\n> ::: theorem\n> ```",
        "`::: theorem`",
        "<!--\n::: theorem\n-->",
        "<pre>\n::: theorem\n:::\n</pre>",
        "<script>\n::: theorem\n</script>",
        "words ::: theorem",
        "\\::: theorem",
        ":: theorem",
    ],
)
def test_colons_in_code_in_html_and_in_a_sentence_stay_as_they_are(text: str) -> None:
    found = html(text)

    assert ":: theorem" in found
    assert '<div class="theorem"' not in found


def test_colons_in_a_formula_belong_to_it() -> None:
    found = html("::: theorem\n$$\n::: x\n:::\n$$\n:::\n\nAfter.")

    assert found.count("<mo") == 6
    assert found.rstrip().endswith("</div>\n<p>After.</p>")


def test_a_container_may_hold_code_that_speaks_of_containers() -> None:
    page = LexborHTMLParser(html("::: details Source\n```\n::: theorem\n:::\n```\n:::"))

    assert page.css("details > pre")[0].text() == "::: theorem\n:::\n"


@pytest.mark.parametrize(
    "first",
    [
        "::: theorem {#thm:a} Main *one*",
        "::: theorem Main *one* {#thm:a}",
        "::: {.theorem #thm:a} Main *one*",
        "::: {#thm:a .theorem} Main *one*",
        ":::theorem{#thm:a}Main *one*",
        "::: theorem {#thm:a} Main *one* :::",
        '::: theorem {#thm:a key="value"} Main *one*',
    ],
)
def test_a_title_may_stand_before_or_after_the_attributes(first: str) -> None:
    assert html(f"{first}\nA\n:::").startswith(
        '<div class="theorem" id="thm:a">\n<p><span class="number">Theorem 1</span> (Main <em>one</em>). A</p>'
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Cauchy: 1821", "Cauchy: 1821"),
        ("On $x^2$", "On x2"),
        ("Of `code` and **more**", "Of code and more"),
        ("The set {a, b}", "The set {a, b}"),
        ("柯西 不等式", "柯西 不等式"),
        ("2 < 3 & 4", "2 < 3 & 4"),
        ("- no list", "- no list"),
        ("# no heading", "# no heading"),
    ],
)
def test_a_title_is_markdown(title: str, shown: str) -> None:
    assert words(f"::: theorem {title}\nA\n:::") == f"Theorem 1 ({shown}). A"


@pytest.mark.parametrize("text", ["::: theorem\n:::", "::: theorem\n\n\n:::", "::: theorem :::\n:::"])
def test_a_container_may_be_empty(text: str) -> None:
    assert words(text) == "Theorem 1."


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a\n\n::: theorem\nb", [(3, 1)]),
        ("::: theorem\n::: proof\n:::\nb", [(1, 1)]),
        ("> ::: theorem\n> b", [(1, 3)]),
        ("::: theorem\n\n```\n:::\n```", [(1, 1)]),
        ("::: lemma\na\n\n::: lemma\nb", [(1, 1), (4, 1)]),
    ],
)
def test_a_container_that_is_never_closed_is_told_where_it_begins(text: str, places: list[tuple[int, int]]) -> None:
    problems = parse(text, "pages/a.md").problems

    assert [(one.line, one.column) for one in problems] == places
    assert {str(one).partition(": ")[2] for one in problems} == {"this container is never closed\n    end it with a line ':::'"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (":::", 1, 1),
        ("a\n\n:::\n\nb", 3, 1),
        ("::: theorem\n:::\n:::", 3, 1),
        ("- a\n\n  :::", 3, 3),
        ("> a\n> ::::", 2, 3),
    ],
)
def test_colons_that_end_nothing_are_told_and_shown(text: str, line: int, column: int) -> None:
    document = parse(text, "pages/a.md")

    (problem,) = document.problems

    assert (problem.line, problem.column, problem.message) == (line, column, "this ends no container")
    assert problem.hint == "take the colons away"
    assert ":::" in "".join(map(str, document.parts))


def test_what_comes_after_surplus_colons_is_read_as_ever() -> None:
    document = parse(":::\n\n## Part {#sec:p}\n\n::: theorem {#thm:a}\nA\n:::\n\nB")

    assert [one.message for one in document.problems] == ["this ends no container"]
    assert {one.id for one in document.labels} == {"sec:p", "thm:a"}
    assert "".join(map(str, document.parts)).endswith("</div>\n<p>B</p>\n")


@pytest.mark.parametrize(
    ("first", "column", "hint"),
    [
        ("::: theorme", 5, "did you mean 'theorem'?"),
        ("::: Lema {#lem:a} T", 5, "did you mean 'lemma'?"),
        ("::: {#a .prof}", 10, "did you mean 'proof'?"),
        (":::defintion", 4, "did you mean 'definition'?"),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest(first: str, column: int, hint: str) -> None:
    (problem,) = parse(f"a\n\n{first}\nThe *words*.\n:::", "pages/a.md").problems

    assert (problem.line, problem.column, problem.hint) == (3, column, hint)
    assert problem.message.startswith("no container is called '")


def test_the_words_in_a_container_of_no_kind_are_shown() -> None:
    document = parse("::: whatever {#x}\nThe *words*.\n:::")

    (problem,) = document.problems

    assert "write one of theorem, lemma," in problem.hint
    assert "a note is '> [!NOTE]'" in problem.hint
    assert "".join(map(str, document.parts)) == '<div id="x">\n<p>The <em>words</em>.</p>\n</div>\n'


def test_a_container_without_a_name_only_bears_an_id() -> None:
    assert html("::: {#part}\nA\n:::") == '<div id="part">\n<p>A</p>\n</div>\n'


def test_places_are_those_of_the_file() -> None:
    (problem,) = parse("::: theorme\nA\n:::", "pages/a.md", first_line=7).problems

    assert problem.place == "pages/a.md:7:5"


def test_what_stands_in_a_container_keeps_its_place() -> None:
    document = parse("::::: theorem {#thm:a} See [x](y.md) and @eq:b\n\n[z](w.md) $\\nope$\n\n:::::")

    assert [(slot.target, slot.line, slot.column) for slot in document.slots] == [
        ("y.md", 1, 28),
        ("eq:b", 1, 42),
        ("w.md", 3, 1),
    ]
    assert [(one.line, one.column) for one in document.problems] == [(3, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "::: theorem {#thm:%d} Title\nWords and $x$.\n:::\n\n",
        "words %d\n:::\n\n",
    ],
    ids=["closed", "surplus"],
)
def test_many_containers_take_time_in_proportion(text: str) -> None:
    def seconds(count: int) -> float:
        written = "".join(text % number for number in range(count))
        times = []
        for _ in range(3):
            start = time.perf_counter()
            parse(written)
            times.append(time.perf_counter() - start)
        return min(times)

    assert seconds(1000) < 14 * seconds(125) + 0.2
