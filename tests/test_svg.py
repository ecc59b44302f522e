"""Drawings: what runs or is loaded from elsewhere is taken out and told, what draws stays as it is."""

# ruff: noqa: E501 - a drawing is one line, however long

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from app.images import Unfit
from app.images.svg import Cleaner, cleaned_svg

from .browser import opened

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
OUTSIDE = "http://elsewhere.example"


def svg(inside: str, attributes: str = "", head: str = "") -> str:
    """A drawing with something inside."""
    return f'{head}<svg {NAMESPACES} width="200" height="200" viewBox="0 0 200 200" {attributes}>{inside}</svg>'


def base64_of(text: str) -> str:
    """A text in base64."""
    return base64.b64encode(text.encode()).decode()


EVENTS = (
    "onload", "onclick", "onmouseover", "onmouseenter", "onmousemove", "onmousedown", "onmouseup", "onpointerdown", "onpointerover",
    "onpointerenter", "onfocus", "onfocusin", "onactivate", "onerror", "onresize", "onscroll", "onwheel", "onunload", "onbegin",
    "onend", "onrepeat", "onanimationstart", "ontransitionend", "oncopy", "ontoggle", "onbeforeunload", "OnLoad", "ONCLICK",
)  # fmt: skip

LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java&#9;script:alert(1)", "java&#10;script:alert(1)",
    "java&#13;script:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&#58;alert(1)",
    "javascript:alert(1)//http://a.b", "vbscript:alert(1)", "data:text/html,&lt;script>alert(1)&lt;/script>",
    "data:image/svg+xml,&lt;svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "data:text/xml,x", "blob:x", "file:///etc/passwd",
    "&#1;javascript:alert(1)".replace("&#1;", "&#x85;"), "feed:javascript:alert(1)", "view-source:javascript:alert(1)",
)  # fmt: skip

STYLES = (
    f"@import '{OUTSIDE}/a.css';", f"@import url({OUTSIDE}/a.css);", f"@IMPORT url({OUTSIDE}/a.css);",
    f"@\\69mport '{OUTSIDE}/a.css';", f"@im\\port '{OUTSIDE}/a.css';", f"/* */@import/**/'{OUTSIDE}/a.css';",
    f"rect{{fill:url({OUTSIDE}/a.svg#a)}}", f"rect{{fill:URL('{OUTSIDE}/a.svg#a')}}", f"rect{{fill:u\\72l({OUTSIDE}/a.svg#a)}}",
    f"rect{{fill:\\75 rl({OUTSIDE}/a.svg#a)}}", "rect{mask:url(//elsewhere.example/a.svg#a)}",
    "rect{filter:url(a.svg#a)}", f"rect{{background:image-set('{OUTSIDE}/a.png' 1x)}}", f"rect{{cursor:url({OUTSIDE}/a.cur),auto}}",
    f"@font-face{{font-family:a;src:url({OUTSIDE}/a.woff2)}} text{{font-family:a}}",
    "rect{fill:url(javascript:alert(1))}", "rect{width:expression(alert(1))}", "rect{-moz-binding:url(#a)}",
    f"rect{{fill:url(#a) url({OUTSIDE}/b)}}", f"rect{{--a:url({OUTSIDE}/a.png);background:var(--a)}}",
    f'a[b="/*"]{{}} @import "{OUTSIDE}/a.css"; c[d="*/"]{{}}', "rect{fill:url(data:image/svg+xml,<svg>)}".replace("<", "&lt;"),
    f"<![CDATA[@import '{OUTSIDE}/a.css';]]>", f"@imp<g/>ort '{OUTSIDE}/a.css';", f"<g/>@import '{OUTSIDE}/a.css';",
    f"@im<!-- -->port '{OUTSIDE}/a.css';", f"&#64;import '{OUTSIDE}/a.css';", f"@import\n'{OUTSIDE}/a.css';",
)  # fmt: skip

LOADED = "<g id='a' onload='alert(1)'/>"
RUN = "<script>alert(1)</script>"
HTML = 'xmlns="http://www.w3.org/1999/xhtml"'
BOX = '<rect width="200" height="200" fill="red"/>'
HOSTILE = [
    *(svg(BOX + "<text y='20' tabindex='0'>a</text>", f'{event}="alert(1)"') for event in EVENTS),
    *(svg(f'<a href="{link}">{BOX}</a>') for link in LINKS),
    *(svg(f'<a xlink:href="{link}">{BOX}</a>') for link in LINKS[:8]),
    *(svg(f"<style>{style}</style>{BOX}<text>a</text>") for style in STYLES),
    *(svg(f"<rect width='200' height='200' style='{style}'/>") for style in (
        f"fill:url({OUTSIDE}/a)", f"fill:u\\72 l({OUTSIDE}/a)", f"filter:url({OUTSIDE}/a#b)", f"mask-image:url({OUTSIDE}/a)",
    )),
    *(svg(f"<rect width='200' height='200' {name}='url({OUTSIDE}/a.svg#a)'/>") for name in (
        "fill", "stroke", "filter", "mask", "clip-path", "marker-start", "cursor",
    )),
    svg(RUN), svg("<script type='text/ecmascript'><![CDATA[alert(1)]]></script>"), svg(f"<script href='{OUTSIDE}/a.js'/>"),
    svg("<script xlink:href='data:text/javascript,alert(1)'/>"), svg("<script href='data:text/javascript,alert(1)'/>"),
    svg(f"<g><defs><symbol>{RUN}</symbol></defs></g>"), svg("<title><script>alert(1)</script></title>"),
    svg("<desc><script>alert(1)</script></desc>"), svg("<metadata><script>alert(1)</script></metadata>"),
    svg("<x:script xmlns:x='http://www.w3.org/2000/svg'>alert(1)</x:script>"), svg("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>"),
    svg(f"<script {HTML}>alert(1)</script>"), svg(f"<foreignObject width='200' height='200'><script {HTML}>alert(1)</script></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><body {HTML}><img src='x' onerror='alert(1)'/></body></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><iframe {HTML} src='javascript:alert(1)'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><iframe {HTML} srcdoc='&lt;script>alert(1)&lt;/script>'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><object {HTML} data='javascript:alert(1)'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><embed {HTML} src='javascript:alert(1)'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><form {HTML} action='javascript:alert(1)'><input type='submit' style='width:200px;height:200px'/></form></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><meta {HTML} http-equiv='refresh' content='0;url={OUTSIDE}'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><link {HTML} rel='stylesheet' href='{OUTSIDE}/a.css'/></foreignObject>"),
    svg(f"<foreignObject width='200' height='200'><video {HTML} src='{OUTSIDE}/a.mp4' autoplay=''/></foreignObject>"),
    svg(f"<switch><foreignObject width='200' height='200'><script {HTML}>alert(1)</script></foreignObject></switch>"),
    svg(f"<iframe {HTML} src='javascript:alert(1)'/>"), svg(f"<img {HTML} src='x' onerror='alert(1)'/>"),
    svg(f"<style {HTML}>@import '{OUTSIDE}/a.css';</style>"), svg(f"<link {HTML} rel='stylesheet' href='{OUTSIDE}/a.css'/>"),
    svg(f"<a id='a'>{BOX}<animate attributeName='href' values='javascript:alert(1)'/></a>"),
    svg(f"<a>{BOX}<set attributeName='href' to='javascript:alert(1)'/></a>"),
    svg(f"<a>{BOX}<set attributeName='xlink:href' to='javascript:alert(1)'/></a>"),
    svg(f"<a>{BOX}<animate attributeName=' href ' from='javascript:alert(1)' to='x' dur='9s'/></a>"),
    svg(f"<a>{BOX}</a><set href='#a' attributeName='onclick' to='alert(1)'/>"),
    svg(f"<set attributeName='onmouseover' to='alert(1)'/>{BOX}"), svg(f"<animate onbegin='alert(1)' attributeName='x' dur='1s'/>{BOX}"),
    svg(f"<set onbegin='alert(1)' attributeName='x' to='1'/>{BOX}"), svg("<animateTransform onbegin='alert(1)' attributeName='transform' dur='1s'/>"),
    svg(f"<rect width='200' height='200'><animate attributeName='fill' values='url({OUTSIDE}/a#a)' dur='1s'/></rect>"),
    svg(f"<rect width='200' height='200'><set attributeName='style' to='fill:url({OUTSIDE}/a)'/></rect>"),
    svg(f"<use href='{OUTSIDE}/a.svg#a'/>"), svg(f"<use xlink:href='{OUTSIDE}/a.svg#a'/>"), svg("<use href='other.svg#a'/>"),
    svg(f"<use href='data:image/svg+xml;base64,{base64_of(svg(LOADED))}#a'/>"),
    svg(f"<image href='{OUTSIDE}/a.png' width='9' height='9'/>"), svg("<image xlink:href='//elsewhere.example/a.png' width='9' height='9'/>"),
    svg("<image href='javascript:alert(1)' width='9' height='9'/>"), svg("<image href='x' onerror='alert(1)' width='9' height='9'/>"),
    svg("<image href='data:text/html,&lt;script>alert(1)&lt;/script>' width='9' height='9'/>"),
    svg(f"<filter id='f'><feImage href='{OUTSIDE}/a.png'/></filter><rect width='99' height='99' filter='url(#f)'/>"),
    svg(f"<linearGradient id='g' href='{OUTSIDE}/a.svg#g'/><rect width='99' height='99' fill='url(#g)'/>"),
    svg(f"<text><textPath href='{OUTSIDE}/a.svg#p'>a</textPath></text>"), svg(f"<g xml:base='{OUTSIDE}/'><use href='a.svg#b'/></g>"),
    svg("<handler type='application/ecmascript' ev:event='load' xmlns:ev='http://www.w3.org/2001/xml-events'>alert(1)</handler>"),
    svg(BOX, head=f"<?xml-stylesheet href='{OUTSIDE}/a.css'?>"),
    svg(BOX, head="<?xml-stylesheet type='text/xsl' href='data:text/xml,x'?>"),
    svg("&x;", head="<!DOCTYPE svg [<!ENTITY x '<script>alert(1)</script>'>]>"),
    svg("<script>&x;</script>", head="<!DOCTYPE svg [<!ENTITY x 'alert(1)'>]>"),
    svg("&x;", head="<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    svg("&c;", head="<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"),
    svg("", head=f"<!DOCTYPE svg [<!ENTITY % x SYSTEM '{OUTSIDE}/a.dtd'> %x;]>"),
    svg(BOX, head="<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>"),
    svg("&nbsp;", head='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'),
    f"<html {HTML}>{RUN}</html>", f"<svg>{RUN}</svg>", "<x:svg xmlns:x='http://www.w3.org/2000/svg'><x:script>alert(1)</x:script></x:svg>",
    svg(RUN).replace("</svg>", ""), svg("<g>" * 600 + RUN + "</g>" * 600), svg("<b/>" + RUN), svg(RUN).encode("utf-16").decode("latin-1"),
    svg("<g xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></g>"), svg(f"<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'>{RUN}</m:math>"),
]  # fmt: skip
"""Drawings that run something, or load something from elsewhere, or try to."""

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DEFS = (
    '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" style="stop-color:#00f"/></linearGradient>'
    '<clipPath id="c"><circle cx="100" cy="100" r="80"/></clipPath><mask id="m"><rect width="200" height="90" fill="#fff"/></mask>'
    '<marker id="k" markerWidth="9" markerHeight="9" refX="4" refY="4" orient="auto"><path d="M0 0 8 4 0 8z"/></marker>'
    '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><path d="M0 0 20 20" stroke="green"/></pattern>'
    '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></symbol><path id="t" d="M10 90 Q100 10 190 90"/></defs>'
)
BENIGN = [
    svg(BOX), svg('<circle cx="99" cy="99" r="50" fill="none" stroke="#123" stroke-width="7"/>'),
    svg('<ellipse cx="99" cy="99" rx="50" ry="20" transform="rotate(30 99 99)"/>'), svg('<line x1="1" y1="2" x2="150" y2="99" stroke="red"/>'),
    svg('<polyline points="1,1 50,90 99,3" fill="none" stroke="blue" stroke-dasharray="5 3"/>'), svg('<polygon points="1,1 50,90 99,3"/>'),
    svg('<path d="M10 10C50 90 90 -50 150 150Z" fill="#0a05" fill-rule="evenodd"/>'), svg('<text x="9" y="50">a &lt; b &amp; c — ünï 你好</text>'),
    svg('<text x="9" y="50" font-family="serif" font-size="30" font-style="italic" text-anchor="start">A<tspan dy="9" fill="red">B</tspan></text>'),
    svg('<text xml:space="preserve" x="9" y="50">a    b</text>'), svg('<text y="50"><![CDATA[a < b]]></text>'),
    svg('<text x="99" y="50" text-anchor="middle" dominant-baseline="central" letter-spacing="3" word-spacing="9">A b c</text>'),
    svg(f'{DEFS}<rect width="200" height="200" fill="url(#g)"/>'), svg(f'{DEFS}<rect width="200" height="200" style="fill:url(#p)"/>'),
    svg(f'{DEFS}<g clip-path="url(#c)">{BOX}</g>'), svg(f'{DEFS}<g mask="url(#m)">{BOX}</g>'),
    svg(f'{DEFS}<path d="M9 9 150 150" stroke="#000" marker-end="url(#k)"/>'), svg(f'{DEFS}<use href="#s" x="9" y="9" width="50" height="50"/>'),
    svg(f'{DEFS}<use xlink:href="#s" width="150" height="50"/>'), svg(f'{DEFS}<text><textPath href="#t">along a path</textPath></text>'),
    svg('<defs><radialGradient id="a" cx=".3"><stop stop-color="red"/><stop offset="1" stop-opacity=".2"/></radialGradient>'
        '<radialGradient id="b" xlink:href="#a" gradientTransform="scale(.9)"/></defs><rect width="150" height="150" fill="url(#b)"/>'),
    svg('<style>rect{fill:teal} .a>b,text:hover{fill:red} text{font:700 20px sans-serif}</style><rect width="99" height="99"/><text y="150">A</text>'),
    svg('<style type="text/css"><![CDATA[.a > .b{stroke:red;stroke-width:9}]]></style><g class="a"><path class="b" d="M0 0 99 99"/></g>'),
    svg("<style>@media (prefers-color-scheme: dark){rect{fill:#fff}} @media (min-width:1px){rect{stroke:red}}</style>" + BOX),
    svg("<style>:root{--a:green} rect{fill:var(--a)!important}</style>" + BOX), svg("<style>*{stroke-linejoin:round;stroke-linecap:butt}</style>" + BOX),
    svg(f"<style>@font-face{{font-family:a;src:url(data:font/woff2;base64,AAAA)}}</style>{BOX}"),
    svg("<style>rect{fill:url(#g)}</style>" + DEFS + BOX), svg("<style>rect{fill:url('#g')}</style>" + DEFS + BOX.replace('fill="red"', "")),
    svg(f'<image href="data:image/png;base64,{DOT}" width="99" height="99" preserveAspectRatio="none"/>'),
    svg(f'<image xlink:href="data:image/png;base64,{DOT}" width="99" height="99" style="image-rendering:pixelated"/>'),
    svg(f'<image href="data:image/svg+xml;base64,{base64_of(svg(BOX))}" width="99" height="99"/>'),
    svg(f'<image width="50" height="50" href="data:image/png;base64,\n{DOT[:40]}\n{DOT[40:]}"/>'),
    svg('<filter id="f"><feGaussianBlur stdDeviation="4"/><feOffset dx="9"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge>'
        '</filter><rect x="30" y="30" width="99" height="99" filter="url(#f)"/>'),
    svg('<filter id="f"><feColorMatrix type="saturate" values=".2"/><feFlood flood-color="red" flood-opacity=".4"/><feBlend in2="SourceGraphic" mode="multiply"/>'
        '</filter><rect width="99" height="99" filter="url(#f)"/>'),
    svg('<filter id="f"><feTurbulence baseFrequency=".05" numOctaves="2" seed="3"/><feDisplacementMap in="SourceGraphic" scale="20" xChannelSelector="R"/>'
        '</filter><rect x="20" y="20" width="99" height="99" filter="url(#f)"/>'),
    svg('<filter id="f"><feDropShadow dx="5" dy="5" stdDeviation="2"/><feComponentTransfer><feFuncR type="gamma" exponent="2"/></feComponentTransfer>'
        '</filter><rect x="20" y="20" width="99" height="99" fill="#86a" filter="url(#f)"/>'),
    svg('<g opacity=".5" transform="translate(9,9) scale(1.5) skewX(10)"><rect width="50" height="50"/></g>'),
    svg('<svg x="20" y="20" width="50" height="50" viewBox="0 0 10 10" preserveAspectRatio="xMinYMid slice"><rect width="5" height="5"/></svg>'),
    svg('<switch><g systemLanguage="xx"><rect width="9" height="9"/></g><g><rect width="90" height="90"/></g></switch>'),
    svg('<a href="https://example.org/a?b=1&amp;c" target="_blank" rel="noopener"><text y="50">link</text></a>'),
    svg('<a xlink:href="#x" xlink:title="t"><text y="50">link</text></a>'), svg('<a href="mailto:a@b.c"><text y="50">mail</text></a>'),
    svg('<a href="../other.html"><text y="50">page</text></a>'),
    svg("<title>A title &amp; more</title><desc>What it shows</desc>" + BOX, 'role="img" aria-labelledby="t" data-x="y" focusable="false"'),
    svg("<!-- a comment <script> -->" + BOX + "<!-- -->"), svg(BOX, 'style="background:#eee;shape-rendering:crispEdges"'),
    svg(BOX, 'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" '
        'inkscape:version="1.3" sodipodi:docname="a.svg"'),
    svg('<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" showgrid="true"><a/></sodipodi:namedview>'
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><a>words</a></rdf:RDF></metadata>' + BOX),
    svg(BOX, head='<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        '  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'),
    '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="99" height="99"><svg:rect width="50" height="50"/></svg:svg>',
    '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="99" height="99"><rect xmlns="http://www.w3.org/2000/svg" width="50" height="50"/></s:svg>',
    svg('<g id="node1" class="node"><title>a</title><ellipse fill="none" stroke="black" cx="63" cy="50" rx="27" ry="18"/>'
        '<text text-anchor="middle" x="63" y="55" font-family="Times,serif" font-size="14.00">a</text></g>'),
    svg('<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs><g id="figure_1"><g id="patch_1">'
        '<path d="M 0 100 L 100 100 L 100 0 L 0 0 z" style="fill: #ffffff; opacity: 0.5; stroke: #1f77b4; stroke-width: 0.8"/></g></g>'),
    svg('<switch><foreignObject width="100%" height="100%" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility" '
        'systemLanguage="xx"><div xmlns="http://www.w3.org/1999/xhtml">words</div></foreignObject><text x="9" y="50">words</text></switch>'),
    svg('<g pointer-events="all"><rect width="80" height="40" fill="#dae8fc" stroke="#6c8ebf" rx="6" pointer-events="all"/></g>'
        '<g transform="translate(-0.5 -0.5)"><text x="40" y="24" fill="rgb(0, 0, 0)" font-family="Helvetica" font-size="12px" '
        'text-anchor="middle">box</text></g>'),
    svg('<path d="M9 99h99" stroke="#000" stroke-width="20" stroke-linecap="round" vector-effect="non-scaling-stroke" paint-order="stroke"/>'),
    svg('<rect width="99" height="99" fill="color-mix(in srgb, red, blue)" style="mix-blend-mode:multiply;isolation:isolate"/>' + BOX),
    svg('<rect width="99" height="99"><title>tip</title><animate attributeName="x" from="0" to="0" dur="1s" repeatCount="indefinite"/></rect>'),
    svg('<rect width="99" height="99"><set attributeName="fill" to="green"/></rect>'),
    svg('<path id="q" d="M9 9h1"/><circle r="9"><animateMotion dur="9s" calcMode="discrete"><mpath href="#q"/></animateMotion></circle>'),
]  # fmt: skip
"""Drawings as people and programs make them."""

DEMO = sorted((Path(__file__).parent.parent / "pages").rglob("*.svg"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with opened() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A small window."""
    page = browser.new_page(viewport={"width": 210, "height": 210})
    yield page
    page.close()


def as_bytes(text: str) -> bytes:
    """A drawing as it would stand in a file."""
    return text.encode("latin-1") if text.startswith("ÿþ") else text.encode()


def runs(page: Page, file: Path, data: bytes, seen: list[str]) -> bool:
    """Whether a drawing, opened by itself and clicked on, runs a script or asks for anything elsewhere."""
    file.write_bytes(data)
    seen.clear()
    with suppress(Error):  # a drawing that goes somewhere else is seen to do so
        page.goto(file.as_uri())
        page.mouse.move(5, 5)
        page.mouse.click(50, 50)
        page.wait_for_timeout(15)
    return bool(seen)


def watched(page: Page, file: Path) -> list[str]:
    """What a page does that a drawing should not do; it grows."""
    seen: list[str] = []

    def said(dialog: object) -> None:
        seen.append("ran")
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", said)
    page.on("request", lambda request: seen.append(request.url) if request.url.partition("#")[0] != file.as_uri() else None)
    page.route("http://**", lambda route: route.abort())
    return seen


def test_there_are_enough_drawings_to_judge_by() -> None:
    assert len(set(HOSTILE)) >= 100
    assert len(set(BENIGN)) >= 50


def cleaned(data: bytes) -> bytes | None:
    """A drawing cleaned, whatever is lost, or nothing where it is refused."""
    try:
        return Cleaner().clean(data)
    except Unfit:
        return None


def test_no_hostile_drawing_runs_or_loads_anything_once_it_is_cleaned(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "drawing.svg"
    seen = watched(page, file)

    hostile = [text for text in HOSTILE if (clean := cleaned(as_bytes(text))) and runs(page, file, clean, seen)]

    assert not hostile


def test_the_browser_would_have_run_them(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "drawing.svg"
    seen = watched(page, file)

    ran = [text for text in HOSTILE if runs(page, file, as_bytes(text), seen)]

    assert len(ran) > 50


@pytest.mark.parametrize("text", HOSTILE)
def test_every_hostile_drawing_is_told(text: str) -> None:
    with pytest.raises(Unfit) as caught:
        cleaned_svg(as_bytes(text))

    assert caught.value.message.startswith(("has ", "loads ", "animates ", "is "))
    assert caught.value.hint


def test_benign_drawings_look_the_same_once_they_are_cleaned(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "drawing.svg"

    def looks(data: bytes) -> bytes:
        file.write_bytes(data)
        page.goto(file.as_uri())
        return page.screenshot()

    drawings = [*map(as_bytes, BENIGN), *(drawing.read_bytes() for drawing in DEMO)]
    changed = [data.decode() for data in drawings if looks(data) != looks(cleaned_svg(data))]

    assert not changed


def test_cleaning_twice_changes_nothing_more() -> None:
    once = [cleaned_svg(as_bytes(text)) for text in BENIGN]

    assert [cleaned_svg(data) for data in once] == once


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (svg(RUN), "has a script in it"),
        (svg(BOX, 'onload="a()"'), "has a script in it, at 'onload'"),
        (svg('<a href="javascript:a()"/>'), "has a script in it"),
        (svg('<image href="http://a.b/c.png"/>'), "loads something from elsewhere: 'http://a.b/c.png'"),
        (svg("<style>@import 'a.css'; rect{}</style>"), "loads something from elsewhere: '@import 'a.css''"),
        (svg("<rect fill='url(a.svg#b)'/>"), "loads something from elsewhere: 'url(a.svg#b)'"),
        (svg(BOX, head="<?xml-stylesheet href='a.css'?>"), "loads a style sheet"),
        (svg("<foreignObject><p/></foreignObject>"), "has HTML in it"),
        (svg("<set attributeName='href' to='x'/>"), "animates 'href'"),
        (svg("", head="<!DOCTYPE svg [<!ENTITY who 'x'>]>"), "has an entity, 'who'"),
        ("<svg><rect/></svg>", "is an SVG without its namespace"),
        ("<html><svg/></html>", "is no SVG"),
        ("<svg", "is no XML: unclosed token on line 1"),
        ("", "is no XML: no element found on line 1"),
        ("<?xml version='1.0' encoding='nonsense'?>" + svg(""), "has an encoding that is not known"),
        (svg("<g>" * 600), "is nested too deeply"),
    ],
)
def test_what_a_drawing_would_lose_is_told(text: str, message: str) -> None:
    with pytest.raises(Unfit) as caught:
        cleaned_svg(text.encode())

    assert caught.value.message == message


def test_what_else_it_would_lose_is_told_too() -> None:
    with pytest.raises(Unfit) as caught:
        cleaned_svg(svg(RUN + "<use href='a.svg#b'/>" + RUN).encode())

    assert caught.value.hint == "save it without; it also loads something from elsewhere: 'a.svg#b'"


def test_a_drawing_is_written_as_utf_8_whatever_its_encoding_was() -> None:
    text = '<?xml version="1.0" encoding="latin-1"?>' + svg("<text>é</text>")

    assert "<text>é</text>" in cleaned_svg(text.encode("latin-1")).decode()


def test_what_an_editor_notes_for_itself_goes_without_a_word() -> None:
    clean = cleaned_svg(
        svg(
            "<metadata>by me</metadata><i:a>words</i:a><g i:label='Layer' id='a'/>",
            'xmlns:i="http://www.inkscape.org/namespaces/inkscape"',
        ).encode()
    )

    assert clean == svg('<g id="a"></g>').replace(" >", ">").encode() + b"\n"
