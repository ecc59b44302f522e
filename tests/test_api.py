"""The JSON API: enough to build the site's lists from, described, valid, and the same live and frozen."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app import VIEWS, create_app
from app.activities import CV
from app.api.fields import description
from app.config import Config
from app.content import Part
from app.content_types import COLLECTIONS
from app.folders import PROGRAM
from app.release import freeze
from app.site import Site

from .site_tree import SiteTree

Json = dict[str, Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, frozen."""
    out = tmp_path_factory.mktemp("demo") / "build"
    freeze(create_app(PROGRAM, Config()), VIEWS, out)
    return out


def read(release: Path, path: str) -> Json:
    """The answer of a release at a path from its root."""
    answer: Json = json.loads((release / path.lstrip("/")).read_text("utf-8"))
    return answer


def ask(tree: SiteTree, path: str, drafts: bool = False) -> Json:
    """The answer of the served site at a path below `/api/`."""
    answer: Json = json.loads(tree.get(f"/api/{path}.json", drafts))
    return answer


def statuses(tree: SiteTree, *paths: str) -> list[int]:
    """How the served site answers at some paths."""
    client = tree.app().test_client()
    return [client.get(path).status_code for path in paths]


def words(html: str) -> str:
    """What a reader sees of some HTML, in one line."""
    page = LexborHTMLParser(html)
    return " ".join((page.body.text() if page.body else "").split())


def answers(release: Path) -> dict[str, Json]:
    """Every answer of a release that is no schema and no description, by its path."""
    files = (file.relative_to(release).as_posix() for file in sorted((release / "api").rglob("*.json")))
    return {name: read(release, name) for name in files if not name.startswith(("api/schema/", "api/openapi.json"))}


def checker(description: Json, shape: str) -> Draft202012Validator:
    """What checks an answer against one of the schemas of the API's description."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{shape}", **description}, format_checker=FormatChecker())


def schema(tree: SiteTree, name: str) -> Draft202012Validator:
    """What checks front matter."""
    found = ask(tree, f"schema/{name}")
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def wrong(tree: SiteTree, name: str, written: str) -> list[str]:
    """What an editor says to some front matter, which it reads as YAML 1.2 does: a day is a text there."""
    return [error.message for error in schema(tree, name).iter_errors(yaml.load(written, Loader=Editor))]


class Editor(yaml.SafeLoader):
    """YAML as editors read it."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def shown(row: LexborNode) -> tuple[str, str, str, list[str]]:
    """What a row of a list shows: its title with its label, where it leads, its lead and its documents."""
    title, lead = row.css_first("h3"), row.css_first(".lead")
    link = row.css_first("h3 a")
    assert title is not None
    assert lead is not None
    assert link is not None
    documents = [f"{node.text()} {node.attributes['href']}" for node in row.css(".attachments a")]
    return words(title.html or ""), link.attributes["href"] or "", words(lead.html or ""), documents


def test_the_list_of_the_notes_page_is_built_from_the_frozen_api_alone(demo: Path) -> None:
    index = read(demo, "/api/index.json")
    notes = read(demo, next(folder["api"] for folder in index["collections"] if folder["id"] == "notes"))
    page = LexborHTMLParser((demo / "notes" / "index.html").read_text("utf-8"))

    built = []
    for section in notes["listing"]["sections"]:
        rows = []
        for row in read(demo, section["api"])["listing"]["entries"]:
            label = f" [{row['label']}]" if row["label"] else ""
            documents = [f"{one['label']} {one['url']}" for one in row["attachments"]]
            rows.append((f"{words(row['title_html'])}{label}", row["url"], words(row["lead"]), documents))
        built.append((words(section["title_html"]), section["url"], words(section["html"]), rows))

    found = []
    for part in page.css("section.list"):
        rows = [shown(row) for row in part.css("article.row")]
        heading = part.css_first("h2 a")
        assert heading is not None
        found.append((words(heading.html or ""), heading.attributes["href"], rows))
    assert [(title, rows) for title, _, _, rows in built] == [(title, absolute(rows)) for title, _, rows in found]
    assert [url for _, url, _, _ in built] == ["/notes/" + (url or "") for _, url, _ in found]
    assert all(introduction in words(page.html or "") for _, _, introduction, _ in built)
    assert [len(rows) for _, _, _, rows in built] == [4, 1, 3]


def absolute(rows: list[tuple[str, str, str, list[str]]]) -> list[tuple[str, str, str, list[str]]]:
    """Rows of the page `/notes/` with their links from the root of the site."""
    return [
        (title, f"/notes/{url}", lead, [re.sub(r" (?!\w+:)(\S+)$", r" /notes/\1", one) for one in documents])
        for title, url, lead, documents in rows
    ]


def test_a_page_of_sections_has_the_rows_that_it_shows(demo: Path) -> None:
    notes, research = read(demo, "/api/notes.json"), read(demo, "/api/notes/research.json")

    assert notes["listing"]["sections"][0]["entries"] == research["listing"]["entries"]
    assert notes["listing"]["sections"][0]["count"] == 4
    assert notes["listing"]["entries"] == []
    assert research["listing"]["type"] == "research_note"


def test_every_answer_is_as_the_description_says_which_is_valid(demo: Path) -> None:
    openapi = read(demo, "/api/openapi.json")
    found = answers(demo)

    validate(openapi)
    document, index = checker(openapi, "Document"), checker(openapi, "Index")

    assert len(found) > 40
    for name, answer in found.items():
        (index if name == "api/index.json" else document).validate(answer)
        assert answer["version"] == 1


def test_an_answer_that_is_not_as_described_is_noticed(demo: Path) -> None:
    openapi, note = read(demo, "/api/openapi.json"), read(demo, "/api/notes/research/scaling-laws.json")

    note["entry"]["fields"]["statsu"] = "ongoing"

    assert not checker(openapi, "Document").is_valid(note)


def test_every_answer_is_at_a_path_that_is_described(demo: Path) -> None:
    openapi = read(demo, "/api/openapi.json")
    files = ["/" + file.relative_to(demo).as_posix() for file in sorted((demo / "api").rglob("*.json"))]

    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))) for path in openapi["paths"]]

    assert [file for file in files if not any(pattern.fullmatch(file) for pattern in patterns)] == []
    assert openapi["servers"] == [{"url": "https://folio.example.org"}]


def test_every_path_in_an_answer_is_in_the_release(demo: Path) -> None:
    paths: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            paths.update(value[key] for key in ("url", "api", "schema_url", "bibtex") if isinstance(value.get(key), str))
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    for answer in answers(demo).values():
        walk({key: value for key, value in answer.items() if key != "fields"})
    ours = {path.partition("#")[0] for path in paths if path.startswith("/")}

    assert [
        path for path in sorted(ours) if not (demo / path[1:] / "index.html" if path.endswith("/") else demo / path[1:]).is_file()
    ] == []
    assert len(ours) > 100


def test_the_served_bytes_are_the_frozen_bytes_in_utf_8(tree: SiteTree) -> None:
    tree.entry("notes/research/über", "Grüße, 世界 ![p](p.svg).", title="Über $x$ & 世界", tags="[学习]")
    tree.write("pages/notes/research/p.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    tree.freeze()
    client = tree.app().test_client()

    frozen = {name: data for name, data in tree.release().items() if name.startswith("api/")}

    assert "api/notes/research/über.json" in frozen
    for name, data in frozen.items():
        assert client.get(f"/{name}").data == data, name
    note = frozen["api/notes/research/über.json"].decode()
    assert "Grüße, 世界" in note
    assert "\\u" not in note
    assert json.loads(note)["entry"]["api"] == "/api/notes/research/%C3%BCber.json"


def test_an_entry_has_its_fields_texts_and_surroundings(tree: SiteTree) -> None:
    tree.write("pages/references.bib", "@article{a, author={Ada Example}, title={On $x$}, journal={J}, year={2020}}")
    tree.entry("notes/research/other", "We saw [before](one.md) that it holds. [Again](one.md).", title="Other", tags="[t]")
    tree.entry(
        "notes/research/one",
        "See [[other]], [out](https://example.com/?a=1&b=2), [file](f.txt), [here](#method) and [@a].\n\n"
        "## Method of $x$ {#method}\n\nText.",
        title="On $x^2$", abstract="With $y$.", tags="[t, u]", date="2026-01-02", pdf="true",
    )  # fmt: skip
    tree.write("pages/notes/research/f.txt", "f")

    found = ask(tree, "notes/research/one")["entry"]

    assert (found["title"], found["type"], found["label"]) == ("On x^2", "research_note", "Ongoing")
    assert "<msup>" in found["title_html"]
    assert (found["fields"]["abstract"], found["fields"]["date"]) == ("With $y$.", "2026-01-02")
    assert found["html"].keys() == {"body", "abstract"}
    assert 'href="/notes/research/other/"' in found["html"]["body"]
    assert found["text"].startswith("See other, out, file, here and")
    assert [(one["level"], one["id"], "<math>" in one["html"]) for one in found["contents"]] == [(2, "method", True)]
    assert found["links"] == [
        {"url": "/notes/research/other/", "id": "notes/research/other"},
        {"url": "https://example.com/?a=1&b=2", "id": None},
        {"url": "/notes/research/f.txt", "id": None},
    ]
    assert [(one["id"], one["sentence"]) for one in found["backlinks"]] == [
        ("notes/research/other", "We saw before that it holds.")
    ]
    assert [one["key"] for one in found["citations"]] == ["a"]
    assert "Example" in found["citations"][0]["html"]
    assert found["attachments"] == [{"label": "PDF", "url": "/notes/research/one.pdf"}]
    assert found["tags"] == ["t", "u"]
    assert ask(tree, "index")["tags"][0] == {
        "word": "t",
        "url": "/tags/t/",
        "entries": ["notes/research/one", "notes/research/other"],
    }
    assert [one["id"] for one in ask(tree, "notes/research/other")["entry"]["related"]] == []


def test_links_inside_a_preview_are_not_links_of_the_entry(tree: SiteTree) -> None:
    tree.entry("a", "::: theorem {#thm:a}\nAs in [c](c.md), [this](https://example.com/).\n:::")
    tree.entry("b", "By @thm:a we have [d](d.md).")
    tree.entry("c")
    tree.entry("d")

    found = ask(tree, "b")["entry"]["links"]

    assert [one["url"] for one in found] == ["/a/#thm:a", "/d/"]
    assert [one["id"] for one in found] == ["a", "d"]


def test_links_in_front_matter_are_resolved_and_times_have_their_days(tree: SiteTree) -> None:
    tree.entry("projects/a", when="2021 – present", url="https://example.com/", data="d.csv", image="https://example.com/p.png")
    tree.entry("cv", education="[{title: BSc, when: 2019-09 – 2023-06, details: With *honours*., url: projects/a.md}, Plain]")
    tree.write("pages/projects/d.csv", "1")

    project, cv = ask(tree, "projects/a")["entry"], ask(tree, "cv")["entry"]

    assert project["fields"]["data"] == "/projects/d.csv"
    assert project["fields"]["url"] == "https://example.com/"
    assert project["fields"]["when"] == {"written": "2021 – present", "first": "2021-01-01", "last": None}
    assert project["attachments"] == [
        {"label": "Page", "url": "https://example.com/"},
        {"label": "Data", "url": "/projects/d.csv"},
    ]
    degree, plain = cv["fields"]["education"]
    assert degree["when"] == {"written": "Sep 2019 – Jun 2023", "first": "2019-09-01", "last": "2023-06-30"}
    assert degree["url"] == "/projects/a/"
    assert plain["title"] == "Plain"
    assert cv["html"]["education.0.details"] == "<p>With <em>honours</em>.</p>\n"
    checker(ask(tree, "openapi"), "Document").validate(ask(tree, "cv"))


def test_drafts_are_in_no_answer_and_unlisted_entries_in_no_list(tree: SiteTree) -> None:
    tree.entry("posts/index", title="Posts")
    tree.entry("posts/secret", title="Concealed", date="2026-01-01", draft="true", tags="[hush]")
    tree.entry("posts/quiet", "Links to [open](open.md).", title="Unheard", date="2026-01-01", unlisted="true", tags="[hidden]")
    tree.entry("posts/open", title="Open", date="2026-01-01")
    tree.entry("cellar/wine", title="Unheard", unlisted="true")
    tree.freeze()

    release = {name: data.decode() for name, data in tree.release().items() if name.startswith("api/")}

    assert not [name for name, text in release.items() if "Concealed" in text or "hush" in text or "secret" in name]
    own = {"api/posts/quiet.json", "api/cellar/wine.json"}
    assert {name for name, text in release.items() if "Unheard" in text} == own
    assert not [name for name, text in release.items() if "cellar" in text and name not in own]
    assert [row["id"] for row in json.loads(release["api/posts.json"])["listing"]["entries"]] == ["posts/open"]
    assert [row["id"] for row in ask(tree, "posts", drafts=True)["listing"]["entries"]] == ["posts/secret", "posts/open"]


def test_a_folder_without_a_page_has_a_document_and_a_page_with_its_name_its_own(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-01")
    tree.entry("posts/a/deeper", date="2026-01-01")
    tree.entry("talks/t", date="2026-01-01")

    posts, a = ask(tree, "posts"), ask(tree, "posts/a")

    assert (posts["url"], posts["entry"], posts["listing"]["type"]) == (None, None, "post")
    assert [row["id"] for row in posts["listing"]["entries"]] == ["posts/a", "posts/a/deeper"]
    assert (a["url"], a["entry"]["id"], a["listing"]) == ("/posts/a/", "posts/a", None)
    assert [(one["id"], one["title"], one["count"]) for one in ask(tree, "index")["collections"]] == [
        ("posts", "posts", 2), ("talks", "talks", 1),
    ]  # fmt: skip


def test_ids_that_are_names_of_the_api_have_one_more_underscore(tree: SiteTree) -> None:
    for id in ("openapi", "_openapi", "schema/post", "Schema", "schemas", "feed", "x/feed", "index/a"):
        tree.entry(id, title=f"Entry {id}")
    tree.freeze()

    index = json.loads(tree.frozen("api/index.json"))

    assert {one["id"]: one["api"] for one in index["entries"]} == {
        "Schema": "/api/_Schema.json", "_openapi": "/api/__openapi.json", "feed": "/api/feed.json", "index": "/api/index.json",
        "index/a": "/api/index/a.json", "openapi": "/api/_openapi.json", "schema/post": "/api/_schema/post.json",
        "schemas": "/api/schemas.json", "x/feed": "/api/x/feed.json",
    }  # fmt: skip
    for one in index["entries"][:3] + index["entries"][4:]:
        if one["id"] != "index":
            assert json.loads(tree.frozen(one["api"][1:]))["entry"]["title"] == f"Entry {one['id']}"
    assert index["home"]["id"] == "index"
    assert json.loads(tree.frozen("api/schema/post.json"))["title"] == "Post"


def test_what_is_not_there_is_a_404_and_a_file_of_the_authors_is_sent(tree: SiteTree) -> None:
    tree.entry("notes/a", "[data](/api/data.json)")
    tree.write("pages/api/data.json", '{"own": 1}')
    paths = ("nothing", "index/", "notes/a/", "openapi/x", "schema/nothing", "schema/Post", "OpenAPI", "_notes", "notes/../notes")

    found = statuses(tree, *(f"/api/{path}.json" for path in paths), "/api/", "/api/notes/a")

    assert found == [404] * len(found)
    assert tree.app().test_client().get("/api/data.json", buffered=True).get_json() == {"own": 1}


def test_a_site_without_the_api_has_none(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "without: [api]\n")

    tree.freeze()

    assert not [name for name in tree.release() if name.startswith("api")]
    assert statuses(tree, "/api/index.json", "/api/schema/post.json") == [404, 404]


@pytest.mark.parametrize("fields", [{"title": "A" * 2000}, {"title": "'$\\alpha$: <b>&'"}, {"title": "1984"}])
def test_any_entry_has_a_document(tree: SiteTree, fields: dict[str, str]) -> None:
    tree.entry("notes/research/a", "", **fields)

    note, research = ask(tree, "notes/research/a"), ask(tree, "notes/research")

    openapi = checker(ask(tree, "openapi"), "Document")
    openapi.validate(note)
    openapi.validate(research)
    assert note["entry"]["html"]["body"] == ""
    assert note["entry"]["text"] == ""
    assert research["listing"]["entries"][0]["title"] == note["entry"]["title"]


def test_an_empty_site_has_an_index_and_a_description(tree: SiteTree) -> None:
    (tree.folder / "pages" / "index.md").unlink()

    index, openapi = ask(tree, "index"), ask(tree, "openapi")

    validate(openapi)
    checker(openapi, "Index").validate(index)
    assert (index["home"], index["entries"], index["collections"]) == (None, [], [])


def test_the_authors_works_are_in_the_document_of_their_page(tree: SiteTree) -> None:
    tree.write(
        "pages/publications.bib",
        "@article{k2020, author={Ada Example}, title={On {$x$}}, journal={J}, year={2020}, doi={10.1000/xyz}}",
    )
    tree.freeze()

    found = json.loads(tree.frozen("api/publications.json"))

    assert (found["url"], found["entry"]) == ("/publications/", None)
    (work,) = found["listing"]["works"]
    assert (work["key"], work["url"], work["year"], work["authors"]) == ("k2020", "/publications/k2020/", "2020", ["Ada Example"])
    assert work["links"] == [{"label": "DOI", "url": "https://doi.org/10.1000/xyz"}]
    assert work["bibtex"][1:] in tree.release()
    checker(ask(tree, "openapi"), "Document").validate(found)


def test_translations_are_with_their_original_and_lists_have_them_once(tree: SiteTree) -> None:
    tree.entry("posts/index", title="Posts")
    tree.entry("posts/index.zh", title="文章")
    tree.entry("posts/a", title="One", date="2026-01-01")
    tree.entry("posts/a.zh", title="一", date="2026-01-01")

    index, posts, chinese = ask(tree, "index"), ask(tree, "posts"), ask(tree, "zh/posts")

    assert index["languages"] == ["en", "zh"]
    assert [row["title"] for row in posts["listing"]["entries"]] == ["One"]
    assert [row["title"] for row in chinese["listing"]["entries"]] == ["一"]
    assert [(one["id"], one["lang"]) for one in ask(tree, "posts/a")["entry"]["translations"]] == [("zh/posts/a", "zh")]
    assert [(one["id"], one["lang"]) for one in ask(tree, "zh/posts/a")["entry"]["translations"]] == [("posts/a", "en")]


def test_the_schemas_take_the_front_matter_of_the_demo_and_its_facts(demo: Path) -> None:
    site: Site = create_app(PROGRAM, Config()).extensions["octavo"]
    seen = set()

    for entry in site.store:
        if entry.path.endswith(".md"):
            front = entry.source.text.split("---", 2)[1]
            name = entry.kind_of_entry
            Draft202012Validator(read(demo, f"/api/schema/{name}.json")).validate(yaml.load(front, Loader=Editor))
            seen.add(name)
    facts = yaml.load((PROGRAM / "pages" / "site.yml").read_text("utf-8"), Loader=Editor)
    Draft202012Validator(read(demo, "/api/schema/site.yml.json")).validate(facts)

    assert seen == {one["name"] for one in read(demo, "/api/index.json")["types"]}


def test_the_schemas_are_valid_and_refuse_fields_that_there_are_not(demo: Path) -> None:
    for file in sorted((demo / "api" / "schema").iterdir()):
        found = json.loads(file.read_text("utf-8"))

        Draft202012Validator.check_schema(found)

        assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert found["description"]
        groups = [found, *found.get("$defs", {}).values()]
        assert all(group["additionalProperties"] is False for group in groups)


@pytest.mark.parametrize(
    ("type", "written"),
    [
        ("research_note", "{title: T, statsu: ongoing}"),
        ("research_note", "{title: T, status: done}"),
        ("research_note", "{title: T, status: [ongoing, paused]}"),
        ("research_note", "{status: ongoing}"),
        ("research_note", "{title: ''}"),
        ("research_note", "{title: }"),
        ("research_note", "{title: [T]}"),
        ("research_note", "{title: T, date: March}"),
        ("research_note", "{title: T, draft: maybe}"),
        ("post", "{title: T}"),
        ("post", "{title: T, date: 2026-01-01, part: first}"),
        ("post", "{title: T, date: 2026-01-01, part: 0}"),
        ("cv", "{title: T, education: [{titel: BSc}]}"),
        ("cv", "{title: T, sections: [educaton]}"),
        ("publication", "{title: T}"),
        ("site.yml", "{titel: T}"),
        ("site.yml", "{author: {nmae: Ada}}"),
        ("site.yml", "{notes_per_page: 0}"),
    ],
)
def test_an_editor_says_what_octavo_would_say(tree: SiteTree, type: str, written: str) -> None:
    assert wrong(tree, type, written)


@pytest.mark.parametrize(
    ("type", "written"),
    [
        ("research_note", "{title: 1984, status: [Ongoing], tags: a, authors: [A B], draft: no}"),
        ("research_note", "{title: T, status: PAUSED, tags: , date: 2026-03-01, updated: 2026-03-01 12:30, draft: 'YES'}"),
        ("research_note", "{title: true, macros: {R: 1}, bibliography: own.bib, image: , numbering: section}"),
        ("course_project", "{title: T, course: 6.100, team: 3, term: 2024}"),
        ("statement", "{title: T, year: '2026', versions: [{label: 1, file: a.pdf, date: 2026-01-01}]}"),
        ("teaching", "{title: T, term: Fall 2024}"),
        ("talk", "{title: T, date: 2026-01-01, url: https://example.com/}"),
        ("project", "{title: T, when: 2024, publications: publications/a}"),
        ("cv", "{title: T, sections: 'education, skills', education: [BSc, 2020, {title: MSc, when: 2024}]}"),
        ("publication", "{key: k2020, selected: true}"),
        ("listing", "{title: T, order_by: -date, per_page: 10, sections: [a]}"),
        ("site.yml", "{}"),
        ("site.yml", "{title: 1984, navigation: notes, without: [api], author: {name: A, links: [{label: L, url: u}]}}"),
    ],
)
def test_an_editor_takes_what_octavo_takes(tree: SiteTree, type: str, written: str) -> None:
    assert wrong(tree, type, written) == []


def test_every_field_of_a_type_has_a_sentence_for_editors() -> None:
    def groups(model: Any) -> set[type[Part]]:
        inner = [
            part for info in model.model_fields.values() for part in (info.annotation, *getattr(info.annotation, "__args__", ()))
        ]
        return {model}.union(*(groups(one) for one in inner if isinstance(one, type) and issubclass(one, Part)))

    found = {group for collection in (*COLLECTIONS, CV) for group in groups(getattr(collection, "type", CV))}

    for group in found:
        for name, info in group.model_fields.items():
            assert info.description or description(group.__name__, info.alias or name), f"{group.__name__}.{name}"
