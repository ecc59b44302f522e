"""Looks: what `site.yml` can say of how the site looks, and of the hosts from which the author's own templates load."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasGenerator, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from .entry import Part, as_list

ORIGIN = re.compile(r"data:|https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", re.ASCII)


def as_colour(written: str) -> str:
    """A colour as `#rrggbb`, also where it was written with three digits or without its mark."""
    digits = written.removeprefix("#").lower()
    if not re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits):
        raise PydanticCustomError("colour_form", "no colour")
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def as_origin(written: str) -> str:
    """A host with its scheme, as a policy names it."""
    host = written.removesuffix("/").lower()
    if not ORIGIN.fullmatch(host):
        raise PydanticCustomError("origin_form", "no host")
    return host


Colour = Annotated[str, AfterValidator(as_colour)]
Origin = Annotated[str, AfterValidator(as_origin)]
Origins = Annotated[tuple[Origin, ...], BeforeValidator(as_list)]


class Theme(Part):
    """How the site looks, where it is to look otherwise than ours."""

    accent: Colour | None = None
    font: Literal["serif", "sans"] = "serif"
    width: Literal["narrow", "normal", "wide"] = "normal"
    density: Literal["compact", "normal", "loose"] = "normal"


class Hosts(Part):
    """The other hosts from which the author's own templates load, each under the directive of the policy that lets them."""

    model_config = ConfigDict(alias_generator=AliasGenerator(lambda name: name.replace("_", "-")))

    script_src: Origins = ()
    connect_src: Origins = ()
    style_src: Origins = ()
    img_src: Origins = ()
    font_src: Origins = ()
    media_src: Origins = ()
    frame_src: Origins = ()

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The hosts under each directive that has any."""
        return {name: hosts for name, hosts in self.model_dump(by_alias=True).items() if hosts}
