"""The command `connector`: a lazy group, so that `--help` and a quick import load only what they need."""

import importlib
from pathlib import Path

import click

from connector.settings import DEFAULT_HOME
from survey.errors import ResonanzError

# command -> module that holds it under the same name, in the order in which they are needed.
COMMANDS = {
    "init": "connector.cli.init",
    "settings": "connector.cli.settings",
    "keys": "connector.cli.keys",
    "import": "connector.cli.imports",
    "invite": "connector.cli.invite",
    "push": "connector.cli.push",
    "letters": "connector.cli.letters",
}


class LazyGroup(click.Group):
    """Loads the module of a command when the command is asked for, and tells errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order in which they are needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what stops it is said without a trace."""
        try:
            return super().invoke(ctx)
        except ResonanzError as error:
            raise Told(error) from error


class Told(click.ClickException):
    """An error as its sentence, or as its key and facts where it has none. Status 2."""

    exit_code = 2

    def __init__(self, error: ResonanzError) -> None:
        super().__init__(str(getattr(error, "said", "") or error))


@click.group(cls=LazyGroup)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CONNECTOR_HOME",
    default=DEFAULT_HOME,
    show_default=True,
    help="Directory with settings.toml, the database and the keys.",
)
@click.version_option(package_name="resonanz")
@click.pass_context
def main(context: click.Context, home: Path) -> None:
    """The part of Resonanz that stays in the jobcenter's network.

    It reads exports of the case-management system, keeps who is who, invites, prints letters, and sends
    pseudonyms and code hashes, sealed and signed, to the survey server. Names and addresses are read
    while letters are printed and never stored. Connections are made outwards only.

    \b
    A first round:
      connector init --tenant musterstadt
      connector import export.csv --mapping mapping.toml --dry-run --report findings.csv
      connector import export.csv --mapping mapping.toml
      connector invite WAVE          draws whom to ask; nothing leaves the house yet
      connector push                 sends what the survey server needs
      connector letters WAVE --source export.csv --mapping mapping.toml --out letters.pdf
      connector letters WAVE --finish
    """
    context.obj = home
