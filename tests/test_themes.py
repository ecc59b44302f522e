"""A site looks as its author says: by `theme` in `site.yml`, and by templates and static files of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.assets import url_of
from app.cli import main
from app.folders import PROGRAM
from app.fonts import face
from app.problems import Problem, Problems
from app.theme import DARK, LIGHT

from .site_tree import SiteTree

GREEN = "theme: {accent: '#0b6e4f'}\n"


def style_sheet(tree: SiteTree) -> str:
    """The style sheet as pages ask for it."""
    with tree.app().test_client().get(url_of(tree.site(), "site.css")) as answer:
        assert answer.mimetype == "text/css"
        return answer.get_data(as_text=True)


def added(tree: SiteTree) -> str:
    """What the style sheet has beside Octavo's own and the font of formulas."""
    return style_sheet(tree).removeprefix((PROGRAM / "static" / "site.css").read_text()).removeprefix(face(tree.site()))


def test_a_site_that_asks_for_nothing_has_our_style_sheet(tree: SiteTree) -> None:
    assert added(tree) == ""


def test_the_accent_is_that_of_the_light_and_a_lighter_shade_is_that_of_the_dark(tree: SiteTree) -> None:
    tree.write("pages/site.yml", GREEN)

    sheet = added(tree)

    assert re.search(r"@media screen \{ :root \{ --accent: light-dark\(#0b6e4f, #[0-9a-f]{6}\); \} \}", sheet)
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("font: sans", "--text: var(--sans)"),
        ("width: narrow", "--measure: 34rem"),
        ("width: wide", "--measure: 46rem"),
        ("density: compact", "--leading: 1.48"),
        ("density: loose", "--leading: 1.72"),
    ],
)
def test_letters_width_and_density_are_values_of_tokens_that_the_style_sheet_has(
    tree: SiteTree, choice: str, expected: str
) -> None:
    tree.write("pages/site.yml", f"theme: {{{choice}}}\n")

    sheet = added(tree)

    assert expected in sheet
    assert set(re.findall(r"--[a-z]+(?=:)", sheet)) <= set(re.findall(r"(?m)^  (--[a-z]+):", style_sheet(tree)))


@pytest.mark.parametrize("choice", ["{}", "{font: serif, width: normal, density: normal}"])
def test_what_is_as_it_was_adds_nothing(tree: SiteTree, choice: str) -> None:
    tree.write("pages/site.yml", f"theme: {choice}\n")

    assert added(tree) == ""


def test_the_theme_is_in_the_release_by_both_names_and_changes_the_one_with_a_digest(tree: SiteTree) -> None:
    before = url_of(tree.site(), "site.css")
    tree.write("pages/site.yml", GREEN)

    tree.freeze()

    after = url_of(tree.site(), "site.css")
    assert after != before
    assert "#0b6e4f" in tree.frozen(after[1:])
    assert tree.frozen(after[1:]) == tree.frozen("static/site.css")
    assert after[1:] in tree.frozen("index.html")


def test_the_theme_is_added_to_a_style_sheet_of_the_authors_own_too(tree: SiteTree) -> None:
    tree.write("static/site.css", "a { color: var(--accent) }")
    tree.write("pages/site.yml", GREEN)

    sheet = style_sheet(tree)

    assert sheet.startswith("a { color: var(--accent) }\n")
    assert "@media screen { :root { --accent: light-dark(#0b6e4f, " in sheet


def test_the_grounds_that_contrast_is_measured_on_are_those_of_the_style_sheet() -> None:
    tokens = dict(re.findall(r"(?m)^  --(\w+): light-dark\((#\w+, #\w+)\)", (PROGRAM / "static" / "site.css").read_text()))

    assert tuple(zip(LIGHT, DARK, strict=True)) == tuple(tuple(tokens[name].split(", ")) for name in ("paper", "tint"))


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("theme:\n  accent: '#ffcc00'", "2:11", "#ffcc00 has a contrast of 1.36:1 with the page", "'#876c00'"),
        (
            "theme: {accent: '#f00'}",
            "1:17",
            "#ff0000 has a contrast of 3.61:1 with the page, where text needs 4.5:1",
            "'#e10000'",
        ),
        ("theme:\n  accent: #0b6e4f", "2:", "accent: there is no colour", "in quotes"),
        ("theme: {accent: teal}", "1:17", "accent: 'teal' is no colour", "'#0b6e4f'"),
        ("theme: {accent: '#12345'}", "1:17", "accent: '#12345' is no colour", "'#0b6e4f'"),
        ("theme: {acent: '#123456'}", "1:9", "unknown field 'acent'", "did you mean 'accent'?"),
        ("theme: {font: comic}", "1:15", "font: 'comic' is not one of its values", "serif, sans"),
        ("theme: {width: wider}", "1:16", "width: 'wider' is not one of its values", "did you mean 'wide'?"),
        ("theme: dark", "1:8", "theme: 'dark' is not a group of fields", "below it"),
        ("navigation: [nowhere]", "1:14", "nowhere", ""),
        ("author: {portrait: me.jpg}", "1:20", "portrait: ", ""),
    ],
)
def test_a_mistake_in_looks_is_told_at_its_line(tree: SiteTree, text: str, place: str, message: str, hint: str) -> None:
    tree.write("pages/site.yml", text + "\n")

    (problem,) = tree.problems()

    assert problem.path == "pages/site.yml"
    assert f"{problem.line}:{problem.column}".startswith(place)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("written", ["'#0B6E4F'", "0b6e4f", "'#123'", "123456"])
def test_a_colour_can_be_written_in_several_ways(tree: SiteTree, written: str) -> None:
    tree.write("pages/site.yml", f"theme: {{accent: {written}}}\n")

    assert tree.problems() == []
    assert re.search(r"light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)", added(tree))


def test_one_template_of_the_authors_own_takes_the_place_of_ours_and_the_others_stay(tree: SiteTree) -> None:
    tree.write(
        "templates/post.html", '{% extends "entry.html" %}{% block lead %}<p class="mine">A post of mine.</p>{% endblock %}'
    )
    tree.entry("posts/one", date="2026-01-02")
    tree.entry("about")

    assert '<p class="mine">A post of mine.</p>' in tree.get("/posts/one/")
    assert "A post of mine." not in tree.get("/about/")
    assert tree.problems() == []


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("{% extends 'entry.html' %}\n\n{% blok main %}", 3, "this template cannot be read: Encountered unknown tag 'blok'."),
        ("{% if entry %}\n", 1, "this template cannot be read: Unexpected end of template."),
        ("a\n{{ entry.title", 2, "this template cannot be read:"),
    ],
)
def test_a_template_that_cannot_be_read_is_a_problem_at_its_line(tree: SiteTree, template: str, line: int, message: str) -> None:
    tree.write("templates/post.html", template)

    (problem,) = tree.problems()

    assert (problem.path, problem.line) == ("templates/post.html", line)
    assert problem.message.startswith(message)
    assert problem.hint


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        (
            "{% extends 'entry.html' %}\n{% block main %}\n{{ entri.title }}\n{% endblock %}",
            3,
            "this fails: 'entri' is undefined",
        ),
        ("a\n\n{{ entry.tittle }}", 3, "this fails: "),
        ("a\n{{ entry.title|shout }}", 2, "this template cannot be read: No filter named 'shout'."),
        ("a\n{{ asset('nothing.css') }}", 2, "this fails: there is no static file 'nothing.css'"),
        ("{% extends 'entri.html' %}", 1, "there is no template 'entri.html'"),
        ("{% extends 'page.html' %}", 1, "this fails: "),
    ],
)
def test_a_template_that_fails_is_told_by_a_freeze_with_its_line(tree: SiteTree, template: str, line: int, message: str) -> None:
    tree.write("templates/page.html", template)
    tree.entry("about")

    with pytest.raises(Problems) as caught:
        tree.freeze()

    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == ("templates/page.html", line)
    assert problem.message.startswith(message)
    assert not (tree.folder / "build").exists()


def test_a_template_that_fails_inside_one_of_ours_is_told_too(tree: SiteTree) -> None:
    tree.write("templates/analytics.html", "<!-- x -->\n{% if nobody %}{% endif %}")

    with pytest.raises(Problems, match=r"templates/analytics\.html:2:1: this fails: 'nobody' is undefined"):
        tree.freeze()


def test_the_command_prints_the_place_and_no_traceback(tree: SiteTree) -> None:
    tree.write("templates/page.html", "{{ nobody }}")
    tree.entry("about")

    result = CliRunner().invoke(main, ["--site", str(tree.folder), "freeze"])

    assert result.exit_code == 1
    assert "templates/page.html:1:1: this fails: 'nobody' is undefined" in result.stderr
    assert "Traceback" not in result.output


def test_a_template_of_bytes_that_are_no_text_is_a_problem(tree: SiteTree) -> None:
    tree.write("templates/page.html", b"caf\xe9")

    assert [problem.path for problem in tree.problems()] == ["templates/page.html"]


def test_a_mistake_in_the_program_keeps_its_traceback(tree: SiteTree) -> None:
    app = tree.app()
    app.jinja_env.globals["asset"] = None

    with pytest.raises(TypeError):
        app.test_client().get("/")


ANALYTICS = '<script src="https://stats.example.org/count.js" async></script>\n'
COMMENTS = '<script src="https://comments.example.org/client.js" data-theme="x" async></script>\n'


def test_what_counts_visits_and_what_shows_comments_stand_where_they_belong(tree: SiteTree) -> None:
    tree.write("templates/analytics.html", ANALYTICS)
    tree.write("templates/comments.html", '{% if entry.kind_of_entry == "post" %}' + COMMENTS + "{% endif %}")
    tree.write("pages/site.yml", "hosts: {script-src: [https://stats.example.org, https://comments.example.org]}\n")
    tree.entry("posts/index")
    tree.entry("posts/one", date="2026-01-02")
    tree.entry("about")

    post, about, listing = (tree.get(url) for url in ("/posts/one/", "/about/", "/posts/"))

    assert tree.problems() == []
    assert all(ANALYTICS.strip() in page.partition("</head>")[0] for page in (post, about, listing))
    assert COMMENTS.strip() in post.partition("<article")[2].partition("</article>")[0]
    assert COMMENTS.strip() not in about + listing


def test_only_the_hosts_that_are_named_are_allowed(tree: SiteTree) -> None:
    tree.write("templates/analytics.html", ANALYTICS)
    tree.write(
        "pages/site.yml",
        "hosts:\n  script-src: https://stats.example.org/\n  connect-src: [https://stats.example.org, 'https://*.example.net']\n",
    )

    text = tree.get("/_headers")

    assert "; script-src" in text
    assert "script-src 'self' 'wasm-unsafe-eval' https://stats.example.org;" in text
    assert "connect-src 'self' https://*.example.net https://stats.example.org" in text
    assert "default-src 'self';" in text
    assert "frame-src" not in text


def test_a_host_that_is_not_named_is_told_with_the_line_and_what_to_add(tree: SiteTree) -> None:
    tree.write("templates/comments.html", "<!-- <script src='https://old.example'></script> -->\n\n" + COMMENTS)
    tree.write("pages/site.yml", "hosts: {script-src: [https://stats.example.org]}\n")

    assert tree.problems() == [
        Problem(
            "templates/comments.html",
            3,
            14,
            "this loads from https://comments.example.org, which 'hosts' in pages/site.yml does not name",
            "add 'hosts: {script-src: [https://comments.example.org]}' there",
        )
    ]


@pytest.mark.parametrize(
    ("html", "directive"),
    [
        ('<iframe src="//f.example.org/a"></iframe>', "frame-src"),
        ('<img alt="" src="https://f.example.org/a.png">', "img-src"),
        ('<link rel="stylesheet" href="https://f.example.org/a.css">', "style-src"),
    ],
)
def test_every_kind_of_load_is_told_and_can_be_named(tree: SiteTree, html: str, directive: str) -> None:
    tree.write("templates/comments.html", html)
    before = tree.problems()
    tree.write("pages/site.yml", f"hosts: {{{directive}: [https://f.example.org]}}\n")

    assert [directive in problem.hint for problem in before] == [True]
    assert tree.problems() == []


def test_a_link_is_no_load(tree: SiteTree) -> None:
    tree.write("templates/comments.html", '<a href="https://f.example.org/">x</a><link rel="me" href="https://f.example.org/">')

    assert tree.problems() == []


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("hosts: {script-src: [stats.example.org]}", "'stats.example.org' is not a host", "https://"),
        ("hosts: {script-src: ['http://stats.example.org']}", "is not a host", "https://"),
        ('hosts: {script-src: ["https://a.example; default-src *"]}', "is not a host", "https://"),
        ("hosts: {scrpt-src: [https://a.example.org]}", "unknown field 'scrpt-src'", "did you mean 'script-src'?"),
    ],
)
def test_what_is_no_host_is_a_problem(tree: SiteTree, text: str, message: str, hint: str) -> None:
    tree.write("pages/site.yml", text + "\n")

    (problem,) = tree.problems()

    assert message in problem.message
    assert hint in problem.hint


def test_a_theme_is_no_inline_style(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "theme: {accent: '#0b6e4f', font: sans, width: wide, density: compact}\n")

    html = tree.get("/")

    assert "<style" not in html
    assert " style=" not in html


def test_our_own_templates_are_not_looked_at_again(tmp_path: Path) -> None:
    tree = SiteTree(tmp_path / "site")
    tree.entry("index")
    tree.write("templates/.hidden.html", "{% blok %}")

    assert tree.problems() == []
