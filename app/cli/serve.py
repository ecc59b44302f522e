"""`octavo serve`."""

from __future__ import annotations

import click

from ..config import Config
from ..live import serve
from ..live.server import LOOPBACK
from .shared import application


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to answer on.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts, marked as such.")
def command(port: int, drafts: bool) -> None:
    """Serve the site while you write.

    Answers on this machine only. A saved file shows at the next load of its page; a mistake shows in the page it is
    in, with its line, and the other pages go on.
    """
    app = application(Config(Config.from_environment().base_url, drafts, LOOPBACK))
    click.echo(f"{app.extensions['octavo'].folder} is at http://127.0.0.1:{port}/ (Ctrl+C stops it)")
    try:
        serve(app, "127.0.0.1", port)
    except OSError as error:
        raise click.ClickException(f"port {port} cannot be used: {error.strerror}; try --port {port + 1}") from error
    except KeyboardInterrupt:
        click.echo()
