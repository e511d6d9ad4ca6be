"""`survey programme`: begin, list and end programmes."""

from pathlib import Path

import click
import msgspec
import tomli_w

from survey import clock
from survey.actions import programmes as actions
from survey.cli import keys
from survey.command import LazyGroup
from survey.errors import SettingsError
from survey.home import Home, load_settings, shell_actor
from survey.linkage import keys as files
from survey.model.programmes import Body, Contact, Programme
from survey.store import programme_end, programmes

# Loads what writes papers: only when it is asked for.
LATER = {"end": "survey.cli.programme_end:end"}


ABOUT = """\
# People are told this on pages and letters; after the first code nothing of it can be changed.
# Fill in what stands between < and >. is_jobcenter = true where that body is the jobcenter itself:
# it decides the sentence about who could look. level: anonymous, linked or released.
"""


@click.group(cls=LazyGroup, lazy=LATER)
def programme() -> None:
    """Begin, list and end programmes: who asks whom, why, and who could look."""


@programme.command()
@click.pass_obj
def example(home: Path) -> None:
    """Print a TOML file to fill in for `create`, which refuses what is left between < and >."""
    settings = load_settings(home)
    facts = Programme(
        programme_id="zufriedenheit",
        title="Wie ist das Jobcenter für Sie?",
        level="linked",
        purpose={
            "de": "Das Jobcenter soll sehen, was den Menschen hilft und was es besser machen muss.",
            "de-simple": "Das Job-Center soll wissen, was den Menschen hilft.",
            "en": "The Jobcenter is to see what helps people and what it has to do better.",
            "ar": "ليرى الجوب سنتر ما الذي يساعد الناس وما الذي يجب أن يحسّنه.",
        },
        controller=settings.name,
        operator=Body(name="<Stelle, die den Server betreibt>"),
        key_holder=Body(name="<Stelle, die die Schlüssel verwahrt und auswertet>"),
        help=Contact(name="<Unabhängige Beratungsstelle>", phone="<Telefonnummer>"),
        complaint="<Beschwerdestelle, Straße, Ort>",
        legal_basis="§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e DSGVO",
        privacy_officer="<Behördliche Datenschutzbeauftragte, Straße, Ort>",
        created_on=clock.today(),
    )
    click.echo(ABOUT)
    click.echo(
        tomli_w.dumps(msgspec.to_builtins(facts, builtin_types=(type(clock.today()),))), nl=False
    )


@programme.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def create(directory: Path, file: Path) -> None:
    """Begin the programme described in a TOML FILE (see `example`) and make its keys.

    Level, purpose, operator and key holder are what people will be told: they cannot be changed
    afterwards. Levels: anonymous (codes without a case), linked (waves of one person can be paired
    by the evaluator), released (a person may show single answers to her case manager).
    """
    home = Home.enter(directory)
    try:
        facts = msgspec.toml.decode(file.read_bytes(), type=Programme)
    except msgspec.DecodeError as error:
        raise SettingsError(
            file=file, reason=str(error), cure="see `survey programme example`"
        ) from error
    actions.create(
        home.database,
        facts,
        server_keys=home.server_keys,
        evaluator_keys=home.evaluator_keys,
        barrier_address=home.settings.barrier_address,
        actor=shell_actor(),
        at=home.now(),
    )
    click.echo(f"Programme {facts.programme_id}, level {facts.level}.")
    programme_id = facts.programme_id
    keys.told("Evaluator's keys", home.evaluator_keys / programme_id, files.EVALUATOR)
    keys.told("Server's keys", home.server_keys / programme_id, files.SERVER)
    click.echo(keys.NOWHERE_ELSE)
    click.echo("A server that is running reads them when it is started again.")
    click.echo(f"Then: survey keys confirm {facts.programme_id}")


@programme.command("list")
@click.pass_obj
def listed(directory: Path) -> None:
    """List the programmes with level and key ceremony."""
    home = Home.enter(directory)
    with home.database.read() as tx:
        for row in programmes.list_all(tx):
            ceremony = programmes.ceremony(tx, row.programme_id) or "not confirmed"
            over = programme_end.ended_on(tx, row.programme_id)
            state = f"ended on {over}" if over else f"keys: {ceremony}"
            click.echo(f"{row.programme_id}  {row.level}  {state}  {row.title}")
