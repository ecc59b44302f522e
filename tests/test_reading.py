"""A `.bib` file read: entries, people, what is inherited, and every mistake at its line."""

from __future__ import annotations

import os
import random
import re
import time
from pathlib import Path

import pytest

from app.bibliography.names import name_of
from app.bibliography.reading import read, read_bytes, read_file
from app.bibliography.reference import Name, Reference
from app.problems import Problem

OURS = Path(__file__).parent / "corpora" / "iclr-blogposts"
ALL = Path(__file__).parents[2] / "shared" / "corpora" / "iclr-blogposts" / "assets" / "bibliography"
"""All bibliographies, where they stand beside this checkout; eight of them are in it."""

FILES = sorted((ALL if ALL.is_dir() else OURS).glob("*.bib"))
HEAD = re.compile(r"^[ \t]*@([A-Za-z]+)[ \t]*\{[ \t]*([^\s,{}()=\"#%]+)[ \t]*,", re.MULTILINE)


def one(text: str) -> Reference:
    """The only Reference of a text without mistakes."""
    references, problems = read(text, "a.bib")
    assert problems == ()
    assert len(references) == 1
    return references[0]


def people(value: str) -> tuple[Name, ...]:
    return one(f"@book{{k, author = {{{value}}}}}").names["author"]


def told(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of every Problem."""
    return [(problem.line, problem.column, problem.message) for problem in read(text, "a.bib")[1]]


def test_the_corpus_has_bibliographies() -> None:
    assert len(FILES) == (22 if ALL.is_dir() else 8)


def test_an_entry_has_its_key_type_fields_line_and_text() -> None:
    text = "\n@Article{He2016,\n  Title = {Deep},\n  YEAR = 2016,\n}\n\nafter"

    reference = one(text)

    assert (reference.key, reference.kind, reference.line, reference.path) == ("He2016", "article", 2, "a.bib")
    assert reference.fields == {"title": "Deep", "year": "2016"}
    assert reference.written == "@Article{He2016,\n  Title = {Deep},\n  YEAR = 2016,\n}"


@pytest.mark.parametrize(
    "text",
    [
        "@misc(k, title = {T})",
        '@misc{k, title = "T"}',
        "@misc{k,title={T},}",
        "@ misc {k , title = {T}}",
        "---\n---\nwords\n@misc{k, title={T}}",
        "\ufeff@misc{k, title={T}}",
        "@misc{k,\r\n title={T}\r\n}\r\n",
        "%@misc{no, title={U}}\n@misc{k, title={T}}",
        "@comment{@misc{no, title={U}}}\n@misc{k, title={T}}",
        "@comment{\n@misc{no, title={U}}\n}\n@misc{k, title={T}}",
        '@preamble{ {\\newcommand{\\x}{y}} # "z" }\n@misc{k, title={T}}',
    ],
)
def test_an_entry_is_found_in_every_way_of_writing(text: str) -> None:
    assert one(text).fields == {"title": "T"}


def test_two_entries_may_stand_on_one_line() -> None:
    references, problems = read("@misc{a, title={A}} @misc{b, title={B}}", "a.bib")

    assert [reference.key for reference in references] == ["a", "b"]
    assert problems == ()


def test_abbreviations_and_months_are_written_out() -> None:
    text = '@string{ACM = "Assoc. " # {of ACM}}\n@misc{k, publisher = acm # { Press}, month = "1~" # jan}'

    assert one(text).fields == {"publisher": "Assoc. of ACM Press", "month": "1\u00a0January"}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van der Berg, Jan", Name("Berg", "Jan", "van der")),
        ("de la Cruz, {\\'A}lvaro", Name("Cruz", "Álvaro", "de la")),
        ("Schroeder de Witt, Christian", Name("Schroeder de Witt", "Christian")),
        ("Cola, Gianluca de", Name("Cola", "Gianluca", "de")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "", "Jr.")),
        ("{van Gogh}, Vincent", Name("van Gogh", "Vincent")),
        ("{Barnes and Noble}", Name("Barnes and Noble", literal=True)),
        ("{{Barnes \\& Noble}}", Name("Barnes & Noble", literal=True)),
        ("Jean-Paul {Sartre Foo}", Name("Sartre Foo", "Jean-Paul")),
        ("Madonna", Name("Madonna")),
        ("王, 小明", Name("王", "小明")),
        ("王 小明", Name("王", "小明")),
        ("李明", Name("李明")),
        ("Gon{\\c c}alves, J.~K.", Name("Gonçalves", "J. K.")),
        ("Gon\\c calves, J", Name("Gonçalves", "J")),
        ("\\L ukasz Ma\\ss en", Name("Maßen", "Łukasz")),
        ("Ming{-}Wei Chang", Name("Chang", "Ming-Wei")),
        ("O'Neil, A", Name("O’Neil", "A")),
    ],
)
def test_a_name_is_parted(written: str, name: Name) -> None:
    assert people(written) == (name,)


def test_names_are_parted_at_and_in_any_case_and_across_lines() -> None:
    found = people("A, B and\n\tC, D AND E, F and and {G and H}")

    assert [name.family for name in found] == ["A", "C", "E", "G and H"]


@pytest.mark.parametrize("end", ["others", "et al.", "et al"])
def test_others_are_no_name(end: str) -> None:
    reference = one(f"@book{{k, author = {{A, B and {end}}}, editor = {{C, D}}}}")

    assert reference.names == {"author": (Name("A", "B"),), "editor": (Name("C", "D"),)}
    assert reference.others == {"author"}


def test_fields_of_biblatex_are_there_under_the_names_of_bibtex_too() -> None:
    reference = one(
        "@article{k, date = {2001-02-03}, journaltitle = {J}, location = {L}, eprinttype = {arxiv}, eprintclass = {cs}}"
    )

    assert reference.fields.items() >= {
        "year": "2001", "month": "February", "journal": "J", "address": "L", "archiveprefix": "arxiv", "primaryclass": "cs",
        "date": "2001-02-03",
    }.items()  # fmt: skip


def test_a_crossref_brings_what_the_entry_lacks() -> None:
    text = (
        "@inproceedings{a, title={A}, author={X, Y}, crossref={p}, publisher={Own}}\n"
        "@proceedings{p, title={Proc.}, editor={E, F and others}, year=2000, publisher={Theirs}, series={S}, crossref={q}}\n"
        "@misc{q, address={Here}, pages={1--2}}"
    )

    references, problems = read(text, "a.bib")

    child = references[0]
    assert problems == ()
    assert child.fields == {
        "title": "A", "booktitle": "Proc.", "year": "2000", "publisher": "Own", "series": "S", "address": "Here", "crossref": "p",
    }  # fmt: skip
    assert child.names == {"author": (Name("X", "Y"),), "editor": (Name("E", "F"),)}
    assert child.others == {"editor"}


@pytest.mark.parametrize(
    ("text", "problem", "keys"),
    [
        ("@misc{a, title={A}}\n\n@misc{a, title={B}}", (3, 1, "the key 'a' stands in line 1 already"), "a"),
        ("@misc{a,\n title={A},\n  Title={B}}", (3, 3, "the field 'Title' stands twice"), "a"),
        ("@misc{a,\n journal = jmlr,\n}", (2, 12, "'jmlr' is no text in braces and no @string"), "a"),
        ("@misc{a,\n title={A}\n year=2000}", (2, 11, "no comma after the field 'title'"), "a"),
        ("@misc{a\n title={A}}", (1, 8, "no comma after the key 'a'"), "a"),
        ("@misc{title={A}}\n@misc{b,}", (1, 1, "no key"), "b"),
        ("@misc{a, title={A},\n\n@misc{b,}", (1, 1, "the entry 'a' is never closed"), "ab"),
        ("@misc{a,\n title={A,\n year=2000}\n@misc{b,}", (2, 8, "the value of 'title' is never closed"), "ab"),
        ("@misc{a,\n title={A,\n year={2000},\n}\n@misc{b,}", (2, 8, "the value of 'title' is never closed"), "ab"),
        ('@misc{a,\n title="A,\n year={2000},\n}\n@misc{b,}', (2, 8, "the value of 'title' is never closed"), "ab"),
        ('@misc{a,\n title="A} B",\n year={2000},\n}\n@misc{b,}', (2, 10, "unbalanced braces in the field 'title'"), "ab"),
        ("@misc{a,\n title={A}},\n year=2000\n}\n@misc{b,}", (2, 11, "closes the entry 'a' before its field 'year'"), "ab"),
        ("@misc{a,}\n title={A},\n}\n@misc{b,}", (1, 9, "closes the entry 'a' before its field 'title'"), "ab"),
        ("@misc{a,}\n\n}\n title={A},\n@misc{b,}", (4, 2, "the field 'title' belongs to no entry"), "ab"),
        ("@misc a,\n@misc{b,}", (1, 1, "'@misc' begins no entry"), "b"),
        ("@misc{a,\n title {A},\n year=2000}", (2, 8, "'=' expected in the field 'title'"), "a"),
        ("@misc{a,\n title=,\n year=2000}", (2, 8, "field value expected in the field 'title'"), "a"),
        ("@misc{a,\n {A},\n year=2000}", (2, 2, "no field begins here"), "a"),
        ("@string{acm}\n@misc{b,}", (1, 12, "this @string cannot be read"), "b"),
        ("@comment{ a\n@misc{b,}", (1, 9, "this @comment is never closed"), "b"),
        ("@misc{a,\n title={A},\n crossref={nope}}", (3, 11, "crossref names 'nope'"), "a"),
        ("@misc{a,\n crossref={b}}\n@misc{b, title={B}, crossref={a}}", (2, 11, "in a circle, from 'a' to 'b' to 'a'"), "ab"),
        ("@misc{a,\n title={A\n  \\foo{b} $\\foo$}}", (3, 3, "the command '\\foo' is not known"), "a"),
        ("@misc{a,\n author={A, B and C, D, E, F}}", (2, 19, "'C, D, E, F' has too many commas"), "a"),
        ("@misc{a,\n title={" + "{" * 101 + "}" * 102 + ",\n year=2000}", (2, 109, "too many braces in each other"), "a"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is_and_the_other_entries_stay(text: str, problem: tuple[int, int, str], keys: str) -> None:
    references, problems = read(text, "a.bib")

    found = problems[0]
    assert (found.line, found.column) == problem[:2]
    assert problem[2] in found.message
    assert found.hint
    assert [reference.key for reference in references] == list(keys)


def test_fields_after_a_mistake_are_read() -> None:
    references, _ = read("@misc{a,\n title={A,\n year={2000},\n note {x},\n journal={J},\n volume=3\n}", "a.bib")

    assert references[0].fields == {"year": "2000", "journal": "J", "volume": "3"}


def test_the_first_of_two_entries_and_of_two_fields_stays() -> None:
    references, _ = read("@misc{a, title={A}, title={B}}\n@misc{a, title={C}}", "a.bib")

    assert [reference.get("title") for reference in references] == ["A"]


def test_an_abbreviation_that_nobody_defined_stays_visible() -> None:
    references, problems = read("@string{jmlr={J. Mach.}}\n@misc{a, journal = jmrl}", "a.bib")

    assert references[0].get("journal") == "jmrl"
    assert problems[0].hint == "did you mean 'jmlr'?"


def test_keys_that_differ_in_case_are_two() -> None:
    references, problems = read("@misc{Key, title={A}}\n@misc{key, title={B}}", "a.bib")

    assert [reference.key for reference in references] == ["Key", "key"]
    assert problems == ()


def test_a_byte_that_is_no_utf8_is_told_and_the_rest_is_read() -> None:
    references, problems = read_bytes("@misc{a, title={A}}\n@misc{b, title={Möbius}}".encode("latin-1"), "a.bib")

    assert [reference.get("title") for reference in references] == ["A", "Möbius"]
    assert [(problem.line, problem.message) for problem in problems] == [
        (2, "line 2 is not UTF-8 text, and letters in it may be wrong")
    ]


def test_a_file_in_utf16_is_read_and_told() -> None:
    references, problems = read_bytes("@misc{a, title={Möbius}}".encode("utf-16"), "a.bib")

    assert references[0].get("title") == "Möbius"
    assert "not UTF-8" in problems[0].message


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    assert "not there" in read_file(tmp_path / "no.bib", "no.bib")[1][0].message
    assert "folder" in read_file(tmp_path, "a.bib")[1][0].message


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_entry_of_the_corpus_is_read_or_told(file: Path) -> None:
    references, problems = read_file(file, file.name)

    assert references
    assert lost(file.read_text("utf-8"), references, problems) == []
    assert all("stands in line" in problem.message for problem in problems)


def lost(text: str, references: tuple[Reference, ...], problems: tuple[Problem, ...]) -> list[str]:
    """The entries that begin a line of `text` and are neither a Reference nor named by a Problem."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = {(reference.key, reference.line) for reference in references}
    lines = {problem.line for problem in problems}
    heads = [(found, text.count("\n", 0, found.start()) + 1) for found in HEAD.finditer(text)]
    return [
        found[0]
        for found, line in heads
        if found[1].lower() not in ("comment", "string", "preamble")
        and (found[2], line) not in kept
        and line not in lines
        and not any(f"'{found[2]}'" in problem.message for problem in problems)
    ]


def mangled(data: bytes, chance: random.Random) -> bytes:
    """A file with one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        lines = data.splitlines(keepends=True) or [b"\n"]
        line, at = chance.randrange(len(lines)), chance.randrange(len(data) or 1)
        match chance.randrange(6):
            case 0:
                data = b"".join(lines[:line] + lines[line + 1 :])
            case 1:
                data = b"".join(lines[: line + 1] + lines[line:])
            case 2:
                data = data[:at] + data[at + chance.randrange(200) :]
            case 3:
                data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            case 4:
                data = data[:at] + bytes([chance.choice(b'{}",=@#\\%\n\r\0\xff$')]) + data[at + 1 :]
            case 5 if chance.random() < 0.3:
                data = data[:at]
    return data


def test_bib_fuzz_of_messy_files_loses_no_entry_in_silence() -> None:
    contents = [file.read_bytes() for file in FILES]
    cases = 2000 if os.environ.get("OCTAVO_LONG") else 200

    for seed in range(cases):
        chance = random.Random(seed)
        data = mangled(chance.choice(contents), chance)
        text = "\n".join(line.decode() if sound(line) else line.decode("latin-1") for line in data.split(b"\n"))

        references, problems = read_bytes(data, "a.bib")

        assert lost(text, references, problems) == [], f"seed {seed}"
        assert all(1 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in problems)


def sound(line: bytes) -> bool:
    """Whether a line is UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def corpus(times: int) -> str:
    """The text of all files, so many times, every time with new keys."""
    contents = [file.read_text("utf-8") for file in FILES]
    return "\n".join(
        HEAD.sub(rf"@\1{{{turn}-{number}-\2,", text) for turn in range(times) for number, text in enumerate(contents)
    )


def seconds(text: str) -> tuple[float, int]:
    """How long the processor reads a text from nothing, and how many entries it has."""
    name_of.cache_clear()
    start = time.process_time()
    references, _ = read(text, "a.bib")
    return time.process_time() - start, len(references)


def test_five_hundred_entries_are_read_in_130_milliseconds() -> None:
    text = corpus(1)

    spent = [seconds(text) for _ in range(3)]

    assert min(spent)[0] / spent[0][1] * 500 < 0.130


def test_a_file_of_ten_megabytes_is_read_in_seconds_and_in_linear_time() -> None:
    size = len(corpus(1))
    short, long = corpus(1_000_000 // size), corpus(10_000_000 // size)

    first, few = seconds(short)
    second, many = seconds(long)

    assert many / few == pytest.approx(len(long) / len(short), rel=0.01)
    assert second < 10
    assert second / many < 3 * first / few


@pytest.mark.parametrize(
    "text",
    [
        "@article{\n" * 20_000,
        "@comment{\n" * 20_000,
        "@article{a," + "x = {\n" * 100_000,
        "@article{a," + " " * 500_000,
        "@article{a," + "\n" * 500_000,
        "@article{a, title={" + "{" * 500_000,
        "@article{a, title={" + "$" * 100_001 + "}}",
        "@article{a, title={" + "\\(" * 100_000 + "}}",
        "@article{a, title={" + "\\'" * 100_000 + "}}",
        "@article{a, title={" + "\\emph" * 100_000 + "}}",
        "@article{a, author={" + "a and " * 20_000 + "}}",
        "@article{a, author={" + "a," * 100_000 + "}}",
        "%@article{a, " * 100_000,
        "@string{a={aaaaaaaaaa}}" + "@string{a=a # a}" * 60 + "@misc{k, title=a}",
        "".join(f"@misc{{k{number}, crossref={{k{number + 1}}}}}\n" for number in range(3000)),
    ],
    ids=lambda text: text[:24].strip(),
)  # fmt: skip
def test_a_hostile_text_is_read_in_bounded_time(text: str) -> None:
    spent, _ = seconds(text)

    assert spent < 4
