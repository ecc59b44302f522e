"""A page is a pleasure to read: in the light or the dark that the reader chose, enlarged, printed, by keyboard alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from app import create_app
from app.config import Config
from app.folders import PROGRAM

from .browser import hosted, opened, served
from .site_tree import SiteTree
from .test_browser import RULES, TEMPLATES, under_strict_policy, watched

ABSTRACT = "The loss falls as a power of the *parameters*, with $x^2$ and [a link](../../about.md)."
TEXT = """
A text with [a note of mine](other.md), [one more](other.md#second), [this page](#second), [a page elsewhere](https://elsewhere.example.org/)
and [a file](data.csv); then @eq:a and **[a bold one](../../about.md)**.

$$ x = y $$ {#eq:a}

![A drawing](drawing.svg "What it shows"){#fig:a}

## Second

More text.
"""
PAPER = {"light": "rgb(255, 254, 251)", "dark": "rgb(22, 21, 19)"}
GROUND = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a theme, frozen."""
    tree = SiteTree(tmp_path_factory.mktemp("comfort") / "site")
    tree.write(
        "pages/site.yml", "title: Robin\nnavigation: [notes, about]\ntheme: {accent: '#0b6e4f', font: sans, width: wide}\n"
    )
    tree.entry("index", "Home, and [the first note](notes/research/first.md).")
    tree.entry("about", "Who I am.")
    tree.entry("notes/index", sections="[notes/research]")
    tree.entry("notes/research/index")
    tree.entry("notes/research/first", TEXT, status="ongoing", abstract="How it began.")
    tree.entry(
        "notes/research/other", "Text.\n\n## Second\n\nMore.", status="ongoing", abstract=f"'{ABSTRACT}'", title="'On $x^2$'"
    )
    tree.write("pages/notes/research/data.csv", "a,b\n")
    tree.write(
        "pages/notes/research/drawing.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h9"/></svg>',
    )
    tree.freeze()
    return tree.folder / "build"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where a plain static server hosts it, below a prefix."""
    with hosted(folder, "/repo/") as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh window on a device that is light."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context
    for page in context.pages:
        page.unroute_all(behavior="wait")
    context.close()


NOTE = "/notes/research/first/"
BUTTON = "header.site button.scheme"


def test_the_choice_of_light_or_dark_goes_round_and_is_kept_over_pages(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    wrong = watched(page)
    under_strict_policy(page)
    page.goto(f"{address}/")
    button = page.locator(BUTTON)

    seen = []
    for _ in range(4):
        seen.append((button.get_attribute("aria-label"), page.evaluate(GROUND)))
        button.click()
    page.goto(address + NOTE)

    assert [ground for _, ground in seen] == [PAPER["light"], PAPER["light"], PAPER["dark"], PAPER["light"]]
    assert len({label for label, _ in seen}) == 3
    assert page.evaluate("document.documentElement.dataset.scheme") == "light"
    page.locator(BUTTON).click()
    page.reload()
    assert page.evaluate(GROUND) == PAPER["dark"]
    assert not wrong


@pytest.mark.parametrize("device", ["light", "dark"])
def test_a_page_is_never_drawn_in_another_light_than_the_chosen_one(browser: Browser, address: str, device: str) -> None:
    chosen = "dark" if device == "light" else "light"
    context = browser.new_context(color_scheme="dark" if device == "dark" else "light")
    context.add_init_script(
        f"""localStorage.setItem("octavo-scheme", "{chosen}");
        window.grounds = [];
        const look = () => document.body && window.grounds.push({GROUND});
        const frame = () => {{ look(); requestAnimationFrame(frame); }};
        requestAnimationFrame(frame);"""
    )
    page = context.new_page()

    page.goto(address + NOTE)
    page.wait_for_timeout(200)
    grounds = page.evaluate("window.grounds")
    context.close()

    assert len(grounds) > 2
    assert set(grounds) - {"rgba(0, 0, 0, 0)"} == {PAPER[chosen]}


def test_another_window_follows_the_choice(context: BrowserContext, address: str) -> None:
    one, other = context.new_page(), context.new_page()
    one.goto(f"{address}/")
    other.goto(f"{address}/about/")

    one.locator(BUTTON).click()
    one.locator(BUTTON).click()

    other.wait_for_function("document.documentElement.dataset.scheme === 'dark'")
    assert other.evaluate(GROUND) == PAPER["dark"]


def test_the_button_is_reached_by_keyboard_and_large_enough_for_a_finger(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/")

    page.locator("header.site nav a").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box = page.locator(BUTTON).bounding_box()

    assert page.evaluate("document.activeElement.className") == "scheme"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("document.documentElement.dataset.scheme") == "light"
    assert box is not None
    assert min(box["width"], box["height"]) >= 24


def test_where_the_browser_keeps_nothing_the_button_still_works(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    wrong = watched(page)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page.goto(f"{address}/")

    page.locator(BUTTON).click()
    page.locator(BUTTON).click()

    assert page.evaluate(GROUND) == PAPER["dark"]
    assert not wrong


def test_without_a_script_there_is_no_button_and_the_same_text(browser: Browser, address: str) -> None:
    texts = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(address + NOTE)
        texts.append(page.locator("body").inner_text().split())
        buttons = page.locator("button").count()
        context.close()

    assert texts[0] == texts[1]
    assert buttons == 0


def previewed(page: Page) -> str | None:
    """The words of the open preview of a link to a page, or nothing."""
    return page.locator("#octavo-preview").inner_text() if page.locator("#octavo-preview").count() else None


def test_a_link_to_a_page_shows_its_title_and_what_introduces_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    wrong = watched(page)
    under_strict_policy(page)
    page.goto(address + NOTE)
    link = page.get_by_role("link", name="a note of mine")

    link.hover()
    page.locator("#octavo-preview").wait_for()
    shown = previewed(page) or ""

    assert shown.startswith("On")
    assert "The loss falls as a power of the parameters" in shown
    assert page.locator("#octavo-preview math").count() == 2
    assert page.locator("#octavo-preview :is(a, [id])").count() == 0
    assert link.get_attribute("aria-describedby") == "octavo-preview"
    assert not wrong


def test_a_preview_stays_while_it_is_pointed_at_and_goes_when_the_pointer_leaves(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)
    page.get_by_role("link", name="a note of mine").hover()
    page.locator("#octavo-preview").wait_for()

    page.locator("#octavo-preview").hover()
    page.wait_for_timeout(600)
    stayed = previewed(page)
    page.mouse.move(5, 5)
    page.locator("#octavo-preview").wait_for(state="detached")

    assert stayed
    assert page.locator("[aria-describedby]").count() == 0


def test_a_preview_without_room_below_its_link_stands_above_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)
    link = page.get_by_role("link", name="a note of mine")
    page.evaluate("document.querySelector('main').style.paddingTop = '100vh'")
    link.evaluate("node => node.scrollIntoView({block: 'end', behavior: 'instant'})")

    link.hover()
    page.locator("#octavo-preview").wait_for()
    preview, line = page.locator("#octavo-preview").bounding_box(), link.bounding_box()

    assert preview is not None
    assert line is not None
    assert preview["y"] >= 0
    assert preview["y"] + preview["height"] <= line["y"] + 2


def test_a_preview_is_opened_and_closed_by_keyboard(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)
    page.locator("main").press("Tab")
    while page.evaluate("document.activeElement.textContent") != "a note of mine":
        page.keyboard.press("Tab")
    page.locator("#octavo-preview").wait_for()
    page.keyboard.press("Escape")
    closed = previewed(page)
    page.keyboard.press("Tab")
    page.locator("#octavo-preview").wait_for()
    focused = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    page.keyboard.press("Tab")
    page.locator("#octavo-preview").wait_for(state="detached")

    assert closed is None
    assert focused == "octavo-preview"


@pytest.mark.parametrize("name", ["this page", "a page elsewhere", "a file", "Equation (1)", "About"])
def test_only_links_of_the_text_to_other_pages_have_a_preview(context: BrowserContext, address: str, name: str) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.goto(address + NOTE)
    page.on("request", lambda request: asked.append(request.url) if request.resource_type == "fetch" else None)

    page.get_by_role("link", name=name).first.hover()
    page.wait_for_timeout(600)

    assert previewed(page) is None
    assert not asked


def test_escape_closes_what_the_style_sheet_shows_and_it_comes_back_the_next_time(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)
    reference = page.locator(".reference").first
    shown = reference.locator(".preview")

    reference.locator("a").hover()
    before = shown.is_visible()
    page.keyboard.press("Escape")
    after = shown.is_visible()
    page.mouse.move(5, 5)
    reference.locator("a").hover()

    assert (before, after, shown.is_visible()) == (True, False, True)


def test_a_finger_opens_no_preview_and_the_link_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + NOTE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.resource_type))

    page.get_by_role("link", name="a note of mine").tap()
    page.wait_for_url(f"{address}/notes/research/other/")
    context.close()

    assert "fetch" not in asked


def test_where_the_other_page_cannot_be_had_a_link_is_only_a_link(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)
    page.route("**/notes/research/other/", lambda route: route.fulfill(status=404, body="<h1>Not here</h1>"))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.get_by_role("link", name="a note of mine").hover()
    page.wait_for_timeout(600)

    assert previewed(page) is None
    assert not errors


def test_opened_from_a_disk_nothing_is_asked_and_nothing_fails(context: BrowserContext, folder: Path) -> None:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((folder / "notes/research/first/index.html").as_uri())

    page.get_by_role("link", name="a note of mine").hover()
    page.wait_for_timeout(600)
    page.locator(BUTTON).click()
    page.locator(BUTTON).click()

    assert previewed(page) is None
    assert page.evaluate(GROUND) == PAPER["dark"]
    assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", NOTE])
def test_axe_finds_nothing_on_a_site_with_a_theme(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(address + path)
    if path == NOTE:
        page.get_by_role("link", name="a note of mine").hover()
        page.locator("#octavo-preview").wait_for()
        page.wait_for_timeout(400)

    result = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": RULES})
    context.close()

    assert result.violations_count == 0, result.generate_report()


def test_the_theme_is_what_the_reader_sees(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)

    accent = page.locator(".prose a").first.evaluate("node => getComputedStyle(node).color")
    letters = page.locator(".prose p").first.evaluate("node => getComputedStyle(node).fontFamily")
    width = page.locator("main").evaluate("node => node.clientWidth")

    assert accent == "rgb(11, 110, 79)"
    assert letters.startswith("system-ui")
    assert width == 828


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    """The demo as it is served."""
    with served(create_app(PROGRAM, Config())) as url:
        yield url


@pytest.mark.parametrize("path", TEMPLATES)
def test_text_enlarged_to_400_percent_or_by_itself_to_200_is_never_cut_off(context: BrowserContext, demo: str, path: str) -> None:
    page = context.new_page()
    page.goto(demo + path)

    zoomed = [(width, page_width(page, width)) for width in (1280 // 4, 1280 // 2, 1250, 1280, 1300)]
    page.evaluate("document.documentElement.style.fontSize = '225%'")  # ours is 112.5 % of what the reader set
    enlarged = [(width, page_width(page, width)) for width in (640, 1280)]

    assert [(width, found) for width, found in zoomed + enlarged if found > width] == []


def page_width(page: Page, width: int) -> int:
    """How wide a page becomes in a window of a width, in pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found


@pytest.mark.parametrize("device", ["light", "dark"])
def test_print_is_black_on_white_without_what_is_for_the_screen(browser: Browser, address: str, device: str) -> None:
    context = browser.new_context(color_scheme="dark" if device == "dark" else "light")
    context.add_init_script("localStorage.setItem('octavo-scheme', 'dark')")
    page = context.new_page()
    page.goto(address + NOTE)

    page.emulate_media(media="print")
    hidden = ["header.site nav", BUTTON, ".skip", "footer.site p:last-child", ".permalink"]
    visible = [place for place in hidden if page.locator(place).first.is_visible()]
    link = page.locator(".prose a")
    after = [link.nth(at).evaluate("node => getComputedStyle(node, '::after').content") for at in range(4)]
    colours = page.evaluate("['color', 'backgroundColor'].map(name => getComputedStyle(document.documentElement)[name])")
    accent = link.first.evaluate("node => getComputedStyle(node).color")
    heading, figure = (
        page.locator(place).first.evaluate(
            "node => { const style = getComputedStyle(node); return [style.breakAfter, style.breakInside] }"
        )
        for place in ("h2", "figure")
    )
    context.close()

    assert visible == []
    assert [("elsewhere.example.org" in content) for content in after] == [False, False, False, True]
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert accent == "rgb(0, 0, 0)"
    assert heading[0] == "avoid"
    assert figure[1] == "avoid"


def test_nothing_moves_for_a_reader_who_asked_for_that(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + NOTE)

    durations = page.evaluate(
        """[...document.querySelectorAll("*")].flatMap(node => {
            const style = getComputedStyle(node);
            return [style.transitionDuration, style.animationDuration, style.scrollBehavior];
        })"""
    )
    context.close()

    assert set(durations) <= {"0s", "auto"}


def test_the_button_is_seen_where_the_reader_forces_their_own_colours(browser: Browser, address: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{address}/")

    ring, ground = page.locator(BUTTON).evaluate(
        "node => [getComputedStyle(node, '::before').borderTopColor, getComputedStyle(document.documentElement).backgroundColor]"
    )
    context.close()

    assert ring != ground


def test_every_page_has_its_landmarks_and_a_name_for_each(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address + NOTE)

    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("navigation", name="Site").count() == 1


def test_no_page_sets_a_cookie_or_asks_another_host(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    wrong = watched(page)

    for path in ("/", NOTE, "/search/"):
        page.goto(address + path)
        page.locator(BUTTON).click()

    assert context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    assert not wrong


def test_the_scripts_of_a_page_weigh_at_most_six_kilobytes(folder: Path) -> None:
    sizes = {
        name: len(gzip.compress((PROGRAM / "static" / name).read_bytes())) for name in ("site.js", "search.js", "publications.js")
    }

    assert sizes["site.js"] <= 4_000
    assert sum(sizes.values()) <= 8_000
    assert len(gzip.compress((folder / "static" / "site.css").read_bytes())) <= 12_000
