"""Connections: who mentions whom, what is related, and the map."""

from __future__ import annotations

import hashlib
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from itertools import combinations
from xml.etree import ElementTree

import pytest

from app.connections import Graph, Mention, Node, draw
from app.connections.drawing import LINE, cut, width
from app.connections.layout import components, untangled
from app.connections.packing import WIDTH

NONE: frozenset[str] = frozenset()


def graph(*pairs: str, tags: Mapping[str, frozenset[str]] | None = None) -> Graph:
    """The mentions that are written as `a>b`, and the tags of every entry."""
    split = (pair.partition(">") for pair in pairs)
    return Graph(tuple(Mention(source, target, f"{source} names {target}.") for source, _, target in split), tags or {})


def tagged(**tags: str) -> dict[str, frozenset[str]]:
    """The tags of each entry, one letter each."""
    return {id: frozenset(words) for id, words in tags.items()}


def test_backlinks_are_one_for_each_source_with_its_first_sentence_by_id() -> None:
    mentions = (
        Mention("c", "a", "From c."),
        Mention("b", "a", "From b, first."),
        Mention("b", "a", "From b, again."),
        Mention("b", "c", "Elsewhere."),
    )

    found = Graph(mentions).backlinks("a")

    assert [(one.source, one.sentence) for one in found] == [("b", "From b, first."), ("c", "From c.")]


def test_what_an_entry_says_of_itself_is_no_connection() -> None:
    own = graph("a>a", tags=tagged(a="x", b=""))

    assert own.backlinks("a") == ()
    assert own.targets("a") == ()
    assert own.related("a") == ()


def test_targets_are_what_an_entry_mentions_by_id() -> None:
    assert graph("a>c", "a>b", "a>c", "d>a").targets("a") == ("b", "c")


def test_an_unknown_entry_has_no_connections() -> None:
    assert graph("a>b").backlinks("z") == ()
    assert graph("a>b").targets("z") == ()
    assert graph("a>b", tags=tagged(a="x", b="x")).related("z") == ()


def test_a_rare_tag_relates_more_than_a_common_one() -> None:
    tags = tagged(a="rc", b="c", c="r", d="c", e="c", f="")

    assert graph(tags=tags).related("a") == ("c", "b", "d", "e")


def test_a_tag_that_every_entry_bears_says_nothing() -> None:
    assert graph(tags=tagged(a="x", b="x", c="x")).related("a") == ()


def test_a_link_that_is_returned_relates_more_than_one_that_is_not() -> None:
    tags = dict.fromkeys("abcd", NONE)

    assert graph("a>b", "c>a", "a>c", tags=tags).related("a") == ("c", "b")


def test_a_common_neighbour_relates_and_one_with_few_links_more_than_a_hub() -> None:
    tags = dict.fromkeys(("a", "b", "c", "hub", "one", "x", "y", "z"), NONE)
    links = graph("a>hub", "b>hub", "x>hub", "y>hub", "z>hub", "a>one", "c>one", tags=tags)

    assert links.related("a") == ("hub", "one", "c", "b", "x")


def test_only_entries_whose_tags_are_known_are_related() -> None:
    assert graph("a>b", "draft>a", tags=tagged(a="", b="")).related("a") == ("b",)


def test_related_entries_are_at_most_as_many_as_asked_for_and_equals_come_by_id() -> None:
    tags = tagged(**dict.fromkeys("edcba", "x"), z="")

    assert graph(tags=tags).related("c", limit=3) == ("a", "b", "d")


def notes(count: int, links: int, seed: int = 1, groups: int = 1) -> tuple[list[Node], list[tuple[str, str]]]:
    """A made-up set of notes, where the first ones of each group are mentioned most."""
    chance = random.Random(seed)
    words = ("scaling", "laws", "attention", "heads", "depth", "and", "width", "of", "sparse", "transformers", "rewards")
    nodes = [
        Node(f"n{number:04}", " ".join(chance.choices(words, k=chance.randint(1, 6))), f"/n{number:04}/", "post")
        for number in range(count)
    ]
    size = count // groups
    edges = []
    for _ in range(links):
        one = chance.randrange(count)
        edges.append((nodes[one].id, nodes[min(one // size * size + int(size * chance.random() ** 2), count - 1)].id))
    return nodes, edges


def circles(svg: str) -> dict[str, tuple[float, float, float]]:
    """The middle and the radius of each dot by its URL."""
    found = re.findall(r'<a href="([^"]*)".*?<circle cx="([^"]*)" cy="([^"]*)" r="([^"]*)"', svg)
    return {url: (float(x), float(y), float(r)) for url, x, y, r in found}


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """The space that each title takes, as it is reckoned."""
    found = []
    for x, y, anchor, words in re.findall(r'<text x="([^"]*)" y="([^"]*)" text-anchor="(\w+)">([^<]*)<', svg):
        length = sum(map(width, words))
        left = float(x) - {"start": 0, "middle": length / 2, "end": length}[anchor]
        found.append((left, float(y) - 4 - LINE / 2, left + length, float(y) - 4 + LINE / 2))
    return found


def test_a_map_of_nothing_is_a_picture_all_the_same() -> None:
    root = ElementTree.fromstring(draw([], []))

    assert root.get("viewBox", "").startswith(f"0 0 {WIDTH} ")


def test_every_node_is_a_link_named_by_its_title() -> None:
    nodes = [Node("a", "Laws & <b>", "/a/?x=1&y", "post"), Node("b", "B", "/b/", "page")]

    svg = draw(nodes, [("a", "b")])

    links = ElementTree.fromstring(svg).findall("a")
    assert [(link.get("href"), link.findtext("title"), link.get("class")) for link in links] == [
        ("/a/?x=1&y", "Laws & <b>", "post"),
        ("/b/", "B", "page"),
    ]


def test_a_link_is_one_line_whichever_way_and_however_often_it_leads() -> None:
    nodes = [Node(id, id, f"/{id}/", "post") for id in "abc"]

    svg = draw(nodes, [("a", "b"), ("b", "a"), ("a", "b"), ("c", "c"), ("a", "gone")])

    (path,) = re.findall(r'<path d="([^"]*)"', svg)
    assert path.count("M") == 1


def test_the_best_connected_node_is_the_largest() -> None:
    nodes = [Node(id, id, f"/{id}/", "post") for id in "abcd"]

    found = circles(draw(nodes, [("a", "b"), ("a", "c"), ("a", "d")]))

    assert found["/a/"][2] > found["/b/"][2] == found["/d/"][2]


def test_linked_nodes_are_about_a_link_apart_and_others_further() -> None:
    links = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}

    found = untangled(components(links)[0], links)

    def apart(one: str, other: str) -> float:
        return float(sum((found[one][axis] - found[other][axis]) ** 2 for axis in (0, 1)) ** 0.5)

    assert 0.8 < apart("a", "b") < 1.5
    assert apart("a", "c") > 1.5 * apart("a", "b")


def test_what_does_not_hang_together_is_apart() -> None:
    found = components({"a": {"b"}, "b": {"a"}, "c": set(), "d": {"e"}, "e": {"d"}})

    assert found == [["a", "b"], ["d", "e"], ["c"]]


@pytest.mark.parametrize(("count", "links", "groups"), [(3, 2, 1), (30, 40, 3), (60, 40, 1), (60, 75, 1), (200, 300, 5)])
def test_no_title_lies_on_another_nor_leaves_the_picture(count: int, links: int, groups: int) -> None:
    svg = draw(*notes(count, links, groups=groups))

    found = boxes(svg)
    height = float(ElementTree.fromstring(svg).get("height", "0"))
    assert all(box[0] >= -0.1 and box[1] >= -0.1 and box[2] <= WIDTH + 0.1 and box[3] <= height + 0.1 for box in found)
    for one, other in combinations(found, 2):
        assert one[2] <= other[0] + 0.2 or other[2] <= one[0] + 0.2 or one[3] <= other[1] + 0.2 or other[3] <= one[1] + 0.2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sixty_notes_have_nearly_all_their_titles(seed: int) -> None:
    assert len(boxes(draw(*notes(60, 75, seed)))) >= 50


@pytest.mark.parametrize(("count", "links"), [(1, 0), (8, 8), (60, 75), (300, 500)])
def test_every_dot_lies_in_the_picture(count: int, links: int) -> None:
    svg = draw(*notes(count, links))

    height = float(ElementTree.fromstring(svg).get("height", "0"))
    assert len(circles(svg)) == count
    for x, y, radius in circles(svg).values():
        assert radius <= x <= WIDTH - radius
        assert radius <= y <= height - radius


def test_a_thousand_notes_are_drawn_in_three_seconds_with_the_titles_of_the_best_connected() -> None:
    nodes, edges = notes(1000, 1500)
    started = time.process_time()

    svg = draw(nodes, edges)

    assert time.process_time() - started < 3
    assert 10 < svg.count("<text") <= 60
    assert svg.count("<title>") == 1000


def test_a_map_does_not_depend_on_the_order_in_which_it_is_told() -> None:
    nodes, edges = notes(40, 60)
    shuffled = random.Random(2).sample(edges, len(edges))

    assert draw(nodes[::-1], shuffled) == draw(nodes, edges)


def test_a_map_does_not_depend_on_the_seed_of_hashes() -> None:
    program = (
        "from app.connections import Node, draw; nodes = [Node(str(n), f'Note {n}', f'/{n}/', 'post') for n in range(50)];"
        "print(draw(nodes, [(str(n), str(n * n % 47)) for n in range(50)]))"
    )

    digests = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
        ).hexdigest()
        for seed in ("1", "2", "3")
    }

    assert len(digests) == 1


def test_a_map_has_no_style_no_script_and_no_long_number() -> None:
    svg = draw(*notes(60, 75))

    assert not re.search(r"style|<script|on\w+=|\d\.\d\d\d", svg)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Short", "Short"),
        ("Reasoning in language models", "Reasoning in language models"),
        ("Sharpness-aware minimisation: radius and norm", "Sharpness-aware…"),
        ("Word, after word, and so on, and so on", "Word, after word, and so…"),
        ("x" * 50, "x" * 28 + "…"),
        ("深度学习的标度律与学习曲线的理论研究", "深度学习的标度律与学习曲线的理…"),
        ("", ""),
    ],
)
def test_a_long_title_is_cut_at_a_word(title: str, shown: str) -> None:
    assert cut(title, 184) == shown
