"""Cards: a picture of 1200 by 630 for each page, the same every time, whatever its title is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.application import create_app
from app.cache import FILE
from app.cards import Card, drawn
from app.cards.drawing import EDGE, HEIGHT, SMALL, WIDTH
from app.cards.faces import Lettering, legible, own
from app.cards.lines import broken
from app.config import Config
from app.folders import PROGRAM

from .fonts import font
from .site_tree import SiteTree

TITLE = (EDGE, EDGE + 20, WIDTH - EDGE, HEIGHT - EDGE - 2 * SMALL)
NAMES = (0, HEIGHT - EDGE - SMALL, WIDTH, HEIGHT)
TITLES = {
    "short": "Notes",
    "long": "Displacement: what preference optimisation does to the likelihood of the answers that were chosen, and of others",
    "2,000 letters": "x" * 2000,
    "2,000 characters in words": "word " * 400,
    "markup": "<script> & \"quotes\" 'and' <b>more</b>",
    "accents": "Čapek, Ångström, Việt, Ελλάδα, кириллица",
    "a formula": "f: X → ℝ, ‖x‖₂ ≤ √n",
}
UNDRAWN = {"chinese": "深度学习的科学", "arabic": "نظرية قوانين القياس", "hebrew": "שלום", "hindi": "नमस्ते"}


def opened(data: bytes) -> Image.Image:
    """A card as a picture."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def ink(data: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part of a card are not paper."""
    return sum(opened(data).crop(box).histogram()[1:])


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_card_has_its_size_and_weighs_little_whatever_the_title_is(title: str) -> None:
    card = Card(title, "Robin Folio", "Notes of a researcher")

    data = drawn(card)

    picture = opened(data)
    assert (picture.format, picture.size, picture.mode) == ("PNG", (1200, 630), "P")
    assert len(data) < 16_000
    assert ink(data, NAMES) > 500


@pytest.mark.parametrize("title", [title for name, title in TITLES.items() if name != "a formula"])
def test_nothing_is_drawn_in_the_margins(title: str) -> None:
    data = drawn(Card(title, "R" * 300, "S" * 300))

    sides = (
        (0, 0, EDGE - 8, HEIGHT),
        (WIDTH - EDGE + 8, 0, WIDTH, HEIGHT),
        (0, 0, WIDTH, EDGE - 8),
        (0, HEIGHT - 70, WIDTH, HEIGHT),
    )
    assert [ink(data, side) for side in sides] == [0, 0, 0, 0]
    assert ink(data, TITLE) > 500


@pytest.mark.parametrize("title", UNDRAWN.values(), ids=UNDRAWN)
def test_a_title_that_no_font_has_leaves_the_names_and_no_boxes(title: str) -> None:
    data = drawn(Card(title, "Robin Folio", "Notes"))

    assert ink(data, TITLE) == 0
    assert data == drawn(Card("", "Robin Folio", "Notes"))
    assert ink(data, NAMES) > 500


def test_an_author_in_another_script_leaves_the_title() -> None:
    assert drawn(Card("Notes", "罗宾", "罗宾的笔记")) == drawn(Card("Notes", "", ""))


def test_a_sign_that_no_font_has_is_left_out_and_the_words_stay() -> None:
    assert drawn(Card("A prize 🎉 for us 👩🏽‍🔬", "", "")) == drawn(Card("A prize for us", "", ""))


def test_a_form_of_a_character_that_no_font_has_is_drawn_plainly() -> None:
    assert drawn(Card("xᵢ and ｗｉｄｅ", "", "")) == drawn(Card("xi and wide", "", ""))


def test_another_font_is_used_for_what_ours_lacks(tmp_path: Path) -> None:
    file = tmp_path / "box.ttf"
    file.write_bytes(font("深", "Box"))

    data = drawn(Card("深 learning", "", "", fonts=(file,)))

    assert ink(data, TITLE) > ink(drawn(Card("learning", "", "")), TITLE) + 500


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "none.ttf"
    file.write_bytes(b"no font")

    assert drawn(Card("深", "", "", fonts=(file,))) == drawn(Card("", "", ""))


def test_a_card_has_the_colour_of_the_theme() -> None:
    teal, ours = drawn(Card("Notes", "R", "S", "#0b6e4f")), drawn(Card("Notes", "R", "S"))

    assert opened(teal).convert("RGB").getpixel((EDGE + 5, EDGE + 5)) == (0x0B, 0x6E, 0x4F)
    assert opened(ours).convert("RGB").getpixel((EDGE + 5, EDGE + 5)) == (0x8A, 0x2F, 0x1B)
    assert opened(ours).convert("RGB").getpixel((5, 5)) == (0xFF, 0xFE, 0xFB)


def test_a_card_is_the_same_bytes_again_and_in_another_process() -> None:
    card = Card("Scaling laws: L(N) = A/N^α — “fits” & <more>", "Robin Folio", "folio.example.org")
    program = f"import sys; from app.cards import Card, drawn; sys.stdout.buffer.write(drawn({card!r}))"

    other = subprocess.run([sys.executable, "-c", program], cwd=PROGRAM, capture_output=True, check=True)

    assert drawn(card) == drawn(card) == other.stdout


def width(text: str) -> float:
    """A measure in which every character is one wide."""
    return len(text)


@pytest.mark.parametrize(
    ("text", "lines", "whole"),
    [
        ("", [""], True),
        ("one two three", ["one two", "three"], True),
        ("one two three four five", ["one two", "three…"], False),
        ("abcdefghijkl", ["abcdefgh", "ijkl"], True),
        ("a abcdefghijkl", ["a", "abcdefg…"], False),
        ("深度学习的科学。与理论", ["深度学习的科学。", "与理论"], True),
        ("深度学习的科学是，不", ["深度学习的科学", "是，不"], True),
        ("深 learn 的", ["深 learn", "的"], True),
        ("  much   room  ", ["much", "room"], True),
    ],
)
def test_a_title_is_broken_between_words_and_characters_of_the_east(text: str, lines: list[str], whole: bool) -> None:
    assert broken(text, 8, width, 2) == (lines, whole)


def test_every_line_fits_its_room_in_real_letters() -> None:
    letters = Lettering(own(), 64, 600)
    for title in TITLES.values():
        lines, _ = broken(legible(title[:400], own()), 1024, letters.width, 4)

        assert len(lines) <= 4
        assert max(map(letters.width, lines)) <= 1024


def test_every_entry_and_every_work_has_a_card(tree: SiteTree) -> None:
    tree.entry("posts/深度", title="Deep", date="2026-01-02")
    tree.write("pages/publications.bib", "@article{a, title={{Tight} bounds for $L^2$}, author={Robin Folio}, year={2026}}")
    client = tree.app().test_client()

    for url in ("/cards/index.png", "/cards/posts/深度.png", "/cards/publications/a.png"):
        response = client.get(url)

        assert (response.status_code, response.mimetype, opened(response.data).size) == (200, "image/png", (1200, 630)), url
    assert client.get("/cards/nothing.png").status_code == 404


def test_a_site_without_an_address_or_without_cards_has_none(tree: SiteTree) -> None:
    tree.entry("about")
    addressless = tree.app(base_url=None).test_client()
    with_cards = tree.app().test_client().get("/about/").get_data(as_text=True)
    tree.write("pages/site.yml", "without: [cards]\n")
    without = tree.app().test_client()

    assert 'property="og:image"' in with_cards
    assert [client.get("/cards/about.png").status_code for client in (addressless, without)] == [404, 404]
    for client in (addressless, without):
        html = client.get("/about/").get_data(as_text=True)
        assert "og:image" not in html
        assert '<meta name="twitter:card" content="summary">' in html


def test_a_card_is_kept_and_drawn_anew_when_what_it_says_changes(tree: SiteTree) -> None:
    tree.entry("about", title="First")
    first = tree.app().test_client().get("/cards/about.png").data
    tree.entry("about", title="Second")

    second = tree.app().test_client().get("/cards/about.png").data

    assert first != second
    tree.entry("about", title="First")
    assert tree.app().test_client().get("/cards/about.png").data == first
    with closing(sqlite3.connect(tree.folder / FILE)) as kept:
        assert kept.execute("SELECT count(*) FROM kept WHERE kind = 'card'").fetchone() == (2,)


def test_a_file_among_the_fonts_that_is_none_is_told(tree: SiteTree) -> None:
    tree.write("fonts/none.ttf", b"no font")
    tree.write("fonts/box.ttf", font("深", "Box"))
    tree.write("fonts/OFL.txt", "A licence.")

    (problem,) = tree.problems()

    assert problem.place == "fonts/none.ttf:1:1"
    assert "no font" in problem.message


def test_the_cards_of_the_demo_weigh_little() -> None:
    app = create_app(PROGRAM, Config(base_url="https://example.org/", cache=False))
    client, site = app.test_client(), app.extensions["octavo"]

    cards = [client.get(f"/cards/{entry.id}.png").data for entry in site.store]

    assert len(cards) > 20
    assert max(map(len, cards)) < 16_000
    assert sum(map(len, cards)) / len(cards) < 12_000
