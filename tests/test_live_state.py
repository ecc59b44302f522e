"""What the panel of an open page is told: problems, badges, the site as it would be released; and what it can have done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.live.desk import Desk
from app.live.routes import Panel, attach

from .site_tree import SiteTree


@pytest.fixture
def panel(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    """The panel of the site, whose writer has named no editor."""
    for variable in ("OCTAVO_EDITOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(variable, raising=False)
    panel = attach(Desk(tree.app(drafts=True)))
    yield panel
    panel.stop()


@pytest.fixture
def client(panel: Panel) -> FlaskClient:
    """Who asks it."""
    return panel.app.test_client()


def state(panel: Panel, path: str = "/") -> Any:
    """What it tells of a page."""
    answer = panel.app.test_client().get("/_octavo/state", query_string={"path": path})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def saved(panel: Panel, *paths: str) -> None:
    """Let the site see that files were saved, as the watcher does."""
    panel.desk.change(lambda: panel.desk.site.refresh({*paths}), paths)


def complete(panel: Panel, path: str = "/") -> Any:
    """What it tells of a page when the check of the site is through."""
    end = time.monotonic() + 20
    while not (told := state(panel, path))["complete"]:
        assert time.monotonic() < end, "the check of the site did not end"
        time.sleep(0.05)
    return told


def messages(problems: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Where each problem is, and what it says."""
    return [(problem["path"], problem["message"]) for problem in problems]


def test_a_problem_of_the_page_is_told_with_its_place_its_lines_and_a_link(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "One.\n\nSee [it](b.md).\n\nThree.")

    (problem,) = state(panel, "/notes/a/")["page"]

    assert problem["path"] == "pages/notes/a.md"
    assert (problem["line"], problem["column"]) == (7, 5)
    assert "b.md" in problem["message"]
    assert [line["number"] for line in problem["around"]] == [5, 6, 7, 8, 9]
    assert [line["text"] for line in problem["around"] if line["meant"]] == ["See [it](b.md)."]
    assert problem["edit"] == f"vscode://file{tree.folder}/pages/notes/a.md:7:5"
    assert problem["open"] is False


def test_a_problem_is_gone_in_the_first_state_after_it_was_mended(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](b.md).")
    assert state(panel, "/notes/a/")["page"]
    tree.entry("notes/a", "See it.")
    saved(panel, "pages/notes/a.md")

    told = state(panel, "/notes/a/")

    assert (told["refresh"], told["page"]) == (1, [])


def test_a_file_that_cannot_be_read_has_its_problems_on_its_page(tree: SiteTree, panel: Panel) -> None:
    tree.write("pages/notes/a.md", "---\ntitel: A\n---\n")

    assert {path for path, _ in messages(state(panel, "/notes/a/")["page"])} == {"pages/notes/a.md"}
    assert ("pages/notes/a.md", "unknown field 'titel'") in messages(state(panel, "/")["site"])


def test_problems_in_other_texts_are_found_in_the_background(tree: SiteTree, panel: Panel) -> None:
    for name in ("a", "b"):
        tree.entry(f"notes/{name}", "See [it](nowhere.md).")

    told = complete(panel)

    assert told["page"] == []
    assert [problem["path"] for problem in told["site"]] == ["pages/notes/a.md", "pages/notes/b.md"]
    assert told["more"] == 0


def test_the_problems_of_the_page_are_not_told_twice(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](nowhere.md).")
    complete(panel)

    told = state(panel, "/notes/a/")

    assert len(told["page"]) == 1
    assert told["site"] == []


def test_what_is_told_on_a_page_is_known_on_the_others_at_once(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](b.md).")
    state(panel, "/notes/a/")

    assert [problem["path"] for problem in state(panel, "/")["site"]] == ["pages/notes/a.md"]


def test_what_was_mended_elsewhere_is_gone_at_once(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](b.md).")
    assert complete(panel)["site"]
    tree.entry("notes/b")
    saved(panel, "pages/notes/b.md")

    told = state(panel)

    assert told["site"] == []
    assert told["complete"] is False


def test_a_new_problem_elsewhere_is_found_after_the_refresh(tree: SiteTree, panel: Panel) -> None:
    file = tree.entry("notes/b")
    tree.entry("notes/a", "See [it](b.md).")
    assert complete(panel)["site"] == []
    file.unlink()
    saved(panel, "pages/notes/b.md")

    assert [problem["path"] for problem in complete(panel)["site"]] == ["pages/notes/a.md"]


def test_an_entry_that_is_gone_has_no_problems(tree: SiteTree, panel: Panel) -> None:
    file = tree.entry("notes/a", "See [it](b.md).")
    assert complete(panel)["site"]
    file.unlink()
    saved(panel, "pages/notes/a.md")

    assert state(panel)["site"] == []
    assert complete(panel)["site"] == []


def test_the_open_pages_are_told_when_the_check_is_through(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a")
    client = panel.desk.events.join("127.0.0.1")
    assert client is not None

    complete(panel)

    assert b"event: state\n" in b"".join(client.waiting.queue)


def test_nothing_is_checked_before_a_page_is_open(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](b.md).")

    assert not panel.checks.open
    assert panel.checks.problems() == set()


def test_many_problems_are_counted(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "\n\n".join(f"[it](no-{number}.md)" for number in range(130)))

    told = complete(panel)

    assert len(told["site"]) == 100
    assert told["more"] == 30


def test_a_mistake_in_the_check_of_an_entry_does_not_end_it(
    tree: SiteTree, panel: Panel, caplog: pytest.LogCaptureFixture
) -> None:
    tree.entry("notes/a", "See [it](b.md).", image="x.png")
    tree.entry("notes/z", "See [it](b.md).")
    entry = panel.desk.site.entry("notes/a")
    object.__setattr__(entry, "image", 3)

    told = complete(panel)

    assert [problem["path"] for problem in told["site"]] == ["pages/notes/z.md"]
    assert "the check of 'notes/a' has failed" in caplog.text


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/", "pages/index.md"),
        ("/posts/", "pages/posts/index.md"),
        ("/posts/page/2/", "pages/posts/index.md"),
        ("/zh/notes/a/", "pages/notes/a.zh.md"),
        ("/notes/%E6%B3%A8/", "pages/notes/注.md"),
        ("/notes/注", "pages/notes/注.md"),
    ],
)
def test_every_page_of_an_entry_has_its_problems(tree: SiteTree, panel: Panel, path: str, file: str) -> None:
    for id in ("index", "posts/index", "notes/a", "notes/a.zh", "notes/注"):
        tree.entry(id, "See [it](nowhere.md).")

    assert [problem["path"] for problem in state(panel, path)["page"]] == [file]


@pytest.mark.parametrize("path", ["/tags/", "/search/", "/no/such/", "//", "/%00/", "/../", "/" + "a/" * 2000, "/%ff/?"])
def test_other_pages_have_none(panel: Panel, path: str) -> None:
    assert state(panel, path)["page"] == []


WORKS = """\
@article{a2020, title = {A}, author = {Lee, Anna}, year = {2020}, journal = {J}}
@article{b2021, title = {$x_$}, author = {Lee, Anna}, year = {2021}, journal = {J}}
"""


def test_the_pages_of_works_have_what_is_wrong_in_the_bibliography(tree: SiteTree, panel: Panel) -> None:
    tree.write("pages/publications.bib", WORKS)

    assert [problem["line"] for problem in state(panel, "/publications/")["page"]] == [2]
    assert [problem["line"] for problem in state(panel, "/publications/b2021/")["page"]] == [2]
    assert state(panel, "/publications/a2020/")["page"] == []


def test_an_entry_without_its_work_has_its_problem(tree: SiteTree, panel: Panel) -> None:
    tree.entry("publications/a", key="none2020")

    assert [problem["path"] for problem in state(panel, "/publications/a/")["page"]] == ["pages/publications/a.md"]


def test_drafts_unlisted_and_future_entries_have_badges(tree: SiteTree, panel: Panel) -> None:
    tomorrow = date.today() + timedelta(1)
    tree.entry("posts/a", date=tomorrow, draft="true", unlisted="true")
    tree.entry("posts/b", date=tomorrow)
    tree.entry("posts/c", date=date.today())

    assert state(panel, "/posts/a/")["badges"] == ["draft", "unlisted", "future"]
    assert state(panel, "/posts/c/")["badges"] == []
    assert state(panel)["marked"] == {"/posts/a/": ["draft", "unlisted", "future"], "/posts/b/": ["future"]}


def test_the_site_can_be_shown_as_it_would_be_released(tree: SiteTree, panel: Panel, client: FlaskClient) -> None:
    tree.entry("notes/a", draft="true")
    site = panel.desk.app.test_client()
    assert site.get("/notes/a/").status_code == 200
    listener = panel.desk.events.join("127.0.0.1")
    assert listener is not None

    answer = client.post("/_octavo/view", json={"released": True})

    assert answer.get_json() == {"released": True}
    assert site.get("/notes/a/").status_code == 404
    assert (state(panel)["released"], state(panel)["marked"], state(panel)["refresh"]) == (True, {}, 1)
    assert b"event: refresh\n" in b"".join(listener.waiting.queue)
    client.post("/_octavo/view", json={"released": False})
    assert site.get("/notes/a/").status_code == 200


def test_a_link_to_a_draft_is_a_problem_of_the_site_as_released(tree: SiteTree, panel: Panel, client: FlaskClient) -> None:
    tree.entry("notes/a", draft="true")
    tree.entry("notes/b", "See [it](a.md).")
    assert state(panel, "/notes/b/")["page"] == []

    client.post("/_octavo/view", json={"released": True})

    ((path, message),) = messages(state(panel, "/notes/b/")["page"])
    assert path == "pages/notes/b.md"
    assert "is a draft and will not be there" in message


def test_a_view_that_is_shown_already_changes_nothing(panel: Panel, client: FlaskClient) -> None:
    client.post("/_octavo/view", json={"released": False})

    assert panel.desk.events.number == 0


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("view", b""), ("view", b"{"), ("view", b"[]"), ("view", b"{}"), ("view", b'{"released": 1}'), ("view", b"null"),
        ("view", b'{"released": "true"}'), ("view", b"[" * 100_000), ("view", b"\xff"),
        ("open", b'{"path": "pages/index.md", "line": true, "column": 1}'),
        ("open", b'{"path": "pages/index.md", "line": 1.5, "column": 1}'),
        ("open", b'{"path": "pages/index.md", "line": 0, "column": 1}'),
        ("open", b'{"path": "pages/index.md", "line": 1, "column": -1}'),
        ("open", b'{"path": "pages/index.md", "line": 99999999999, "column": 1}'),
        ("open", b'{"path": 3, "line": 1, "column": 1}'),
        ("open", b'{"path": "pages/index.md", "line": ' + b"9" * 5000 + b', "column": 1}'),
    ],
)  # fmt: skip
def test_what_is_no_answer_to_a_question_is_refused(client: FlaskClient, path: str, sent: bytes) -> None:
    answer = client.post(f"/_octavo/{path}", data=sent, content_type="application/json")

    assert answer.status_code == 400
    assert answer.get_json()["error"]


def test_other_questions_are_refused_as_json_too(client: FlaskClient) -> None:
    refused = [
        client.get("/_octavo/none"), client.get("/_octavo/freeze"), client.get("/_octavo/state?path=http://x"),
        client.post("/_octavo/view", data="released=1"), client.get(f"/_octavo/state?path=/{'a' * 5000}"),
    ]  # fmt: skip

    assert [answer.status_code for answer in refused] == [404, 405, 400, 415, 400]
    assert all(answer.get_json()["error"] for answer in refused)


def place(path: str) -> dict[str, object]:
    """The first character of a file."""
    return {"path": path, "line": 1, "column": 1}


def test_what_is_not_of_the_site_is_not_opened(tree: SiteTree, client: FlaskClient) -> None:
    tree.write("secret.txt", "x")

    answers = [client.post("/_octavo/open", json=place(path)) for path in ("secret.txt", "pages/../secret.txt", "/etc/passwd")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_without_an_editor_nothing_is_opened(client: FlaskClient) -> None:
    answer = client.post("/_octavo/open", json=place("pages/index.md"))

    assert answer.status_code == 409
    assert "OCTAVO_EDITOR" in answer.get_json()["error"]


def test_the_editor_is_opened_from_this_machine_only(client: FlaskClient) -> None:
    answer = client.post("/_octavo/open", json=place("pages/index.md"), environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert answer.status_code == 403
