"""Diagrams: blocks of `dot` drawn by Graphviz; what is told where they cannot be, and what never reaches a page."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from app.markup import Document, parse
from app.markup import graphviz as asking
from app.markup.drawing import drawing
from app.markup.graphviz import answer, command

from .browser import opened, served
from .site_tree import SiteTree

PIPELINE = """```dot title="The *pipeline*" {#fig:pipeline}
digraph { rankdir=LR; node [shape=box]; data -> train -> test [label="x < y"] }
```"""


def block(graph: str, info: str = "dot") -> Document:
    """The Document of a text with one block."""
    return parse(f"```{info}\n{graph}\n```", "pages/a.md", 5)


def html(document: Document) -> str:
    """The HTML of a Document that has no problems."""
    assert document.problems == ()
    return "".join(part if isinstance(part, str) else part.target for part in document.parts)


def drawn(graph: str) -> str:
    """The HTML of a graph in a block."""
    return html(block(graph))


def told(document: Document) -> list[tuple[int, int, str]]:
    """The line, column and message of each problem."""
    return [(problem.line, problem.column, problem.message) for problem in document.problems]


def test_a_block_of_dot_with_a_title_is_a_numbered_figure() -> None:
    document = parse(f"Text.\n\n{PIPELINE}", "pages/a.md")

    page = html(document)
    assert '<figure class="diagram" id="fig:pipeline"><svg role="img" aria-label="The pipeline" width=' in page
    assert '<figcaption><span class="number">Figure 1.</span> The <em>pipeline</em></figcaption></figure>\n' in page
    assert [(label.id, label.kind, label.number, label.line) for label in document.labels] == [("fig:pipeline", "figure", "1", 3)]


def test_a_diagram_without_a_title_is_described_by_its_nodes_and_has_no_number() -> None:
    page = html(block('digraph { a [label="One & two"]; a -> b; c [label=""] }', "dot {#flow}"))

    assert '<figure class="diagram" id="flow"><svg role="img" aria-label="Diagram: One &amp; two, b"' in page
    assert "Figure" not in page


@pytest.mark.parametrize("info", ["dot", "dot title='T'", "{.dot}", "{ .dot #x }", 'dot {#x title="T"}', "dot title=T"])
def test_a_diagram_is_known_by_any_spelling(info: str) -> None:
    assert '<figure class="diagram"' in html(block("graph { a }", info))


@pytest.mark.parametrize("info", ["graphviz", "dotty", "python dot", "dot-net", ""])
def test_what_is_not_dot_stays_code(info: str) -> None:
    page = html(block("graph { a }", info))

    assert page.startswith("<pre")
    assert "<svg" not in page


def test_what_a_diagram_does_not_have_is_told() -> None:
    document = block("graph { a }", "dot width=60% {#a}")

    assert told(document) == [(5, 8, "a diagram has no 'width=60%'")]


def test_an_id_that_stands_twice_is_told() -> None:
    document = parse("# A {#x}\n\n```dot {#x}\ngraph { a }\n```\n\n```dot {#x title=T}\ngraph { a }\n```")

    assert [line for line, _, message in told(document) if message.startswith("'#x' stands twice on this page")] == [3, 7]


def test_a_drawing_has_the_colours_of_the_page() -> None:
    page = drawn("digraph { a -> b }")

    assert 'fill="currentColor"' in page
    assert 'stroke="currentColor"' in page
    assert not re.search("black|white|#000000", page)


def test_a_filled_shape_is_a_tint_unless_its_words_have_a_colour_chosen_for_it() -> None:
    page = drawn("""digraph { node [style=filled]
        a [fillcolor=gold]; b [fillcolor=navy fontcolor=white]; c [fillcolor=black fontcolor=red] }""")

    assert re.search(r'fill="gold"[^>]* fill-opacity="0.2"', page)
    assert re.search(r'fill="navy"(?![^>]*fill-opacity)', page)
    assert 'fill="black"' in page


def test_a_drawing_scales_and_has_nothing_but_shapes() -> None:
    page = drawn('digraph G { a [tooltip="secret" class="danger" id="main"]; a -> b [style=dashed]; bgcolor=white }')

    assert re.search(r'<svg [^>]*width="\d+" height="\d+" viewBox="0\.00 0\.00 [\d.]+ [\d.]+"', page)
    assert not re.search(r"<!|<\?|<title|style|class=(?!\"diagram\")| id=|secret|danger|xlink|xmlns", page)
    assert set(re.findall(r"<(\w+)", page)) == {"figure", "svg", "g", "ellipse", "text", "path", "polygon"}


def test_gradients_of_two_diagrams_on_a_page_have_names_of_their_own() -> None:
    graph = '```dot\ngraph { a [style=filled fillcolor="red:blue"] }\n```\n'

    page = html(parse(graph + "\n" + graph))

    names = re.findall(r'<linearGradient[^>]* id="([^"]*)"', page)
    assert len(names) == len(set(names)) == 2
    assert re.findall(r'fill="url\(#([^)]*)\)"', page) == names
    assert 'stop-color="red"' in page
    assert "style" not in page


def test_a_link_in_a_diagram_leads_where_the_site_says(tree: SiteTree) -> None:
    tree.entry("notes/a", '```dot\ndigraph {\n  a [URL="../b.md"]\n  b [href="https://example.org/?x=1&y"]; a -> b\n}\n```')
    tree.entry("b")

    page = tree.get("/notes/a/")

    assert tree.problems() == []
    assert '<svg role="group"' in page
    assert re.findall(r'<a href="([^"]*)"><ellipse', page) == ["../../b/", "https://example.org/?x=1&amp;y"]


def test_a_link_to_nothing_in_a_diagram_is_told_at_its_line(tree: SiteTree) -> None:
    tree.entry("a", '```dot\ndigraph {\n  a [URL="gone.md"]\n}\n```')

    (problem,) = tree.problems()

    assert (problem.line, problem.column) == (7, 11)
    assert problem.message == "'gone.md' leads to nothing"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", " javascript:x", "vbscript:x"]
)
def test_a_link_that_would_run_something_is_told_and_dropped(href: str) -> None:
    document = block(f'digraph {{ a [URL="{href}"] }}')

    assert told(document) == [(6, 19 + len(href) - len(href.strip()), f"'{href.strip()}' leads to no page")]
    assert "href" not in str(document.parts)


@pytest.mark.parametrize(
    ("graph", "column", "name"),
    [
        ('digraph { a [image="/etc/passwd"] }', 14, "image"),
        ('digraph { a [ "image" = x] }', 16, "image"),
        ("digraph { imagepath=x }", 11, "imagepath"),
        ("digraph { node [shape=epsf shapefile=x] }", 28, "shapefile"),
        ("digraph { fontpath=x }", 11, "fontpath"),
        ("digraph { stylesheet=x }", 11, "stylesheet"),
        ("digraph { _background=x }", 11, "_background"),
        ('digraph { a [label=<<table><tr><td><IMG SRC="x"/></td></tr></table>>] }', 37, "IMG"),
    ],
)
def test_what_would_read_a_file_is_told_and_not_drawn(graph: str, column: int, name: str) -> None:
    document = block(graph)

    assert told(document) == [(6, column, f"a diagram cannot have '{name}'")]
    assert "<svg" not in str(document.parts)


def test_a_picture_with_an_ampersand_as_written_is_read_and_one_that_is_no_xml_is_not() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt">'

    found = drawing(f'{svg}<a xlink:href="?x=1&y&copy;"><text>\x01a &amp; b</text></a></svg>')

    assert found is not None
    assert found.inside == '<a href="?x=1&amp;y&amp;copy;"><text>a &amp; b</text></a>'
    assert drawing(f'{svg}<a xlink:href="a"b"></a></svg>') is None


def test_words_that_only_look_like_an_attribute_are_drawn() -> None:
    page = drawn('digraph { // image=x\n /* image=y */ a [label="image = 224 x 224"]; image -> stylesheet }')

    assert "image = 224 x 224</text>" in page


def test_no_file_reaches_a_page_even_where_its_name_is_hidden(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text>secret</text></svg>')

    document = block(f'digraph {{ a [ "ima" + "ge"="{secret}" label=""]; b }}')

    assert "secret" not in re.sub(r"<pre.*?</pre>", "", str(document.parts))
    assert "<image" not in str(document.parts)


@pytest.mark.parametrize(
    ("graph", "line", "column", "message"),
    [
        ("digraph {\n  a -> b\n  b -> ;\n}", 8, 8, "this cannot be read at ';'"),
        ("graph {\n  a -> b\n}", 7, 5, "this cannot be read at '->'"),
        ("digraph {\n  a [label=x", 8, 1, "this cannot be read to its end"),
        ('digraph {\n  a [label="x]\n  b\n}', 7, 12, "this text is never closed"),
        ("digraph {\n  a [label=<x]\n  b\n}", 7, 12, "this label is never closed"),
        ("digraph {\n  a [shape=boxx]\n}", 7, 12, "no shape is called 'boxx'"),
        ("digraph {\n  a [color=blu]\n}", 7, 12, "no colour is called 'blu'"),
        ("digraph {\n  a -> b [arrowhead=bar]\n}", 7, 21, "no arrow is called 'bar'"),
        ("digraph {\n  a [style=foo]\n}", 7, 12, "no style is called 'foo'"),
        ("digraph {\n  compound=true\n  a -> b [lhead=clusterx]\n}", 8, 17, "no cluster is called 'clusterx'"),
        ('digraph {\n  x [shape=record label="<q> 1"]\n  x:pp -> a\n}', 8, 5, "the node has no port 'pp'"),
        ("digraph {\n  layout=foo\n}", 7, 10, "no layout is called 'foo'"),
        (
            "digraph {\n  a [label=<<b>x</i>>]\n}",
            5,
            1,
            "Graphviz says: mismatched tag in line 1 ... x</i> ... in label of node a",
        ),
        ("", 5, 1, "nothing can be drawn of this"),
    ],
)
def test_a_mistake_in_a_graph_is_told_at_its_line(graph: str, line: int, column: int, message: str) -> None:
    assert told(block(graph))[0] == (line, column, message)


def test_the_line_of_a_mistake_is_the_files_in_a_list_and_in_a_quote_too() -> None:
    text = "- list\n\n  ```dot\n  digraph {\n    a -> ;\n  }\n  ```\n\n> ```dot\n> digraph { a ->\n>   ; }\n> ```"

    assert [(line, column) for line, column, _ in told(parse(text))] == [(5, 10), (11, 5)]


def test_a_graph_with_a_mistake_is_shown_as_code() -> None:
    document = block("digraph {\n  a -> ;\n}")

    assert '<code class="language-dot">' in str(document.parts)
    assert "<svg" not in str(document.parts)


def test_a_block_that_is_never_closed_is_left_to_code() -> None:
    document = parse("```dot\ndigraph { a }")

    assert [message for _, _, message in told(document)] == ["this code block is never closed"]


def test_without_graphviz_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "pygraphviz", None)

    document = parse(PIPELINE, "pages/a.md")

    (problem,) = document.problems
    assert (problem.line, problem.column, problem.message) == (1, 1, "this diagram cannot be drawn here")
    assert "apt install graphviz" in problem.hint
    assert "pip install pygraphviz" in problem.hint
    assert '<figcaption>The *pipeline*</figcaption><pre tabindex="0"><code class="language-dot">' in str(document.parts)


def without_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave of Graphviz only the library."""
    monkeypatch.setenv("PATH", "")


def test_the_library_draws_where_there_is_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    without_program(monkeypatch)

    page = html(block('digraph { bgcolor=white; a [label="ä β 中"]; a -> b }'))

    assert command()[0] == sys.executable
    assert 'aria-label="Diagram: ä β 中, b"' in page
    assert "ä β 中</text>" in page
    assert not re.search(r"<!|<\?|<title|style| id=", page)


def test_the_library_tells_the_line_of_a_mistake_too(monkeypatch: pytest.MonkeyPatch) -> None:
    without_program(monkeypatch)

    assert told(block("digraph {\n  a -> b\n  b -> ;\n}")) == [(8, 8, "this cannot be read at ';'")]


@pytest.mark.parametrize("library", [False, True])
def test_the_same_graph_is_drawn_in_the_same_bytes(library: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if library:
        without_program(monkeypatch)
    graph = "digraph { rankdir=LR; subgraph cluster_a { a; b } a -> b -> c -> a; c -> d [label=x] }"

    first = drawn(graph)
    answer.cache_clear()

    assert drawn(graph) == first


def test_the_same_graph_is_drawn_once() -> None:
    answer.cache_clear()

    drawn("graph { once }")
    drawn("graph { once }")

    assert (answer.cache_info().misses, answer.cache_info().hits) == (1, 1)


def test_what_holds_for_every_graph_gives_way_to_what_a_graph_says() -> None:
    page = drawn('/* a graph { */ strict digraph "my {graph}" { a [fontname="Courier"]; b; bgcolor=gold }')

    assert 'font-family="Courier' in page
    assert 'font-family="Helvetica' in page
    assert 'fill="gold"' in page


def program(text: str) -> tuple[str, ...]:
    """A command that stands in the place of Graphviz's."""
    return sys.executable, "-c", text


def test_a_crash_in_graphviz_is_told_and_no_more() -> None:
    found = answer(program("import os; os.abort()"), "graph { a }")

    assert found.svg == ""
    assert [complaint.message for complaint in found.complaints] == ["nothing can be drawn of this"]


def test_what_takes_too_long_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0.3)

    found = answer(program("import time; time.sleep(60)"), "graph { a }")

    assert [complaint.message for complaint in found.complaints] == ["this diagram takes more than 0.3 seconds to draw"]


def test_a_picture_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST", 1000)

    found = answer(program("print('<svg ' + 'x' * 2000)"), "graph { a }")

    assert [complaint.message for complaint in found.complaints] == ["this diagram is too large"]


def test_a_graph_that_is_too_long_is_told() -> None:
    assert told(block("graph {" + "a;" * 30_000 + "}")) == [(5, 1, "this diagram is too long to be drawn")]


def test_graphviz_learns_little_of_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GV_FILE_PATH", "/etc")
    monkeypatch.setenv("SECRET", "x")

    told_to_it = answer(program("import os, sys; sys.stdout.write('<svg ' + ' '.join(sorted(os.environ)))"), "graph { a }").svg

    assert "SERVER_NAME" in told_to_it.split()
    assert not {"GV_FILE_PATH", "SECRET"} & set(told_to_it.split())
    assert set(told_to_it.split()[1:]) <= {*asking.PASSED_ON, "SERVER_NAME", "PYTHONPATH", "LC_CTYPE"}


def test_a_diagram_is_legible_and_quiet_in_a_browser(tree: SiteTree) -> None:
    tree.entry("a", PIPELINE)
    tree.entry("wide", "```dot\ndigraph { rankdir=LR; " + " -> ".join(f"node{n}" for n in range(12)) + " }\n```")
    console: list[str] = []

    with served(tree.app()) as address, opened() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 700}, color_scheme="dark")
        page.on("console", lambda message: console.append(message.text))
        page.goto(f"{address}/a/")
        words = page.eval_on_selector("figure svg text", "element => getComputedStyle(element).fill")
        ink = page.eval_on_selector("body", "element => getComputedStyle(element).color")
        page.goto(f"{address}/wide/")
        box = page.locator("figure svg").bounding_box()

    assert words == ink
    assert box is not None
    assert box["width"] <= 320
    assert box["height"] < box["width"] / 8
    assert console == []
