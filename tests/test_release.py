"""Freezing: what is released, that it is whole, and that nothing is ever half done."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from app import VIEWS, create_app
from app.config import Config
from app.folders import PROGRAM
from app.problems import Problems
from app.release import Refused, freeze
from app.release.lock import state_of
from app.release.manifest import NAME
from app.release.plan import Unplanned, file_of, jobs_of
from app.release.publish import publish

from .site_tree import BASE_URL, SiteTree

LONG = "OCTAVO_LONG" in os.environ
"""Whether the full number of rounds is asked for, as `make test-long` does."""


def urls(folder: Path) -> list[str]:
    """The URL of every file of a release."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    served = sorted(name for name in names if not name.startswith("pagefind/") and name != NAME)
    return ["/" + quote(name.removesuffix("index.html") if Path(name).name == "index.html" else name) for name in served]


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://user.github.io/repo/"])
def test_the_frozen_bytes_of_every_url_of_the_demo_are_the_served_bytes(tmp_path: Path, base_url: str) -> None:
    app = create_app(PROGRAM, Config(base_url=base_url))
    freeze(app, VIEWS, tmp_path / "build")

    client = create_app(PROGRAM, Config(base_url=base_url)).test_client()
    for url in urls(tmp_path / "build"):
        with client.get(url, base_url=base_url) as response:
            assert response.status_code == 200, url
            path = file_of(unquote(url))
            assert response.data == (tmp_path / "build" / path).read_bytes(), url
    assert len(urls(tmp_path / "build")) > 40


ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham")
LOCALES = ("C", "C.UTF-8", "en_GB.UTF-8")


def test_r11_the_same_files_make_the_same_bytes_whatever_is_around_them(tmp_path: Path) -> None:
    expected: dict[str, bytes] = {}
    for round_ in range(20 if LONG else 4):
        folder, out = tmp_path / f"site {round_}", tmp_path / f"out-{round_}"
        files = sorted((file for file in (PROGRAM / "pages").rglob("*") if file.is_file()), reverse=bool(round_ % 2))
        for number, file in enumerate(files):
            copy = folder / file.relative_to(PROGRAM)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
            os.utime(copy, (1_000_000 * round_ + number, 1_000_000 * round_ + number))
        around = {
            "TZ": ZONES[round_ % 4],
            "LC_ALL": LOCALES[round_ % 3],
            "PYTHONHASHSEED": str(round_),
            "PYTHONPATH": str(PROGRAM),
        }
        command = [sys.executable, "-m", "app.cli", "--site", str(folder), "freeze", "--out", str(out)]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, **around}, cwd=(PROGRAM, tmp_path)[round_ % 2]
        )
        release = SiteTree(tmp_path).release(out.name)
        expected = expected or release
        assert release == expected


def test_a_release_has_the_pages_and_what_hosts_ask_for(tree: SiteTree) -> None:
    tree.entry("about")

    changes = tree.freeze()

    names = {name for name in tree.release() if not name.startswith(("api/schema/", "pagefind/"))}
    assert {re.sub(r"\.[0-9a-f]{8}(?=\.)", "", name) for name in names} == {
        ".nojekyll", "404.html", "_headers", "_redirects", "about/index.html",
        "api/about.json", "api/index.json", "api/openapi.json", "apple-touch-icon.png", "cards/about.png", "cards/index.png",
        "favicon.ico", "feed.json", "feed.xml", "humans.txt", "icon-192.png", "icon-512.png", "index.html", "llms.txt",
        "manifest.webmanifest", "map/index.html", "robots.txt", "search/index.html", "sitemap.xml", "static/icon.svg",
        "static/publications.js", "static/search.js", "static/site.css", "static/site.js", "tags/index.html",
    }  # fmt: skip
    assert {name for name in changes.added if not name.startswith("api/schema/")} == names


def test_only_what_a_published_entry_leads_to_is_released(tree: SiteTree) -> None:
    for name in ("linked.pdf", "field.pdf", "shown.svg", "raw.png", "unlinked.pdf", "of-a-draft.pdf"):
        tree.write(f"pages/{name}", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>')
    tree.entry("about", 'A [file](linked.pdf), ![a picture](shown.svg), <img src="raw.png" alt="x">.')
    tree.entry("notes/sop/s", file="../../field.pdf")
    tree.entry("draft", "[file](of-a-draft.pdf)", draft="true")

    tree.freeze()

    ours = ("static/", "cards/", "icon-", "apple-touch-icon.png")
    files = {name for name in tree.release() if name.endswith((".pdf", ".svg", ".png")) and not name.startswith(ours)}
    assert files == {"linked.pdf", "field.pdf", "shown.svg", "raw.png"}
    assert not any(b"of-a-draft" in data for data in tree.release().values())


def test_drafts_leave_no_trace_unless_they_are_asked_for(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("posts/secret", "XYZZY", title="XYZZY", date="2026-01-01", draft="true", tags="[xyzzy]")

    tree.freeze()
    tree.freeze("with", drafts=True)

    assert not any(b"xyzzy" in data.lower() or "secret" in name for name, data in tree.release().items())
    assert "posts/secret/index.html" in tree.release("with")


def test_a_link_to_a_draft_is_a_problem_of_the_release_only(tree: SiteTree) -> None:
    tree.entry("about", "See [it](secret.md).")
    tree.entry("secret", draft="true")

    with pytest.raises(Problems, match=r"pages/about.md:5:5: 'secret' is a draft"):
        tree.freeze()

    assert tree.freeze("with", drafts=True).files > 0


def test_content_with_problems_publishes_nothing_and_tells_all(tree: SiteTree) -> None:
    tree.entry("fine")
    tree.freeze()
    before = tree.release()
    tree.entry("one", "[a](nowhere.md)")
    tree.write("pages/two.md", "no front matter")

    with pytest.raises(Problems) as raised:
        tree.freeze()

    assert [problem.path for problem in raised.value.problems] == ["pages/one.md", "pages/two.md"]
    assert tree.release() == before


def test_what_was_added_changed_and_removed_is_told(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "without: [api, cards]")
    tree.entry("stays")
    tree.entry("goes")
    tree.entry("changes", "Before.")
    tree.freeze()
    (tree.folder / "pages" / "goes.md").unlink()
    tree.entry("changes", "After.")
    tree.entry("comes")

    changes = tree.freeze()

    assert changes.added == ("comes/index.html",)
    assert changes.removed == ("goes/index.html",)
    assert changes.changed == ("changes/index.html", "llms.txt", "map/index.html", "search/index.html", "sitemap.xml")


def test_a_link_in_a_template_that_leads_nowhere_stops_the_release(tree: SiteTree) -> None:
    tree.write("templates/mine.html", '{% extends "entry.html" %}{% block after %}<a href="/gone/">x</a>{% endblock %}')
    tree.entry("about", template="mine.html")

    with pytest.raises(Problems, match=r"pages/about.md:1:1: a link leads to nothing: ../gone/"):
        tree.freeze()

    assert not (tree.folder / "build").exists()
    assert leftovers(tree.folder) == []


def test_a_route_that_no_view_names_is_a_mistake_of_the_program(tree: SiteTree) -> None:
    app = tree.app()
    app.add_url_rule("/forgotten/", "forgotten", lambda: "x")

    with app.test_request_context(), pytest.raises(Unplanned, match="forgotten"):
        jobs_of(app, VIEWS)


def test_two_urls_that_would_be_one_file_are_refused(tree: SiteTree) -> None:
    tree.write("pages/Paper.pdf", "x")
    tree.write("pages/paper.pdf", "y")
    tree.entry("about", "[a](Paper.pdf) [b](paper.pdf)")

    with pytest.raises(Problems, match=r"pages/paper\.pdf:1:1: this and what is at /Paper\.pdf would be one file"):
        tree.freeze()


def test_a_file_that_would_be_the_page_of_an_entry_is_told(tree: SiteTree) -> None:
    tree.write("pages/z/index.html", "<p>mine</p>")
    tree.entry("z", "[mine](z/index.html)")

    with pytest.raises(Problems, match=r"pages/z/index\.html:1:1: this and what is at /z/ would be one file"):
        tree.freeze()


@pytest.mark.parametrize("out", ["pages/public", "static/public", "templates/x/y"])
def test_a_release_never_goes_into_the_content(tree: SiteTree, out: str) -> None:
    with pytest.raises(Refused, match="which is content"):
        tree.freeze(out)


def test_a_template_that_is_not_there_is_told_as_what_it_is(tree: SiteTree) -> None:
    tree.write("templates/mine.html", '{% extends "entri.html" %}')
    tree.entry("about", template="mine.html")

    with pytest.raises(Problems, match=r"templates/mine\.html:1:1: there is no template 'entri\.html'"):
        tree.freeze()


def test_what_a_host_asks_for_at_the_root_is_released_without_a_link(tree: SiteTree) -> None:
    tree.write("pages/CNAME", "folio.example.org")
    tree.write("pages/other.txt", "x")

    tree.freeze()

    assert tree.release()["CNAME"] == b"folio.example.org"
    assert "other.txt" not in tree.release()


def test_an_unlisted_entry_may_have_a_tag_that_no_list_has(tree: SiteTree) -> None:
    tree.entry("about", unlisted="true", tags="[zz]")

    assert tree.freeze().files


NAMES = ["with space", "it's", "emoji 🎉", "中文", "a+b", "a&b", "naïve", "(x)", "a,b;c", "~tilde", "@at", "a=b"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_may_be_as_people_write_them(tree: SiteTree, name: str) -> None:
    tree.entry(f"notes/{name}", "![x](<{name}.svg>) [self](<{name}.md>)".replace("{name}", name), title="T")
    tree.write(f"pages/notes/{name}.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>')

    tree.freeze()

    assert f"notes/{name}/index.html" in tree.release()
    assert f"notes/{name}.svg" in tree.release()


def test_a_folder_that_octavo_did_not_make_is_never_overwritten(tree: SiteTree) -> None:
    tree.write("build/thesis.tex", "years of work")

    with pytest.raises(Refused, match="holds files that Octavo did not make"):
        tree.freeze()

    assert (tree.folder / "build" / "thesis.tex").read_text() == "years of work"


def test_a_file_or_a_link_in_the_place_of_the_release_is_refused(tree: SiteTree) -> None:
    tree.write("build", "a file")
    (tree.folder / "link").symlink_to(tree.folder / "pages")

    for name in ("build", "link"):
        with pytest.raises(Refused, match="is not a folder"):
            tree.freeze(name)


def test_a_read_only_release_is_refused_and_stays(tree: SiteTree) -> None:
    tree.freeze()
    before = tree.release()
    build = tree.folder / "build"
    build.chmod(stat.S_IRUSR | stat.S_IXUSR)

    try:
        tree.entry("new")
        with pytest.raises(Refused, match="read-only; allow writing"):
            tree.freeze()
        assert tree.release() == before
    finally:
        build.chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0 and "CI" not in os.environ, reason="only root can make a small disk")
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")  # Frozen-Flask's open response
def test_a_full_disk_is_told_and_the_release_before_stays_whole(tree: SiteTree, small_disk: Path) -> None:
    app = tree.app()
    freeze(app, VIEWS, small_disk / "build")
    before = SiteTree(small_disk).release()
    tree.write("pages/large.bin", os.urandom(1_200_000))
    tree.entry("about", "[large](large.bin)")

    with pytest.raises(Refused, match="the disk is full"):
        freeze(tree.app(), VIEWS, small_disk / "build")

    assert SiteTree(small_disk).release() == before
    assert leftovers(small_disk) == []


def leftovers(folder: Path) -> list[str]:
    """What a freeze may leave beside a release; the cache and the releases before are meant to stay."""
    hidden = [name for name in os.listdir(folder) if name.startswith(".") and name != ".octavo"]
    known = [path.name for path in state_of(folder / "build").glob("*") if not path.name.isdigit()]
    return sorted(hidden) + [name for name in known if name != "numbers.json"]


def test_a_crash_between_the_two_renames_of_a_system_without_exchange_is_mended_by_the_next_freeze(tree: SiteTree) -> None:
    tree.freeze()
    whole = tree.release()
    build = tree.folder / "build"
    build.rename(state_of(build) / "previous")
    tree.write("pages/broken.md", "x")

    with pytest.raises(Problems):
        tree.freeze()
    assert tree.release() == whole
    (tree.folder / "pages" / "broken.md").unlink()
    tree.freeze()

    assert tree.release() == whole
    assert leftovers(tree.folder) == []


def test_r1_a_freeze_killed_at_any_moment_leaves_a_whole_release(tree: SiteTree) -> None:
    for number in range(30):
        tree.entry(f"posts/p{number}", date="2026-01-01")
    command = [sys.executable, "-m", "app.cli", "--site", str(tree.folder), "freeze", "--base-url", BASE_URL]
    subprocess.run(command, check=True, capture_output=True, cwd=PROGRAM)
    old = tree.release()
    start = time.monotonic()
    tree.entry("index", "Another text.")
    subprocess.run([*command, "--out", str(tree.folder / "new")], check=True, capture_output=True, cwd=PROGRAM)
    length, new = time.monotonic() - start, tree.release("new")

    rounds = 200 if LONG else 12
    for round_ in range(rounds):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PROGRAM) as process:
            time.sleep(length * (0.3 + 0.75 * round_ / rounds))
            process.send_signal(signal.SIGKILL)
        assert tree.release() in (old, new)

    subprocess.run(command, check=True, capture_output=True, cwd=PROGRAM)
    assert tree.release() == new
    assert leftovers(tree.folder) == []


def test_publish_puts_a_first_release_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "x").write_text("x")

    publish(tmp_path / "next", tmp_path / "build")

    assert (tmp_path / "build" / "x").read_text() == "x"
    assert not (tmp_path / "next").exists()


def test_parsing_on_several_cores_gives_the_same_release(tree: SiteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        tree.entry(f"posts/p{number}", "## A\n\n$x$ and [home](../index.md)", date="2026-01-01", summary=f"Number *{number}*.")
    tree.freeze("one")
    monkeypatch.setattr("app.release.workers.ENOUGH", 1)

    tree.freeze("two")

    assert tree.release("one") == tree.release("two")
