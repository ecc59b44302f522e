"""Drawings without anything that runs or is loaded from elsewhere: what draws is written anew, all else is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .css import loads
from .formats import Unfit
from .svg_names import ATTRIBUTES, ELEMENTS, SCRIPTS, UNANIMATED

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"

ANIMATIONS = frozenset({"animate", "animateMotion", "animateTransform", "set"})
LINK = re.compile(r"#|https?:|mailto:|[^:]*$|[^:/?#]*[/?#]", re.IGNORECASE)
EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml)[;,]", re.IGNORECASE)
FREE = re.compile(r"(?:aria|data)-[\w.-]+")
SPACE = re.compile(r"[\x00-\x20\x7f-\x9f]+")

HTML = "has HTML in it"
WITHOUT = "save it without"
DEEPEST = 500


class Cleaner:
    """Reads a drawing and writes it again; `losses` are the author's things that it had to leave out."""

    def __init__(self) -> None:
        self.losses: list[str] = []
        self._out: list[str] = []
        self._open: list[str] = []
        self._style: list[str] | None = None
        self._left_out = 0
        self._instead: list[int] = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = parser.SkippedEntityHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser

    def clean(self, data: bytes) -> bytes:
        """The drawing in `data`, cleaned; raises `Unfit` when it cannot be read."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise Unfit(f"is no XML: {expat.ErrorString(error.code)} on line {error.lineno}", "save it again") from error
        except (ValueError, LookupError) as error:
            raise Unfit("has an encoding that is not known", "save it as UTF-8") from error
        return "".join(self._out).encode() + b"\n"

    def _entity(self, name: str, *_: object) -> None:
        """Refuse entities: they can grow without bound, and hide what is there."""
        raise Unfit(f"has an entity, '{name}'", "save it again as plain SVG")

    def _instruction(self, target: str, _: str) -> None:
        """Tell of a style sheet in a file of its own."""
        if target == "xml-stylesheet":
            self._lose("loads a style sheet")

    def _lose(self, what: str) -> None:
        """Note a loss."""
        if what not in self.losses:
            self.losses.append(what)

    def _start(self, full: str, attributes: Mapping[str, str]) -> None:
        """Write an element, or leave it out with all that is in it."""
        namespace, _, name = full.rpartition(" ")
        if not self._out and (namespace, name) != (SVG, "svg"):
            hint = f'its first element should be <svg xmlns="{SVG}" ...>'
            raise Unfit("is an SVG without its namespace" if name == "svg" else "is no SVG", hint)
        if len(self._open) > DEEPEST:
            raise Unfit("is nested too deeply", "save it simpler")
        if name in SCRIPTS and namespace in (SVG, XHTML):
            self._lose("has a script in it")
        if self._left_out or self._style is not None or not self._draws(namespace, name, attributes):
            self._left_out += 1
            return
        root = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if not self._out else ""
        kept = "".join(self._attribute(name, *one) for one in attributes.items())
        self._out.append(f"<{name}{root}{kept}>")
        self._open.append(name)
        self._style = [] if name == "style" else None

    def _draws(self, namespace: str, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element may stay."""
        if namespace == XHTML or (namespace == SVG and name == "foreignObject"):
            if self._open[-1] == "switch":
                self._instead.append(len(self._out))
            else:
                self._lose(HTML)
        elif name in ANIMATIONS and attributes.get("attributeName", "x").strip() not in ATTRIBUTES - UNANIMATED:
            self._lose(f"animates '{attributes['attributeName']}'")
        else:
            return namespace == SVG and name in ELEMENTS
        return False

    def _attribute(self, element: str, full: str, value: str) -> str:
        """An attribute as it is written, or nothing."""
        namespace, _, name = full.rpartition(" ")
        if name == "href" and namespace in ("", XLINK):
            return self._reference(element, value, "href" if not namespace else "xlink:href")
        if namespace == XML and name in ("space", "lang", "id"):
            return f" xml:{name}={quoteattr(value)}"
        if not namespace and name.lower().startswith("on"):
            self._lose(f"has a script in it, at '{name}'")
        if namespace or not (name in ATTRIBUTES or FREE.fullmatch(name)):
            return ""
        if outside := loads(value) if "(" in value or "\\" in value or ":" in value else "":
            self._lose(f"loads something from elsewhere: '{outside}'")
            return ""
        return f" {name}={quoteattr(value)}"

    def _reference(self, element: str, value: str, name: str) -> str:
        """A link, or a reference to something in the drawing or written in it."""
        bare = SPACE.sub("", value)
        allowed = LINK if element == "a" else EMBEDDED if element in ("image", "feImage") else None
        if bare.startswith("#") or (allowed and allowed.match(bare)):
            return f" {name}={quoteattr(value)}"
        self._lose("has a script in it" if "script:" in bare.lower() else f"loads something from elsewhere: '{bare[:60]}'")
        return ""

    def _text(self, text: str) -> None:
        """Write words, or remember a style until it is whole."""
        if self._left_out or not self._open:
            return
        if self._style is not None:
            self._style.append(text)
        else:
            self._out.append(escape(text))

    def _end(self, _: str) -> None:
        """Write the end of an element."""
        if self._left_out:
            self._left_out -= 1
            return
        if self._style is not None:
            css, self._style = "".join(self._style), None
            if outside := loads(css):
                self._lose(f"loads something from elsewhere: '{outside}'")
            else:
                self._out.append(escape(css))
        name = self._open.pop()
        if name == "switch" and self._instead and not any(one[0] == "<" for one in self._out[self._instead.pop() :]):
            self._lose(HTML)
        self._out.append(f"</{name}>")


def cleaned_svg(data: bytes) -> bytes:
    """The drawing in `data`, cleaned; raises `Unfit` when something of the author's own had to be left out."""
    cleaner = Cleaner()
    clean = cleaner.clean(data)
    if cleaner.losses:
        raise Unfit(cleaner.losses[0], WITHOUT + (f"; it also {', '.join(cleaner.losses[1:])}" if cleaner.losses[1:] else ""))
    return clean
