"""A real headless Chromium, and a real server for it to look at."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


def chromium() -> str:
    """The path of Chromium; raises `FileNotFoundError` where there is none: a test that needs it must not be passed over."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("Chromium is not installed; set CHROMIUM to its path")


@contextmanager
def opened() -> Iterator[Browser]:
    """A browser that reaches this machine only."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, as a static host does: `404.html` for what is not there, and no log."""

    prefix = "/"

    def __init__(self, *arguments: object, prefix: str, **options: object) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of a path below the prefix."""
        return super().translate_path(path[len(self.prefix) - 1 :] if path.startswith(self.prefix) else "/nowhere")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page for what is not there."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def answering(server: HTTPServer) -> Iterator[str]:
    """The address at which `server` answers for the time being."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which `app` answers for the time being."""
    with answering(make_server("127.0.0.1", 0, app, threaded=True)) as address:
        yield address


@contextmanager
def hosted(folder: Path, prefix: str = "/") -> Iterator[str]:
    """The address at which the files of `folder` are served below `prefix`."""
    handler = partial(QuietFiles, directory=str(folder), prefix=prefix)
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as address:
        yield f"{address}{prefix.rstrip('/')}"
