"""A text that makes parsers hang or crash, in a site that is being written: told in its place, and all other pages go on."""

from __future__ import annotations

import json
import os
import time

from .live_server import live, wait_for
from .site_tree import SiteTree
from .test_markdown_hazards import HAZARDS, SECONDS

BODIES = list(HAZARDS.values())[: None if "OCTAVO_LONG" in os.environ else 23]

ALIASES = "".join(f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10))
MERGED = "".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n  q{n}: 1\n" for n in range(1, 8))

REFUSED = {
    "aliases of aliases": "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + ALIASES,
    "merges of merges": "a0: &a0 {" + ", ".join(f"k{number}: 1" for number in range(200)) + "}\n" + MERGED,
    "deep lists": "tags: " + "[" * 900 + "]" * 900,
    "deeper lists": "tags: " + "[" * 20_000 + "]" * 20_000,
    "deep mappings": "".join(" " * level + "a:\n" for level in range(300)),
    "deeper mappings": "".join(" " * level + "a:\n" for level in range(2_000)),
    "a day that is none": "date: 2026-02-30",
    "a number of 5,000 digits": "year: " + "9" * 5_000,
    "an object of Python": "title: !!python/object/apply:os.system ['true']",
    "a key twice": "title: a\ntitle: b",
    "a null character": "title: a\0b",
    "a tab": "tags:\n\ta: 1",
    "1 MB": "summary: |\n" + "  lorem ipsum\n" * 70_000,
    "100,000 items": "tags:\n" + "- x\n" * 100_000,
    "an alias of nothing": "title: *zz",
    "a sign that YAML keeps": "title: @home",
    "a colon": "title: A: B",
}
"""Front matter that is refused; the places of its problems have tests of their own."""

READ = {
    "words that YAML takes for others": "title: no\nsummary: 1:30\ntags: [1.10, 0777]",
    "a mark of byte order": "\ufefftitle: a",
}
"""Front matter that other readers trip over."""


def test_r7_a_file_that_makes_parsers_hang_or_crash_takes_no_other_page_away(tree: SiteTree) -> None:
    tree.entry("notes/good", "Good words.")
    files = {f"body-{number}": f"---\ntitle: A\n---\n\n{text}\n" for number, text in enumerate(BODIES)}
    files |= {f"read-{number}": f"---\n{front}\n---\n\nWords.\n" for number, front in enumerate(READ.values())}
    files |= {f"refused-{number}": f"---\n{front}\n---\n\nWords.\n" for number, front in enumerate(REFUSED.values())}

    with live(tree.folder) as server:
        for name, text in files.items():
            wait_for(lambda: json.loads(server.get("/_octavo/state?path=/notes/good/").text)["complete"], 60)
            (tree.folder / f"pages/notes/{name}.md").write_text(text, "utf-8")
            start = time.monotonic()
            while (answer := server.get(f"/notes/{name}/")).status == 404 and time.monotonic() < start + SECONDS:
                time.sleep(0.01)
            assert "Good words." in server.get("/notes/good/").text
            took = time.monotonic() - start

            assert answer.status == (500 if name.startswith("refused") else 200), name
            assert answer.status == 200 or f"pages/notes/{name}.md:" in answer.text, name
            assert took <= SECONDS, name

        assert server.process.poll() is None
        assert "Traceback" not in server.log.read_text()
