import os
from typing import Any

AUTHOR = "A. Scholar"
SITENAME = "Bench"
SITEURL = "https://example.org"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["notes", "methods", "reviews", "proofs", "data"]
PAGE_PATHS: list[str] = []
STATIC_PATHS = ["img", "style.css"]
THEME = "theme"
DEFAULT_PAGINATION = False
SLUGIFY_SOURCE = "basename"
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_SAVE_AS = "tags/index.html"
AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags"]
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PLUGINS = ["sitemap"]
SITEMAP = {"format": "xml"}
MARKDOWN: dict[str, Any] = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
if os.environ.get("MATH_AT_BUILD"):
    PLUGINS.append("pelican_katex")
    KATEX = {"output": "mathml"}
    KATEX_NODEJS_BINARY = os.environ["NODE"]
else:
    MARKDOWN["extension_configs"]["pymdownx.arithmatex"] = {"generic": True}
