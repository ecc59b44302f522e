"""What a freeze would change, and a freeze from the browser: in processes of their own, as a writer would run them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.live import releasing
from app.live.commands import Command
from app.live.desk import Desk
from app.live.events import Client
from app.live.routes import Panel, attach
from app.release.lock import locked

from .site_tree import SiteTree

NOTHING: dict[str, object] = {
    "added": [], "changed": [], "removed": [], "counts": {"added": 0, "changed": 0, "removed": 0},
}  # fmt: skip


@pytest.fixture
def panel(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    """The panel of a site, where nobody waits long for quiet."""
    monkeypatch.setattr(releasing, "QUIET", 0.1)
    tree.write("pages/site.yml", "title: A\nurl: https://example.org/\nwithout: [search]\n")
    panel = attach(Desk(tree.app(drafts=True)))
    yield panel
    panel.stop()


def state(panel: Panel) -> Any:
    """What it tells of the home page."""
    return panel.app.test_client().get("/_octavo/state?path=/").get_json()


def saved(panel: Panel, *paths: str) -> None:
    """Let the site see that files were saved, as the watcher does."""
    panel.desk.change(lambda: panel.desk.site.refresh({*paths}), paths)


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """What `condition` answers when it holds; fails when it does not in time."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
    return found


def ended(panel: Panel) -> Any:
    """What is told of a freeze when it has ended."""
    wait_for(lambda: not panel.releasing.freezing)
    return panel.releasing.last


def events(client: Client | None) -> list[tuple[str, Any]]:
    """What a client was sent: the name of each event and its data."""
    assert client is not None
    lines = [said.decode().splitlines() for said in client.waiting.queue]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for _, name, data, *_ in lines]


def octavo(tree: SiteTree, *words: str) -> tuple[int, list[Any]]:
    """The exit status of a command, and the JSON of every line it says."""
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_the_state_tells_what_is_different_from_the_last_release(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a")
    tree.entry("notes/b")
    assert panel.releasing.freeze()
    ended(panel)
    tree.entry("notes/a", "Other words.")
    tree.entry("notes/c")
    (tree.folder / "pages/notes/b.md").unlink()
    saved(panel, "pages/notes/a.md", "pages/notes/b.md", "pages/notes/c.md")
    assert state(panel)["changes"] is None

    changes = wait_for(lambda: state(panel)["changes"])

    assert changes["added"][0] == "/notes/c/"
    assert "/notes/a/" in changes["changed"]
    assert changes["removed"][0] == "/notes/b/"
    assert changes["counts"]["removed"] == len(changes["removed"])


def test_where_a_freeze_would_publish_nothing_the_state_says_so(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "To [nowhere](nowhere.md).")
    saved(panel, "pages/notes/a.md")
    state(panel)

    assert wait_for(lambda: state(panel)["changes"]) == {"message": "1 to mend; a freeze would publish nothing."}


def test_open_pages_hear_that_the_changes_are_known(panel: Panel) -> None:
    client = panel.desk.events.join("127.0.0.1")
    state(panel)

    wait_for(lambda: panel.releasing.changes)

    wait_for(lambda: ("state", {}) in events(client))


def test_nothing_is_compared_while_no_page_is_open(panel: Panel) -> None:
    saved(panel, "pages/index.md")
    time.sleep(0.3)

    assert panel.releasing.changes is None
    assert not panel.releasing._later.is_alive()


def test_a_comparison_is_dropped_when_the_site_changes_again(tree: SiteTree, panel: Panel) -> None:
    state(panel)
    first = wait_for(lambda: panel.releasing._command)
    tree.entry("notes/new")
    saved(panel, "pages/notes/new.md")

    state(panel)

    assert first._process.wait(10) == -signal.SIGKILL
    changes = wait_for(lambda: state(panel)["changes"])
    assert "/notes/new/" in changes["added"]


def test_a_freeze_tells_how_far_it_is_and_how_it_ends(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a")
    client = panel.desk.events.join("127.0.0.1")

    answer = panel.app.test_client().post("/_octavo/freeze", json={})

    assert answer.get_json() == {"state": "running"}
    told = ended(panel)
    assert (told["state"], told["exit"], told["problems"]) == ("done", 0, [])
    assert "/notes/a/" in told["changes"]["added"]
    assert "files" in told["lines"][0]
    assert "Some text." in tree.frozen("notes/a/index.html")
    said = [data for name, data in events(client) if name == "release"]
    assert [data["state"] for data in said] == ["running"] * (len(said) - 1) + ["done"]
    assert any(0 < data["done"] <= data["of"] for data in said)
    assert state(panel)["release"] == told


def test_after_a_freeze_nothing_is_different(panel: Panel) -> None:
    state(panel)
    panel.releasing.freeze()
    assert ended(panel)["state"] == "done"

    assert wait_for(lambda: state(panel)["changes"]) == NOTHING


def test_drafts_are_not_released_though_they_are_shown(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", draft="true")

    panel.releasing.freeze()

    assert "/notes/a/" not in ended(panel)["changes"]["added"]


def test_a_freeze_that_is_refused_tells_its_problems(tree: SiteTree, panel: Panel) -> None:
    tree.entry("notes/a", "See [it](nowhere.md).")

    panel.releasing.freeze()

    told = ended(panel)
    assert (told["state"], told["exit"]) == ("failed", 1)
    assert [problem["path"] for problem in told["problems"]] == ["pages/notes/a.md"]
    assert [line["text"] for line in told["problems"][0]["around"] if line["meant"]] == ["See [it](nowhere.md)."]
    assert "nothing was published" in told["lines"][0]
    assert not (tree.folder / "build").exists()


def test_a_freeze_that_was_killed_is_told_and_another_can_follow(tree: SiteTree, panel: Panel) -> None:
    panel.releasing.freeze()
    command = wait_for(lambda: panel.releasing._command)
    os.killpg(command._process.pid, signal.SIGKILL)

    told = ended(panel)

    assert told["state"] == "failed"
    assert told["lines"][0].startswith("'octavo freeze' was ended by signal 9")
    assert panel.releasing.freeze()
    assert ended(panel)["state"] == "done"
    assert tree.frozen("index.html")


def test_a_mistake_in_a_template_is_told_with_its_place(tree: SiteTree, panel: Panel) -> None:
    tree.entry("about")
    tree.write("templates/entry.html", "{{ nothing_of_this_name }}")

    panel.releasing.freeze()

    (problem,) = ended(panel)["problems"]
    assert (problem["path"], problem["line"]) == ("templates/entry.html", 1)
    assert "nothing_of_this_name" in problem["message"]
    assert problem["edit"].endswith("/templates/entry.html:1:1")


def test_a_freeze_that_cannot_begin_tells_why(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_BASE_URL", "nonsense")

    panel.releasing.freeze()

    told = ended(panel)
    assert told["state"] == "failed"
    assert told["lines"][0].startswith("'octavo freeze' has failed with status 1")
    assert any("nonsense" in line for line in told["lines"])


def test_two_freezes_do_not_run_at_once(panel: Panel) -> None:
    client = panel.app.test_client()

    first, second = client.post("/_octavo/freeze", json={}), client.post("/_octavo/freeze", json={})

    assert (first.status_code, second.status_code) == (200, 409)
    assert ended(panel)["state"] == "done"


def test_a_freeze_ends_a_comparison_and_a_save_does_not_end_a_freeze(tree: SiteTree, panel: Panel) -> None:
    state(panel)
    comparison = wait_for(lambda: panel.releasing._command)

    panel.releasing.freeze()
    freeze = wait_for(lambda: panel.releasing._command not in (None, comparison) and panel.releasing._command)
    saved(panel, "pages/index.md")
    state(panel)

    assert comparison._process.wait(10) == -signal.SIGKILL
    assert freeze.name == "freeze"
    assert ended(panel)["state"] == "done"


def test_the_end_of_the_server_ends_what_is_at_work(panel: Panel) -> None:
    panel.releasing.freeze()
    command = wait_for(lambda: panel.releasing._command)

    panel.stop()

    assert command._process.poll() == -signal.SIGKILL
    assert not panel.releasing.freeze()


def test_commands_stand_behind_other_work(tree: SiteTree) -> None:
    command = Command(tree.folder, "status")

    nice = os.getpriority(os.PRIO_PROCESS, command._process.pid)

    command.end()
    assert [*command.lines()]
    assert nice >= 10


def test_status_tells_as_json_what_a_freeze_would_change(tree: SiteTree) -> None:
    tree.freeze()
    tree.entry("notes/a")

    status, (told,) = octavo(tree, "status", "--base-url", "https://example.org/")

    assert status == 0
    assert "/notes/a/" in told["added"]
    assert told["removed"] == []
    assert told["files"] > 5
    assert told["size"] > 1000


@pytest.mark.parametrize("command", ["status", "freeze"])
def test_problems_are_told_as_json(tree: SiteTree, command: str) -> None:
    tree.entry("notes/a", "See [it](nowhere.md).")

    status, (*_, told) = octavo(tree, command)

    assert status == 1
    (problem,) = told["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("pages/notes/a.md", 5, 5)
    assert problem["message"]
    assert "hint" in problem


def test_freeze_tells_its_outcome_as_json_also_where_nothing_has_changed(tree: SiteTree) -> None:
    tree.entry("notes/a")

    (first, lines), (second, again) = octavo(tree, "freeze"), octavo(tree, "freeze")

    assert (first, second) == (0, 0)
    assert lines[-1]["published"] is True
    assert "/notes/a/" in lines[-1]["added"]
    assert all(0 < line["done"] <= line["of"] for line in lines[:-1])
    assert lines[:-1]
    assert again[-1]["published"] is True
    assert (again[-1]["added"], again[-1]["changed"], again[-1]["removed"]) == ([], [], [])


def test_a_release_that_another_has_is_told_as_json(tree: SiteTree) -> None:
    with locked(Path(tree.folder / "build"), "deploy"):
        status, (told,) = octavo(tree, "freeze", "--no-wait")

    assert status == 1
    assert told["problems"] == []
    assert "in use" in told["message"]
