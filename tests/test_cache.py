"""The cache: what it keeps, that it changes nothing, and that nothing wrong with it is ever seen."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.answers import Texts
from app.bibliography.stored import DIGEST as WITH_ITS_OWN
from app.cache import DIGEST, FILE, Cache
from app.check import check
from app.folders import PROGRAM
from app.site import Site

from .site_tree import SiteTree

BIB = "@article{kepler1609, author={Kepler, Johannes}, title={Astronomia nova}, journal={Prague}, year={1609}}\n"
URLS = ("/", "/a/", "/b/", "/notes/research/c/")


def written(tree: SiteTree) -> SiteTree:
    """A site with something of everything that is kept."""
    tree.write("pages/references.bib", BIB)
    tree.entry(
        "a", "## Part {#sec:p}\n\n::: theorem {#thm:a}\nBy [@kepler1609].\n:::\n\nSee [[b]], @thm:a.\n\n```python\nx = 1\n```"
    )
    tree.entry("b", "![[a#thm:a]]\n\nBy @thm:a and $x$ and [nowhere](nope.md).")
    tree.entry("notes/research/c", "Text.", abstract="After @kepler1609 and @sec:p.", title="On $x$")
    return tree


def pages(tree: SiteTree) -> dict[str, bytes]:
    """Every page of the site, as it is served, and every problem."""
    app = tree.app()
    client = app.test_client()
    found = {url: client.get(url).get_data() for url in URLS}
    site: Site = app.extensions["octavo"]
    problems = "\n".join(map(str, check(site))).encode()
    if site.texts.cache:
        site.texts.cache.close()
    return found | {"problems": problems}


def test_what_is_put_is_got_before_and_after_it_is_saved(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("kind", "key", b"value")

    assert cache.get("kind", "key") == b"value"
    assert Cache(tmp_path).get("kind", "key") is None
    cache.save()
    assert Cache(tmp_path).get("kind", "key") == b"value"
    assert cache.get("other", "key") is None
    assert cache.get("kind", "other") is None


def test_a_later_value_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for value in (b"one", b"two"):
        cache.put("kind", "key", value)
        cache.save()

    assert Cache(tmp_path).get("kind", "key") == b"two"


def test_many_are_got_at_once(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(2000):
        cache.put("kind", str(number), bytes(number % 7))
    cache.save()

    found = Cache(tmp_path).many("kind", (str(number) for number in range(-5, 2005)))

    assert found == {str(number): bytes(number % 7) for number in range(2000)}


def test_pages_from_the_cache_are_byte_for_byte_the_same(tree: SiteTree) -> None:
    first = pages(written(tree))

    second = pages(tree)

    assert (tree.folder / FILE).is_file()
    assert second == first
    assert b"Theorem" in first["/a/"]


def test_a_second_run_parses_nothing(tree: SiteTree) -> None:
    pages(written(tree))
    site = tree.site()
    cache = site.texts.cache
    assert cache is not None

    for entry in site.store:
        site.html(entry)

    assert cache._new == {}


def test_a_release_with_a_cache_is_the_one_without(tree: SiteTree) -> None:
    written(tree).entry("b", "![[a#thm:a]]")
    tree.freeze("one")
    tree.freeze("two")
    first = tree.release("one")

    (tree.folder / FILE).unlink()
    tree.freeze("three")

    assert tree.release("two") == first
    assert tree.release("three") == first
    assert not [name for name in first if "cache" in name]


def test_a_text_that_has_changed_is_parsed_anew(tree: SiteTree) -> None:
    pages(written(tree))
    tree.entry("a", "::: theorem {#thm:z}\nNew words.\n:::\n\n::: theorem {#thm:a}\nOther words.\n:::")

    after = pages(tree)

    assert b"New words." in after["/a/"]
    assert b"Other words." in after["/b/"]
    assert "Theorem\u00a02".encode() in after["/b/"]


def test_what_stands_on_other_lines_now_is_told_there(tree: SiteTree) -> None:
    pages(written(tree))
    file = tree.folder / "pages" / "b.md"
    file.write_text(file.read_text().replace("---\n\n", "---\n\n\n\n"))

    assert b"pages/b.md:9:23: 'nope.md' leads to nothing" in pages(tree)["problems"]


def test_another_version_of_the_program_parses_anew(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    pages(written(tree))
    site = tree.site()
    entry = site.entry("a")
    assert entry is not None
    monkeypatch.setattr("app.answers.documents.maker", lambda: "another")

    site.html(entry)

    assert site.texts.cache is not None
    assert any(kind == "document" for kind, _ in site.texts.cache._new)


def changed(file: Path, *statements: str) -> None:
    """Do something to a database that its owner never does."""
    database = sqlite3.connect(file, isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


def in_its_place(file: Path) -> None:
    """Put a folder in the place of a file."""
    file.unlink()
    file.mkdir()
    (file / "x").write_text("x")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_text("This is no database.\n" * 500),
    "short": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "tiny": lambda file: file.write_bytes(file.read_bytes()[:50]),
    "spoilt": lambda file: file.write_bytes(file.read_bytes()[:4096] + bytes(255 - byte for byte in file.read_bytes()[4096:])),
    "header": lambda file: file.write_bytes(bytes(100) + file.read_bytes()[100:]),
    "folder": in_its_place,
    "another table": lambda file: changed(file, "DROP TABLE kept", "CREATE TABLE kept (something TEXT)"),
    "other bytes": lambda file: changed(file, "UPDATE kept SET value = x'00ff7b'"),
    "numbers": lambda file: changed(file, "UPDATE kept SET value = 5"),
    "words": lambda file: changed(file, "UPDATE kept SET value = '{}'"),
    "nothing": lambda file: changed(file, "UPDATE kept SET value = NULL"),
    "other data": lambda file: changed(file, "UPDATE kept SET value = CAST('{\"path\": 5}' AS BLOB)"),
    "a list": lambda file: changed(file, "UPDATE kept SET value = CAST('[[], [[1]]]' AS BLOB)"),
    "a nest": lambda file: changed(file, f"UPDATE kept SET value = CAST('{'[' * 100_000}' AS BLOB)"),
}
"""What can be done to the file of a cache."""


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_cache_changes_nothing(tree: SiteTree, how: str) -> None:
    expected = pages(written(tree))
    DAMAGE[how](tree.folder / FILE)

    assert pages(tree) == expected
    assert pages(tree) == expected


@pytest.mark.parametrize("seed", range(12))
def test_a_cache_with_a_few_wrong_bytes_changes_nothing(tree: SiteTree, seed: int) -> None:
    expected = pages(written(tree))
    file = tree.folder / FILE
    whole = bytearray(file.read_bytes())
    for number in range(20):
        whole[(seed * 7919 + number * 104_729) % len(whole)] ^= 0xFF
    file.write_bytes(bytes(whole))

    assert pages(tree) == expected


def test_a_folder_that_cannot_be_made_is_as_good_as_no_cache(tree: SiteTree) -> None:
    written(tree).write(".octavo", "a file where the folder should be")

    assert b"Theorem" in pages(tree)["/a/"]


def test_a_cache_that_another_holds_locked_changes_nothing(tree: SiteTree) -> None:
    expected = pages(written(tree))
    database = sqlite3.connect(tree.folder / FILE, isolation_level=None)
    database.execute("PRAGMA locking_mode=EXCLUSIVE")
    database.execute("BEGIN EXCLUSIVE")

    found = pages(tree)

    database.close()
    assert found == expected


def test_a_cache_that_may_not_be_written_changes_nothing(tree: SiteTree) -> None:
    expected = pages(written(tree))
    for file in (tree.folder / ".octavo").iterdir():
        if file.is_file():
            file.chmod(0o444)
    (tree.folder / ".octavo").chmod(0o555)

    found = pages(tree)

    (tree.folder / ".octavo").chmod(0o755)
    assert found == expected


def test_a_cache_that_is_deleted_while_it_is_open_raises_nothing(tree: SiteTree) -> None:
    site = written(tree).site()
    (tree.folder / FILE).unlink()

    problems = check(site)

    assert [problem.path for problem in problems] == ["pages/b.md"]


def test_several_threads_may_ask_and_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    wrong: list[str] = []

    def work(name: str) -> None:
        for number in range(200):
            cache.put("kind", f"{name}{number}", name.encode())
            if number % 20 == 0:
                cache.save()
            if cache.get("kind", f"{name}{number}") != name.encode():
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.save()

    assert wrong == []
    assert len(Cache(tmp_path).many("kind", [f"{name}{number}" for name in "abcd" for number in range(200)])) == 800


def test_two_processes_may_keep_at_the_same_time(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from app.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for number in range(300):\n"
        "    cache.put('kind', sys.argv[2] + str(number), b'x' * 1000); cache.save()\n"
    )

    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], cwd=PROGRAM) for name in "ab"]

    assert [process.wait(120) for process in running] == [0, 0]
    assert len(Cache(tmp_path).many("kind", [f"{name}{number}" for name in "ab" for number in range(300)])) >= 590


def test_nothing_in_the_cache_can_be_run(tree: SiteTree) -> None:
    pages(written(tree))
    database = sqlite3.connect(tree.folder / FILE)

    rows = database.execute("SELECT kind, value FROM kept").fetchall()

    database.close()
    assert {kind for kind, _ in rows} >= {"document", "outline", "bibliography"}
    for kind, value in rows:
        assert json.loads(value[DIGEST + (WITH_ITS_OWN if kind == "bibliography" else 0) :])


def test_a_page_of_a_thousand_notes_finds_its_labels_in_100_milliseconds(tree: SiteTree) -> None:
    for number in range(1000):
        tree.entry(
            f"notes/n{number}",
            f"## Part {{#sec:p{number}}}\n\n::: theorem {{#thm:t{number}}}\nWords.\n:::\n\n$$ x $$ {{#eq:e{number}}}\n\n"
            f"By @thm:t{number} and @eq:e{(number + 1) % 1000}, [see](n{(number + 2) % 1000}.md) [[n{(number + 3) % 1000}]].",
        )
    site = tree.site()
    assert len(site.texts.labels) == 3000
    site.texts.save()

    times = []
    for _ in range(5):
        cache = Cache(tree.folder)
        start = time.perf_counter()
        loop = sum(number * number for number in range(100_000))
        slowness = max((time.perf_counter() - start) / 0.0060, 1)
        texts = Texts(site.store, site.folders.static, cache)
        start = time.perf_counter()
        labels = texts.labels
        times.append((time.perf_counter() - start) / slowness)
        assert loop
        assert len(labels) == 3000
        assert cache._new == {}

    assert min(times) <= 0.100
