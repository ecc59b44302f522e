"""Policing: pages run under the policy of the release already while they are written, and nobody frames them."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask, Response

from ..policy import asked, policy
from ..problems import Problems
from ..site import current_site
from .guard import FRAMED, UNFRAMED

DRAWING = "; style-src 'self' 'unsafe-inline'"
"""What a drawing that is shown alone adds to the policy of the release where it has styles."""


def police(app: Flask) -> None:
    """Let every answer of the application say the policy of the site."""
    app.after_request(with_policy)


def with_policy(response: Response) -> Response:
    """The answer with the policy of the site as it is now."""
    with suppress(Problems):
        site = current_site()
        said = policy(asked(site), site.facts.hosts.named).replace(FRAMED, UNFRAMED)
        drawn = response.mimetype == "image/svg+xml" and "style-src" not in said
        response.headers["Content-Security-Policy"] = said + DRAWING * drawn
    return response
