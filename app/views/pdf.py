"""PDFs: the CV, and every entry that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from ..activities import CV
from ..papers import pdf_of, pdf_url, sections
from ..pdf import Section
from ..problems import Problems
from ..site import Site, current_site

blueprint = Blueprint("pdf", __name__)
blueprint.add_app_template_global(pdf_url)


def urls(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The PDF of each entry that has one."""
    for entry in site.store:
        if pdf_url(entry):
            yield "pdf.file", {"name": entry.id}


@blueprint.get("/<path:name>.pdf")
def file(name: str) -> ResponseReturnValue:
    """Send the PDF of an entry; raises `Problems` where there can be none. Any other file is the content's to answer."""
    site = current_site()
    entry = site.entry(name)
    if entry is None or not pdf_url(entry):
        return cast(ResponseReturnValue, current_app.view_functions["content.page"](path=f"{name}.pdf"))
    made = pdf_of(site, entry)
    if not made.pdf:
        raise Problems(made.problems)
    return send_file(BytesIO(made.pdf), mimetype="application/pdf", download_name=f"{name.rpartition('/')[2]}.pdf")


@blueprint.app_template_global()
def sections_of(entry: CV) -> tuple[Section, ...]:
    """The sections of a CV."""
    return sections(current_site(), entry)
