"""LaTeX to MathML, by the commands of one page and without an attribute that a strict policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from math_core import LatexError, LatexToMathML

from . import latex

CLASSES = {
    "width: 100%": "numbered",
    "width: 50%": "margin",
    "width: 7.5%": "indent",
    "text-align: left": "left",
    "text-align: right": "right",
    "padding-left: 0": "close-left",
    "padding-left:0": "close-left",
    "padding-right: 0": "close-right",
    "padding-right:0": "close-right",
    "padding-left:1em": "apart",
}
"""The converter's styles by the classes that stand for them: a strict Content-Security-Policy allows no styles."""

STYLE = re.compile(r' style="([^"]*)"')
BORDER = re.compile(r"border-(left|right|top|bottom)")
COLOUR = re.compile(r"(background-)?color: *([^;]+)")
SIZE = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"')
SIZED = re.compile(r"<(?P<name>mfrac|mrow)(?P<attributes>(?: [a-z]+=\"[^\"]*\")*)>|</(?P<end>mfrac|mrow)>")
TABLE_LEVEL = re.compile(r'(<mtable[^>]*) scriptlevel="[^"]*"')
REASON = re.compile(r"macro(\d+):\d+: (.*)")


@dataclass(frozen=True, slots=True)
class Converter:
    """LaTeX to MathML with the commands of one page, and why some of them cannot be used."""

    convert: LatexToMathML
    refused: Mapping[str, str]


@lru_cache(maxsize=256)
def converter(macros: tuple[tuple[str, str], ...]) -> Converter:
    """A converter that knows `macros`; those that it cannot take are left out."""
    refused = {name: "there are too many commands" for name, _ in macros[latex.MAX_MACROS :]}
    usable = dict(macros[: latex.MAX_MACROS])
    refused |= {name: reason for name, body in usable.items() if (reason := latex.excess(body))}
    while True:
        taken = {**latex.COMMANDS, **{name: body for name, body in usable.items() if name not in refused}}
        try:
            most = latex.expansions(usable.values())
            convert = LatexToMathML(macros=taken, fancy_error=False, allow_unreliable_rendering=True, max_expansions=most)
            return Converter(convert, refused)
        except LatexError as error:
            found = REASON.match(str(error))
            refused[list(taken)[int(found[1])] if found else list(usable)[-1]] = found[2] if found else str(error)


def converted(written: list[tuple[str | LatexError, bool]], convert: LatexToMathML) -> Iterator[str | LatexError]:
    """The MathML of each formula of a page, on display or not, or what is wrong with it; numbers count those that are right."""
    try:
        answers = convert.convert_all([(tex, display) for tex, display in written if isinstance(tex, str)])
    except LatexError:
        written = [(refusal(convert, tex, display) or tex, display) for tex, display in written]
        answers = convert.convert_all([(tex, display) for tex, display in written if isinstance(tex, str)])
    good = iter(answers)
    for tex, _ in written:
        yield strict(next(good)) if isinstance(tex, str) else tex


def refusal(convert: LatexToMathML, tex: str | LatexError, display: bool) -> LatexError | None:
    """What is wrong with a formula, if anything is."""
    if isinstance(tex, LatexError):
        return tex
    try:
        convert.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        return error
    return None


def strict(mathml: str) -> str:
    """`mathml` with classes and attributes for its styles, and with nothing that checkers of HTML do not know."""
    mathml = STYLE.sub(lambda found: restyled(found[1]), mathml) if ' style="' in mathml else mathml
    return conforming(mathml) if ' displaystyle="' in mathml else mathml


def conforming(mathml: str) -> str:
    """`mathml` with an `mstyle` around every fraction or row that says how large it is.

    MathML Core lets every element say so, MathML 3 only `mstyle`, and a table whether it is on display.
    """
    wrapped: list[bool] = []

    def put(tag: re.Match[str]) -> str:
        if tag["end"]:
            return tag[0] + ("</mstyle>" if wrapped.pop() else "")
        sizes = "".join(SIZE.findall(tag["attributes"]))
        wrapped.append(bool(sizes))
        return f"<mstyle{sizes}><{tag['name']}{SIZE.sub('', tag['attributes'])}>" if sizes else tag[0]

    return SIZED.sub(put, TABLE_LEVEL.sub(r"\1", mathml))


@lru_cache(maxsize=1024)
def restyled(style: str) -> str:
    """The classes and attributes that stand for one `style`."""
    classes, attributes = [], ""
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        if border := BORDER.match(declaration):
            classes.append(f"rule-{border[1]}" + ("-dashed" if "dashed" in declaration else ""))
        elif colour := COLOUR.match(declaration):
            attributes += f' math{"background" if colour[1] else "color"}="{colour[2]}"'
        elif declaration in CLASSES:
            classes.append(CLASSES[declaration])
    return (f' class="{" ".join(classes)}"' if classes else "") + attributes
