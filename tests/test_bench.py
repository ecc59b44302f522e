"""The bench: its notes are alike for all, its measures are right, and what goes wrong is told."""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
from ast import literal_eval
from dataclasses import replace
from pathlib import Path

import pytest

from bench.bars import bars
from bench.corpus import notes, words
from bench.cost import Cost, cost
from bench.edits import edit
from bench.install import install
from bench.outcome import faults, outcome
from bench.peers import PEERS, Peer
from bench.rounds import Course, Reading
from bench.tables import times

CODE = re.compile("```.*?```", re.DOTALL)
BY_NAME = {peer.name: peer for peer in PEERS}
FLASK = replace(BY_NAME["flask"], package="", command=(sys.executable, "app.py"))
"""The plain site, with the packages that are here anyway."""


def reading(peer: str, count: int, scenario: str, wall: float, told: str = "") -> Reading:
    return Reading(peer, count, scenario, Cost(wall, wall, 100, 100, 0, 0), told=told)


def test_notes_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert notes(20) == notes(20)
    assert notes(20) != notes(20, seed=1)


def test_notes_are_like_those_of_a_scholar() -> None:
    bodies = [note.body for note in notes(300)]

    lengths = [sum(words(block) for block in CODE.sub("", body).split("\n\n")) for body in bodies]

    assert 350 < min(lengths) < 600
    assert 900 < statistics.median(lengths) < 1100
    assert max(lengths) < 1700
    assert {body.count("$$") for body in bodies} == {4}
    assert {body.count("```") for body in bodies} == {2, 4}
    assert 0.25 < sum("[^1]:" in body for body in bodies) / 300 < 0.42
    assert {body.count("\n## ") + body.count("\n### ") + body.startswith("## ") for body in bodies} == {3, 4, 5, 6}


def test_no_two_blocks_of_code_are_alike() -> None:
    blocks = [block for note in notes(200) for block in CODE.findall(note.body)]

    assert len(set(blocks)) == len(blocks)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_generator_has_every_note_with_links_of_its_own_form(peer: Peer, tmp_path: Path) -> None:
    written = notes(5)

    peer.set_up(tmp_path, tmp_path, written)

    texts = [(tmp_path / peer.layout.file(note.name)).read_text() for note in written]
    assert all(note.name.title in text for note, text in zip(written, texts, strict=True))
    assert not any("](note:" in text or "](figure:" in text for text in texts)


def test_a_site_of_notes_has_no_problems_for_octavo(tmp_path: Path) -> None:
    BY_NAME["octavo"].set_up(tmp_path, tmp_path, notes(20))

    result = subprocess.run(
        [sys.executable, "-m", "app.cli", "--site", str(tmp_path), "check"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


def test_what_a_command_costs_is_measured(tmp_path: Path) -> None:
    program = "import time; kept = bytearray(80_000_000); sum(range(3_000_000)); time.sleep(0.6)"
    measure = "import sys, pathlib, dataclasses, bench.cost as c; here = pathlib.Path(sys.argv[1])\n"
    measure += "print(dataclasses.astuple(c.cost([sys.executable, '-c', sys.argv[2]], here, {}, 30, here / 'log')))"

    # In a small process of its own, as the bench is: a large one's memory counts for what it starts.
    result = subprocess.run([sys.executable, "-c", measure, tmp_path, program], capture_output=True, text=True, check=True)
    found = Cost(*literal_eval(result.stdout))

    assert found.status == 0
    assert found.wall > 0.6
    assert 0.01 < found.processor < found.wall
    assert 80 < found.largest < 130
    assert found.together >= found.largest


def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    found = cost([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path, {}, 0.3, tmp_path / "log")

    assert found.status < 0
    assert found.wall < 10


def test_runs_tell_times_and_what_was_made(tmp_path: Path) -> None:
    course = Course([FLASK], tmp_path, tmp_path, 1, 60, 0)

    found = list(course.readings(12))

    assert [(one.scenario, one.told) for one in found] == [("cold", ""), ("same", ""), ("body", "")]
    assert found[0].outcome is not None
    assert found[0].outcome.notes == 12
    assert found[0].outcome.spans > 1000


def test_a_generator_that_fails_is_told_and_not_run_again(tmp_path: Path) -> None:
    broken = replace(FLASK, command=(sys.executable, "-c", "raise SystemExit('no such thing')"))

    found = list(Course([broken], tmp_path, tmp_path, 3, 60, 0).readings(3))

    assert [one.told for one in found] == ["exit status 1: no such thing"]


def test_a_generator_that_cannot_be_installed_is_told(tmp_path: Path) -> None:
    (tmp_path / "peers").write_text("a file where a folder should be")

    assert install("flask", tmp_path / "peers").startswith("not installed: ")


def test_pages_without_what_they_need_are_told(tmp_path: Path) -> None:
    names = [note.name for note in notes(3)]
    page = FLASK.page(tmp_path, names[0])
    page.parent.mkdir(parents=True)
    page.write_text("<pre>x</pre>")

    told = list(faults(FLASK, tmp_path, names, outcome(FLASK, tmp_path, names)))

    assert told == ["1 of 3 notes", "code is not highlighted", "lists are missing", "no feed", "no site map"]


@pytest.mark.parametrize("scenario", ["body", "title", "tag", "template"])
def test_an_edit_changes_the_site_and_is_told_until_it_is_seen(scenario: str, tmp_path: Path) -> None:
    peer, written = BY_NAME["octavo"], notes(3)
    peer.set_up(tmp_path, tmp_path, written)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}

    made = edit(scenario, peer, tmp_path, [note.name for note in written], random.Random(1))

    after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert len(set(after.items()) - set(before.items())) == 1
    assert len(made.faults()) == len(made.seen) > 0
    for page, text in made.seen:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(page.read_text() + text if page.exists() else text)
    assert made.faults() == ()


def test_bars_compare_with_the_fastest_that_went_right() -> None:
    readings = [
        reading("octavo", 1000, "cold", 1.0),
        reading("hugo", 1000, "cold", 2.0),
        reading("hugo-math", 1000, "cold", 4.0),
        reading("eleventy-math", 1000, "cold", 0.5, told="formulas are missing"),
    ]

    found = {bar.what: (bar.found, bar.holds) for bar in bars(readings)}

    assert found == {
        "1,000: octavo, from nothing / hugo-math, the fastest with math at build, from nothing": ("0.25 x", True),
        "1,000: octavo, from nothing / hugo, the fastest, from nothing": ("0.50 x", True),
    }


def test_bars_hold_octavo_against_itself() -> None:
    times_of = {("cold", 1000): 1.0, ("cold", 10_000): 12.0, ("one job", 1000): 2.0, ("two jobs", 1000): 1.0, ("body", 1000): 0.7}
    readings = [reading("octavo", count, scenario, wall) for (scenario, count), wall in times_of.items()]

    found = {bar.what: (bar.found, bar.holds) for bar in bars(readings)}

    assert found == {
        "1,000: octavo, one body edited, processor time": ("0.70 s", False),
        "1,000: octavo, from nothing, two jobs / one": ("0.50 x", True),
        "octavo, from nothing, 10,000 / 1,000": ("12.00 x", False),
        "10,000: octavo, from nothing, memory": ("100.00 MB", True),
    }


def test_a_table_has_medians_and_what_was_told() -> None:
    readings = [reading("hugo", 10, "cold", wall) for wall in (1.0, 3.0, 2.0)]

    rows = times([*readings, Reading("flask", 10, "cold", told="not installed")]).splitlines()

    assert "| hugo | from nothing | **2.00 s** (1.00 – 3.00) | 2.00 s |" in rows[2]
    assert rows[3] == "| flask | from nothing | – | – | – | – | – | 0 | not installed |"
