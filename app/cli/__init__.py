"""The command `octavo`: one module for each command, which parses, calls one function and prints."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = ("serve", "freeze", "status", "diff", "check", "releases", "rollback", "new", "schema", "clean", "deploy", "init-ci")
"""The commands, in the order of `octavo --help`; `init-ci` stands in `init_ci.py`."""


class Commands(click.Group):
    """The commands, each loaded when it is asked for: one that needs no application starts without any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name.replace('-', '_')}", __name__).command
        return command


@click.group(cls=Commands)
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False),
    help="The site folder, which has 'pages/'. Default: OCTAVO_SITE, or Octavo's own demo.",
)
@click.version_option(package_name="octavo")
def main(site: str | None) -> None:
    """Keep a researcher's site as a folder of Markdown.

    Write in pages/, look at it with 'octavo serve', and make static files of it with 'octavo freeze'.
    """
