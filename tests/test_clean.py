"""What is kept in `.octavo/` only to save time: bounded, deleted, made again."""

from __future__ import annotations

import json
import os
import sqlite3
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cache import FILE, LARGEST, Cache, digest
from app.cli import main
from app.images.shelf import Shelf
from app.release.kept import releases
from app.release.lock import locked
from app.release.records import Records
from app.release.upkeep import BOUND, keep_within, size_of
from app.settled import Settled, settled, state_of_release

from .site_tree import SiteTree


def clean(tree: SiteTree, *words: str) -> Result:
    """What `octavo clean` does."""
    return CliRunner().invoke(main, ["--site", str(tree.folder), "clean", *words])


def filled(folder: Path, *names: str, size: int = 100_000) -> Cache:
    """A cache with a value under each name."""
    cache = Cache(folder)
    for name in names:
        cache.put("kind", name, os.urandom(size))
    cache.save()
    return cache


def marked(folder: Path, name: str, at: int) -> None:
    """Let a value have been asked for at this time."""
    database = sqlite3.connect(folder / FILE, isolation_level=None)
    database.execute("INSERT OR REPLACE INTO asked VALUES ('kind', ?, ?)", (name, at))
    database.close()


def kept(folder: Path, *names: str) -> set[str]:
    """Those of some names under which there is a value."""
    cache = Cache(folder)
    found = cache.known("kind", names)
    cache.close()
    return found


def test_what_was_not_used_for_the_longest_time_goes_first(tmp_path: Path) -> None:
    filled(tmp_path, *"abcdefghij").close()
    for at, name in enumerate("hgfedcba", 1):
        marked(tmp_path, name, at)
    cache = Cache(tmp_path)

    freed = keep_within(tmp_path, cache, 500_000)

    cache.close()
    assert kept(tmp_path, *"abcdefghij") == {"a", "b", "c"}
    assert freed > 600_000
    assert size_of(tmp_path) <= 500_000


def test_what_was_asked_for_in_this_run_stays(tmp_path: Path) -> None:
    filled(tmp_path, *"abcdefghij").close()
    for name in "abcdefghij":
        marked(tmp_path, name, 1_000)
    cache = Cache(tmp_path)
    cache.many("kind", "b")
    cache.known("kind", "h")
    cache.put("kind", "new", os.urandom(100_000))
    cache.save()

    keep_within(tmp_path, cache, 500_000)

    cache.close()
    assert kept(tmp_path, *"abcdefghij", "new") == {"b", "h", "new"}


def test_nothing_goes_and_nothing_is_noted_where_there_is_room(tmp_path: Path) -> None:
    cache = filled(tmp_path, "a")

    freed = keep_within(tmp_path, cache)

    assert freed == 0
    assert cache.sizes() == {("kind", "a"): (0, 100_016)}
    cache.close()


def test_pictures_count_too_and_go_by_when_they_were_read_last(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / ".octavo" / "images")
    for name in "abc":
        shelf.kept(name, lambda: os.urandom(100_000))
    for at, file in enumerate(sorted(shelf.folder.iterdir()), 1):
        os.utime(file, (at, at))
    last = max(shelf.folder.iterdir())

    freed = keep_within(tmp_path, None, 200_000)

    assert list(shelf.folder.iterdir()) == [last]
    assert freed == 2 * 100_032


def test_a_freeze_keeps_the_bound(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tree.folder, *"abcdefghij", size=200_000).close()
    monkeypatch.setattr("app.release.upkeep.keep_within.__defaults__", (1_000_000,))

    tree.freeze()

    assert kept(tree.folder, *"abcdefghij") < set("abcdefghij")
    assert size_of(tree.folder) <= 1_000_000
    cache = Cache(tree.folder)
    assert {kind for kind, _ in cache.sizes()} >= {"document", "outline", "page", "record"}
    cache.close()


def test_clean_tells_what_was_freed(tree: SiteTree) -> None:
    tree.freeze()
    filled(tree.folder, "old", size=3_000_000).close()

    first, second = clean(tree, "--keep", "2"), clean(tree)

    assert first.exit_code == 0
    assert first.output.startswith("Freed 3.")
    assert second.output.startswith("Freed 0.0 MB; 0.")


def test_clean_all_deletes_what_can_be_made_again_and_nothing_else(tree: SiteTree) -> None:
    tree.write(".octavo/mine.txt", "A note of the author's.")
    Shelf(tree.folder / ".octavo" / "images").kept("a", lambda: b"a")
    tree.freeze()
    tree.entry("a")
    tree.freeze()
    before = tree.release()
    numbers = [release.number for release in releases(tree.folder / "build")]

    result = clean(tree, "--all")

    assert result.exit_code == 0
    assert sorted(path.name for path in (tree.folder / ".octavo").iterdir()) == ["mine.txt", "releases"]
    assert tree.release() == before
    assert [release.number for release in releases(tree.folder / "build")] == numbers == [2, 1]
    changes = tree.freeze()
    assert (changes.added, changes.changed, changes.removed) == ((), (), ())


def test_clean_releases_deletes_those_before_the_current_one(tree: SiteTree) -> None:
    tree.freeze()
    tree.entry("a")
    tree.freeze()
    before = tree.release()

    result = clean(tree, "--releases")

    assert "1 release before the current one deleted." in result.output
    assert [(one.number, one.current) for one in releases(tree.folder / "build")] == [(2, True)]
    assert tree.release() == before
    tree.entry("b")
    tree.freeze()
    assert [one.number for one in releases(tree.folder / "build")] == [3, 2]


def test_clean_follows_no_link_out_of_the_folder(tree: SiteTree, tmp_path: Path) -> None:
    tree.freeze()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").write_text("mine")
    (tree.folder / ".octavo" / "outputs").symlink_to(tmp_path / "elsewhere")

    results = clean(tree, "--keep", "0"), clean(tree, "--all")

    assert [result.exit_code for result in results] == [0, 0]
    assert (tmp_path / "elsewhere" / "mine").read_text() == "mine"


def test_clean_of_a_site_where_nothing_is_kept_frees_nothing(tree: SiteTree) -> None:
    assert clean(tree, "--all").output == "Freed 0.0 MB; 0.0 MB are kept.\n"


def test_clean_waits_for_a_freeze(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.freeze()
    monkeypatch.setattr("app.cli.clean.PATIENCE", 0)

    with locked(tree.folder / "build"):
        result = clean(tree, "--all")

    assert result.exit_code == 1
    assert "'build' is in use: a freeze has it" in result.output
    assert (tree.folder / FILE).is_file()


def test_a_cache_of_another_form_is_begun_anew(tmp_path: Path) -> None:
    filled(tmp_path, "a").close()
    database = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    database.execute("PRAGMA user_version = 999")
    database.close()

    cache = filled(tmp_path, "b")

    cache.close()
    assert kept(tmp_path, "a", "b") == {"b"}


def test_a_database_with_other_columns_is_begun_anew(tmp_path: Path) -> None:
    filled(tmp_path, "a").close()
    database = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    database.execute("DROP TABLE kept")
    database.execute("CREATE TABLE kept (something TEXT)")
    database.close()

    filled(tmp_path, "b").close()

    assert kept(tmp_path, "a", "b") == {"b"}


SHAPES = {
    "nothing": b"",
    "a number": b"5",
    "a word": b'"x"',
    "a list": b"[[1], [2]]",
    "an object": b'{"program": 1}',
    "no JSON": b"\xff\x00",
    "reads of nothing": json.dumps({"program": "", "reads": [["body"]], "pages": {}, "searched": "", "search": []}).encode(),
    "numbers for names": json.dumps(
        {"program": "", "reads": [], "pages": [[5, 6, 7, 8]], "searched": "", "search": [1]}
    ).encode(),
}
"""Values of another version of the program, whole as far as their digests say."""

KINDS = ("record", "page", "settled", "outline", "document", "references", "bibliography", "stamped")


@pytest.mark.parametrize("kind", KINDS)
def test_values_of_another_shape_are_made_anew(tree: SiteTree, kind: str) -> None:
    tree.write("pages/references.bib", "@book{k, author={Kepler, Johannes}, title={Astronomia nova}, year={1609}}\n")
    tree.entry("a", "By [@k] and $x$.")
    tree.freeze()
    tree.entry("a", "By [@k] and $y$.")
    tree.freeze("other")
    overwritten(tree.folder, kind)

    tree.freeze()

    assert tree.release() == tree.release("other")


def overwritten(folder: Path, kind: str) -> None:
    """Give every value of a kind one of the shapes."""
    database = sqlite3.connect(folder / FILE, isolation_level=None)
    keys = [key for (key,) in database.execute("SELECT key FROM kept WHERE kind = ?", (kind,))]
    for key, value in zip(keys, cycle(SHAPES.values())):
        database.execute("UPDATE kept SET value = ? WHERE kind = ? AND key = ?", (digest(value) + value, kind, key))
    database.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_records_of_another_shape_are_none(tmp_path: Path, shape: str) -> None:
    cache = Cache(tmp_path)
    cache.put("record", "name", SHAPES[shape])

    assert Records.load(cache, "name") == Records()
    cache.close()


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_settled_in_another_shape_is_not_settled(tree: SiteTree, shape: str) -> None:
    tree.freeze()
    out = tree.folder / "build"
    Settled("now", state_of_release(out), ("Frozen.",)).keep(tree.folder, "name")
    assert settled(tree.folder, out, "name", "now")
    cache = Cache(tree.folder)
    cache.put("settled", "name", SHAPES[shape])
    cache.save()
    cache.close()

    assert settled(tree.folder, out, "name", "now") is None


def test_the_bound_is_a_gigabyte() -> None:
    assert BOUND == LARGEST == 1_000_000_000


def test_a_cache_that_nobody_has_made_smaller_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, *"abc").close()
    monkeypatch.setattr("app.cache.LARGEST", 250_000)

    filled(tmp_path, "d").close()

    assert kept(tmp_path, *"abcd") == {"d"}
