"""The command `survey`: the list of its commands; each lives in a module of its own."""

from pathlib import Path

import click

from survey.command import LazyGroup

COMMANDS = {
    "init": "survey.cli.init:init",
    "settings": "survey.cli.settings:settings",
    "keys": "survey.cli.keys:keys",
    "migrate": "survey.cli.migrate:migrate",
    "account": "survey.cli.account:account",
    "serve": "survey.cli.serve:serve",
    "worker": "survey.cli.worker:worker",
    "programme": "survey.cli.programme:programme",
    "wave": "survey.cli.wave:wave",
    "kiosk": "survey.cli.kiosk:kiosk",
    "report": "survey.cli.report:report",
    "release": "survey.cli.release:release",
    "erase": "survey.cli.erase:erase",
    "inspect": "survey.cli.inspect:inspect",
    "backup": "survey.cli.backup:backup",
    "restore": "survey.cli.restore:restore",
    "demo": "survey.cli.demo:demo",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"max_content_width": 100})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/survey"),
    envvar="SURVEY_HOME",
    show_default=True,
    show_envvar=True,
    help="Directory of settings, database and keys.",
)
@click.version_option(package_name="resonanz")
@click.pass_context
def main(ctx: click.Context, home: Path) -> None:
    """Run the Resonanz survey server: questionnaires, sealed answers, reports.

    A new house: init, keys, programme create, keys confirm, wave create, serve.
    """
    ctx.obj = home


if __name__ == "__main__":
    main()
