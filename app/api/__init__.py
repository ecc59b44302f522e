"""The JSON API: what a site says as data, and the schemas of what it reads and says."""

from .contents import index
from .documents import document, names
from .opened import openapi
from .schemas import SITE, schema, types

__all__ = ["SITE", "document", "index", "names", "openapi", "schema", "types"]
