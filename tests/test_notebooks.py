from __future__ import annotations

import base64
import json
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from app.content import notebooks
from app.content.source import Source
from app.problems import Problem, Problems

from .site_tree import SiteTree

NBFORMAT: Any = nbformat
V3: Any = nbformat.v3
V4: Any = nbformat.v4
PATH = "pages/notes/research/probe.ipynb"
INTERACTIVE = '<p class="output">An interactive output is not shown here.</p>'
TITLE = "---\ntitle: Probe\n---"
PANDAS = """<style scoped>\n    td { color: red }\n</style>
<table border="1" class="dataframe">

  <tr onclick="alert(1)"><td>$1</td></tr>

</table>"""


def png(width: int = 8, height: int = 6) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def in_base64(data: bytes) -> str:
    """A picture as Jupyter stores it."""
    return base64.encodebytes(data).decode()


def text_of(*cells: Any, **metadata: Any) -> str:
    """The file of a notebook with these cells, as Jupyter writes it."""
    language = {} if "kernelspec" in metadata else {"language_info": {"name": "python"}}
    written: str = NBFORMAT.writes(V4.new_notebook(cells=[*cells], metadata={**language, **metadata}))
    return written


def shown(source: str, *outputs: Any, **metadata: Any) -> Any:
    """A code cell with outputs."""
    return V4.new_code_cell(source, outputs=[*outputs], metadata=metadata)


def displayed(metadata: dict[str, Any] | None = None, **data: Any) -> Any:
    """An output with data: `text_html` is `text/html`."""
    return V4.new_output(
        "display_data", data={kind.replace("_", "/", 1): value for kind, value in data.items()}, metadata=metadata or {}
    )


def read(*cells: Any, **metadata: Any) -> Source:
    """A notebook with these cells, as read."""
    return notebooks.parse(text_of(*cells, **metadata), Path(PATH), PATH)


def line_of(text: str, words: str) -> int:
    """The line of the file on which `words` stand."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_a_notebook_is_an_entry_of_its_folders_type_with_its_cells_and_outputs(tree: SiteTree) -> None:
    cells = V4.new_raw_cell(TITLE), V4.new_markdown_cell("Some *text*."), shown("print(1)", V4.new_output("stream", text="1\n"))
    tree.write(PATH, text_of(*cells))

    page = tree.get("/notes/research/probe/")

    assert '<h1>Probe <span class="status">[Ongoing]</span></h1>' in page
    assert "Some <em>text</em>." in page
    assert '<code class="language-python"><span class="nb">print</span>' in page
    assert '<pre class="output" tabindex="0">1</pre>' in page
    assert tree.problems() == []


def test_code_with_a_fence_in_it_gets_a_longer_one() -> None:
    source = read(shown("print('````')"))

    assert source.body == "`````python\nprint('````')\n`````"


@pytest.mark.parametrize(
    ("metadata", "fence"),
    [
        ({"language_info": {"name": "R"}}, "```r"),
        ({"kernelspec": {"name": "k", "display_name": "K", "language": "julia"}}, "```julia"),
        ({"language_info": {"name": "no language`"}}, "```"),
    ],
)
def test_code_is_in_the_language_of_the_kernel(metadata: dict[str, Any], fence: str) -> None:
    source = read(shown("x"), **metadata)

    assert source.body.split("\n")[0] == fence


def test_every_line_knows_its_line_in_the_file() -> None:
    cells = (
        V4.new_raw_cell(TITLE),
        V4.new_markdown_cell('A "quoted" line\n\nand é'),
        shown("#| echo: true\nx = 1\n\ny = 2", displayed(text_markdown="More\ntext")),
        V4.new_markdown_cell("The end"),
    )
    text = text_of(*cells)

    source = notebooks.parse(text, Path(PATH), PATH)

    rows = text.split("\n")
    for line, row, indent in zip(source.body.split("\n"), source.rows, source.indents, strict=True):
        if line and not line.startswith("```"):
            assert rows[row - 1][indent:].startswith(json.dumps(line, ensure_ascii=False)[1:-1])


def test_a_mistake_in_a_cell_is_told_at_its_line_and_column(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell(TITLE), V4.new_markdown_cell("Good.\n\nBad: [x](nowhere.md)"))
    tree.write(PATH, text)

    (problem,) = tree.problems()

    line = text.split("\n")[problem.line - 1]
    assert problem.path == PATH
    assert line[problem.column - 1 :].startswith("[x](nowhere.md)")


def test_a_mistake_in_a_field_is_told_at_its_line(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell("---\ntitle: Probe\nabstract: |\n  Good.\n  See [x](nowhere.md).\nstatus: lost\n---"))
    tree.write(PATH, text)
    good = text.replace("status: lost", "status: paused")
    tree.write(PATH.replace("probe", "good"), good)

    bad, below = sorted(tree.problems(), key=lambda problem: problem.path, reverse=True)

    assert (bad.path, bad.line) == (PATH, line_of(text, "status: lost"))
    assert bad.column == text.split("\n")[bad.line - 1].index("lost") + 1
    assert (below.message, below.line) == ("'nowhere.md' leads to nothing", line_of(good, "nowhere.md"))


@pytest.mark.parametrize(("written", "words"), [("---\ntitle: A\ntitle: B\n---", "title: B"), ("---\ntitle: A", "---")])
def test_front_matter_that_cannot_be_read_is_told_at_its_line(written: str, words: str) -> None:
    text = text_of(V4.new_markdown_cell("Text"), V4.new_raw_cell(written))

    with pytest.raises(Problems) as told:
        notebooks.parse(text, Path(PATH), PATH)

    assert told.value.problems[0].line == line_of(text, words)


def test_a_notebook_on_one_line_is_read_and_its_mistakes_are_on_line_one(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell(TITLE), V4.new_markdown_cell("Good.\n\n[x](nowhere.md)"))
    tree.write(PATH, json.dumps(json.loads(text)))

    (problem,) = tree.problems()

    assert problem.line == 1
    assert "nowhere.md" in problem.message


def test_the_title_is_taken_from_the_fields_then_the_metadata_then_the_first_heading() -> None:
    heading = V4.new_markdown_cell("\n# Of the heading # {#top}\n\nText")
    raw = V4.new_raw_cell("---\ntitle: Of the cell\n---")

    titles = [
        read(raw, heading, title="Of the metadata").front.values["title"],
        read(heading, octavo={"title": "Octavo's own", "tags": ["a"], "date": None}).front.values,
        read(heading, title="Of the metadata", authors=[{"name": "Ada"}, {}]).front.values,
        read(heading).front.values,
    ]

    assert titles == [
        "Of the cell",
        {"title": "Octavo's own", "tags": ["a"]},
        {"title": "Of the metadata", "authors": ["Ada"]},
        {"title": "Of the heading"},
    ]


def test_a_heading_that_is_the_title_is_not_shown_again() -> None:
    heading = V4.new_markdown_cell("# Probe\n\nText")

    bodies = [read(heading).body, read(heading, title="Probe").body, read(heading, title="Other").body]

    assert [body.strip() for body in bodies] == ["Text", "Text", "# Probe\n\nText"]


def test_a_field_in_the_metadata_that_does_not_fit_is_told_at_its_line(tree: SiteTree) -> None:
    text = text_of(octavo={"title": "Probe", "statuss": "paused"})
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert (problem.line, problem.hint) == (line_of(text, "statuss"), "did you mean 'status'?")


def test_a_notebook_without_a_title_is_no_entry_and_can_be_linked_as_a_file(tree: SiteTree) -> None:
    tree.write(PATH, text_of(shown("1 + 1")))
    tree.entry("notes/research/a", "[The numbers](probe.ipynb)")

    tree.freeze()

    assert [entry.id for entry in tree.site().store] == ["index", "notes/research/a"]
    assert 'href="../probe.ipynb"' in tree.frozen("notes/research/a/index.html")
    assert "1 + 1" in tree.frozen("notes/research/probe.ipynb")


def test_a_link_to_a_notebooks_file_leads_to_its_page(tree: SiteTree) -> None:
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE), V4.new_markdown_cell("## Part")))
    tree.entry("notes/research/a", "[Probe](probe.ipynb#part)")

    page = tree.get("/notes/research/a/")

    assert 'href="../probe/#part"' in page
    assert tree.problems() == []


def test_a_notebook_and_a_text_with_one_id_are_told(tree: SiteTree) -> None:
    tree.entry("notes/research/probe")
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE)))

    problems = tree.problems()

    message = "this has the same address as 'pages/notes/research/probe.md'"
    assert problems == [Problem(PATH, 1, 1, message, "rename one of the two")]


def test_checkpoints_are_passed_over(tree: SiteTree) -> None:
    tree.write("pages/notes/research/.ipynb_checkpoints/probe-checkpoint.ipynb", text_of(V4.new_raw_cell(TITLE)))

    site = tree.site()

    assert [entry.id for entry in site.store] == ["index"]
    assert site.store.contents.loose == {}


def test_a_notebook_without_a_title_may_stand_beside_the_text_of_its_name(tree: SiteTree) -> None:
    tree.entry("notes/research/probe")
    tree.write(PATH, text_of(shown("1 + 1")))

    contents = tree.site().store.contents

    assert tree.problems() == []
    assert contents.entries["notes/research/probe"].path == "pages/notes/research/probe.md"
    assert contents.loose["notes/research/probe.ipynb"].source.body == "```python\n1 + 1\n```"


def test_what_is_printed_is_shown_as_a_terminal_would() -> None:
    printed = (
        V4.new_output("stream", text="10%\r100%\n\x1b[1;31mred\x1b[0m <b>\n"),
        V4.new_output("stream", text="\n$$ a_b\n"),
        V4.new_output("stream", name="stderr", text="oh\x00\n"),
    )

    source = read(shown("", *printed))

    body = source.body.replace("&#36;", "$").replace("&#95;", "_")
    assert body == (
        '<pre class="output" tabindex="0">100%\nred &lt;b&gt;\n\n$$ a_b</pre>\n\n<pre class="output" tabindex="0">oh</pre>'
    )


def test_an_error_is_shown_with_its_traceback() -> None:
    source = read(shown("", V4.new_output("error", ename="E", evalue="v", traceback=["\x1b[31mTraceback\x1b[0m", "E: v"])))

    assert source.body == '<pre class="output error" tabindex="0">Traceback\nE: v</pre>'


def test_a_table_is_kept_without_what_runs_and_with_its_empty_lines(tree: SiteTree) -> None:
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE), shown("", displayed(text_html=PANDAS, text_plain="   0\n0  1"))))

    page = tree.get("/notes/research/probe/")

    start = page.index('<div class="output scroll" tabindex="0">')
    table = page[start : page.index("</div>", start)]
    assert '<table class="dataframe">' in table
    assert "<td>&#36;1</td></tr>&#10;" in table
    assert not any(word in table for word in ("<p>", "onclick", "color: red", "&lt;"))
    assert tree.problems() == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<div><script src='https://example.org/x.js'></script></div>",
        "<iframe src='https://example.org/'></iframe>",
        "<img src=x onerror=alert(1)><script>alert(1)</script>",
        "<a href='javascript:alert(1)'>x</a><object data='x'></object>",
        "<svg><script>alert(1)</script><text>x</text></svg><embed src='x'>",
    ],
)
def test_a_script_output_is_not_run_and_its_absence_is_noted(tree: SiteTree, html: str) -> None:
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE), shown("", displayed(text_html=html, text_plain="<Figure object>"))))

    page = tree.get("/notes/research/probe/")

    prose = page[page.index('<div class="prose">') :]
    assert "An interactive output is not shown here." in prose
    assert not any(word in prose for word in ("alert", "onerror", "<iframe", "<object", "<embed", "javascript:", "example.org/x"))


@pytest.mark.parametrize(
    "data",
    [
        {"text/markdown": "Hi <script>alert(1)</script>"},
        {"text/markdown": "<IMG src=x onerror=alert(1)>", "text/plain": "<Markdown object>"},
        {"text/markdown": "[x](javascript:alert(1))"},
        {"text/markdown": "[x](java&#115;cript:alert(1))"},
        {"text/markdown": "[x](javascript\\:alert(1))"},
        {"text/latex": "$x$ <script>alert(1)</script> $y$", "text/plain": "x"},
        {"text/latex": "$$\n<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n$$"},
        {"text/plain": "<script>alert(1)</script>"},
        {"application/json": "```\n<script>alert(1)</script>"},
        {"<script>alert(1)</script>": ""},
    ],
)
def test_no_output_of_any_kind_runs_anything(tree: SiteTree, data: dict[str, Any]) -> None:
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE), shown("", V4.new_output("display_data", data=data))))

    page = LexborHTMLParser(tree.get("/notes/research/probe/"))

    assert page.css_first(".prose, .problems") is not None
    assert not page.css("main script, main img, main [onerror]")
    assert not [link for link in page.css("main a") if "script" in (link.attributes.get("href") or "").lower()]


@pytest.mark.parametrize(
    ("data", "body"),
    [
        ({"text/latex": "$\\displaystyle x^2$"}, "$$\n\\displaystyle x^2\n$$"),
        ({"text/latex": "$$\na\n\nb\n$$"}, "$$\na\nb\n$$"),
        ({"text/latex": "where $x$ and $y$"}, "where $x$ and $y$"),
        ({"text/markdown": "*hi*\n", "text/plain": "<Markdown object>"}, "*hi*"),
        ({"application/json": {"a": "é"}, "text/plain": "<JSON object>"}, '```json\n{\n  "a": "é"\n}\n```'),
        ({"text/plain": "<Axes: >"}, '<pre class="output" tabindex="0">&lt;Axes: &gt;</pre>'),
        ({"application/vnd.vega.v5+json": {}, "text/plain": "<Vega object>"}, INTERACTIVE),
        ({"application/javascript": "alert(1)"}, INTERACTIVE),
        ({"image/tiff": "x"}, '<p class="output">An output of the kind image/tiff is not shown here.</p>'),
    ],
)  # fmt: skip
def test_an_output_is_shown_in_its_best_form(data: dict[str, Any], body: str) -> None:
    source = read(shown("", V4.new_output("display_data", data=data)))

    assert source.body == body
    assert source.problems == ()


def test_a_picture_is_a_file_of_its_own_and_a_figure_of_the_page(tree: SiteTree) -> None:
    options = '#| label: fig-loss\n#| fig-cap: The "loss" of $x_1$\n#| fig-alt: A [falling] curve\nplot()'
    picture = displayed({"image/png": {"width": 4}}, image_png=in_base64(png()), text_plain="<Figure size 8x6>")
    tree.write(PATH, text_of(V4.new_raw_cell(TITLE), shown(options, picture), V4.new_markdown_cell("See [it](#fig:loss).")))

    tree.freeze()

    (name,) = (name for name in tree.release() if name.startswith("outputs/"))
    page = tree.frozen("notes/research/probe/index.html")
    assert Image.open(BytesIO(tree.release()[name])).size == (8, 6)
    assert f'src="../../../{name}" width="4" height="3" alt="A [falling] curve"' in page
    assert '<figure id="fig:loss">' in page
    assert "The &quot;loss&quot; of <math>" in page
    assert "plot" in page
    assert "fig-alt" not in page


@pytest.mark.parametrize(
    ("cell", "metadata"),
    [
        ({"tags": ["alt: A curve"]}, {}),
        ({"alt": "A curve"}, {}),
        ({}, {"image/png": {"alt": "A curve"}}),
    ],
)
def test_alternative_text_can_be_given_in_tags_and_metadata(cell: dict[str, Any], metadata: dict[str, Any]) -> None:
    source = read(shown("", displayed(metadata, image_png=in_base64(png())), **cell))

    assert source.body.startswith("![A curve](/outputs/")
    assert source.problems == ()


def test_each_picture_of_a_cell_needs_alternative_text_of_its_own(tree: SiteTree) -> None:
    picture = displayed(image_png=in_base64(png()))
    text = text_of(
        V4.new_raw_cell(TITLE),
        shown("#| fig-alt: [One, Two]\na", picture, picture),
        shown("#| fig-alt: Three\nb", picture, picture),
    )
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert problem.message == "a picture of this cell has no alternative text"
    assert problem.line == line_of(text, "Three")
    assert "#| fig-alt:" in problem.hint


def test_a_drawing_is_shown_where_there_is_no_other_form_and_nothing_in_it_tells(tree: SiteTree) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="7"><metadata>me</metadata><rect width="9" height="7"/></svg>'
    tree.write(
        PATH,
        text_of(V4.new_raw_cell(TITLE), shown("#| alt: A box\nx", V4.new_output("display_data", data={"image/svg+xml": svg}))),
    )

    tree.freeze()

    (name,) = (name for name in tree.release() if name.startswith("outputs/"))
    assert 'width="9" height="7" alt="A box"' in tree.frozen("notes/research/probe/index.html")
    assert name.endswith(".svg")
    assert b"<rect" in tree.release()[name]
    assert b"metadata" not in tree.release()[name]


def test_a_drawing_with_a_script_is_told_and_not_sent(tree: SiteTree) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="7"><script>alert(1)</script></svg>'
    tree.write(
        PATH,
        text_of(V4.new_raw_cell(TITLE), shown("#| alt: A box\nx", V4.new_output("display_data", data={"image/svg+xml": svg}))),
    )
    (name,) = (name for entry in tree.site().store for name in entry.source.files)

    (problem,) = tree.problems()

    assert "has a script in it" in problem.message
    assert tree.app().test_client().get(f"/outputs/{name}").status_code == 404


def test_a_picture_that_cannot_be_read_is_told_at_its_line(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell(TITLE), shown("#| alt: x\ny", displayed(image_png="!no base64!")))
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert (problem.line, problem.message) == (line_of(text, "!no base64!"), "this picture cannot be read")


def test_pictures_inside_html_are_files_too() -> None:
    source = read(shown("", displayed(text_html=f'<img alt="x" src="data:image/png;base64,{base64.b64encode(png()).decode()}">')))

    (name,) = source.files
    assert source.files[name] == png()
    assert f'<img alt="x" src="/outputs/{name}">' in source.body


def test_what_is_attached_to_a_cell_is_shown(tree: SiteTree) -> None:
    text = text_of(
        V4.new_raw_cell(TITLE),
        V4.new_markdown_cell("![A box](attachment:my%20box.png)", attachments={"my box.png": {"image/png": in_base64(png())}}),
        V4.new_markdown_cell("![A box](attachment:no.png)"),
    )
    tree.write(PATH, text)

    page, problems = tree.get("/notes/research/probe/"), tree.problems()

    assert 'width="8" height="6" alt="A box"' in page
    assert [(problem.line, problem.message) for problem in problems] == [
        (line_of(text, "no.png"), "nothing called 'no.png' is attached to this cell")
    ]


def test_the_pictures_of_drafts_are_not_released(tree: SiteTree) -> None:
    text = text_of(
        V4.new_raw_cell("---\ntitle: Probe\ndraft: true\n---"), shown("#| alt: x\ny", displayed(image_png=in_base64(png())))
    )
    tree.write(PATH, text)

    tree.freeze()

    assert not [name for name in tree.release() if name.startswith("outputs/")]


@pytest.mark.parametrize(
    ("options", "metadata", "code", "outputs"),
    [
        ("#| include: false\n", {}, "", ""),
        ("", {"tags": ["remove_cell"]}, "", ""),
        ("#| echo: false\n", {}, "", "shown"),
        ("", {"tags": ["remove-input"]}, "", "shown"),
        ("#| output: false\n", {}, "shown", ""),
        ("", {"tags": ["remove-output"]}, "shown", ""),
        ("", {"tags": ["hide-input"]}, "folded", "shown"),
        ("#| code-fold: true\n", {}, "folded", "shown"),
        ("", {"tags": ["hide-output"]}, "shown", "folded"),
        ("", {"tags": ["hide-cell"]}, "folded", "folded"),
    ],
)
def test_options_and_tags_say_what_of_a_cell_is_shown(options: str, metadata: dict[str, Any], code: str, outputs: str) -> None:
    source = read(shown(f"{options}x = 1", V4.new_output("stream", text="printed"), **metadata))

    opening = {"": "", "shown": "", "folded": "<details><summary>{}</summary>\n\n"}
    closing = {"": "", "shown": "", "folded": "\n\n</details>"}
    pieces = [
        code and opening[code].format("Code") + "```python\nx = 1\n```" + closing[code],
        outputs and opening[outputs].format("Output") + '<pre class="output" tabindex="0">printed</pre>' + closing[outputs],
    ]
    assert source.body == "\n\n".join(filter(None, pieces))


def test_options_that_cannot_be_read_are_told_and_the_cell_is_shown(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell(TITLE), shown("#| fig-cap: a: b\nx = 1"))
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert problem.line == line_of(text, "fig-cap")
    assert problem.message.startswith("this is not YAML")
    assert "language-python" in tree.get("/notes/research/probe/")


def test_raw_cells_for_other_kinds_of_document_are_left_out() -> None:
    cells = V4.new_raw_cell("Raw *text*"), V4.new_raw_cell("\\LaTeX", metadata={"raw_mimetype": "text/latex"})

    source = read(*cells)

    assert source.body == "Raw *text*"


def test_a_notebook_of_format_3_reads_as_nbformat_upgrades_it() -> None:
    cells = [
        V3.new_heading_cell("Probe", level=1),
        V3.new_text_cell("markdown", source="Some\ntext"),
        V3.new_code_cell(
            input="plot()",
            language="python",
            outputs=[
                V3.new_output("stream", output_text="1\n"),
                V3.new_output("pyout", output_text="x", output_html="<b>x</b>", prompt_number=1),
                V3.new_output("display_data", output_png=in_base64(png())),
                V3.new_output("pyerr", ename="E", evalue="v", traceback=["T"]),
            ],
        ),
    ]
    old = V3.writes_json(V3.new_notebook(metadata=V3.new_metadata(name=""), worksheets=[V3.new_worksheet(cells=cells)]))
    new = NBFORMAT.writes(NBFORMAT.reads(old, as_version=4))

    ours, theirs = (notebooks.parse(text, Path(PATH), PATH) for text in (old, new))

    assert ours.body == theirs.body
    assert ours.files == theirs.files == {next(iter(ours.files)): png()}
    assert ours.front.values == {"title": "Probe"}


GOOD = text_of(V4.new_raw_cell(TITLE), V4.new_markdown_cell("Text"), shown("x", V4.new_output("stream", text="1")))


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        (
            GOOD[: GOOD.index('Text"') + 3],
            line_of(GOOD, '"Text"'),
            "the notebook is cut off: the text that begins here never ends",
        ),
        (
            GOOD[: GOOD.rindex("}")],
            GOOD.count("\n", 0, GOOD.rindex("}")),
            "the notebook is cut off here",
        ),
        ("<html>\n</html>", 1, "this is not JSON: Expecting value"),
        ("[1, 2]", 1, "this is no notebook"),
        ("{}", 1, "this is no notebook"),
        ('{"nbformat": 2, "worksheets": []}', 1, "this notebook has the format 2"),
        ('{"nbformat": 4}', 1, "this notebook has no list of cells"),
        ('{"nbformat": 3}', 1, "this notebook has no list of cells"),
        ('{"nbformat": 4, "cells": ' + "[" * 100_000, 1, "this notebook cannot be read: it is nested too deeply"),
        ('{"nbformat": ' + "1" * 5_000 + "}", 1, "this notebook cannot be read: it is nested too deeply"),
        ("\0\1\2", 1, "this is not JSON: Expecting value"),
    ],
)
def test_a_file_that_is_no_notebook_is_told_and_everything_else_goes_on(
    tree: SiteTree, text: str, line: int, message: str
) -> None:
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert (problem.path, problem.line, problem.message) == (PATH, line, message)
    assert problem.hint
    assert "Some text." in tree.get("/")


def test_a_cell_that_cannot_be_read_is_told_and_the_others_are_shown(tree: SiteTree) -> None:
    content = json.loads(text_of(V4.new_raw_cell(TITLE), V4.new_markdown_cell("Lost"), V4.new_markdown_cell("Kept")))
    content["cells"][1]["source"] = {"Lost": "text"}
    content["cells"] += [None, {"source": "no type"}]
    tree.write(PATH, json.dumps(content, indent=1))

    problems, page = tree.problems(), tree.get("/notes/research/probe/")

    assert {problem.message for problem in problems} == {"this cell cannot be read"}
    assert "<p>Kept</p>" in page


def test_an_output_that_is_too_long_is_told_at_its_line(tree: SiteTree) -> None:
    text = text_of(V4.new_raw_cell(TITLE), shown("x", V4.new_output("stream", text="begin" + "x" * 2_000_000)))
    tree.write(PATH, text)

    (problem,) = tree.problems()

    assert problem.line == line_of(text, "begin")
    assert problem.message.startswith("this output is too long (2,000,0")
    assert len(tree.get("/notes/research/probe/")) < 20_000


def test_a_notebook_of_50_mb_is_told(tree: SiteTree) -> None:
    tree.write(PATH, text_of(shown("x", V4.new_output("stream", text="x" * 50_000_000))))

    (problem,) = tree.problems()

    assert problem.message == "the file is too large (50 MB)"
    assert problem.hint == "it may have 25 MB: clear the largest output"


def test_half_characters_are_shown_as_question_marks() -> None:
    text = GOOD.replace('"Text"', '"a \\ud800 b"').replace('"name": "python"', '"\\udfff": 1')

    source = notebooks.parse(text, Path(PATH), PATH)

    assert "a ? b" in source.body


def test_a_notebook_is_not_written(tree: SiteTree) -> None:
    source = Source.parse("---\ntitle: A\n---\n", Path(PATH), PATH)

    with pytest.raises(ValueError, match="a notebook is not written; change it in Jupyter"):
        source.replace("title", "B")
    with pytest.raises(ValueError, match="a notebook is not written; change it in Jupyter"):
        source.write()


def test_a_notebook_that_has_not_changed_is_not_read_again(tree: SiteTree) -> None:
    tree.write(PATH, GOOD)
    store = tree.site().store
    before = store.get("notes/research/probe")

    store.reload()

    assert before is not None
    assert store.get("notes/research/probe") is before


def test_nothing_but_problems_comes_of_a_damaged_notebook() -> None:
    whole = text_of(
        V4.new_raw_cell(TITLE),
        V4.new_markdown_cell("![x](attachment:a.png)", attachments={"a.png": {"image/png": in_base64(png())}}),
        shown(
            "#| fig-alt: a\nx",
            displayed(image_png=in_base64(png()), text_html=PANDAS),
            V4.new_output("stream", text="1"),
            tags=["a"],
        ),
        shown("y", V4.new_output("error", ename="E", evalue="v", traceback=["T"]), displayed(text_latex="$x$")),
        title="A",
        authors=[{"name": "B"}],
        octavo={"title": "C"},
    )
    chance, told = random.Random(7), 0

    for _ in range(1_000):
        damaged = cut(whole, chance) if chance.random() < 0.3 else json.dumps(changed(json.loads(whole), chance), indent=1)
        rows, problems = read_or_told(damaged)
        assert all(1 <= row <= damaged.count("\n") + 1 for row in rows)
        told += bool(problems)

    assert 100 < told < 900


def read_or_told(text: str) -> tuple[tuple[int, ...], list[Problem]]:
    """The lines in the file of a notebook's text, and of what is wrong with it."""
    try:
        source = notebooks.parse(text, Path(PATH), PATH)
    except Problems as error:
        return tuple(problem.line for problem in error.problems), [*error.problems]
    return (*source.rows, *(problem.line for problem in source.problems)), [*source.problems]


def cut(text: str, chance: random.Random) -> str:
    """`text` without a piece of it."""
    start = chance.randrange(len(text))
    return text[:start] + text[start + chance.choice((1, 5, 50, len(text))) :]


def changed(value: Any, chance: random.Random) -> Any:
    """`value` with something in it that is of another kind, or is not there."""
    if chance.random() < 0.03:
        return chance.choice([None, 0, -1, 1.5, True, "", "text", [], [None], ["a", 1], {}, {"a": []}])
    if isinstance(value, dict):
        return {key: changed(one, chance) for key, one in value.items() if chance.random() > 0.01}
    return [changed(one, chance) for one in value] if isinstance(value, list) else value


def test_a_site_without_notebooks_pays_nothing_for_them() -> None:
    program = "import sys, app; print([name for name in ('nbformat', 'jsonschema') if name in sys.modules])"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )

    assert done.stdout == "[]\n"
