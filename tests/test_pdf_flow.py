"""Texts in print: every element that a page may have, and that no character of a text is a command."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter

import pytest

from app.markup import parse
from app.pdf import Paper, printed, typeset
from app.pdf.code import string

from .test_pdf import links, paper, reader, text

EXAMPLES = json.loads((Path(__file__).parent / "corpora" / "commonmark-0.31.2.json").read_text("utf-8"))
COMMANDS = r"""#panic("x") $x$ *a* _b_ `c` <d> @e [f] {g} \h "i" 'j' // k /* l */ = m - n + o / p: q ~ -- ... #{ ]"""


def html(markdown: str) -> str:
    parts = parse(markdown, "pages/a.md").parts
    return "".join(part if isinstance(part, str) else part.target for part in parts)


@pytest.mark.parametrize("section", sorted({one["section"] for one in EXAMPLES}))
def test_every_example_of_the_specification_of_commonmark_is_printed(section: str) -> None:
    bodies = [body for one in EXAMPLES if one["section"] == section for body in (one["html"], html(one["markdown"]))]

    found = [paper(body) for body in bodies]

    assert all(one.pdf for one in found)
    assert not [str(problem) for one in found for problem in one.problems if "cannot be made" in problem.message]


def test_no_character_of_a_text_is_a_command() -> None:
    escaped = COMMANDS.replace("&", "&amp;").replace("<", "&lt;")

    found = text(
        paper(f'<p>{escaped}</p><pre><code>{escaped}</code></pre><p><a href="https://x.y/#{escaped[:8]}">{escaped}</a></p>')
    )

    assert "".join(found.split()).count("".join(COMMANDS.split())) == 3


@pytest.mark.parametrize("written", ['a"b', "a\\", '\\"', "a\nb", "a\tb", "\\u{41}", "#{", "é漢😀"])
def test_a_string_says_what_it_says(written: str) -> None:
    assert string(written)[1:-1].replace("\\\\", "\0").replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t").replace(
        "\0", "\\"
    ) == written  # fmt: skip


def test_characters_that_are_none_are_left_out() -> None:
    assert string("a\x00b\x1bc\x7fd\ud800e\uffff") == '"abcde"'


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>one <em>two</em> <strong>three</strong>\n four</p>", ["one two three four"]),
        ("<p>H<sub>2</sub>O and <del>gone</del> <mark>marked</mark> <q>said</q></p>", ["H2O and gone marked “said”"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ("<ul><li>one</li><li>two</li></ul>", ["• one", "• two"]),
        ("<ol start='7'><li><p>one</p></li><li><p>two</p></li></ol>", ["7. one", "8. two"]),
        ("<dl><dt>term</dt><dd>meaning</dd></dl>", ["term", "meaning"]),
        ("<blockquote><p>quoted</p></blockquote>", ["quoted"]),
        ("<details><summary>More</summary><p>hidden</p></details>", ["More", "hidden"]),
        ("<unknown-thing>some <b>words</b></unknown-thing>", ["some words"]),
        ("<p>a<script>bad()</script><style>p{}</style><!-- no --><span hidden>no</span>b</p>", ["ab"]),
        ('<h2>Method <a class="permalink" href="#method">#</a></h2>', ["Method"]),
        ('<p>x <span class="citation"><a href="#r">[1]</a><span class="preview" hidden>No</span></span></p>', ["x [1]"]),
        ('<iframe src="https://example.org/video"></iframe>', ["https://example.org/video"]),
        (
            "<p>caf\u00e9 \u2014 na\u00efve\u2019s \u201cfi\u201d ffl \u0141\u00f3d\u017a</p>",
            ["caf\u00e9 \u2014 na\u00efve\u2019s \u201cfi\u201d ffl \u0141\u00f3d\u017a"],
        ),
    ],
)
def test_what_an_element_says_is_in_the_pdf(body: str, lines: list[str]) -> None:
    found = paper(body)

    assert not found.problems
    assert [line.strip() for line in text(found).splitlines()[1:-1]] == lines


def test_the_things_of_a_scholar_are_in_the_pdf() -> None:
    written = """
::: theorem {#thm:a} Of engines
All $x$ turn.
:::

::: proof
It is so.
:::

::: definition
A thing.
:::

> [!WARNING]
> Take care.

- [x] done
- [ ] not done

| model | loss |
| ----- | ---: |
| small | 3.14 |

: The runs {#tbl:runs}

```python title="train.py" {2}
def f(x):
    return "a  b"
```
"""

    lines = [line.strip() for line in text(paper(html(written))).splitlines()]

    for line in ("Theorem 1 (Of engines). All 𝑥 turn.", "Definition 1. A thing.", "Warning", "Take care.", "Table 1. The runs",
                 "model loss", "small 3.14", "train.py", "def f(x):"):  # fmt: skip
        assert line in lines
    assert any(line.startswith("Proof. It is so.") for line in lines)
    assert 'return "a  b"' in lines


def test_a_footnote_stands_at_the_foot_of_its_page_once() -> None:
    found = text(paper(html("A claim[^a] and the same[^a], another[^b].\n\n[^a]: The *first* note.\n[^b]: The second.\n")))

    lines = found.splitlines()
    assert lines[1] == "A claim1 and the same1, another2."
    assert [line for line in lines if "note" in line or "second" in line] == ["1The first note.", "2The second."]


def test_a_footnote_that_refers_to_itself_is_printed() -> None:
    found = paper(html("A claim[^a].\n\n[^a]: As said in[^a] and[^b].\n[^b]: More, and[^a].\n"))

    assert not found.problems
    assert "More, and" in text(found)


def test_cells_may_reach_over_columns_and_rows() -> None:
    rows = "<tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
    rows += "<tr><td colspan=2>e</td><td>f</td></tr>"

    found = paper(f"<table><thead><tr><th>x</th><th>y</th><th>z</th></tr></thead><tbody>{rows}</tbody></table>")

    assert not found.problems
    assert sorted("".join(text(found).split())[6:-1]) == sorted("xyzabcdef")


def test_a_table_goes_on_over_the_page_with_its_head() -> None:
    rows = "".join(f"<tr><td>row {at}</td></tr>" for at in range(120))

    pages = reader(paper(f"<table><thead><tr><th>the head</th></tr></thead><tbody>{rows}</tbody></table>")).pages

    assert len(pages) > 1
    assert all("the head" in page.extract_text() for page in pages)


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "blockquote",
            "ul><li",
            "ol><li",
            "div",
            "em",
            "table><tr><td",
            "figure",
            "aside",
            "dl><dd",
            "details",
            "sup",
            "mark",
            "h2",
        ),
        *('div class="theorem"', 'div class="proof"', 'section class="abstract"', 'div class="panels"><figure', 'a href="//x.y"'),
    ],
)
def test_what_is_very_deep_is_printed(tag: str) -> None:
    found = paper(f"<{tag}>" * 300 + "deep")

    assert not found.problems
    assert "deep" in text(found)


@pytest.mark.parametrize(
    "tag", ["ul", "ol", "dl", "table", "pre", "figure", "h2", "a", "math", "svg", "img", "section", "details", "p"]
)
def test_what_is_empty_is_printed(tag: str) -> None:
    found = paper(f"<{tag} class='title'></{tag}><{tag}> </{tag}>")

    assert not found.problems


def test_a_short_table_is_not_parted_by_the_end_of_a_page() -> None:
    rows = "".join(f"<tr><td>row {at}</td></tr>" for at in range(12))
    before = "".join(f"<p>paragraph {at}</p>" for at in range(32))

    first, second = reader(paper(f'{before}<figure class="table"><table>{rows}</table></figure>')).pages

    assert "row" not in first.extract_text()
    assert "row 0" in second.extract_text()


def test_a_figure_longer_than_a_page_is_printed_whole() -> None:
    words = "".join(f"<p>word{at}</p>" for at in range(200))

    found = text(paper(f"<figure>{words}</figure>"))

    assert [f"word{at}" for at in range(200) if f"word{at}" in found.split()] == [f"word{at}" for at in range(200)]


def test_two_things_with_one_name_are_printed() -> None:
    found = paper('<p><a href="#a">to it</a></p><p id="a">one</p><p id="a">two</p>')

    assert not found.problems
    assert len(links(found)) == 1


def test_a_megabyte_of_text_is_printed_in_reasonable_time() -> None:
    body = "".join(f"<h2>Part {at}</h2><p>{'Some <em>words</em> that go on. ' * 30}</p>" for at in range(1000))
    start = perf_counter()

    found = printed(typeset(Paper("pages/a.md", "A title", body)))

    assert len(body) > 900_000
    assert found.pdf
    assert perf_counter() - start < 20
