"""`connector invite`: draws whom to ask in a wave."""

from datetime import date, datetime
from pathlib import Path

import click

from connector import client
from connector import settings as homes
from connector.cli.asking import GERMAN
from connector.sample import invite as inviting
from connector.sample.invite import Drawn
from connector.similar_spellings import Alike
from connector.state import database, waves
from survey.command import YES, agree
from survey.model.exchange import WaveOffer

SHOWN = 20


@click.command()
@click.argument("wave_id", metavar="WAVE")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day on which the circle of people is judged, YYYY-MM-DD; default: today.",
)
@YES
@click.pass_obj
def invite(home: Path, wave_id: str, as_of: datetime | None, yes: bool) -> None:
    """Draw the sample of WAVE and make its batch and letters ready; nothing is sent yet.

    Asks the survey server for its waves first. Asked is everybody with a running or lately ended
    case who is not excluded and was not asked within the period, once per person. Teams become
    units of at least three case managers, attributes become so coarse that each unit and cell
    covers k_up people. These rules are on people invited: who answers is known to nobody here.
    Signs of case managers that may be one person's are told beforehand. The batch waits in the
    outbox, sealed to the evaluator, until `push`.

    A wave is drawn once. Whoever is drawn is asked in no other wave within the period.
    """
    connector_home = homes.read(home)
    today = connector_home.today()
    state = database.opened(connector_home.database, tenant=connector_home.settings.tenant)
    try:
        with client.connected(connector_home) as server:
            client.learn(server, state)
        with state.read() as tx:
            offer = waves.find(tx, wave_id)
        day = as_of.date() if as_of else today
        _warn(inviting.look_alikes(connector_home, state, as_of=day))
        _ask(offer, day, connector_home.settings.period_days, yes)
        drawn = inviting.invite(connector_home, state, offer, as_of=day, today=today)
    finally:
        state.close()
    _tell(drawn)


def _warn(pairs: list[Alike]) -> None:
    """Before units are formed: they must not be about one person under two signs."""
    if not pairs:
        return
    click.echo("Diese Kürzel können für dieselbe Person stehen:", err=True)
    for pair in pairs[:SHOWN]:
        counted = " (zählen für die Einheiten als eines)" if pair.one_key else ""
        click.echo(f"  {pair.sign} – {pair.other}{counted}", err=True)
    if len(pairs) > SHOWN:
        click.echo(f"  … und {len(pairs) - SHOWN} weitere", err=True)
    click.echo(
        "Eine Einheit darf nicht von einer Person handeln. Ist es dieselbe, bitte vor dem Ziehen "
        "unter [values.case_manager] in der Zuordnung vereinheitlichen und neu einlesen.",
        err=True,
    )


def _ask(offer: WaveOffer, day: date, period: int, yes: bool) -> None:
    click.echo(
        f"Welle {offer.wave_id} ({offer.programme_title}, Nr. {offer.number}): Antworten vom "
        f"{offer.opens_on:%d.%m.%Y} bis {offer.closes_on:%d.%m.%Y}; Stand der Fälle {day:%d.%m.%Y}."
    )
    agree(
        "Gezogen wird nur einmal. Wer dabei ist, wird in keiner anderen Welle gefragt, bis "
        f"{period} Tage vorbei sind. Ziehen?",
        yes=yes,
        asking=GERMAN,
    )


def _tell(drawn: Drawn) -> None:
    click.echo(f"{drawn.run.letters} people are invited in wave {drawn.run.wave_id}.")
    for unit in drawn.units:
        click.echo(f"  {unit.label}")
        for cell in drawn.plan.cells:
            if cell.unit_id == unit.unit_id:
                click.echo(f"    {cell.invited:>6}  {cell.cell}")
    click.echo(f"Print run: {drawn.run.print_run_id}")
    click.echo("Next: connector push")
