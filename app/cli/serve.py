"""`octavo serve`."""

from __future__ import annotations

import threading
import webbrowser
from functools import partial
from socket import socket

import click

from ..config import Config
from ..live.ending import until_asked
from ..live.restart import Left, left, program
from ..live.server import Address, listening, serve
from .shared import application


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to answer on.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to answer at; any other is open to the network."
)
@click.option("--open", "in_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts, marked as such.")
def command(port: int, host: str, in_browser: bool, drafts: bool) -> None:
    """Serve the site while you write.

    A saved file shows at once in the pages that are open; a mistake shows in the page it is in, with its line, and the
    other pages go on. Answers on this machine only, unless --host says otherwise.
    """
    with until_asked():
        begin(Address(host, port), drafts, in_browser)
    click.echo()


def begin(address: Address, drafts: bool, in_browser: bool) -> None:
    """Serve the site that `--site` names, at first or in the place of the program as it was before."""
    before = left()
    leaves = before or Left(socket_at(address), program())
    app = application(Config(Config.from_environment().base_url, drafts))

    def opened(url: str) -> None:
        if before:
            click.echo("The program has changed and was started anew.", err=True)
            return
        if address.is_open:
            click.echo(f"Others in the network reach this site: whoever knows its address with the token can read it and, "
                       f"as you can, change what it shows. --host {address.host} is the reason.", err=True)  # fmt: skip
        click.echo(f"{app.extensions['octavo'].folder} is at {url} (Ctrl+C stops it)")
        if in_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    with leaves.listening:
        serve(app, address, leaves, opened, partial(click.echo, err=True))


def socket_at(address: Address) -> socket:
    """The socket of the server; tells where its port is taken."""
    try:
        return listening(address)
    except OSError as error:
        reason = f"port {address.port} cannot be used: {error.strerror}; try --port {address.port + 1}"
        raise click.ClickException(reason) from error
