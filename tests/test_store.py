"""The store finds every entry, tells what is wrong with the others, and answers queries without an application."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from app.content import Query, Store
from app.content_types import Listing, Page, ResearchNote, open_store
from app.problems import Problem

from .site_tree import SiteTree

ROOT = Path(__file__).resolve().parent.parent


def store_of(tree: SiteTree, drafts: bool = False) -> Store:
    """The store of a site that has one good entry besides its home page, to see that it goes on working."""
    tree.entry("good")
    return open_store(tree.folder, drafts)


def problem_of(store: Store) -> Problem:
    """The one thing that is wrong, told within a second while the good entry is there."""
    start = time.perf_counter()
    (problem,) = store.problems

    assert time.perf_counter() - start < 1
    assert store.get("good") is not None
    assert str(problem).encode()
    return problem


def ids(query: Query) -> list[str]:
    return [entry.id for entry in query]


# What is read


def test_every_file_is_an_entry_of_the_type_of_its_folder(tree: SiteTree) -> None:
    tree.entry("about")
    tree.entry("notes/index")
    tree.entry("notes/research/a")
    tree.entry("notes/research/deep/b")
    tree.entry("notes/other")

    store = open_store(tree.folder)

    assert {entry.id: type(entry) for entry in store} == {
        "index": Listing,
        "about": Page,
        "notes": Listing,
        "notes/other": Page,
        "notes/research/a": ResearchNote,
        "notes/research/deep/b": ResearchNote,
    }
    assert store.problems == ()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("my note", "/my%20note/"),
        ("it's", "/it%27s/"),
        ("😀", "/%F0%9F%98%80/"),
        ("a & b", "/a%20%26%20b/"),
        (unicodedata.normalize("NFD", "café"), "/caf%C3%A9/"),
        ("神经网络", "/%E7%A5%9E%E7%BB%8F%E7%BD%91%E7%BB%9C/"),
    ],
)
def test_a_name_with_spaces_quotes_or_other_scripts_is_an_entry(tree: SiteTree, name: str, url: str) -> None:
    tree.entry(name)

    store = open_store(tree.folder)

    entry = store.get(unicodedata.normalize("NFC", name))
    assert entry is not None
    assert entry.url == url
    assert store.problems == ()


def test_what_is_hidden_or_of_another_kind_is_no_entry(tree: SiteTree) -> None:
    tree.write("pages/.hidden.md", "no front matter")
    tree.write("pages/.obsidian/a.md", "no front matter")
    tree.write("pages/plot.png", b"\x89PNG")
    tree.write("pages/notes/data.yaml", "a: b")

    store = store_of(tree)

    assert [entry.id for entry in store] == ["good", "index"]
    assert store.problems == ()


def test_the_path_of_an_entry_is_right_also_where_it_repeats_that_of_the_site(tree: SiteTree) -> None:
    inner = f"{tree.folder}/pages".strip("/")
    tree.entry(f"{inner}/a")

    store = open_store(tree.folder)

    entry = store.get(f"{inner}/a")
    assert entry is not None
    assert entry.path == f"pages/{inner}/a.md"
    assert store.problems == ()


def test_a_link_inside_pages_is_an_entry_and_pages_may_be_a_link_itself(tree: SiteTree) -> None:
    tree.entry("a")
    (tree.folder / "pages" / "b.md").symlink_to("a.md")
    (tree.folder / "pages").rename(tree.folder / "content")
    (tree.folder / "pages").symlink_to("content")

    store = store_of(tree)

    assert [entry.id for entry in store] == ["a", "b", "good", "index"]
    assert store.problems == ()


# What cannot be read


@pytest.mark.parametrize(
    ("path", "data", "message"),
    [
        ("pages/bad.md", b"", "the file is empty"),
        ("pages/bad.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff", "this is not a text file"),
        ("pages/bad.md", "---\ntitle: a\n---\n".encode("utf-16"), "this is not UTF-8 text"),
        ("pages/bad.md", b"---\ntitle: a\n---\n\xff", "this is not UTF-8 text"),
        ("pages/bad.md", b"---\ntitle: a\n", "the front matter is never closed"),
        ("pages/bad.md", b"---\ntitle: A: B\n---\n", "this is not YAML"),
        ("pages/bad.md", b"---\ntitle: a\ntitel: b\n---\n", "unknown field 'titel'"),
        ("pages/100%.md", b"---\ntitle: a\n---\n", "the character '%'"),
        ("pages/c#.md", b"---\ntitle: a\n---\n", "the character '#'"),
        ("pages/why?.md", b"---\ntitle: a\n---\n", "the character '?'"),
        ('pages/"a".md', b"---\ntitle: a\n---\n", "the character '\"'"),
        ("pages/CON.md", b"---\ntitle: a\n---\n", "cannot be a file on every system"),
        ("pages/a .md", b"---\ntitle: a\n---\n", "cannot be a file on every system"),
        ("pages/bad.MD", b"---\ntitle: a\n---\n", "files ending in '.MD' are not read"),
        ("pages/site.yml", b"titel: a", "unknown field 'titel'"),
        ("pages/site.yaml", b"title: a", "files ending in '.yaml' are not read"),
    ],
)
def test_a_bad_file_is_one_problem_and_every_other_file_works(tree: SiteTree, path: str, data: bytes, message: str) -> None:
    tree.write(path, data)

    problem = problem_of(store_of(tree))

    assert problem.path == path
    assert message in problem.message
    assert problem.hint


def test_a_file_of_50_megabytes_is_one_problem(tree: SiteTree) -> None:
    with tree.write("pages/bad.md").open("wb") as sparse:
        sparse.truncate(50_000_000)

    assert problem_of(store_of(tree)).message == "the file is too large (50 MB)"


def test_a_folder_with_the_name_of_a_file_is_one_problem(tree: SiteTree) -> None:
    (tree.folder / "pages" / "x.md").mkdir()

    assert problem_of(store_of(tree)).message == "'x.md' is a folder, not an entry"


def test_a_pipe_is_one_problem_and_is_never_waited_for(tree: SiteTree) -> None:
    os.mkfifo(tree.folder / "pages" / "x.md")

    assert problem_of(store_of(tree)).message == "this is not a file"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("gone.md", "the file is not there"),
        ("x.md", "the file cannot be read"),
        ("../outside.md", "this is a symbolic link to a file outside 'pages/'"),
        ("/dev/zero", "this is a symbolic link to a file outside 'pages/'"),
        ("../../gone.md", "the file is not there"),
    ],
)
def test_a_link_that_leads_nowhere_round_or_out_is_one_problem(tree: SiteTree, target: str, message: str) -> None:
    tree.write("outside.md", "---\ntitle: Secret\n---\n")
    (tree.folder / "pages" / "x.md").symlink_to(target)

    problem = problem_of(store_of(tree))

    assert problem.path == "pages/x.md"
    assert message in problem.message


def test_a_folder_that_is_a_link_is_one_problem(tree: SiteTree) -> None:
    (tree.folder / "pages" / "loop").symlink_to(".")

    assert problem_of(store_of(tree)).message == "this folder is a symbolic link, which is not followed"


def test_a_name_that_is_not_utf_8_is_one_problem(tree: SiteTree) -> None:
    path = os.fsencode(tree.folder) + b"/pages/caf\xe9.md"
    with open(path, "wb") as file:
        file.write(b"---\ntitle: a\n---\n")

    problem = problem_of(store_of(tree))

    assert problem.path == "pages/caf\\udce9.md"
    assert "rename it" in problem.hint


def test_names_that_are_not_utf_8_and_differ_by_case_only_can_be_told(tree: SiteTree) -> None:
    for name in (b"caf\xe9.md", b"CAF\xe9.md"):
        with open(os.fsencode(tree.folder) + b"/pages/" + name, "wb") as file:
            file.write(b"---\ntitle: a\n---\n")

    problems = store_of(tree).problems

    assert len(problems) == 3
    assert all(str(problem).encode() for problem in problems)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.md", "a/index.md"),
        ("index.md", "index/index.md"),
        ("A.md", "a.md"),
        ("Notes/x.md", "notes/x.md"),
        (unicodedata.normalize("NFD", "é.md"), unicodedata.normalize("NFC", "é.md")),
        ("É.md", unicodedata.normalize("NFD", "é.md")),
    ],
)
@pytest.mark.parametrize("broken", [False, True])
def test_two_files_with_one_url_are_one_problem_that_names_both(tree: SiteTree, first: str, second: str, broken: bool) -> None:
    tree.write(f"pages/{first}", "" if broken else "---\ntitle: a\n---\n")
    tree.write(f"pages/{second}", "---\ntitle: b\n---\n")

    store = store_of(tree)

    twins = [problem for problem in store.problems if problem.message != "the file is empty"]
    assert len(store.problems) == 1 + broken
    assert [{problem.path, problem.message.split("'")[1]} for problem in twins] == [{f"pages/{first}", f"pages/{second}"}]
    assert twins[0].hint == "rename one of the two"
    assert store.get("good") is not None


def test_three_files_with_one_url_are_two_problems(tree: SiteTree) -> None:
    for path in ("a.md", "A.md", "a/index.md"):
        tree.write(f"pages/{path}", "---\ntitle: a\n---\n")

    assert len(store_of(tree).problems) == 2


def test_every_problem_is_told_in_the_order_of_files_and_lines(tree: SiteTree) -> None:
    tree.entry("b", one="1", two="2")
    tree.write("pages/a.md", "")
    tree.write("pages/site.yml", "titel: a")

    places = [problem.place for problem in store_of(tree).problems]

    assert places == ["pages/a.md:1:1", "pages/b.md:3:1", "pages/b.md:4:1", "pages/site.yml:1:1"]


def test_a_broken_file_is_known_by_the_id_it_would_have(tree: SiteTree) -> None:
    tree.write("pages/notes/index.md", "")

    store = store_of(tree)

    assert store.get("notes") is None
    assert store.contents.broken["notes"].path == "pages/notes/index.md"


# Drafts, and what is in no list


def test_a_draft_is_hidden_unless_drafts_are_asked_for(tree: SiteTree) -> None:
    tree.entry("notes/research/a", draft="true")

    without, shown = store_of(tree), store_of(tree, drafts=True)

    assert without.get("notes/research/a") is None
    assert "notes/research/a" not in [entry.id for entry in without]
    assert ids(without.query("notes/research")) == []
    assert shown.get("notes/research/a") is not None
    assert "notes/research/a" in [entry.id for entry in shown]
    assert ids(shown.query("notes/research")) == ["notes/research/a"]


def test_an_unlisted_entry_has_a_url_and_is_in_no_query(tree: SiteTree) -> None:
    tree.entry("notes/research/a", unlisted="true")

    store = store_of(tree)

    assert store.get("notes/research/a") is not None
    assert "notes/research/a" in [entry.id for entry in store]
    assert ids(store.query("notes/research")) == []


def test_get_answers_the_default_for_what_is_not_there(tree: SiteTree) -> None:
    store = store_of(tree)
    good = store.get("good")

    assert store.get("nothing") is None
    assert store.get("nothing", good) is good


# Queries


def test_a_query_has_every_entry_of_a_folder_but_its_list_pages_in_the_order_of_its_collection(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("posts/b", date="2026-01-01")
    tree.entry("posts/a", date="2026-01-01")
    tree.entry("posts/c", date="2026-02-01")
    tree.entry("posts/deep/index")
    tree.entry("posts/deep/d", date="2025-01-01")

    assert ids(store_of(tree).query("posts")) == ["posts/c", "posts/a", "posts/b", "posts/deep/d"]


def test_a_query_of_everything_needs_no_folder(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-01")

    assert ids(store_of(tree).query()) == ["posts/a", "good"]


def test_a_query_of_a_part_of_a_name_is_of_another_folder(tree: SiteTree) -> None:
    tree.entry("essays-old/a")
    tree.entry("essays/b")

    assert ids(store_of(tree).query("essays")) == ["essays/b"]


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("notes/reserch", "there is no folder 'pages/notes/reserch'; did you mean 'notes/research'?"),
        ("talk", "there is no folder 'pages/talk'; did you mean 'talks'?"),
        ("xyzzy", "there is no folder 'pages/xyzzy'"),
        ("/talks", "there is no folder 'pages//talks'; did you mean 'talks'?"),
    ],
)
def test_an_unknown_folder_is_an_error_that_names_the_nearest(tree: SiteTree, folder: str, message: str) -> None:
    tree.entry("talks/a")
    store = store_of(tree)

    with pytest.raises(KeyError) as caught:
        store.query(folder)

    assert caught.value.args == (message,)


@pytest.mark.parametrize("folder", ["notes/research", "empty", "drafts", "broken", "mistaken"])
def test_a_folder_without_anything_to_show_is_an_empty_query(tree: SiteTree, folder: str) -> None:
    tree.entry("empty/index")
    tree.entry("drafts/a", draft="true")
    tree.write("pages/broken/a.md", "")
    tree.write("pages/mistaken/index.md", "")

    assert ids(store_of(tree).query(folder)) == []


# Relations


def test_sections_and_navigation_name_entries(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("notes/index", sections="[posts, good, hidden]")
    tree.entry("hidden", draft="true")
    tree.write("pages/site.yml", "navigation: [notes, index, posts]")

    assert store_of(tree).problems == ()


@pytest.mark.parametrize(
    ("sections", "place", "hint"),
    [
        ("[posts, talk]", "pages/notes/index.md:3:19", "did you mean 'talks'?"),
        ("[posts, xyzzy]", "pages/notes/index.md:3:19", "it is an entry's path below 'pages/', without '.md'"),
        ("posts, talk", "pages/notes/index.md:3:11", "did you mean 'talks'?"),
        ("\n  - posts\n  - talk", "pages/notes/index.md:5:5", "did you mean 'talks'?"),
    ],
)
def test_a_section_that_is_not_there_is_one_problem_at_its_word(tree: SiteTree, sections: str, place: str, hint: str) -> None:
    tree.entry("posts/index")
    tree.entry("talks/index")
    tree.entry("notes/index", sections=sections)

    problem = problem_of(store_of(tree))

    assert (problem.place, problem.hint) == (place, hint)
    assert problem.message.startswith("sections: there is no entry '")


def test_a_menu_entry_that_is_not_there_is_one_problem_at_its_word(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "title: a\nnavigation:\n  - good\n  - god\n")

    problem = problem_of(store_of(tree))

    assert problem.place == "pages/site.yml:4:5"
    assert problem.message == "navigation: there is no entry 'god'"
    assert problem.hint == "did you mean 'good'?"


def test_a_relation_to_a_broken_entry_is_not_told_again(tree: SiteTree) -> None:
    tree.write("pages/about.md", "")
    tree.entry("notes/index", sections="[about]")
    tree.write("pages/site.yml", "navigation: [about]")

    assert problem_of(store_of(tree)).message == "the file is empty"


def test_an_order_by_a_field_that_the_entries_have_not_is_one_problem(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-01")
    tree.entry("posts/index", order_by="[-date, -statsu, series]")

    problem = problem_of(store_of(tree))

    assert problem.place == "pages/posts/index.md:3:19"
    assert problem.message == "order_by: the entries here have no field 'statsu'"


@pytest.mark.parametrize("order", ["-date", "series", "-changed, title", "macros"])
def test_an_order_by_fields_that_the_entries_have_is_no_problem(tree: SiteTree, order: str) -> None:
    tree.entry("posts/a", date="2026-01-01")
    tree.entry("posts/index", order_by=order)

    assert store_of(tree).problems == ()


def test_an_order_of_a_folder_that_is_still_empty_is_no_problem(tree: SiteTree) -> None:
    tree.entry("posts/index", order_by="[-date]")

    assert store_of(tree).problems == ()


# Looking again


def test_a_reload_finds_what_was_changed_added_and_deleted(tree: SiteTree) -> None:
    changed, deleted = tree.entry("changed"), tree.entry("deleted")
    store = store_of(tree)
    before = [(entry.id, entry.title) for entry in store]

    changed.write_text("---\ntitle: New\n---\n", "utf-8")
    deleted.unlink()
    tree.entry("added")
    tree.write("pages/site.yml", "title: New")
    store.reload()

    assert before == [("changed", "Changed"), ("deleted", "Deleted"), ("good", "Good"), ("index", "Index")]
    assert [(entry.id, entry.title) for entry in store] == [
        ("added", "Added"), ("changed", "New"), ("good", "Good"), ("index", "Index")
    ]  # fmt: skip
    assert store.facts.title == "New"


def test_without_a_reload_nothing_changes_and_with_it_only_what_changed_is_read(tree: SiteTree) -> None:
    file = tree.entry("a")
    store = store_of(tree)
    good, old = store.get("good"), store.get("a")

    file.write_text("---\ntitle: New\n---\n", "utf-8")
    assert store.get("a") is old
    store.reload()

    assert store.get("good") is good
    assert store.get("a") is not old


def test_a_file_that_is_mended_is_an_entry_and_one_that_is_spoilt_a_problem(tree: SiteTree) -> None:
    file = tree.write("pages/a.md", "")
    store = store_of(tree)
    assert store.problems

    file.write_text("---\ntitle: a\n---\n", "utf-8")
    store.reload()
    assert store.problems == ()
    assert store.get("a") is not None

    file.write_text("---\ntitle: a\nfoo: b\n---\n", "utf-8")
    store.reload()
    assert problem_of(store).message == "unknown field 'foo'"


def test_a_file_put_back_with_its_old_time_and_size_is_read_again(tree: SiteTree) -> None:
    file = tree.entry("a")
    status = file.stat()
    store = store_of(tree)
    old = store.get("a")
    time.sleep(0.02)

    file.write_bytes(file.read_bytes().replace(b"title: A", b"title: B"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    store.reload()

    new = store.get("a")
    assert old is not None
    assert new is not None
    assert (old.title, new.title) == ("A", "B")


def test_a_link_that_is_mended_is_an_entry(tree: SiteTree) -> None:
    link = tree.folder / "pages" / "x.md"
    link.symlink_to("gone.md")
    store = store_of(tree)
    assert problem_of(store).message == "the file is not there"

    link.unlink()
    link.symlink_to("good.md")
    store.reload()

    assert store.problems == ()
    assert store.get("x") is not None


# From a script


def test_a_plain_script_needs_no_application(tree: SiteTree) -> None:
    tree.entry("notes/research/a", status="ongoing", updated="2026-01-01")
    tree.entry("notes/research/b", status="ongoing", updated="2026-02-01")
    tree.entry("notes/research/c", status="paused")
    script = f"""
from pathlib import Path
from app.content import Collection, Entry, Store
from app.content_types import COLLECTIONS, Listing, Page

store = Store(Path({str(tree.folder)!r}), COLLECTIONS, index=Listing, page=Page)
for note in store.query("notes/research").where(status="ongoing").order_by("-updated").limit(5):
    print(note.title, note.url)
store.get("notes/research/a").source.replace("title", "New").write()
store.reload()
print(store.get("notes/research/a").title, len(store.problems))
"""

    done = subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["B /notes/research/b/", "A /notes/research/a/", "New 0"]
    assert done.stderr == ""


def test_a_template_can_ask_the_store(tree: SiteTree) -> None:
    tree.entry("notes/research/a", status="ongoing")
    tree.entry("notes/research/b", status="paused")
    app = tree.app()

    with app.test_request_context():
        query = "site.store.query('notes/research').where(status='paused').order_by('-updated')"
        template = app.jinja_env.from_string("{% for note in " + query + " %}{{ note.title }}{% endfor %}")

        assert template.render() == "B"


def test_a_site_of_a_thousand_entries_is_read_in_two_seconds_and_looked_at_again_in_half_of_one(tree: SiteTree) -> None:
    for number in range(1000):
        tree.entry(f"notes/research/n{number}", status="ongoing", tags="[a, b]", updated="2026-01-01")
    store = open_store(tree.folder)

    start = time.perf_counter()
    count = len(store.query("notes/research"))
    read = time.perf_counter() - start
    store.reload()
    start = time.perf_counter()
    again = len(store.query("notes/research"))

    assert (count, again) == (1000, 1000)
    assert read < 2
    assert time.perf_counter() - start < 0.5
