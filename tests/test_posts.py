"""Posts: series, long lists cut into pages, years, and how long a text takes."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.leaves import leaves
from app.markup import parse
from app.reading_time import minutes

from .browser import opened, served
from .site_tree import SiteTree


def page(tree: SiteTree, url: str) -> LexborHTMLParser:
    """The page that is served at `url`."""
    return LexborHTMLParser(tree.get(url))


def texts(nodes: list[LexborNode]) -> list[str]:
    """What elements say."""
    return [" ".join(node.text().split()) for node in nodes]


def hrefs(nodes: list[LexborNode]) -> list[str | None]:
    """Where links lead."""
    return [node.attributes["href"] for node in nodes]


def test_a_series_is_listed_in_the_order_of_its_dates_with_steps(tree: SiteTree) -> None:
    for name, day in (("b", "2026-02-01"), ("a", "2026-01-01"), ("c", "2026-03-01")):
        tree.entry(f"posts/{name}", date=day, series="Small & <Things>" if name == "a" else "small things")
    tree.entry("posts/d", date="2026-03-01", series="Small things", draft="true")
    tree.entry("posts/e", date="2026-03-01", series="Small things", unlisted="true")
    tree.entry("posts/alone", date="2026-03-01")

    first, second, third = (page(tree, f"/posts/{name}/") for name in "abc")

    assert texts(second.css(".series p")) == ["Part 2 of 3 of the series Small & <Things>"]
    assert texts(second.css(".series li")) == ["A", "B", "C"]
    assert texts(second.css(".series [aria-current=page]")) == ["B"]
    assert hrefs(second.css(".series a")) == ["../a/", "../c/"]
    assert [node.attributes["rel"] for node in second.css(".steps a")] == ["prev", "next"]
    assert texts(first.css(".steps a")) == ["B →"]
    assert texts(third.css(".steps a")) == ["← B"]
    assert not page(tree, "/posts/alone/").css(".series, .steps")
    assert not page(tree, "/posts/e/").css(".series, .steps")


def test_numbers_order_a_series_where_there_are_some(tree: SiteTree) -> None:
    for name, part in (("a", "2"), ("b", ""), ("c", "1"), ("d", "")):
        tree.entry(f"posts/{name}", date="2026-01-01", series="s", **({"part": part} if part else {}))

    assert texts(page(tree, "/posts/a/").css(".series li")) == ["C", "A", "B", "D"]
    assert tree.problems() == []


def test_two_members_with_one_number_are_a_problem(tree: SiteTree) -> None:
    tree.entry("posts/a", date="2026-01-01", series="Things", part="1")
    tree.entry("posts/b", date="2026-01-02", series="things", part="1")
    tree.entry("posts/c", date="2026-01-02", series="others", part="1")

    (problem,) = tree.problems()

    assert problem.place == "pages/posts/b.md:5:7"
    assert problem.message == "part: 'pages/posts/a.md' is part 1 of 'Things' too"
    assert "is part 1 of" in page(tree, "/posts/b/").css(".problems")[0].text()


@pytest.mark.parametrize(
    ("part", "message"), [("2", "part: this is in no series"), ("two", "is not a whole number"), ("0", "part:")]
)
def test_a_number_that_says_nothing_is_a_problem(tree: SiteTree, part: str, message: str) -> None:
    tree.entry("posts/a", date="2026-01-01", part=part)

    (problem,) = tree.problems()

    assert message in problem.message


def test_every_entry_of_a_long_list_is_on_exactly_one_page(tree: SiteTree) -> None:
    tree.entry("posts/index", "Words.", title="Posts", per_page="3")
    for number in range(8):
        tree.entry(f"posts/p{number}", title=f"P{number}", date=f"2026-01-{20 - number}")

    tree.freeze()

    urls = ("posts/index.html", "posts/page/2/index.html", "posts/page/3/index.html")
    pages = [LexborHTMLParser(tree.frozen(url)) for url in urls]
    assert [texts(one.css(".row h3, .row h2")) for one in pages] == [["P0", "P1", "P2"], ["P3", "P4", "P5"], ["P6", "P7"]]
    assert [texts(one.css("title")) for one in pages] == [["Posts – Notes"], ["Posts, page 2 – Notes"], ["Posts, page 3 – Notes"]]
    assert [hrefs(one.css("link[rel=canonical]")) for one in pages] == [
        ["https://example.org/posts/"], ["https://example.org/posts/page/2/"], ["https://example.org/posts/page/3/"],
    ]  # fmt: skip
    assert [hrefs(one.css("link[rel=prev]")) for one in pages] == [[], ["../../"], ["../2/"]]
    assert [hrefs(one.css("link[rel=next]")) for one in pages] == [["page/2/"], ["../3/"], []]
    assert texts(pages[1].css(".leaves li")) == ["← Previous", "1", "2", "3", "Next →"]
    assert [bool(one.css(".prose")) for one in pages] == [True, False, False]
    assert "posts/page/1/index.html" not in tree.release()
    assert "posts/page/4/index.html" not in tree.release()
    assert tree.frozen(urls[1]) == tree.get("/posts/page/2/")


@pytest.mark.parametrize("url", ["page/0/", "page/1/", "page/01/", "page/4/", "page/x/", "page/", "page/99999999999/"])
def test_a_page_that_a_list_does_not_have_is_not_there(tree: SiteTree, url: str) -> None:
    tree.entry("posts/index", per_page="3")
    for number in range(8):
        tree.entry(f"posts/p{number}", date="2026-01-01")

    assert tree.app().test_client().get(f"/posts/{url}").status_code == 404


def test_the_facts_of_the_site_say_how_many_a_page_has_where_a_list_does_not(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "notes_per_page: 2")
    tree.entry("notes/index", title="Notes", sections="[notes/research]")
    tree.entry("notes/research/index", title="Research")
    for number in range(5):
        tree.entry(f"notes/research/n{number}", title=f"N{number}", date=f"2026-01-0{number + 1}")

    assert texts(page(tree, "/notes/research/").css(".row h2 a")) == ["N4", "N3"]
    assert texts(page(tree, "/notes/research/page/3/").css(".row h2 a")) == ["N0"]
    assert texts(page(tree, "/notes/").css(".row h3 a")) == ["N4", "N3"]
    assert texts(page(tree, "/notes/").css(".list > .details")) == ["All 5"]


def test_an_entry_where_a_list_has_its_pages_is_a_problem(tree: SiteTree) -> None:
    tree.entry("posts/index")
    tree.entry("posts/page/2", date="2026-01-01")

    (problem,) = tree.problems()

    assert problem.message == "the further pages of 'posts' have addresses like this"


def test_posts_stand_under_their_years_and_every_year_is_one_link_away(tree: SiteTree) -> None:
    tree.entry("posts/index", per_page="3")
    for name, year in (("a", 2026), ("b", 2026), ("c", 2025), ("d", 2025), ("e", 2023)):
        tree.entry(f"posts/{name}", date=f"{year}-01-01")

    first, second = page(tree, "/posts/"), page(tree, "/posts/page/2/")

    assert texts(first.css(".list > h2")) == ["2026", "2025"]
    assert texts(second.css(".list > h2")) == ["2025", "2023"]
    assert texts(first.css(".archive li")) == ["2026 2", "2025 2", "2023 1"]
    assert hrefs(first.css(".archive a")) == ["#2026", "#2025", "page/2/#2023"]
    assert hrefs(second.css(".archive a")) == ["../../#2026", "../../#2025", "#2023"]
    assert tree.freeze().files


def test_a_list_in_another_order_has_no_years(tree: SiteTree) -> None:
    tree.entry("posts/index", order_by="[title]")
    for name, year in (("a", 2026), ("b", 2023), ("c", 2025)):
        tree.entry(f"posts/{name}", date=f"{year}-01-01")

    found = page(tree, "/posts/")

    assert texts(found.css(".row h2")) == ["A", "B", "C"]
    assert not found.css(".archive, .list > h2")


@pytest.mark.parametrize(
    ("number", "near"),
    [(1, [1, 2, 3, 0, 9]), (4, [1, 2, 3, 4, 5, 6, 0, 9]), (5, [1, 0, 3, 4, 5, 6, 7, 0, 9]), (9, [1, 0, 7, 8, 9])],
)
def test_a_long_list_names_the_pages_around_this_one(tree: SiteTree, number: int, near: list[int]) -> None:
    for name in range(9):
        tree.entry(f"posts/p{name}", date="2026-01-01")

    found = leaves(tuple(tree.site().query("posts")), 1, "/posts/")

    assert found[number - 1].near == near


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 1),
        ("word " * 920, 4),
        ("字" * 1600, 4),
        ("word " * 460 + "字" * 800, 4),
        ("$x_1^2 + \\alpha$ " * 460, 2),
        ("$$\nx_1 + x_2 + x_3\n$$\n\n" * 115, 4),
        ("```python\n" + "for one in many: print(one, file=out)\n" * 230 + "```", 4),
        ("[a link with words](https://example.org/a/long/address/of/many/parts) " * 230, 4),
    ],
)
def test_reading_time_counts_what_a_reader_reads(text: str, length: int) -> None:
    assert minutes(parse(text)) == length


def test_a_post_says_how_long_it_takes_and_when_it_was_updated(tree: SiteTree) -> None:
    tree.entry("posts/a", "word " * 920, date="2026-01-01", updated="2026-02-03")

    details = texts(page(tree, "/posts/a/").css(".details span"))

    assert details == ["1 January 2026, updated 3 February 2026", "4 min"]


def test_the_word_in_the_navigation_can_be_another_than_the_title(tree: SiteTree) -> None:
    tree.write("pages/site.yml", "navigation: [about, posts, notes/research/n]")
    tree.entry("about", title="About this very long title", nav="About")
    tree.entry("posts/index", title="Things I wrote", nav="Posts")
    tree.entry("notes/research/n", title="A note")

    assert texts(page(tree, "/").css("header nav a")) == ["About", "Posts", "A note"]


def test_a_picture_of_an_entry_that_is_none_is_a_problem(tree: SiteTree) -> None:
    tree.write("pages/posts/a.pdf", b"%PDF-1.7")
    tree.entry("posts/a", date="2026-01-01", image="a.pdf")
    tree.entry("posts/b", date="2026-01-01", image="nothing.png")

    first, second = tree.problems()

    assert first.place == "pages/posts/a.md:4:8"
    assert first.message.startswith("image: 'a.pdf'")
    assert second.message == "image: 'nothing.png' leads to nothing"


def test_the_contents_follow_the_reader(tree: SiteTree) -> None:
    tree.entry("posts/a", "\n\n".join(f"## Part {n}\n\n" + "Words. " * 900 for n in range(5)), date="2026-01-01")

    with served(tree.app()) as address, opened() as browser:
        shown = browser.new_page(viewport={"width": 1440, "height": 800})
        shown.goto(f"{address}/posts/a/#part-3")
        shown.locator(".contents [aria-current]", has_text="Part 3").wait_for()
        below = shown.locator(".contents [aria-current]").all_inner_texts()
        shown.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        shown.locator(".contents [aria-current]", has_text="Part 0").wait_for()
        above = shown.locator(".contents [aria-current]").all_inner_texts()

    assert (below, above) == (["Part 3"], ["Part 0"])
