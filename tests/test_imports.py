"""Imports point one way; a newcomer who takes a shortcut is told where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent / "app"
LAYERS = (
    {"recent"},
    {"cache", "contrast", "folders", "loads", "problems", "reads", "stamps", "words"},
    {"content", "settled"},
    {"dates"},
    {"activities"},
    {"bibliography", "content_types", "images"},
    {"cards", "config", "connections", "markup", "plain", "prose", "publications", "relative", "theme"},
    {"answers", "pdf", "reading_time"},
    {"site"},
    {"fonts", "icons", "leaves", "linkcards", "overrides", "papers"},
    {"advice", "api", "assets", "check", "feeds", "interface", "outward", "schema"},
    {"kinds", "metadata", "policy"},
    {"editors", "new"},
    {"views", "release", "live"},
    {"deploy"},
    {"application"},
    {"__init__"},
    {"cli"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def room(file: Path) -> str:
    """The part of `app/` that a file belongs to."""
    return file.relative_to(APP).parts[0].removesuffix(".py")


def imports(file: Path, text: str | None = None) -> Iterator[tuple[int, str, int, list[str]]]:
    """Line, module, level and names of every import from a module of ours, wherever it stands in the file."""
    for node in ast.walk(ast.parse(text if text is not None else file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, node.module or "", node.level, [alias.name for alias in node.names]


def targets(file: Path, module: str, level: int, names: list[str]) -> list[Path]:
    """The files or folders in `app/` that an import takes something from."""
    folder = file.parent
    for _ in range(level - 1):
        folder = folder.parent
    place = folder.joinpath(*module.split(".")) if module else folder
    inside = [place / name for name in names if (place / f"{name}.py").exists() or (place / name).is_dir()]
    return inside or [place]


def wrong(file: Path, text: str | None = None) -> Iterator[str]:
    """Every import of `file` that points the wrong way, with its line."""
    own = room(file)
    for line, module, level, names in imports(file, text):
        for target in targets(file, module, level, names):
            other = room(target) if target != APP else "__init__"
            where = f"{file.relative_to(APP.parent)}:{line}"
            if other != own and LEVEL[other] >= LEVEL[own]:
                yield f"{where}: '{own}' imports '{other}', which stands beside or above it"
            inner = target.relative_to(APP).parts[1:]
            if own == other == "views" and inner and file.name != "__init__.py":
                yield f"{where}: views do not import each other"
            if own == other == "markup" and inner and is_transform(file) and is_transform(target.with_suffix(".py")):
                yield f"{where}: transforms do not import each other"


def is_transform(file: Path) -> bool:
    """Whether a file of `markup/` is one feature of the syntax."""
    return file.is_file() and f"def {file.stem}(tree: AstNode, document: Manuscript) -> None" in file.read_text()


FILES = sorted(APP.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(APP)))
def test_imports_point_one_way(file: Path) -> None:
    found = list(wrong(file))

    assert not found, "\n".join(found)


def test_an_import_that_points_the_wrong_way_is_told_with_file_and_line() -> None:
    text = '"""Doc."""\n\nfrom ..views import content\n'

    found = list(wrong(APP / "content" / "query.py", text))

    assert found == ["app/content/query.py:3: 'content' imports 'views', which stands beside or above it"]


def test_every_transform_is_known_as_one() -> None:
    transforms = {file.stem for file in (APP / "markup").glob("*.py") if is_transform(file)}

    assert transforms >= {"headings", "figures", "tables", "footnotes", "links", "math", "alerts", "tasks", "code"}


def test_imports_stand_at_the_top_of_a_module() -> None:
    hidden = [
        f"{file.relative_to(APP)}:{node.lineno}"
        for file in FILES
        for outer in ast.walk(ast.parse(file.read_text()))
        if isinstance(outer, ast.FunctionDef | ast.ClassDef)
        for node in ast.walk(outer)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not hidden


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {file: set(modules(file)) for file in FILES}

    for file in FILES:
        reached: set[Path] = set()
        waiting = set(graph[file])
        while waiting:
            reached.add(module := waiting.pop())
            waiting |= graph[module] - reached
        assert file not in reached, f"{file.relative_to(APP)} is in a cycle"


def modules(file: Path) -> Iterator[Path]:
    """The modules that `file` imports; a package stands for its `__init__.py`, which its own modules do not need."""
    for _, module, level, names in imports(file):
        for target in targets(file, module, level, names):
            found = target.with_suffix(".py") if target.with_suffix(".py").exists() else target / "__init__.py"
            if found.exists() and found != file.parent / "__init__.py":
                yield found


def test_only_one_module_knows_the_markdown_parser() -> None:
    knowing = {file.relative_to(APP).as_posix() for file in FILES if "from comrak" in file.read_text()}

    assert knowing == {"markup/tree.py"}


def test_modules_and_functions_stay_small() -> None:
    long = [
        f"{file.relative_to(APP)}:{node.lineno}: {node.name} has {length} lines"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > 40
    ]
    large = [str(file.relative_to(APP)) for file in FILES if len(file.read_text().splitlines()) > 250]

    assert not long
    assert not large
