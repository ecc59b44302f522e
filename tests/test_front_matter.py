"""Front matter is read as its author meant it, or told as one Problem at the right place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.content import Entry, Source
from app.content.front_matter import MAX_CHARACTERS
from app.content_types import CourseProject, Page, ResearchNote, Statement
from app.problems import Problem, Problems

SECONDS = 1.0
LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{level}: &a{level} [" + ",".join([f"*a{level - 1}"] * 9) + "]\n" for level in range(1, 10)
)
MERGES = "a0: &a0 {" + ",".join(f"k{key}: 1" for key in range(200)) + "}\n" + "".join(
    f"a{level}: &a{level}\n  <<: [" + ",".join([f"*a{level - 1}"] * 9) + f"]\n  q{level}: 1\n" for level in range(1, 8)
)  # fmt: skip
QUOTES, BRACKETS = "in quotes", "close the bracket"
LATEX = "single quotes"


def parse(text: str) -> Source:
    return Source.parse(text, Path("x.md"), "pages/x.md")


def problems_of(text: str, type_: type[Entry] = ResearchNote) -> list[Problem]:
    """What is wrong with a file, told within a second."""
    start = time.perf_counter()
    with pytest.raises(Problems) as caught:
        type_.load(parse(text), "x")

    assert time.perf_counter() - start < SECONDS
    return list(caught.value.problems)


def fenced(front: str) -> str:
    return f"---\n{front}\n---\n\nBody.\n"


@pytest.mark.parametrize(
    ("front", "place", "message", "hint"),
    [
        pytest.param("title: a\ntitle: b", "3:1", "'title' stands twice; the first is on line 2", "keep one", id="duplicate key"),
        pytest.param(
            "title: a\nmacros:\n  R: x\n  R: y", "5:3", "'R' stands twice; the first is on line 4", "keep", id="duplicate inside"
        ),
        pytest.param("title: a\n[b]: c", "3:1", "a key must be a word", QUOTES, id="list as key"),
        pytest.param("title: a\n? {b: c}\n: d", "3:3", "a key must be a word", QUOTES, id="mapping as key"),
        pytest.param("{{ title }}: a", "2:1", "a key must be a word", QUOTES, id="template as key"),
        pytest.param(
            "title: a\ndate: 2026-02-30", "3:7", "date: '2026-02-30' is no day of the calendar", "look at", id="impossible date"
        ),
        pytest.param("title: a\ndate: 2026", "3:7", "date: '2026' is not a date", "2026-02-28", id="year as date"),
        pytest.param("title: a\ndate: 0", "3:7", "date: '0' is not a date", "2026-02-28", id="number as date"),
        pytest.param("title: a\ndate: 3 May 2026", "3:7", "date: '3 May 2026' is not a date", "2026-02-28", id="date in words"),
        pytest.param("title: a\ndate: [2026-02-01]", "3:7", "date: this is not a date", "2026-02-28", id="list as date"),
        pytest.param("title: a\nupdated: |\n  x\n  y", "3:10", "updated: 'x y' is not a date", "2026", id="block as date"),
        pytest.param(f"title: a\nupdated: {'x' * 500}", "3:10", f"updated: '{'x' * 60}…' is not a date", "2026", id="long value"),
        pytest.param(
            "title: a\n<<: {draft: true}", "3:1", "merge keys ('<<') are not read", "write the fields out", id="merge key"
        ),
        pytest.param(LAUGHS, "2:", "nested or repeated too deeply", "write the values out", id="billion laughs"),
        pytest.param("a: &a [*a]", "2:4", "nested or repeated too deeply", "write the values out", id="alias of itself"),
        pytest.param("a: " + "[" * 900 + "]" * 900, "2:", "nested or repeated too deeply", "write", id="900 brackets"),
        pytest.param("a: " + "[" * 20000 + "]" * 20000, "2:", "nested or repeated too deeply", "write", id="20,000 brackets"),
        pytest.param("a: " + "[" * 60000, "2:", "nested or repeated too deeply", "write", id="60,000 open brackets"),
        pytest.param("a: " + "{a: " * 15000, "2:", "nested or repeated too deeply", "write", id="15,000 open braces"),
        pytest.param("- " * 30000, "2:", "nested or repeated too deeply", "write", id="30,000 dashes"),
        pytest.param(
            "".join(" " * n + "a:\n" for n in range(300)), "34:33", "nested or repeated too deeply", "write", id="nested maps"
        ),
        pytest.param("".join(" " * n + "a:\n" for n in range(2000)), "2:1", "too long", "below", id="2,000 nested maps"),
        pytest.param(
            "title: !!python/object/apply:os.system ['true']",
            "2:8",
            "tags such as '!!python/object/apply:os.system'",
            "plain",
            id="python tag",
        ),
        pytest.param(
            "title: a\n!!python/name:os.system : b", "3:1", "tags such as '!!python/name:os.system'", "plain", id="tag on a key"
        ),
        pytest.param("title: !important", "2:8", "tags such as '!important' are not read", QUOTES, id="own tag"),
        pytest.param("title: a\n\tstatus: b", "3:1", "tab", "replace the tab", id="tab before a key"),
        pytest.param("macros:\n\tb: 1", "3:1", "this is not YAML", "replace the tab", id="tab as indentation"),
        pytest.param("title: \0b", "2:8", "the character U+0000 cannot stand in front matter", "delete it", id="NUL"),
        pytest.param(
            "title: é\nlang: 你\x07", "3:8", "the character U+0007 cannot stand", "delete it", id="bell after other scripts"
        ),
        pytest.param("body: |\n" + "  lorem ipsum\n" * 75000, "2:1", "the front matter is too long", "below", id="1 MB string"),
        pytest.param("tags:\n" + "- x\n" * 100000, "2:1", "the front matter is too long", "64,000", id="100,000 items"),
        pytest.param("title: *zz", "2:8", "undefined alias", QUOTES, id="undefined alias"),
        pytest.param("title: **bold** text", "2:8", "this is not YAML", QUOTES, id="emphasis"),
        pytest.param("title: @home", "2:8", "this is not YAML", QUOTES, id="at sign"),
        pytest.param("title: `code`", "2:8", "this is not YAML", QUOTES, id="backtick"),
        pytest.param("title: %d", "2:8", "this is not YAML", QUOTES, id="per cent sign"),
        pytest.param("title: A: B", "2:9", "this is not YAML", QUOTES, id="colon in title"),
        pytest.param("title: [Draft] x", "2:16", "this is not YAML", QUOTES, id="brackets in title"),
        pytest.param("title: [Draft]", "2:8", "title: this is not text", QUOTES, id="title in brackets"),
        pytest.param("title: 'It's'", "2:12", "this is not YAML", QUOTES, id="apostrophe in single quotes"),
        pytest.param("title: a\nsummary: 'open\nlang: en", "3:10", "this is not YAML", "close the quotes", id="unclosed quotes"),
        pytest.param("title: a\ntags: [a, b\nlang: en", "3:7", "this is not YAML", BRACKETS, id="unclosed bracket"),
        pytest.param("title: a\nmacros: {a: b\nlang: en", "3:9", "this is not YAML", BRACKETS, id="unclosed brace"),
        pytest.param(
            "title: a\n\nSome text here.", "4:1", "this is not YAML", "end the front matter above", id="text among fields"
        ),
        pytest.param("Some text here.", "2:1", "front matter is 'key: value' lines", QUOTES, id="only text"),
        pytest.param("# a comment\n\n- a\n- b", "4:1", "front matter is 'key: value' lines", QUOTES, id="only a list"),
        pytest.param('title: "$\\sigma$"', "2:10", "unknown escape", LATEX, id="unknown escape"),
        pytest.param('title: "$\\alpha$"', "2:8", "cannot be seen", LATEX, id="LaTeX read as a bell"),
        pytest.param('title: "the $\\theta$"', "2:8", "'\\th' in a formula", LATEX, id="LaTeX read as a tab"),
        pytest.param('title: "the $\\nabla L$"', "2:8", "'\\nabla' in a formula", LATEX, id="LaTeX read as a line end"),
        pytest.param("", "1:1", "'title' is missing", "title: ...", id="nothing"),
        pytest.param("# only a comment", "1:1", "'title' is missing", "title: ...", id="only a comment"),
        pytest.param("lang: en\ntitle:", "3:1", "'title' is missing", "write a value after 'title:'", id="no title"),
        pytest.param("lang: en\ntitle: ''", "3:8", "title: this is empty", "write something", id="empty title"),
        pytest.param("title: a\n1: b", "3:1", "unknown field '1'", "the fields are", id="number as key"),
        pytest.param("title: a\ntrue: b", "3:1", "unknown field 'true'", "the fields are", id="bool as key"),
        pytest.param("title: a\ntitel: b", "3:1", "unknown field 'titel'", "did you mean 'title'?", id="misspelt key"),
        pytest.param("title: a\ndraft: maybe", "3:8", "draft: 'maybe' is neither yes nor no", "true or false", id="no bool"),
        pytest.param("title: a\nmacros: b", "3:9", "macros: 'b' is not a group of fields", "below it", id="no group"),
        pytest.param("title: a\ntags: {b: c}", "3:7", "tags: this is not a list", "[one, two]", id="no list"),
        pytest.param(
            "title: a\ntags:\n  -\n  - {b: c}", "5:5", "tags: this is not text", "one line", id="item after an empty one"
        ),
        pytest.param("title: a # \x85\u2028\ntitel: b", "3:1", "unknown field", "did you mean", id="YAML's other line ends"),
    ],
)
def test_a_trap_is_one_problem_at_its_place_with_what_to_write_instead(front: str, place: str, message: str, hint: str) -> None:
    problems = problems_of(fenced(front))

    assert len(problems) == 1
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert f"{problems[0].line}:{problems[0].column}".startswith(place)


def test_a_bomb_of_merge_keys_is_refused_where_each_is_written() -> None:
    problems = problems_of(fenced(MERGES))

    assert [problem.line for problem in problems] == [4, 7, 10, 13, 16, 19, 22]
    assert {problem.message for problem in problems} == {"merge keys ('<<') are not read"}


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        pytest.param("", "1:1", "the file is empty", "begin the file with '---'", id="nothing"),
        pytest.param("\ufeff \n", "1:1", "the file is empty", "begin the file with '---'", id="only a BOM"),
        pytest.param("# A heading\n", "1:1", "there is no front matter", "begin the file with '---'", id="only a body"),
        pytest.param("----\ntitle: a\n----\n", "1:1", "there is no front matter", "begin the file with '---'", id="four dashes"),
        pytest.param("---\ntitle: a\n", "1:1", "the front matter is never closed", "write a line '---'", id="unclosed"),
        pytest.param("\n\n---\ntitle: a\n", "3:1", "the front matter is never closed", "write a line '---'", id="unclosed below"),
        pytest.param("+++\ntitle = 'a'\n", "1:1", "the front matter is never closed", "write a line '+++'", id="unclosed TOML"),
        pytest.param("-\0-\0-\0\n\0", "1:1", "this is not a text file", "UTF-8", id="UTF-16 without its mark"),
        pytest.param("\0" * 4000, "1:1", "this is not a text file", "UTF-8", id="zeros"),
        pytest.param("---\r\ntitle: a\r\ntitel: b\r\n---\r\n", "3:1", "unknown field 'titel'", "did you mean", id="CRLF"),
        pytest.param(
            "\ufeff\n---\ntitle: a\ntitel: b\n---\n", "4:1", "unknown field 'titel'", "did you mean", id="BOM and blank line"
        ),
        pytest.param("---\n" * 20000 + "x", "1:1", "'title' is missing", "title: ...", id="fences only"),
    ],
)
def test_a_file_without_front_matter_that_can_be_read_is_one_problem(text: str, place: str, message: str, hint: str) -> None:
    problems = problems_of(text)

    assert [problem.message for problem in problems] == [message]
    assert f"{problems[0].line}:{problems[0].column}" == place
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    ("toml", "place", "message", "hint"),
    [
        pytest.param("title = 'a\nlang = 'en'", "2:11", "this is not TOML", "quotes", id="unclosed quotes"),
        pytest.param("title = a", "2:9", "this is not TOML", "quotes", id="no quotes"),
        pytest.param("title = 'a'\ntitle = 'b'", "3:1", "this is not TOML", "", id="duplicate key"),
        pytest.param(
            "title = 'a'\ndate = 2026-02-30", "3:8", "this is not TOML: Invalid date", "year-month-day", id="impossible date"
        ),
        pytest.param("title = 'a'\ntitel = 1", "3:1", "unknown field 'titel'", "did you mean 'title'?", id="misspelt key"),
        pytest.param(
            "title = 'a'\n\n[[versionen]]\nx = 1", "4:1", "unknown field 'versionen'", "the fields are", id="unknown table"
        ),
        pytest.param("title = " + "[" * 20000, "2:1", "nested or repeated too deeply", "write the values out", id="brackets"),
        pytest.param("title = " + "9" * 5000, "2:", "this is not TOML", "quotes", id="5,000 digits"),
        pytest.param("title = 'a'\nsummary = '''\n" + "x\n" * 90000 + "'''", "2:1", "too long", "64,000", id="too long"),
    ],
)
def test_a_trap_in_toml_is_one_problem_too(toml: str, place: str, message: str, hint: str) -> None:
    problems = problems_of(f"+++\n{toml}\n+++\n")

    assert len(problems) == 1
    assert message in problems[0].message
    assert hint in problems[0].hint
    assert f"{problems[0].line}:{problems[0].column}".startswith(place)


@pytest.mark.parametrize(
    "written", ["6.100", "010", "NO", "12:30", "1_000", "0x1F", "1e3", "true", "2026-02-30", "+1", ".5", "=", "6.10"]
)
def test_what_yaml_would_take_for_a_number_is_kept_as_written_in_a_text_field(written: str) -> None:
    project = CourseProject.load(parse(fenced(f"title: {written}\ncourse: {written}\nterm: '{written}'\ntags: [{written}]")), "x")

    assert (project.title, project.course, project.term, project.tags) == (written, written, written, (written,))


@pytest.mark.parametrize("written", ["[Ongoing]", "ongoing", "Ongoing", "'[Ongoing]'", "ONGOING", "[ ongoing ]", "\n  - Ongoing"])
def test_a_status_is_read_with_or_without_the_brackets_it_is_shown_in(written: str) -> None:
    note = ResearchNote.load(parse(fenced(f"title: a\nstatus: {written}")), "x")

    assert note.status == "ongoing"
    assert note.label == "Ongoing"


@pytest.mark.parametrize(
    ("written", "year"), [("2026", 2026), ("'2026'", 2026), ("010", 10), ("null", None), ("~", None), ("", None)]
)
def test_a_number_is_read_in_decimal_and_an_empty_one_as_none(written: str, year: int | None) -> None:
    statement = Statement.load(parse(fenced(f"title: a\nyear: {written}")), "x")

    assert statement.year == year


@pytest.mark.parametrize(
    ("written", "draft"), [("true", True), ("yes", True), ("On", True), ("NO", False), ("off", False), ("", False)]
)
def test_yes_and_no_are_read_in_every_spelling_where_a_choice_is_asked(written: str, draft: bool) -> None:
    page = Page.load(parse(fenced(f"title: a\ndraft: {written}")), "x")

    assert page.draft is draft


@pytest.mark.parametrize(
    "written", ["2026-02-03", "'2026-02-03'", "2026-02-03 10:00", "2026-02-03T10:00:00Z", "2026-02-03 9:00:00 +0100"]
)
def test_a_date_is_read_with_or_without_a_time_of_day(written: str) -> None:
    page = Page.load(parse(fenced(f"title: a\ndate: {written}")), "x")

    assert str(page.date) == "2026-02-03"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\ntitle: Home\n---\nBody.\n",
        "\n\n---\ntitle: Home\n---\nBody.\n",
        "---  \ntitle: Home\n---\t\nBody.\n",
        "---\r\ntitle: Home\r\n---\r\nBody.\r\n",
        "---\ntitle: Home\n...\nBody.\n",
        "---\ntitle:\tHome\n---\nBody.\n",
        "---\n'title': Home\n---\nBody.\n",
        "---\n{title: Home}\n---\nBody.\n",
        "---\ntitle: !!str Home\n---\nBody.\n",
        "---\ntitle: &t Home\n---\nBody.\n",
        "---\nsummary: &t Home\ntitle: *t\n---\nBody.\n",
        "+++\ntitle = 'Home'\n+++\nBody.\n",
        '+++\r\ntitle = "Home"\r\n+++\r\nBody.\r\n',
    ],
)
def test_front_matter_in_any_of_its_forms_is_read_and_the_body_is_what_follows(text: str) -> None:
    source = parse(text)

    assert Page.load(source, "x").title == "Home"
    assert source.body.rstrip() == "Body."
    assert text.splitlines()[source.body_line - 1] == "Body."


def test_a_thematic_break_in_the_body_ends_nothing() -> None:
    source = parse("---\ntitle: a\n---\n\nOne.\n\n---\n\nTwo.\n")

    assert source.body == "\nOne.\n\n---\n\nTwo.\n"


def test_a_fence_inside_a_value_ends_nothing() -> None:
    source = parse("---\ntitle: a\nsummary: |\n  ---\n  b\n---\nBody.\n")

    assert source.front.values["summary"] == "---\nb\n"
    assert source.body == "Body.\n"


def test_toml_is_read_with_its_types_and_its_tables() -> None:
    source = parse(
        "+++\ntitle = 'a'\nyear = 2026\ndraft = true\n[[versions]]\nlabel = 'v1'\nfile = 'a.pdf'\ndate = 2026-02-03\n+++\n"
    )

    statement = Statement.load(source, "x")

    assert (statement.year, statement.draft) == (2026, True)
    assert [(one.label, str(one.date)) for one in statement.versions] == [("v1", "2026-02-03")]


def test_a_backslash_in_single_quotes_and_in_blocks_is_a_backslash() -> None:
    source = parse(fenced("title: 'On $\\theta$'\nsummary: |\n  On $\\nabla f$.\nabstract: On $\\tau$\nlang: \"$\\\\rho$\""))

    assert source.front.values == {
        "title": "On $\\theta$", "summary": "On $\\nabla f$.\n", "abstract": "On $\\tau$", "lang": "$\\rho$"
    }  # fmt: skip


def test_an_escaped_line_end_between_formulas_is_one() -> None:
    source = parse(fenced('title: "$a$\\nand $b$"'))

    assert source.front.values["title"] == "$a$\nand $b$"


def test_front_matter_may_be_as_long_as_the_limit() -> None:
    front = "title: a\nsummary: " + "x" * (MAX_CHARACTERS - len("title: a\nsummary: \n"))

    assert parse(fenced(front)).front.values["title"] == "a"
    assert "too long" in problems_of(fenced(front + "x"))[0].message


def test_every_value_and_every_key_knows_its_place_in_characters() -> None:
    source = parse("\ufeff---\nümläut: 😀\ntags: [ä, 'b']\nmacros:\n  R: x\n---\n")

    assert source.front.line_of(("ümläut",), key=True) == (2, 1)
    assert source.front.line_of(("ümläut",)) == (2, 9)
    assert source.front.line_of(("tags", 1)) == (3, 11)
    assert source.front.line_of(("macros", "R")) == (5, 6)
    assert source.front.line_of(("macros", "R"), key=True) == (5, 3)
    assert source.front.line_of(("tags", 7)) == (3, 7)
    assert source.front.line_of(("nothing",)) == (1, 1)


def test_every_mistake_in_the_fields_is_told_not_the_first_only() -> None:
    problems = problems_of(fenced("titel: a\nstatus: finishd\ndate: soon\ntags: {}"))

    assert [(problem.line, problem.message) for problem in problems] == [
        (1, "'title' is missing"),
        (2, "unknown field 'titel'"),
        (3, "status: 'finishd' is not one of its values"),
        (4, "date: 'soon' is not a date"),
        (5, "tags: this is not a list"),
    ]
