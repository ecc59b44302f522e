"""Blog posts that nobody of this project wrote: the ICLR Blogposts, in their own Markdown."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from app.markup import Document, parse
from app.problems import Problem

from .site_tree import SiteTree

OURS = Path(__file__).parent / "corpora" / "iclr-blogposts"
ALL = Path(__file__).parents[2] / "shared" / "corpora" / "iclr-blogposts" / "_posts"
"""All posts, where they stand beside this checkout; seven of them are in it."""

FILES = sorted((ALL if ALL.is_dir() else OURS).glob("*.md"))


def body_of(file: Path) -> tuple[str, int]:
    """The body of a post, and the line of the file that it begins on."""
    text = file.read_text("utf-8")
    _, _, body = text.partition("\n---\n")
    return body, text.count("\n") - body.count("\n") + 1


def read(file: Path) -> tuple[Document, list[str]]:
    """A post parsed, and the lines of its file."""
    body, line = body_of(file)
    return parse(body, f"pages/{file.name}", line), file.read_text("utf-8").split("\n")


STARTS = {
    r"cannot be used|Unknown command": r"\\",
    r"Not valid in math mode": r"\\",
    r"Unknown color": r"\{",
    r"footnote": r"\[\^",
    r"alternative text": r"!\[|<img",
    r"code block|no language": r"```|~~~",
    "stands twice": "#",
    r"Liquid": r"\{[%{]",
    r"outside of a formula": r"\\(begin|(eq)?ref)\{",
    r"is no formula": r"\$\\|\\[(\[]",
    r"link has no address": r"\[",
}
"""What stands at the place of a problem, by words of its message."""


def points_at_what_it_tells(problem: Problem, line: str) -> bool:
    """Whether the place of a problem is the text that the problem talks about."""
    at = line[problem.column - 1 :]
    start = next((start for words, start in STARTS.items() if re.search(words, problem.message)), "never")
    quoted = re.search(r"""["'#](\\?\w+)""", problem.message)
    return re.match(start, at) is not None and (quoted is None or quoted[1] in at)


def test_the_corpus_has_posts() -> None:
    assert len(FILES) == (23 if ALL.is_dir() else 7)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_post_is_read_in_under_two_seconds(file: Path) -> None:
    start = time.perf_counter()

    document, _ = read(file)

    assert time.perf_counter() - start < 2
    assert document.parts
    assert document.text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_problem_points_at_the_text_it_talks_about(file: Path) -> None:
    document, lines = read(file)

    astray = [problem for problem in document.problems if not points_at_what_it_tells(problem, lines[problem.line - 1])]

    assert astray == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_slot_stands_where_its_target_is_written(file: Path) -> None:
    document, lines = read(file)

    for slot in document.slots:
        column = lines[slot.line - 1][slot.column - 1 :]

        assert column.startswith(("[", "![", "<", "href", "src", "poster", "@"))


def test_a_link_to_nothing_is_told_on_the_line_that_has_it(tree: SiteTree) -> None:
    for file in FILES:
        body, _ = body_of(file)
        tree.write(f"pages/posts/{file.stem}.md", f"---\ntitle: {file.stem}\ndate: 2024-05-07\n---\n{body}")

    told = [problem for problem in tree.problems() if "leads to nothing" in problem.message]

    assert told
    for problem in told:
        line = (tree.folder / problem.path).read_text("utf-8").split("\n")[problem.line - 1]
        assert problem.message.split("'")[1] in line


CITE = re.compile(r"""<d-cite\s+key=(?:"([^"]*)"|'([^']*)'|([^\s>/]+))\s*(?:/>|>\s*</d-cite>)""")
CAPTION = re.compile(r"<(div|aside)\b[^<>]*>\s*([^<>]*?(?:<(?!/?(?:div|aside)\b)[^<>]*>[^<>]*)*?)\s*</\1>")


def cited(found: re.Match[str]) -> str:
    """A citation of theirs as one of ours."""
    keys = (found[1] or found[2] or found[3]).split(",")
    return f"[{'; '.join(f'@{{{key.strip()}}}' for key in keys)}]"


def adapted(body: str) -> str:
    """The body of a post with citations of ours; Markdown is read in their captions, which are HTML."""
    return CAPTION.sub(
        lambda found: f"\n\n{' '.join(found[2].split())}\n\n" if "[@" in found[2] else found[0], CITE.sub(cited, body)
    )


def bibliography(file: Path) -> Path:
    """The `.bib` file of a post."""
    name = f"{file.stem}.bib"
    return ALL.parent / "assets" / "bibliography" / name if ALL.is_dir() else OURS / name


def test_the_citations_of_the_posts_lead_to_their_works(tree: SiteTree) -> None:
    for file in FILES:
        has = bibliography(file).is_file()
        if has:
            tree.write(f"pages/posts/{file.stem}.bib", bibliography(file).read_bytes())
        fields = f"title: {file.stem}\ndate: 2024-05-07\n" + (f"bibliography: [{file.stem}.bib]\n" if has else "")
        tree.write(f"pages/posts/{file.stem}.md", f"---\n{fields}---\n{adapted(body_of(file)[0])}")
    site = tree.site()
    problems = {problem.place for problem in tree.problems() if "no work" in problem.message}

    resolved = 0
    for entry in site.store:
        works, html = site.page(entry).works, site.html(entry)
        for slot in site.document(entry).slots:
            known = [one for one in slot.cited if one.key in works.library]
            resolved += len(known)
            assert (len(known) < len(slot.cited)) == (f"{entry.path}:{slot.line}:{slot.column}" in problems)
            assert all(f"#ref-{quote(one.key, safe=':')}" in html for one in known)

    assert resolved == (471 if ALL.is_dir() else 31)
