"""A file is read whole or told as a Problem, and written so that only the bytes of the changed value differ."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import Source
from app.content.source import MAX_BYTES, read_text, written
from app.problems import Problem, Problems

ROOT = Path(__file__).resolve().parent.parent
ALL_POSTS = ROOT.parent / "shared" / "corpora" / "iclr-blogposts" / "_posts"
POSTS = ALL_POSTS if ALL_POSTS.is_dir() else ROOT / "tests" / "corpora" / "iclr-blogposts"
REAL_FILES = sorted(POSTS.glob("*.md"))
UNTOUCHED = "# for the record\nlang: 'en' # as is\n\n"


def parse(text: str) -> Source:
    return Source.parse(text, Path("x.md"), "pages/x.md")


def told(file: Path) -> Problem:
    """The one thing that is wrong with a file."""
    with pytest.raises(Problems) as caught:
        Source.read(file, "pages/x.md")

    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """The pairs of lines that differ between two texts of as many lines."""
    old, new = before.split("\n"), after.split("\n")
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


# Reading


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"---\ntitle: a\n---\nna\xefve\n", 4, 3, "this is not UTF-8 text"),
        ("---\ntitle: é\n---\n\n日本".encode() + b"\xff", 5, 3, "this is not UTF-8 text"),
        ("---\ntitle: a\n---\n".encode("utf-16"), 1, 1, "this is not UTF-8 text"),
        ("---\ntitle: é\n---\n".encode("latin-1"), 2, 8, "this is not UTF-8 text"),
        ("---\ntitle: a\n---\n".encode("utf-16-le"), 1, 1, "this is not a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, 1, "this is not a text file"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 100, 1, 1, "this is not a text file"),
        (b"", 1, 1, "the file is empty"),
    ],
)
def test_bytes_that_are_no_text_are_told_at_the_first_of_them(
    tmp_path: Path, data: bytes, line: int, column: int, message: str
) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(data)

    problem = told(file)

    assert (problem.line, problem.column, problem.message) == (line, column, message)
    assert problem.hint


def test_a_file_of_50_megabytes_is_told_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    with file.open("wb") as sparse:
        sparse.truncate(50_000_000)

    problem = told(file)

    assert problem.message == "the file is too large (50 MB)"
    assert "5 MB" in problem.hint


def test_a_file_as_large_as_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    front = b"---\ntitle: a\n---\n"
    file.write_bytes(front + b"x" * (MAX_BYTES - len(front)))

    assert len(Source.read(file, "pages/x.md").text) == MAX_BYTES


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    folder, fifo, dangling, loop = (tmp_path / name for name in ("folder.md", "fifo.md", "dangling.md", "loop.md"))
    folder.mkdir()
    os.mkfifo(fifo)
    dangling.symlink_to(tmp_path / "gone.md")
    loop.symlink_to(loop)

    assert told(folder).message == "this is not a file"
    assert told(fifo).message == "this is not a file"
    assert told(dangling).message == "the file is not there"
    assert told(loop).message.startswith("the file cannot be read")
    assert told(tmp_path / ("x" * 300)).message.startswith("the file cannot be read")


def test_the_text_keeps_its_line_ends_and_its_mark(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(b"\xef\xbb\xbf---\r\ntitle: a\r\n---\r\nb\r\n")

    source = Source.read(file, "pages/x.md")

    assert source.text == "\ufeff---\r\ntitle: a\r\n---\r\nb\r\n"
    assert (source.body, source.body_line) == ("b\r\n", 4)


def test_a_problem_stands_at_the_value_or_the_key_of_its_field() -> None:
    source = parse("---\ntitle: a\ntags: [b, c]\n---\n")

    assert source.problem("m", at=("tags", 1)).place == "pages/x.md:3:11"
    assert source.problem("m", at=("tags",), key=True).place == "pages/x.md:3:1"
    assert source.problem("m").place == "pages/x.md:1:1"


# Changing a value


@pytest.mark.parametrize(
    ("front", "value", "after"),
    [
        ("title: Old # why", "New", "title: New # why"),
        ("title: 'Old' # why", "New", "title: 'New' # why"),
        ('title: "Old" # why', "New", 'title: "New" # why'),
        ("title: 'Old'", "It's", "title: 'It''s'"),
        ("title: Old", "A: B", 'title: "A: B"'),
        ("title: Old", "null", 'title: "null"'),
        ("title: Old", "~", 'title: "~"'),
        ("title: Old", "", 'title: ""'),
        ("title: Old", " padded ", 'title: " padded "'),
        ("title: Old", "数学 ∑ 😀", "title: 数学 ∑ 😀"),
        ("title:   Old", "New", "title:   New"),
        ("title:\tOld", "New", "title:\tNew"),
        ("title:", "New", "title: New"),
        ("title: # why", "New", "title: New # why"),
        ("title: ~", "New", "title: New"),
        ("'title': Old", "New", "'title': New"),
        ("title: !!str Old", "New", "title: New"),
        ("title: Old\n  goes on", "New", "title: New"),
        ("title: |\n  Old\n  goes on\n", "New", "title: New\n"),
        ("title: >-\n  Old\n\n  goes on\n\n# a remark", "New", "title: New\n\n# a remark"),
        ("title: [a, b] # why", ["c", "d e"], "title: [c, d e] # why"),
        ("title: [a,\n  b]", ["c"], "title: [c]"),
        ("title:\n  - a\n  - b", ["c", "d"], "title:\n  - c\n  - d"),
        ("title:\n- a\n- b", ["c"], "title:\n- c"),
        ("title:\n    - a # why\n# a remark", ["c", "A: B"], 'title:\n    - c\n    - "A: B" # why\n# a remark'),
        ("title:\n- a", [], "title:\n  []"),
        ("title:\n  - a", "New", "title:\n  New"),
        ("title:\n- a", "New", "title:\n  New"),
        ("title:\n  - |\n    a\n    b", ["c"], "title:\n  - c"),
        ("title:\n  - a: |\n      b\n", ["c"], "title:\n  - c\n"),
        ("title:\n  a: b", {"c": "d"}, "title:\n  {c: d}"),
        ("title: a", ["c", "010", "null"], "title: [c, '010', 'null']"),
        ("title: a", True, "title: true"),
        ("title: a", 7, "title: 7"),
        ("title: a", None, "title: null"),
        ("title: a", datetime.date(2026, 2, 3), "title: 2026-02-03"),
        ("title: a", ("c", "d"), "title: [c, d]"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_value_is_replaced_in_its_own_style_and_nothing_else_is_touched(
    front: str, value: object, after: str, newline: str, bom: str
) -> None:
    def whole(changing: str) -> str:
        return bom + f"---\n{UNTOUCHED}{changing}\ntags: [b , c]\n---\nBody  \n\n---\n".replace("\n", newline)

    changed = parse(whole(front)).replace("title", value)

    assert changed.text == whole(after)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("---\ntitle: a\n---\nBody", "---\ntitle: a\nlang: en\n---\nBody"),
        ("---\n---\nBody", "---\nlang: en\n---\nBody"),
        ("---\r\ntitle: a\r\n---\r\nBody", "---\r\ntitle: a\r\nlang: en\r\n---\r\nBody"),
        ("\ufeff---\ntitle: a\n---", "\ufeff---\ntitle: a\nlang: en\n---"),
        ("---\ntitle: a\n# the end\n...\nBody", "---\ntitle: a\n# the end\nlang: en\n...\nBody"),
        ("---\ntitle: |\n  a\n---\n---\n", "---\ntitle: |\n  a\nlang: en\n---\n---\n"),
    ],
)
def test_a_field_that_was_not_there_becomes_the_last_one(text: str, after: str) -> None:
    changed = parse(text).replace("lang", "en")

    assert changed.text == after
    assert changed.front.values["lang"] == "en"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("title: a # why\nlang: en\n", "title: b # why\nlang: en\n"),
        ("lang: en\n", "lang: en\ntitle: b\n"),
        ("lang: en", "lang: en\ntitle: b\n"),
        ("", "title: b\n"),
        ("# facts\r\nlang: en\r\n", "# facts\r\nlang: en\r\ntitle: b\r\n"),
    ],
)
def test_the_facts_of_a_site_are_changed_in_the_same_way(tmp_path: Path, text: str, after: str) -> None:
    file = tmp_path / "site.yml"
    file.write_bytes(text.encode())

    Source.read_facts(file, "pages/site.yml").replace("title", "b").write()

    assert file.read_bytes().decode() == after


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("+++\ntitle = 'a'\n+++\n", "title"),
        ("---\ntitle: &t a\nsummary: *t\n---\n", "title"),
        ("---\ntitle: &t a\nsummary: *t\n---\n", "summary"),
        ("---\ntitle: &t a\ntags:\n  - *t\n---\n", "tags"),
        ("---\n{title: a}\n---\n", "summary"),
    ],
)
def test_a_value_that_cannot_be_set_by_itself_is_refused(text: str, key: str) -> None:
    source = parse(text)

    with pytest.raises(ValueError, match=r"^pages/x\.md: "):
        source.replace(key, "b")


def test_a_value_with_a_character_that_cannot_be_seen_is_refused() -> None:
    source = parse("---\ntitle: a\n---\n")

    with pytest.raises(ValueError, match=r"cannot be seen"):
        source.replace("title", "a\x07bell")


TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="$"), st.sampled_from("\n\r\t")), max_size=40
)
WORDS = st.one_of(
    TEXT,
    st.sampled_from(["On $\\theta$: a note", "'$\\nabla f$'", "$$\n\\rho\n$$\n", "null", "~", "010", "---", "...", "- a", "? b"]),
)
NAMES = st.text(string.ascii_letters + string.digits + "_-éß数", min_size=1, max_size=12).filter(lambda name: name[0] not in "-_")
SCALARS = st.one_of(WORDS, st.booleans(), st.integers(), st.dates())
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=4))


@st.composite
def fields(draw: st.DrawFn) -> str:
    """The value of a field as an author may write it: any style of text or list, with a comment or without."""
    word = draw(st.sampled_from(["plain", "two words", "1.10", "it's", "ünï 😀", "a/b.pdf"]))
    comment = draw(st.sampled_from(["", " # why", "  #"]))
    indent = draw(st.sampled_from(["  ", "    "]))
    dash = draw(st.sampled_from(["", "  "]))
    return draw(
        st.sampled_from(
            [
                f" {word}{comment}",
                f" '{word.replace(chr(39), chr(39) * 2)}'{comment}",
                f' "{word}"{comment}',
                comment,
                f" [{word}, b]{comment}",
                f" [ {word},\n{indent}b ]{comment}",
                f" {{k: {word}}}{comment}",
                f"{comment}\n{dash}- {word}{comment}\n{dash}- b",
                f" |{comment}\n{indent}{word}\n\n{indent}more",
                f" >-\n{indent}{word}\n{indent}more\n",
                f"{comment}\n{indent}k: {word}\n{indent}l: [b]",
                f" {word}\n{indent}goes on",
            ]
        )
    )


@settings(deadline=None)
@given(
    st.lists(st.tuples(NAMES, fields()), min_size=1, max_size=5, unique_by=lambda pair: pair[0]),
    st.integers(0, 4),
    VALUES,
    st.tuples(
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from(["", "\ufeff"]),
        st.sampled_from(["", "Body\n", "\n---\n\n# Not front matter\nkey: value\n"]),
    ),
)
def test_replacing_any_value_in_any_style_changes_only_that_value(
    pairs: list[tuple[str, str]], chosen: int, value: object, frame: tuple[str, str, str]
) -> None:
    newline, bom, body = frame
    lines = [f"{name}:{written_value}\n# after {name}\n" for name, written_value in pairs]
    text = bom + f"---\n{''.join(lines)}---\n{body}".replace("\n", newline)
    at = chosen % len(pairs)
    name = pairs[at][0]
    before = parse(text)
    head = bom + ("---\n" + "".join(lines[:at]) + name).replace("\n", newline)
    tail = (f"\n# after {name}\n" + "".join(lines[at + 1 :]) + "---\n" + body).replace("\n", newline)

    after = before.replace(name, value)

    assert after.text.startswith(head)
    assert after.text.endswith(tail)
    assert after.body == before.body
    assert {**after.front.values, name: 0} == {**before.front.values, name: 0}
    if isinstance(value, str):
        assert after.front.values[name] == value


@settings(deadline=None)
@given(WORDS, st.sampled_from([None, "'", '"', "|", ">", "flow", "block"]))
def test_any_text_that_is_written_is_read_back_as_it_was(value: str, style: str | None) -> None:
    text = f"---\ntitle: {written(value, style)}\n---\n"

    assert parse(text).front.values == {"title": value}


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from([0, 2, 5]), st.sampled_from(["\n", "\r\n"]))
def test_any_list_in_lines_is_read_back_as_it_was(value: list[str], indent: int, newline: str) -> None:
    text = f"---{newline}title:{newline}{' ' * indent}{written(value, 'block', indent, newline)}{newline}---{newline}"

    assert parse(text).front.values == {"title": value}


@pytest.mark.parametrize("file", REAL_FILES, ids=lambda file: file.stem)
def test_a_new_title_changes_the_lines_of_the_title_in_a_real_file_and_no_other_byte(tmp_path: Path, file: Path) -> None:
    copy = tmp_path / file.name
    shutil.copyfile(file, copy)
    data = copy.read_bytes()
    source = Source.read(copy, file.name)
    place = source.front.places["title",]

    source.replace("title", "A new title").write()

    old, new = data.decode().split("\n"), copy.read_bytes().decode().split("\n")
    height = source.text[place.start : place.end].rstrip().count("\n") + 1
    assert old[: place.line - 1] == new[: place.line - 1]
    assert "A new title" in new[place.line - 1]
    assert old[place.line - 1 + height :] == new[place.line :]
    assert copy.read_bytes().endswith(source.body.encode())


@pytest.mark.parametrize("file", REAL_FILES, ids=lambda file: file.stem)
def test_a_real_file_with_a_title_on_one_line_changes_in_one_line(tmp_path: Path, file: Path) -> None:
    copy = tmp_path / file.name
    shutil.copyfile(file, copy)
    settled = Source.read(copy, file.name).replace("title", "One line")

    changed = settled.replace("title", "Another: line")

    ((old, new),) = changed_lines(settled.text, changed.text)
    assert old.startswith("title:")
    assert new.startswith("title:")
    assert "Another: line" in new


@pytest.mark.parametrize("file", REAL_FILES, ids=lambda file: file.stem)
def test_every_field_of_a_real_file_can_be_replaced_by_itself(file: Path) -> None:
    source = Source.read(file, file.name)

    for key in source.front.values:
        changed = source.replace(key, "new")

        assert changed.front.values == {**source.front.values, key: "new"}
        assert changed.body == source.body


# Writing


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "x.md"
    file.write_text("---\ntitle: a\n---\nBody.\n", "utf-8")
    return file


def test_what_is_written_is_what_is_read(file: Path) -> None:
    changed = Source.read(file, "pages/x.md").replace("title", "数学")

    changed.write()

    assert file.read_bytes() == "---\ntitle: 数学\n---\nBody.\n".encode()
    assert os.listdir(file.parent) == ["x.md"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o444])
def test_the_mode_of_a_file_is_kept(file: Path, mode: int) -> None:
    source = Source.read(file, "pages/x.md")
    file.chmod(mode)

    source.write()

    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_a_new_file_can_be_read_by_whom_the_system_says(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    new = tmp_path / "new.md"

    Source.parse("---\ntitle: a\n---\n", new, "pages/new.md").write()

    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_symbolic_link_is_written_through(file: Path) -> None:
    folder = file.parent / "links"
    folder.mkdir()
    link = folder / "y.md"
    link.symlink_to("../x.md")

    Source.read(link, "pages/y.md").replace("title", "b").write()

    assert link.is_symlink()
    assert file.read_text("utf-8") == "---\ntitle: b\n---\nBody.\n"
    assert os.listdir(folder) == ["y.md"]


def test_a_reader_never_sees_half_a_file(file: Path) -> None:
    source = Source.read(file, "pages/x.md").replace("title", "b")

    with file.open("rb") as reading:
        source.write()
        seen = reading.read()

    assert seen == b"---\ntitle: a\n---\nBody.\n"


def test_nothing_is_left_behind_when_the_file_cannot_be_replaced(file: Path) -> None:
    source = Source.read(file, "pages/x.md")
    file.unlink()
    (file / "inside").mkdir(parents=True)

    with pytest.raises(OSError, match=r"x\.md"):
        source.write()

    assert os.listdir(file.parent) == ["x.md"]
    assert os.listdir(file) == ["inside"]


def test_nothing_is_left_behind_when_the_text_cannot_be_encoded(file: Path) -> None:
    source = Source.parse("---\ntitle: a\n---\n\ud800", file, "pages/x.md")

    with pytest.raises(UnicodeEncodeError):
        source.write()

    assert os.listdir(file.parent) == ["x.md"]
    assert file.read_text("utf-8") == "---\ntitle: a\n---\nBody.\n"


def test_a_folder_that_is_gone_is_an_error_of_the_system(file: Path) -> None:
    source = Source.read(file, "pages/x.md")
    shutil.rmtree(file.parent)

    with pytest.raises(FileNotFoundError):
        source.write()


def test_the_text_of_a_file_is_its_bytes(file: Path) -> None:
    assert read_text(file, "pages/x.md").encode() == file.read_bytes()
