"""The cards of pages, and what else machines read in the head of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ..content import Entry
from ..linkcards import HOME, card_of, kept
from ..metadata import Head, Page, card_name, head_of, own_picture
from ..plain import plain
from ..publications import Work
from ..site import Site, current_site

blueprint = Blueprint("cards", __name__)
blueprint.add_app_template_filter(plain)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The card of the site, and those of entries and works, where the site's address is known: others need it in full."""
    if site.base_url and site.has("cards"):
        entries = [entry.id for entry in site.store if not own_picture(site, entry)]
        for name in dict.fromkeys([HOME, *entries, *(card_name(None, work) for work in site.works if not work.entry)]):
            yield "cards.picture", {"name": name}


@blueprint.get("/cards/<path:name>.png")
def picture(name: str) -> ResponseReturnValue:
    """Send a card; it is drawn now if it has not been drawn before. Any other file is the content's to answer."""
    site = current_site()
    card = card_of(site, name) if site.base_url and site.has("cards") else None
    if card is None:
        return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=f"cards/{name}.png"))
    return Response(kept(site, card), mimetype="image/png")


@blueprint.app_template_global()
def described(title: str, lang: str, entry: Entry | None, work: Work | None) -> Head:
    """What machines read of the page that answers this request; `title` and `lang` are as its template says them."""
    site = current_site()
    name = Markup(title).unescape().strip().removesuffix(f" – {site.facts.title}")  # noqa: S704
    return head_of(site, Page(request.path, name, str(lang).strip(), entry, work))
