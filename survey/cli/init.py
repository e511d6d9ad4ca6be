"""`survey init`: a new home."""

from pathlib import Path

import click

from survey import settings as settings_file
from survey.cli.keys import NOWHERE_ELSE, told
from survey.engine import migrate
from survey.home import (
    HOUSE_KEYS,
    MIGRATIONS,
    database_address,
    has_database,
    load_settings,
    open_database,
)
from survey.linkage import keys
from survey.settings import Settings


@click.command()
@click.option("--tenant", required=True, help="Short name, letters and digits, e.g. musterstadt.")
@click.option("--name", required=True, help='As on the pages, e.g. "Jobcenter Musterstadt".')
@click.option("--base-url", required=True, help="Address people open, e.g. https://umfrage.example")
@click.option("--help-name", default="", help="Independent help contact: who answers.")
@click.option("--help-phone", default="", help="Independent help contact: telephone number.")
@click.option(
    "--barrier-address", default="", help="Where to report a barrier: e-mail or address of a form."
)
@click.option(
    "--evaluator-keys",
    default="keys/evaluator",
    show_default=True,
    help="Directory of the evaluator's keys: below the home, or absolute, e.g. on a device that "
    "its holder takes away.",
)
@click.option(
    "--database",
    default="survey.db",
    show_default=True,
    help="SQLite file below the home, or postgresql://host/name; one with a password belongs into "
    "a file that SURVEY_DATABASE_FILE names.",
)
@click.option("--demo", is_flag=True, help="Mark everything as an example.")
@click.pass_obj
def init(
    home: Path,
    tenant: str,
    name: str,
    base_url: str,
    help_name: str,
    help_phone: str,
    barrier_address: str,
    evaluator_keys: str,
    database: str,
    demo: bool,
) -> None:
    """Make a new home: settings.toml, an empty database, the keys of the house.

    Nothing that is there already is changed; what a run that was broken off left out is made up
    for. Keys of a programme are made by `programme create`.
    """
    wanted = Settings(
        tenant=tenant,
        name=name,
        base_url=base_url,
        help_name=help_name,
        help_phone=help_phone,
        barrier_address=barrier_address,
        evaluator_keys=evaluator_keys,
        database=database,
        demo=demo,
    )
    path = home / settings_file.FILE
    if not _is_broken_off(home):
        path = settings_file.write(home, wanted)
    # What the environment says goes before the file, here as in every command.
    settings = load_settings(home)
    evaluators = home / settings.evaluator_keys / HOUSE_KEYS
    servers = home / settings.server_keys / HOUSE_KEYS
    keys.create(evaluators, keys.EVALUATOR_HOUSE)
    keys.create(servers, keys.SERVER_HOUSE)
    migrate.migrate(open_database(home, settings), MIGRATIONS)
    click.echo(f"Settings: {path}")
    click.echo(f"Database: {database_address(home, settings)}")
    told("Evaluator's exchange key", evaluators, keys.EVALUATOR_HOUSE)
    told("Server's key for connectors", servers, keys.SERVER_HOUSE)
    click.echo(NOWHERE_ELSE)
    click.echo("Next: survey programme create --help")


def _is_broken_off(home: Path) -> bool:
    """Whether an earlier run wrote the settings and then, say, found the disk full."""
    if not (home / settings_file.FILE).exists():
        return False
    settings = load_settings(home)
    key = home / settings.evaluator_keys / HOUSE_KEYS / "exchange"
    signature = home / settings.server_keys / HOUSE_KEYS / "signature"
    if not (key.exists() and signature.exists() and has_database(home, settings)):
        return True
    return migrate.version(open_database(home, settings)) == 0
