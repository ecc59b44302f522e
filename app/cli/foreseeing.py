"""What `octavo check` asks of the whole application, which takes longer to load than to ask."""

from __future__ import annotations

from ..application import VIEWS, create_app
from ..problems import Findings
from ..release.foreseen import foreseen
from ..site import Site
from ..views import images, notebooks

NAMED = tuple(view for view in VIEWS if view not in (images, notebooks))
"""The views at whose addresses a file of the author's could be; those of copies and outputs have digests in them."""


def ahead(site: Site) -> Findings:
    """What a freeze of a site would refuse of its addresses and files."""
    app = create_app(site.folder, site.config)
    app.extensions["octavo"] = site  # what it knows already need not be read again
    return foreseen(app, NAMED)
