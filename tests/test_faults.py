"""Faults: a freeze that is disturbed in its middle tells so, publishes nothing, and the next one succeeds."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app import VIEWS
from app.cache import FILE, digest
from app.folders import PROGRAM
from app.release.freezer import Options, freeze
from app.release.refusal import Refused
from app.release.workers import ENOUGH_PAGES

from .edits import Author
from .site_tree import BASE_URL, SiteTree
from .test_release import leftovers

LONG = "OCTAVO_LONG" in os.environ
PLAIN = "title: A site\nwithout: [search, cards, math-font, api, map]\n"
COMMAND = (sys.executable, "-m", "app.cli", "--site")

HANGS = "{% for one in range(30000) %}{% for two in range(30000) %}{% endfor %}{% endfor %}"


@pytest.fixture
def many(tree: SiteTree) -> SiteTree:
    """A site with so many pages that other processes render them."""
    tree.write("pages/site.yml", PLAIN)
    for number in range(ENOUGH_PAGES + 20):
        tree.entry(f"posts/p{number}", f"Number {number} leads to [[p{number // 2}]].", date="2026-01-01", template="slow.html")
    tree.write("templates/slow.html", '{% extends "entry.html" %}')
    return tree


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return []


def running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    with suppress(OSError):
        return ") Z" not in Path(f"/proc/{process}/stat").read_text()
    return False


def workers_of(freezing: subprocess.Popen[str]) -> list[int]:
    """The processes that render for a freeze, as soon as there are two, each at work."""
    end = time.monotonic() + 30
    while time.monotonic() < end and freezing.poll() is None:
        if len(found := children(freezing.pid)) >= 2:
            time.sleep(0.5)
            return found
        time.sleep(0.02)
    raise AssertionError(freezing.communicate())


def begun(tree: SiteTree) -> Iterator[subprocess.Popen[str]]:
    """A freeze whose workers never come to an end by themselves; nothing of it is left after the test."""
    tree.write("templates/slow.html", '{% extends "entry.html" %}{% block after %}' + HANGS + "{% endblock %}")
    command = [*COMMAND, str(tree.folder), "freeze", "--jobs", "2"]
    with subprocess.Popen(
        command, cwd=PROGRAM, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        yield process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_r3_a_worker_that_dies_is_told_and_the_freeze_fails_whole(many: SiteTree) -> None:
    many.freeze()
    whole = many.release()

    for freezing in begun(many):
        os.kill(workers_of(freezing)[0], signal.SIGKILL)
        _, said = freezing.communicate(timeout=30)

        assert freezing.returncode == 1
        assert said == "Error: a process that did a part of the work has died; is there too little memory? Try --jobs 1\n"
    assert many.release() == whole
    assert leftovers(many.folder) == []

    many.write("templates/slow.html", '{% extends "entry.html" %}')
    many.freeze()
    assert many.release() == whole


def test_r1_ctrl_c_in_the_middle_leaves_no_process_and_no_rest(many: SiteTree) -> None:
    many.freeze()
    whole = many.release()

    for freezing in begun(many):
        started = workers_of(freezing)
        os.killpg(freezing.pid, signal.SIGINT)
        _, said = freezing.communicate(timeout=30)

        assert "Traceback" not in said
        assert "Aborted!" in said or "has died" in said
        assert not any(map(running, started))
    assert many.release() == whole
    assert leftovers(many.folder) == []


def test_r1_workers_end_with_the_process_that_started_them_however_it_ends(many: SiteTree) -> None:
    for freezing in begun(many):
        started = workers_of(freezing)
        freezing.kill()
        freezing.wait()

        end = time.monotonic() + 10
        while any(map(running, started)) and time.monotonic() < end:
            time.sleep(0.05)
        assert not any(map(running, started))


def test_an_exception_in_a_view_of_a_worker_comes_out_with_its_place(many: SiteTree) -> None:
    many.write("templates/slow.html", '{% extends "entry.html" %}{% block after %}{{ entry.summary[5].x }}{% endblock %}')

    command = [*COMMAND, str(many.folder), "freeze", "--jobs", "2"]
    run = subprocess.run(command, cwd=PROGRAM, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert "slow.html" in run.stderr
    assert leftovers(many.folder) == []
    assert not (many.folder / "build").exists()


def test_a_page_that_takes_long_holds_up_no_other_and_eight_processes_share_two_cores(many: SiteTree) -> None:
    long = "{% for a in range(1000) %}{% for b in range(3000) %}{% endfor %}{% endfor %}"
    many.write("templates/slow.html", f'{{% extends "entry.html" %}}{{% if entry.id == "posts/p7" %}}{long}{{% endif %}}')
    seen: list[str] = []

    freeze(many.app(), VIEWS, many.folder / "build", lambda done, total, url: seen.append(url), Options(8))
    many.write("templates/slow.html", '{% extends "entry.html" %}')
    many.freeze("quick")

    assert many.release("build") == many.release("quick")
    assert len(seen) == len(set(seen)) > ENOUGH_PAGES


def whole_site(tree: SiteTree) -> SiteTree:
    """A site with every kind of thing that a cache keeps."""
    Author(tree.folder, 5, "[search, map, api]").translate()
    return tree


def cached(tree: SiteTree) -> dict[tuple[str, str], bytes]:
    """Everything that a cache keeps."""
    with sqlite3.connect(tree.folder / FILE) as database:
        rows = database.execute("SELECT kind, key, value FROM kept").fetchall()
    database.close()
    return {(kind, key): value for kind, key, value in rows}


def replace(tree: SiteTree, rows: dict[tuple[str, str], bytes]) -> None:
    """Put other bytes into a cache."""
    with sqlite3.connect(tree.folder / FILE) as database:
        database.executemany("UPDATE kept SET value = ? WHERE kind = ? AND key = ?", [(new, *key) for key, new in rows.items()])
    database.close()


def test_a_cache_with_flipped_bits_or_cut_values_of_any_kind_gives_what_a_freeze_from_nothing_gives(tree: SiteTree) -> None:
    whole_site(tree).freeze()
    expected, kept = tree.release(), cached(tree)
    assert {kind for kind, _ in kept} >= {
        "record",
        "page",
        "document",
        "outline",
        "stamped",
        "bibliography",
        "references",
        "card",
    }

    chance = Random(7)
    for kind in sorted({kind for kind, _ in kept}):
        for damage in range(20 if LONG else 2):
            rows = {key: spoilt(value, chance, cut=bool(damage % 2)) for key, value in kept.items() if key[0] == kind}
            replace(tree, rows)

            tree.freeze()

            assert tree.release() == expected, (kind, damage)


def spoilt(value: bytes, chance: Random, *, cut: bool) -> bytes:
    """A value with a bit that is another, or without its end."""
    at = chance.randrange(len(value))
    return value[:at] if cut else value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]


FOREIGN = (
    b"",
    b"null",
    b"7",
    b"[]",
    b"{}",
    b'"x"',
    b"[[]]",
    b"[[1, 2], [3]]",
    b'{"program": 1, "pages": []}',
    b"\xff\x00",
    b'[["a"]]',
)
"""What another version may have meant, whole and with its digest."""


@pytest.mark.parametrize("kind", ["record", "page", "document", "outline", "stamped", "bibliography", "references", "settled"])
def test_a_cache_that_another_version_has_written_gives_what_a_freeze_from_nothing_gives(tree: SiteTree, kind: str) -> None:
    whole_site(tree).freeze()
    command = [*COMMAND, str(tree.folder), "freeze", "--base-url", BASE_URL]
    subprocess.run(command, cwd=PROGRAM, capture_output=True, check=True)
    expected, kept = tree.release(), cached(tree)
    assert kind in {one for one, _ in kept}

    for value in FOREIGN if LONG else FOREIGN[::5]:
        replace(tree, {key: digest(value) + value for key in kept if key[0] == kind})
        if kind == "settled":
            subprocess.run(command, cwd=PROGRAM, capture_output=True, check=True)
        else:
            tree.freeze()

        assert tree.release() == expected, value


WRITER = """
import os, random, sys, time
from pathlib import Path
folder, end, chance, number = Path(sys.argv[1]), time.monotonic() + float(sys.argv[2]), random.Random(int(sys.argv[3])), 0
while time.monotonic() < end:
    number += 1
    entry = folder / f"pages/posts/p{chance.randrange(8)}.md"
    entry.write_text(f"---\\ntitle: T{number}x\\ndate: 2026-01-01\\n---\\n\\nBody{number}x. ![A plot](/plot.svg)\\n")
    size = f'width="{100 + number}" height="9"'
    (folder / "pages/plot.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0h9"/></svg>')
    (folder / "templates/analytics.html").write_text(f"<!-- A{number}x -->")
    time.sleep(chance.expovariate(10))
"""
"""Somebody who saves an entry, a picture and a template ten times a second; each tells by a number which version it is."""


def test_r10_what_is_frozen_while_files_change_is_of_one_moment_or_refused(tree: SiteTree) -> None:
    tree.write("pages/site.yml", PLAIN)
    tree.write("pages/plot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="9"><path d="M0 0h9"/></svg>')
    tree.write("templates/analytics.html", "<!-- A0x -->")
    tree.entry("posts/index", title="Posts")
    for number in range(8):
        tree.entry(f"posts/p{number}", "Body0x. ![A plot](/plot.svg)", title="T0x", date="2026-01-01")
    tree.freeze()
    published = refused = 0

    rounds, seconds = (100, 400) if LONG else (6, 30)
    with subprocess.Popen([sys.executable, "-c", WRITER, str(tree.folder), str(seconds), "3"]) as writer:
        while published + refused < rounds or not published:
            assert writer.poll() is None
            told = attempted(tree)
            assert "files were changed while the site was frozen" in (told or "files were changed while the site was frozen")
            refused, published = refused + bool(told), published + (not told)
            assert mixed(tree.release()) == []
        writer.kill()

    tree.freeze()
    assert mixed(tree.release()) == []
    assert leftovers(tree.folder) == []


def attempted(tree: SiteTree) -> str:
    """Why a freeze was refused, or nothing where it was not."""
    try:
        tree.freeze()
    except Refused as error:
        return str(error)
    return ""


def mixed(release: dict[str, bytes]) -> list[str]:
    """What in a release is of two moments: pages with another template or picture, lists with another title than the page."""
    pages = {path: html.decode() for path, html in release.items() if path.endswith(".html")}
    whole = "\n".join(pages.values())
    picture = re.search(rb'width="(\d+)"', release["plot.svg"])
    found = [f"templates {one}" for one in set(re.findall(r"<!-- A\d+x -->", whole))][1:]
    found += [
        f"picture {one}" for one in set(re.findall(r'<img[^>]* width="(\d+)"', whole)) - {picture[1].decode() if picture else ""}
    ]
    posts = {path.split("/")[1]: html for path, html in pages.items() if path.startswith("posts/p")}
    titles = {name: re.findall(r"<h1[^>]*>\s*T(\d+)x", html) for name, html in posts.items()}
    bodies = {name: re.findall(r"<p>Body(\d+)x", html) for name, html in posts.items()}
    listed = dict(re.findall(r'href="(p\d)/"[^>]*>T(\d+)x', pages["posts/index.html"]))
    found += [f"text {name}" for name in posts if titles[name] != bodies[name]]
    return found + [f"list {name}" for name in posts if [listed.get(name)] != titles[name]]


def test_a_file_that_changes_once_while_the_site_is_frozen_is_in_the_release(tree: SiteTree) -> None:
    tree.entry("index", "First.")

    def save(done: int, total: int, url: str) -> None:
        if not written:
            written.append(tree.entry("index", "Second."))

    written: list[Path] = []
    freeze(tree.app(), VIEWS, tree.folder / "build", save, Options(1))

    assert "Second." in tree.frozen("index.html")


def test_files_that_never_stay_as_they_are_are_named(tree: SiteTree) -> None:
    tree.freeze()
    whole = tree.release()

    def save(done: int, total: int, url: str) -> None:
        tree.entry("index", f"{time.monotonic_ns()}")

    tree.entry("index", "Another.")
    with pytest.raises(Refused, match=r"each time it was tried: pages/index\.md; freeze again"):
        freeze(tree.app(), VIEWS, tree.folder / "build", save, Options(1))

    assert tree.release() == whole
    assert leftovers(tree.folder) == []
