"""The server for the time of writing: it answers on this machine only, and looks at the files when they change."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from flask import Flask
from watchfiles import watch
from werkzeug.serving import WSGIRequestHandler, make_server

from ..site import Site

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class QuietHandler(WSGIRequestHandler):
    """Says nothing about requests that went well."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell only what failed on the server's side."""
        if str(code).startswith("5"):
            super().log_request(code, size)


def serve(app: Flask, host: str, port: int) -> None:
    """Serve `app` until it is interrupted. Raises `OSError` where the port is taken."""
    site: Site = app.extensions["octavo"]
    app.jinja_env.auto_reload = True
    stop = threading.Event()
    watcher = threading.Thread(target=follow, args=(site, stop), daemon=True)
    with socket.create_server((host, port)) as listening:
        server = make_server(host, port, app, threaded=True, request_handler=QuietHandler, fd=listening.fileno())
        watcher.start()
        try:
            server.serve_forever()
        finally:
            stop.set()
            server.server_close()


def follow(site: Site, stop: threading.Event) -> None:
    """Let the site look at its files again whenever one of them changes."""
    folders: list[Path] = [site.folder / "pages", *(folder for folder in site.folders.static if folder.is_dir())]
    for _ in watch(*folders, stop_event=stop, step=20, debounce=100):
        site.reload()
