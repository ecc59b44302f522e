"""`octavo schema` writes what editors read, once, and leaves alone what is the author's."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.application import create_app
from app.config import Config
from app.editors import ADVICE, CHECKING, DONE, OURS, PROBLEM, write_all
from app.folders import PROGRAM
from app.kinds import KINDS
from app.site import Site

from .site_tree import SiteTree
from .test_api import Editor


def read(tree: SiteTree, path: str) -> Any:
    """A file of JSON."""
    return json.loads((tree.folder / path).read_text("utf-8"))


def states(tree: SiteTree) -> dict[str, str]:
    """What becomes of each file."""
    return {one.path: one.state for one in write_all(tree.site())}


def test_it_writes_everything_and_a_second_time_nothing(tree: SiteTree) -> None:
    first = states(tree)
    before = tree.release(".")

    second = states(tree)

    assert set(first.values()) == {"written"}
    assert set(second.values()) == {"unchanged"}
    assert {path: data for path, data in tree.release(".").items() if not path.startswith(".octavo")} == {
        path: data for path, data in before.items() if not path.startswith(".octavo")
    }
    assert {path for path in first if path.startswith(".")} == {
        ".remarkrc.mjs", ".vscode/extensions.json", ".vscode/octavo.code-snippets", ".vscode/settings.json", ".vscode/tasks.json",
    }  # fmt: skip


def test_its_schemas_take_what_the_demo_has(tmp_path: Path) -> None:
    shutil.copytree(PROGRAM / "pages", tmp_path / "pages")
    site: Site = create_app(tmp_path, Config()).extensions["octavo"]
    write_all(site)
    schemas = {file.stem: json.loads(file.read_text("utf-8")) for file in (tmp_path / "schemas").iterdir()}

    for found in schemas.values():
        Draft202012Validator.check_schema(found)
    for entry in site.store:
        front = yaml.load(entry.source.text.split("---", 2)[1], Loader=Editor)
        Draft202012Validator(schemas[entry.kind_of_entry]).validate(front)
    facts = yaml.load((tmp_path / "pages" / "site.yml").read_text("utf-8"), Loader=Editor)
    Draft202012Validator(schemas["site.yml"]).validate(facts)


def test_what_is_in_settings_stays_in_its_order_with_its_indentation(tree: SiteTree) -> None:
    mine = '{\n\t"z": 1,\n\t"yaml.schemas": {\n\t\t"mine.json": "x.yml"\n\t},\n\t"a": [1, 2]\n}\n'
    tree.write(".vscode/settings.json", mine)
    tree.write(".vscode/extensions.json", '{"recommendations": ["a.b"]}')
    tree.write(".vscode/tasks.json", '{"version": "2.0.0", "tasks": [{"label": "octavo check", "command": "mine"}]}')

    found = states(tree)

    settings = read(tree, ".vscode/settings.json")
    assert list(settings) == ["z", "yaml.schemas", "a", "[markdown]"]
    assert settings["yaml.schemas"] == {"mine.json": "x.yml", "./schemas/site.yml.json": "/pages/site.yml"}
    assert '\n\t\t"mine.json"' in (tree.folder / ".vscode/settings.json").read_text()
    assert read(tree, ".vscode/extensions.json")["recommendations"] == ["a.b", "redhat.vscode-yaml"]
    assert read(tree, ".vscode/tasks.json")["tasks"] == [{"label": "octavo check", "command": "mine"}]
    assert found[".vscode/tasks.json"] == "unchanged"


@pytest.mark.parametrize("path", [".vscode/settings.json", ".vscode/tasks.json", ".remarkrc.mjs"])
def test_what_cannot_be_added_to_is_left_and_told_with_what_to_add(tree: SiteTree, path: str) -> None:
    mine = '// mine\n{ "a": 1, }\n'
    file = tree.write(path, mine)

    (left,) = [one for one in write_all(tree.site()) if one.state == "left"]

    assert (left.path, file.read_text()) == (path, mine)
    assert left.add.startswith(OURS if path == ".remarkrc.mjs" else "{")


def test_settings_of_remark_that_are_ours_are_written_anew(tree: SiteTree) -> None:
    tree.write(".remarkrc.mjs", f"{OURS} by an older version\n")

    assert states(tree)[".remarkrc.mjs"] == "written"
    assert "schemas/research_note.json" in (tree.folder / ".remarkrc.mjs").read_text()


def test_every_field_of_every_type_has_a_snippet_where_it_belongs(tree: SiteTree) -> None:
    write_all(tree.site())
    snippets = read(tree, ".vscode/octavo.code-snippets").values()

    by_name = {
        name: [one for one in snippets if one["prefix"] == name] for name in ("status", "draft", "date", "education", "nav")
    }
    assert {one["prefix"] for one in snippets} >= {name for kind in KINDS.values() for name in kind.fields}
    assert all(one["scope"] == "markdown" and one["description"] for one in snippets)
    (status,) = by_name["status"]
    assert status["body"] == "status: ${1|ongoing,finished,paused,dropped|}"
    assert status["include"] == ["**/pages/notes/research/**/*.md", "**/pages/projects/**/*.md"]
    assert by_name["draft"][0]["body"] == "draft: ${1|true,false|}"
    assert by_name["date"][0]["body"] == "date: ${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}"
    assert by_name["education"][0]["include"] == ["**/pages/cv.md", "**/pages/cv.*.md"]
    assert by_name["education"][0]["body"].startswith("education:\n  - title: $1\n    when: $2")


def test_the_task_reads_what_check_says_while_it_watches(tree: SiteTree) -> None:
    write_all(tree.site())
    (task,) = read(tree, ".vscode/tasks.json")["tasks"]

    assert task["args"] == ["--site", "${workspaceFolder}", "check", "--watch"]
    assert [one["pattern"]["regexp"] for one in task["problemMatcher"]] == [PROBLEM, ADVICE]
    assert {(one["background"]["beginsPattern"], one["background"]["endsPattern"]) for one in task["problemMatcher"]} == {
        (CHECKING, DONE)
    }
    assert re.search(CHECKING, "12:00:00 checked")
    assert all(re.search(DONE, f"12:00:00 {said}.") for said in ("no problems", "1 problem", "12 problems"))
