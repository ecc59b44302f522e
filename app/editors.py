"""Editors: the files by which an editor completes front matter, checks it while one types, and lists every problem of a site."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .api.schemas import SITE, kind, schema, types
from .content.facts import FACTS
from .kinds import LISTING, OF_COLLECTIONS, PAGE, Kind
from .site import Site

FOLDER = "schemas"
SNIPPETS, REMARK = ".vscode/octavo.code-snippets", ".remarkrc.mjs"
INDEXES, EVERY = ("index.md", "index.*.md"), "pages/**/*.md"

CHECKING, DONE = r"^\d\d:\d\d:\d\d checked$", r"^\d\d:\d\d:\d\d (no problems|\d+ problems?)\.$"
"""What `octavo check --watch` says before it tells what it has found, and after."""

PROBLEM, ADVICE = r"^(\S.*?):(\d+):(\d+): (?!advice: )(.*)$", r"^(\S.*?):(\d+):(\d+): advice: (.*)$"
"""A line of what it tells: a file, a line, a column, and what is to be said of that place."""

PLUGIN = "remark-lint-frontmatter-schema"
OURS = "// Written by `octavo schema`"

Thing = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: `written`, `unchanged`, or left alone, where `add` is what its author may put into it."""

    path: str
    state: str
    add: str = ""


def write_all(site: Site) -> list[Outcome]:
    """Write everything that editors read into the site folder, and answer what became of each file."""
    whole = {f"{FOLDER}/{name}.json": as_json(schema(site, name)) for name in (*types(site), SITE)}
    whole[SNIPPETS] = as_json(snippets())
    found = [put(site.folder, path, text) for path, text in whole.items()]
    merged = {"settings": settings(), "extensions": extensions(), "tasks": tasks(site.folder)}
    found += [put_into(site.folder, f".vscode/{name}.json", what) for name, what in merged.items()]
    mine, remark = site.folder / REMARK, remark_settings()
    if mine.exists() and not mine.read_text("utf-8", "replace").startswith(OURS):
        return [*found, Outcome(REMARK, "left", remark)]
    return [*found, put(site.folder, REMARK, remark)]


def put(folder: Path, path: str, text: str) -> Outcome:
    """Write a file, unless it is so already."""
    file = folder / path
    if file.is_file() and file.read_bytes() == text.encode():
        return Outcome(path, "unchanged")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")
    return Outcome(path, "written")


def put_into(folder: Path, path: str, more: Thing) -> Outcome:
    """Add to a JSON file what it has not; one that is more than JSON, such as one with comments, is left alone."""
    file = folder / path
    if not file.exists():
        return put(folder, path, as_json(more))
    text = file.read_text("utf-8", "replace")
    try:
        before = json.loads(text) if text.strip() else {}
    except ValueError:
        return Outcome(path, "left", as_json(more))
    after = merged(before, more)
    if after == before:
        return Outcome(path, "unchanged")
    indent = re.search(r"^[ \t]+", text, re.MULTILINE)
    return put(folder, path, as_json(after, indent[0] if indent else "    "))


def merged(before: Any, more: Any) -> Any:
    """What stood there, with what it has not; a task is known by its label."""
    if isinstance(before, dict) and isinstance(more, dict):
        return before | {key: merged(before[key], value) if key in before else value for key, value in more.items()}
    if isinstance(before, list) and isinstance(more, list):
        labels = {one.get("label") for one in before if isinstance(one, dict)} - {None}
        known = (one in before or (isinstance(one, dict) and one.get("label") in labels) for one in more)
        return [*before, *(one for one, there in zip(more, known, strict=True) if not there)]
    return before


def as_json(thing: object, indent: str = "  ") -> str:
    """A thing as the text of a file."""
    return json.dumps(thing, ensure_ascii=False, indent=indent) + "\n"


def settings() -> Thing:
    """The settings of a folder: the schema of `site.yml`, and the Tab key, which completes a field."""
    return {
        "yaml.schemas": {f"./{FOLDER}/{SITE}.json": f"/{FACTS}"},
        "[markdown]": {"editor.tabCompletion": "onlySnippets"},
    }


def extensions() -> Thing:
    """The extension that reads the schema of `site.yml`."""
    return {"recommendations": ["redhat.vscode-yaml"]}


def tasks(folder: Path) -> Thing:
    """The task that checks a site at every save, and marks the place of everything it tells."""
    background = {"activeOnStart": True, "beginsPattern": CHECKING, "endsPattern": DONE}
    matchers = [
        {
            "owner": owner,
            "source": "octavo",
            "severity": severity,
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": {"regexp": pattern, "file": 1, "line": 2, "column": 3, "message": 4},
            "background": background,
        }
        for owner, severity, pattern in (("octavo", "error", PROBLEM), ("octavo-advice", "info", ADVICE))
    ]
    task = {
        "label": "octavo check",
        "type": "process",
        "command": program(folder),
        "args": ["--site", "${workspaceFolder}", "check", "--watch"],
        "isBackground": True,
        "runOptions": {"runOn": "folderOpen"},
        "presentation": {"reveal": "never", "panel": "dedicated"},
        "problemMatcher": matchers,
    }
    return {"version": "2.0.0", "tasks": [task]}


def program(folder: Path) -> str:
    """The command `octavo` as a task of the folder calls it: beside or in the folder, or wherever commands are."""
    here = Path(sys.executable).parent / "octavo"
    near = here.is_relative_to(folder.resolve().parent) and here.exists()
    return f"${{workspaceFolder}}/{Path(os.path.relpath(here, folder.resolve())).as_posix()}" if near else "octavo"


def snippets() -> Thing:
    """A snippet for every field, with what it is for, in the files whose type has it."""
    alike: dict[tuple[str, str, str], list[Kind]] = {}
    for one in (*OF_COLLECTIONS, LISTING, PAGE):
        for name in one.fields:
            alike.setdefault((name, body(one, name), one.said(name)), []).append(one)
    return {
        f"{name}: {', '.join(one.word for one in having)}": {
            "scope": "markdown", "prefix": name, "body": text, "description": told, **places(having),
        }
        for (name, text, told), having in alike.items()
    }  # fmt: skip


def body(one: Kind, name: str) -> str:
    """What a snippet puts in for a field."""
    if words := one.words(name):
        return f"{name}: ${{1|{','.join(words)}|}}"
    if group := one.group(name):
        return f"{name}:\n  - " + "\n    ".join(f"{field}: ${number}" for number, field in enumerate(group, 1))
    if one.schema["properties"][name].get("description", "").endswith(": 2026-02-28."):
        return f"{name}: ${{1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"
    return f"{name}: [$1]" if isinstance(one.defaults[name], tuple) else f"{name}: $1"


def places(having: list[Kind]) -> Thing:
    """Where a snippet is offered: in the files of the types that have its field."""
    if PAGE not in having:
        include = [path for one in having for path in files_of(one)]
        return {"include": include, **({} if LISTING in having else {"exclude": files_of(LISTING)})}
    exclude = [path for one in (*OF_COLLECTIONS, LISTING) if one not in having for path in files_of(one)]
    return {"include": [f"**/{EVERY}"], **({"exclude": exclude} if exclude else {})}


def files_of(one: Kind) -> list[str]:
    """The files of a kind, as patterns of paths."""
    if one is LISTING:
        return [f"**/pages/**/{name}" for name in INDEXES]
    if one.place.endswith(".md"):
        return [f"**/pages/{one.place}", f"**/pages/{one.place.removesuffix('.md')}.*.md"]
    return [f"**/pages/{one.place}/**/*.md"]


def remark_settings() -> str:
    """The settings of remark, which checks front matter by the schemas while one types."""
    found = "".join(f"      {json.dumps(f'{FOLDER}/{name}.json')}: {json.dumps(paths)},\n" for name, paths in patterns())
    return f"""{OURS}, for the extension unifiedjs.vscode-remark and for remark-cli. They need:
// npm install remark-cli remark-frontmatter {PLUGIN}
import frontmatter from "remark-frontmatter";
import schema from "{PLUGIN}";

export default {{
  plugins: [frontmatter, [schema, {{
    ajvOptions: {{ validateSchema: false, strict: false }}, // JSON Schema 2020-12 is newer than what it knows
    schemas: {{
{found}    }},
  }}]],
}};
"""


def patterns() -> Iterator[tuple[str, list[str]]]:
    """The name of each type with the patterns of its files, no file being of two."""
    index, first = "index?(.*).md", {one.place.split("/")[0].removesuffix(".md") for one in OF_COLLECTIONS}
    for one in OF_COLLECTIONS:
        place = one.place.removesuffix(".md")
        yield kind(one.type), [f"pages/{place}?(.*).md" if place != one.place else f"pages/{place}/**/!({index})"]
    yield kind(LISTING.type), [f"pages/**/{index}"]
    yield kind(PAGE.type), [f"pages/!({'|'.join(sorted(first))})/**/!({index})", f"pages/!({index}|cv?(.*).md)"]
