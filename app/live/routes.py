"""Routes: what the panel of an open page asks for, and what it can have done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..check import show_drafts
from .checking import Checks
from .desk import Desk
from .editor import FURTHEST, Editor, file_at
from .releasing import Releasing
from .state import state

T = TypeVar("T")

HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
"""The addresses of this machine, on which the editor is."""

LONGEST = 4096
"""The characters that a path may have."""

blueprint = Blueprint("live", __name__, url_prefix="/_octavo")


@dataclass(frozen=True, slots=True)
class Panel:
    """What works behind the panel; `app` answers what it asks, beside the application of the site and without its turns."""

    app: Flask
    desk: Desk
    checks: Checks
    releasing: Releasing
    editor: Editor

    def stop(self) -> None:
        """End what works in the background."""
        self.checks.stop()
        self.releasing.stop()


def attach(desk: Desk) -> Panel:
    """The Panel of a Desk; nothing begins to work before somebody asks for a state."""
    checks, editor = Checks(desk), Editor.of()
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, refused)
    panel = app.extensions["octavo.panel"] = Panel(app, desk, checks, Releasing(checks, editor), editor)
    return panel


def current_panel() -> Panel:
    """The Panel of the application that answers this request."""
    return cast(Panel, current_app.extensions["octavo.panel"])


def refused(error: HTTPException) -> ResponseReturnValue:
    """Say as JSON why a request is refused, or that it has failed."""
    return jsonify(error=error.description), error.code or 500


@blueprint.get("/state")
def answer_state() -> Response:
    """Tell what the panel of a page shows."""
    panel, path = current_panel(), request.args.get("path", "/")
    if len(path) > LONGEST or not path.startswith("/"):
        abort(400, "'path' is no path of the site")
    panel.checks.ask()
    panel.releasing.ask()
    with panel.desk.turns.shared():
        told = state(panel.checks, panel.editor, path)
    return jsonify(**told, changes=panel.releasing.changes, release=panel.releasing.last)


@blueprint.post("/view")
def view() -> Response:
    """Show the site as it would be released, or with its drafts."""
    desk, released = current_panel().desk, said("released", bool)
    if released == desk.site.config.drafts:
        desk.change(lambda: show_drafts(desk.site, not released))
    return jsonify(released=released)


@blueprint.post("/freeze")
def freeze() -> Response:
    """Begin a freeze."""
    if not current_panel().releasing.freeze():
        abort(409, "a freeze is at work")
    return jsonify(state="running")


@blueprint.post("/open")
def open_editor() -> Response:
    """Open the writer's editor at a place in a file of the site."""
    panel, path = current_panel(), said("path", str)
    line, column = bounded(said("line", int)), bounded(said("column", int))
    if request.remote_addr not in HERE:
        abort(403, "the editor is on another machine")
    file = file_at(panel.desk.site.folder, path)
    if file is None:
        abort(404, "there is no such file of the site")
    if not panel.editor.windowed:
        abort(409, "no editor is known that has a window of its own; name one in OCTAVO_EDITOR")
    if not panel.editor.open(file, line, column):
        abort(409, f"'{panel.editor.command[0]}' could not be started")
    return jsonify(opened=True)


def said(name: str, kind: type[T]) -> T:
    """The value of a field of the JSON that was sent; answers 400 where it is missing or of another type."""
    try:
        sent: Any = request.get_json()
    except RecursionError:
        abort(400, "this JSON is too deep")
    value = sent.get(name) if isinstance(sent, dict) else None
    if not isinstance(value, kind) or type(value) is not kind:
        abort(400, f"'{name}' must be given, as {kind.__name__}")
    return value


def bounded(number: int) -> int:
    """A line or a column; answers 400 for what is none."""
    return number if 1 <= number <= FURTHEST else abort(400, f"lines and columns are from 1 to {FURTHEST}")
