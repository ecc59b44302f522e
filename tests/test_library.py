"""The References of some files by key, and the cache that they are kept in."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.bibliography.library import BibFile, Library

CORPUS = Path(__file__).parent / "corpora" / "iclr-blogposts"


class Kept:
    """A cache in memory, which counts what was put."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], bytes] = {}
        self.puts = 0

    def __len__(self) -> int:
        return len(self.values)

    def get(self, kind: str, key: str) -> bytes | None:
        return self.values.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        self.puts += 1
        self.values[kind, key] = value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a mistake and all that a Reference can have."""
    file = tmp_path / "references.bib"
    file.write_text(
        "@misc{b, title={The {B} \\foo}, author={van Dyk, Jr., Z and {A Team} and others}}\n"
        "@book{a, editor={王, 小明}, year=1}\n",
        "utf-8",
    )
    return file


def test_references_are_found_by_exact_key_and_stand_in_their_order(file: Path) -> None:
    library = Library.read([(file, "pages/references.bib")])

    assert [reference.key for reference in library] == ["b", "a"]
    assert (reference := library.get("a")) is not None
    assert reference.path == "pages/references.bib"
    assert library.get("A") is None
    assert "a" in library
    assert len(library) == 2


def test_the_nearest_key_is_named(file: Path) -> None:
    file.write_text("@misc{kaplan2020, title={K}}")
    library = Library.read([(file, "a.bib")])

    assert library.near("Kaplan2020") == "did you mean 'kaplan2020'?"
    assert library.near("zzz") == "no .bib file of this page has such a key"


def test_a_key_in_two_files_is_told_with_both_places_and_the_first_stays(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.bib"
    other.write_text("\n@misc{a, title={Other}}\n@misc{c, title={C}}")

    library = Library.read([(file, "references.bib"), (other, "other.bib")])

    told = library.problems[-1]
    assert (told.place, told.message) == (
        "other.bib:2:1",
        "the key 'a' stands in references.bib:2 already, and that entry is used",
    )
    assert [reference.key for reference in library] == ["b", "a", "c"]
    assert (reference := library.get("a")) is not None
    assert reference.path == "references.bib"


def test_a_file_named_twice_is_taken_once(file: Path) -> None:
    twice = BibFile.read(file, "a.bib")

    library = Library.of([twice, twice])

    assert library == Library.of([twice])
    assert len(library.problems) == 1


def test_libraries_are_equal_when_their_files_are(file: Path) -> None:
    before = Library.read([(file, "a.bib")])

    same = Library.read([(file, "a.bib")])
    file.write_text(file.read_text() + " ")
    changed = Library.read([(file, "a.bib")])

    assert before == same
    assert hash(before) == hash(same)
    assert before != changed


def test_a_missing_file_is_a_problem_and_the_others_are_there(file: Path, tmp_path: Path) -> None:
    library = Library.read([(tmp_path / "no.bib", "no.bib"), (file, "a.bib")])

    assert library.problems[0].place == "no.bib:1:1"
    assert "a" in library


def test_what_comes_out_of_the_cache_is_what_was_read(file: Path) -> None:
    cache = Kept()
    first = BibFile.read(file, "a.bib", cache)

    second = BibFile.read(file, "b.bib", cache)

    assert cache.puts == 1
    assert [reference.path for reference in second.references] == ["b.bib", "b.bib"]
    again = BibFile.read(file, "a.bib", cache)
    assert (again.references, again.problems) == (first.references, first.problems)
    assert len(first.problems) == 1


@pytest.mark.parametrize("damage", [lambda value: b"", lambda value: value[:-1], lambda value: value[:60] + b"x" + value[61:]])
def test_a_damaged_value_is_read_anew(file: Path, damage: type[bytes]) -> None:
    cache = Kept()
    first = BibFile.read(file, "a.bib", cache)
    for name, value in cache.values.items():
        cache.values[name] = damage(value)

    second = BibFile.read(file, "a.bib", cache)

    assert second.references == first.references
    assert cache.puts == 2


def test_five_hundred_entries_come_out_of_the_cache_in_ten_milliseconds(tmp_path: Path) -> None:
    contents = "\n".join(file.read_text("utf-8") for file in sorted(CORPUS.glob("*.bib")))
    for number in range(4):
        (tmp_path / f"{number}.bib").write_text(f"% {number}\n{contents}", "utf-8")
    files = [(tmp_path / f"{number}.bib", f"{number}.bib") for number in range(4)]
    cache = Kept()
    Library.read(files, cache)
    spent = []

    for _ in range(5):
        start = time.process_time()
        read = [BibFile.read(file, path, cache) for file, path in files]
        spent.append(time.process_time() - start)

    count = sum(len(file.references) for file in read)
    assert count >= 500
    assert min(spent) / count * 500 < 0.010
