"""`connector recall`: which printed letters must not be posted any more."""

from pathlib import Path

import click

from connector import settings as homes
from connector.cli import summary
from connector.cli.asking import GERMAN
from connector.imports import pseudonyms
from connector.letters import recall as recalls
from connector.letters.recall import Recall
from connector.state import database, waves
from survey.command import YES, agree
from survey.engine.database import Database

SURE = (
    "Sind Einladungen und Erinnerungen dieser Blätter herausgenommen und vernichtet, oder schon in "
    "der Post?"
)


@click.command()
@click.argument("wave_id", metavar="WAVE", required=False)
@click.option(
    "--taken-out",
    is_flag=True,
    help="With WAVE: note that what is listed is out of the pile; it is not listed again.",
)
@YES
@click.pass_obj
def recall(home: Path, wave_id: str | None, taken_out: bool, yes: bool) -> None:
    """List printed letters and reminders whose people nobody may write to any more.

    An import may tell of a block, a death or an objection after letters were printed. Letters are
    named by the number at the lower edge of the sheet, at a terminal by the case number as well,
    never by a name. `import` shows the same list, until somebody says by --taken-out that a sheet
    is out of the pile, or the wave is over.
    """
    if taken_out and wave_id is None:
        raise click.UsageError("--taken-out needs WAVE.")
    connector_home = homes.read(home)
    now = connector_home.now()
    today = now.date()
    case_key = pseudonyms.read_keys(connector_home.keys).case
    state = database.opened(connector_home.database, tenant=connector_home.settings.tenant)
    try:
        recallable = _found(state, wave_id, recalls.due(state, case_key, today=today))
        summary.tell_recalls(recallable)
        if not recallable:
            click.echo("Es liegt nichts im Haus, das herausgenommen werden muss.")
        elif taken_out:
            agree(SURE, yes=yes, asking=GERMAN)
            noted = recalls.taken_out(state, recallable[0], case_key, today=today, at=now)
            click.echo(f"Herausgenommen: {noted}. Sie werden nicht mehr genannt.")
    finally:
        state.close()


def _found(state: Database, wave_id: str | None, every: list[Recall]) -> list[Recall]:
    if wave_id is None:
        return every
    with state.read() as tx:
        waves.find(tx, wave_id)
    return [entry for entry in every if entry.wave_id == wave_id]
