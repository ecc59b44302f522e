"""PDFs of texts and CVs: what a reader of them finds, searches and copies, and that they come out the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from app.pdf import Contact, Cv, Paper, Printed, Row, Section, printed, typeset

from .fonts import font

ANSWER = """
import sys
from hashlib import sha256
from tests.test_pdf import CV, NOTE
from app.pdf import printed, typeset
sys.stdout.write(sha256(printed(typeset(CV)).pdf + printed(typeset(NOTE)).pdf).hexdigest())
"""


def png(size: tuple[int, int] = (40, 20), format: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#336699").save(out, format)
    return out.getvalue()


CV = Cv(
    "pages/cv.md",
    "Ada Lovelace",
    (Contact("ada@example.org", "mailto:ada@example.org"), Contact("example.org", "https://example.org/"), Contact("London")),
    (
        Section(
            "Education", (Row("2020 – present", "Doctorate, EPFL", "Adviser: Charles Babbage"), Row("2018", "Master, ETH Zürich"))
        ),
        Section(
            "Publications",
            tuple(
                Row(
                    str(2026 - at // 5),
                    "<b>Ada Lovelace</b> and Charles Babbage. "
                    f'<a href="https://doi.org/10.1/{at}">An efficient, fluffy office, part {at}</a>',
                    f"<i>Journal of Engines</i> {at}, where <math><msup><mi>x</mi><mn>2</mn></msup></math> is found",
                )
                for at in range(40)
            ),
        ),
        Section("Skills", (Row("", "Weaving"), Row("", "Counting"))),
    ),
    date=date(2026, 10, 3),
)

NOTE = Paper(
    "pages/notes/engines.md",
    "On engines, and <math><msup><mi>x</mi><mn>2</mn></msup></math>",
    """
<h2 id="method"><span class="number">1</span> Method <a class="permalink" href="#method">#</a></h2>
<p>An efficient, fluffy office of five waffles; see <a href="#results">the results</a>,
<a href="https://example.org/notes/engines/#ref-knuth">[1]</a> and <a href="../other/">another note</a>.</p>
<p><img src="/plot.png" alt="A plot" width="40" height="20"></p>
<h3 id="results">Results</h3>
<p>All is well.</p>
<section class="bibliography"><h2>References</h2>
<ol><li id="ref-knuth"><span>[1]</span> <span>Knuth. <i>The Art</i>.</span></li></ol></section>
""",
    ("Ada Lovelace", "Charles Babbage"),
    ("[Ongoing]",),
    date(2026, 10, 3),
    "<p>What it is about.</p>",
    "de-CH",
    "https://example.org/notes/engines/",
    images={"/plot.png": png()},
)


def paper(html: str, **images: bytes) -> Printed:
    """A text in print; the pictures are named without their endings."""
    return printed(typeset(Paper("pages/a.md", "A title", html, images={f"/{name}": data for name, data in images.items()})))


def reader(found: Printed) -> PdfReader:
    return PdfReader(BytesIO(found.pdf))


def text(found: Printed) -> str:
    return "\n".join(page.extract_text() for page in reader(found).pages)


def links(found: Printed) -> list[dict[str, Any]]:
    """Every link of a PDF as the PDF has it."""
    annotations: list[Any] = [one.get_object() for page in reader(found).pages for one in page.get("/Annots", [])]
    return [one for one in annotations if one["/Subtype"] == "/Link"]


def fonts(found: Printed) -> list[Any]:
    """Every font of a PDF, page by page."""
    resources: list[Any] = [page["/Resources"] for page in reader(found).pages]
    return [one.get_object() for each in resources for one in each["/Font"].values()]


def test_a_line_of_a_cv_can_be_searched_and_copied() -> None:
    found = printed(typeset(CV))

    assert not found.problems
    lines = text(found).splitlines()
    assert "2023 Ada Lovelace and Charles Babbage. An efficient, fluffy office, part 17" in lines
    assert "Journal of Engines 17, where 𝑥2 is found" in lines
    assert "2020 – present Doctorate, EPFL" in lines
    assert "Weaving" in lines


def test_a_row_longer_than_a_page_is_printed_whole() -> None:
    words = [f"word{at}" for at in range(3000)]
    rows = (Row("2020", " ".join(words), "Some details"), Row("", "Another"))

    found = text(printed(typeset(Cv("cv.md", "Ada", (), (Section("Work", rows),)))))

    assert set(words) <= set(found.split())
    assert "Some details" in found


def test_a_cv_with_nothing_in_it_is_printed() -> None:
    found = printed(typeset(Cv("cv.md", "", (), (Section("", ()),))))

    assert found.pdf
    assert not found.problems


def test_every_font_is_embedded() -> None:
    found = [*fonts(printed(typeset(CV))), *fonts(printed(typeset(NOTE)))]

    assert found
    for one in found:
        descriptor = one["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
        assert "/ToUnicode" in one


def test_a_cv_of_forty_publications_is_printed_in_300_ms() -> None:
    times = []
    for _ in range(5):
        start = perf_counter()
        printed(typeset(CV))
        times.append(perf_counter() - start)

    assert median(times) <= 0.3


def test_the_same_bytes_come_out_in_every_process() -> None:
    here = sha256(printed(typeset(CV)).pdf + printed(typeset(NOTE)).pdf).hexdigest()
    again = sha256(printed(typeset(CV)).pdf + printed(typeset(NOTE)).pdf).hexdigest()

    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", ANSWER],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": seed},
            cwd=Path(__file__).parent.parent,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    ]

    assert {here, again, *elsewhere} == {here}


def test_a_pdf_says_what_it_is() -> None:
    found = reader(printed(typeset(NOTE)))

    assert found.metadata is not None
    assert found.metadata.title == "On engines, and x2"
    assert found.metadata.author == "Ada Lovelace, Charles Babbage"
    assert str(found.metadata.get("/CreationDate")).startswith("D:20261003")
    assert str(found.root_object["/Lang"]) == "de"
    assert [str(one["/Title"]) for one in found.outline if not isinstance(one, list)] == ["1 Method", "References"]


def test_the_page_of_a_text_has_what_its_head_says() -> None:
    lines = text(printed(typeset(NOTE))).splitlines()

    assert "Ada Lovelace, Charles Babbage  ·  [Ongoing]  ·  3 October 2026" in lines
    assert "Abstract" in lines
    assert "What it is about." in lines
    assert "[1] Knuth. The Art." in lines


def test_a_long_label_of_a_work_does_not_reach_into_its_words() -> None:
    work = '<li id="a"><span>[Lovelace43a]</span> <span>Notes.</span></li>'

    found = text(paper(f'<section class="bibliography numbered"><ol>{work}</ol></section>'))

    assert "[Lovelace43a] Notes." in found


def test_links_lead_to_the_web_and_to_places_in_the_text() -> None:
    found = links(printed(typeset(NOTE)))

    assert [one["/A"]["/URI"] for one in found if "/URI" in one.get("/A", {})] == ["https://example.org/notes/other/"]
    assert len([one for one in found if "/Dest" in one or one["/A"]["/S"] == "/GoTo"]) == 2


def test_a_link_to_a_place_that_is_not_there_is_its_words() -> None:
    found = paper('<p>See <a href="#gone">what is gone</a>, <a href="javascript:x">this</a> and <a href="http://[">that</a>.</p>')

    assert not found.problems
    assert "See what is gone, this and that." in text(found)
    assert not links(found)


def test_an_author_may_choose_the_size_of_the_paper() -> None:
    sizes = [reader(printed(typeset(Paper("a.md", "T", "", size=size)))).pages[0].mediabox for size in ("a4", "us-letter")]

    assert [round(one.width) for one in sizes] == [595, 612]


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "AVIF", "GIF", "BMP"])
def test_a_picture_of_any_format_is_shown(format: str) -> None:
    found = paper('<figure><picture><img src="/a" alt="A plot"></picture></figure>', a=png(format=format))

    assert not found.problems
    assert len(reader(found).pages[0].images) == 1
    assert "[A plot]" not in text(found)


@pytest.mark.parametrize("data", [b"", b"no picture", png()[:60], b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'"])
def test_words_stand_for_a_picture_that_is_damaged_or_missing(data: bytes) -> None:
    found = paper('<p>Look: <img src="/a" alt="A plot"> and <img src="/b" alt=""></p>', a=data)

    assert not found.problems
    assert "Look: [A plot] and" in text(found)


def test_a_drawing_is_shown_with_its_words() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><text y="12" font-size="9">drawn</text></svg>'

    found = paper(
        '<p><img src="/a" alt="A plot"></p><svg viewBox="0 0 40 20"><text y="12" font-size="9">inside</text></svg>', a=svg
    )

    assert not found.problems
    assert "drawn" in text(found)
    assert "inside" in text(found)


def test_a_high_picture_stays_on_its_page() -> None:
    found = paper('<picture><img src="/a" alt="A plot" width="720" height="7200"></picture><p>After it.</p>', a=png((72, 720)))

    image = reader(found)
    assert len(image.pages) <= 2
    assert "After it." in text(found)


def test_characters_that_no_font_has_are_told(tmp_path: Path) -> None:
    sheet = typeset(Paper("pages/a.md", "A", "<p>Some text, and \U000e0041\U0010fffd more.</p>"))

    found = printed(sheet, [tmp_path])

    assert found.pdf
    (problem,) = found.problems
    assert problem.path == "pages/a.md"
    assert problem.message == "this PDF has characters that no font here has: '\U0010fffd'"


def test_chinese_is_printed_where_a_font_has_it(tmp_path: Path) -> None:
    character = "\U000323af"
    sheet = typeset(Paper("pages/a.md", "A", f"<p>One {character} more.</p>", lang="zh"))

    without = printed(sheet)
    (tmp_path / "test.ttf").write_bytes(font(character, "Octavo Test CJK"))
    found = printed(sheet, [tmp_path])

    assert [one.hint for one in without.problems] == [
        "install a font for Chinese, Japanese and Korean, such as the package fonts-noto-cjk, or write 'pdf: false'"
    ]
    assert not found.problems
    assert f"One {character} more." in text(found)
    assert found.pdf == printed(sheet, [tmp_path]).pdf
