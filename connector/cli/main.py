"""The command `connector`: the list of its commands; each lives in a module of its own."""

from pathlib import Path

import click

from survey.command import LazyGroup

COMMANDS = {
    "init": "connector.cli.init:init",
    "settings": "connector.cli.settings:settings",
    "keys": "connector.cli.keys:keys",
    "import": "connector.cli.imports:imports",
    "invite": "connector.cli.invite:invite",
    "push": "connector.cli.push:push",
    "letters": "connector.cli.letters:letters",
    "recall": "connector.cli.recall:recall",
    "pull": "connector.cli.pull:pull",
    "inspect": "connector.cli.inspect:inspect",
    "account": "connector.cli.account:account",
    "serve": "connector.cli.serve:serve",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"max_content_width": 100})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/connector"),
    envvar="CONNECTOR_HOME",
    show_default=True,
    show_envvar=True,
    help="Directory of settings, database and keys.",
)
@click.version_option(package_name="resonanz")
@click.pass_context
def main(ctx: click.Context, home: Path) -> None:
    """Run the part of Resonanz that stays in the jobcenter's network.

    It reads exports of the case-management system, keeps who is who, draws whom to ask, prints the
    letters, and sends pseudonyms and digests of codes, sealed and signed, to the survey server.
    Names and addresses are read while letters are printed and never stored. Connections go
    outwards only.

    \b
    A first round:
      connector init --tenant musterstadt --server-url https://umfrage.example
      connector import export.csv --mapping mapping.toml --dry-run --report findings.csv
      connector import export.csv --mapping mapping.toml
      connector invite WAVE
      connector push
      connector letters WAVE --source export.csv --mapping mapping.toml --out letters.pdf
      connector letters WAVE --finish
      connector pull
      connector account add bernd --name "Bernd Ahlers" --role case_manager --case-manager BA
      connector serve
    """
    ctx.obj = home


if __name__ == "__main__":
    main()
