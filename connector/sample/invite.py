"""Draws a wave's sample and makes ready everything that follows from it, all or nothing.

Pseudonyms, units, cells, the print run with its key, the invitations and the sealed batch come into
being in one transaction, so that a break in between leaves no half sample.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from connector import client, similar_spellings
from connector.errors import NothingToInvite
from connector.sample import cells, draw, units
from connector.sample.cells import Plan
from connector.sample.draw import Rule
from connector.settings import Home
from connector.similar_spellings import Alike
from connector.state import case_managers, invitations, last_invited, links, outbox, print_runs
from connector.state.episodes import Candidate
from connector.state.invitations import Invitation
from connector.state.links import Link
from connector.state.outbox import Message
from connector.state.print_runs import PrintRun
from survey.engine.database import Database, Transaction
from survey.errors import WaveNotReady
from survey.linkage import codes, keys, pseudonyms
from survey.model.exchange import Batch, InvitedCode, InvitedUnit, WaveOffer


class Drawn(Struct, frozen=True, kw_only=True):
    """The result of `invite`; no person is in it."""

    run: PrintRun
    units: tuple[InvitedUnit, ...]
    plan: Plan


def invite(home: Home, database: Database, offer: WaveOffer, *, as_of: date, today: date) -> Drawn:
    """Draw the sample of a planned wave.

    Raises:
        WaveNotReady: the wave has its sample already
        KeyNotPinned: the evaluator's key is not the one in the settings
        NothingToInvite: too few people or case managers
    """
    client.refuse_unpinned(home, offer.evaluator_key)
    if offer.state != "planned":
        raise WaveNotReady(wave=offer.wave_id, state=offer.state, cure="create a new wave")
    run_id = f"run-{secrets.token_hex(8)}"
    try:
        with database.write() as tx:
            return _draw(tx, home, offer, run_id, as_of, today)
    except BaseException:
        # Without its invitations the key stands for nothing.
        if (home.print_keys / run_id).exists():
            keys.destroy(home.print_keys / run_id)
        raise


def look_alikes(home: Home, database: Database, *, as_of: date) -> list[Alike]:
    """Signs of case managers that may be one person's, among all who may be drawn."""
    with database.read() as tx:
        circle = draw.circle(tx, _rule(home, as_of))
    return similar_spellings.signs(
        Counter(
            (candidate.team, candidate.case_manager)
            for candidate in circle
            if candidate.case_manager
        )
    )


def _draw(
    tx: Transaction, home: Home, offer: WaveOffer, run_id: str, as_of: date, today: date
) -> Drawn:
    if print_runs.of_wave(tx, offer.wave_id):
        raise WaveNotReady(
            wave=offer.wave_id,
            reason="its sample was drawn here already",
            cure="connector push, then connector letters",
        )
    _destroy_strays(tx, home)
    drawn = _sample(tx, home, as_of)
    formed = units.form(drawn, least=offer.k_up)
    plan = cells.generalise(drawn, formed, least=offer.k_up, as_of=as_of)
    named = tuple(InvitedUnit(unit_id=unit.unit_id, label=unit.label) for unit in formed)
    run = PrintRun(print_run_id=run_id, wave_id=offer.wave_id, letters=len(drawn), drawn_on=today)
    _keep(tx, run, named, drawn, plan)
    for formed_unit in formed:
        invitations.add_teams(tx, run.wave_id, formed_unit.unit_id, formed_unit.teams)
    last_invited.note(tx, (candidate.person for candidate in drawn), on=as_of)
    keys.create(home.print_keys, {run_id: "makes the codes of one print run"})
    batch = _batch(offer, run, named, plan, _codes(tx, home, offer, run, drawn, plan))
    outbox.put(tx, _message(home, offer, batch, today))
    return Drawn(run=run, units=named, plan=plan)


def _sample(tx: Transaction, home: Home, as_of: date) -> list[Candidate]:
    drawn = draw.draw(tx, _rule(home, as_of))
    if not drawn:
        raise NothingToInvite(
            as_of=as_of,
            reason="nobody may be asked: no episodes, or all were asked within the period",
            cure="connector import, or wait until period_days have passed",
        )
    return drawn


def _rule(home: Home, as_of: date) -> Rule:
    return Rule(
        as_of=as_of,
        period=home.settings.period_days,
        ended_within=home.settings.ended_within_days,
    )


def _keep(
    tx: Transaction,
    run: PrintRun,
    named: Sequence[InvitedUnit],
    drawn: Sequence[Candidate],
    plan: Plan,
) -> None:
    print_runs.add(tx, run)
    holders = case_managers.holders(tx)
    invitations.add_units(tx, run.wave_id, named)
    invitations.add(
        tx,
        (
            Invitation(
                print_run_id=run.print_run_id,
                number=number,
                wave_id=run.wave_id,
                case_index=candidate.case_index,
                unit_id=plan.places[candidate.case_index][0],
                cell=plan.places[candidate.case_index][1],
                case_manager=candidate.case_manager,
                account_id=holders.get(candidate.case_manager, ""),
            )
            for number, candidate in enumerate(drawn)
        ),
    )


def _codes(
    tx: Transaction,
    home: Home,
    offer: WaveOffer,
    run: PrintRun,
    drawn: Sequence[Candidate],
    plan: Plan,
) -> list[InvitedCode]:
    print_key = keys.read(home.print_keys, run.print_run_id)
    known = _pseudonyms(tx, offer, drawn)
    made = [
        InvitedCode(
            code_digest=codes.digest(codes.derive(print_key, number)),
            pseudonym=known[candidate.case_index],
            unit_id=plan.places[candidate.case_index][0],
            cell=plan.places[candidate.case_index][1],
        )
        for number, candidate in enumerate(drawn)
    ]
    # In the order of the digests: the order of the letters leaves the house with no message.
    return sorted(made, key=lambda invitation: invitation.code_digest)


def _pseudonyms(
    tx: Transaction, offer: WaveOffer, drawn: Sequence[Candidate]
) -> dict[bytes, bytes]:
    """The programme's pseudonym of each case; at level anonymous one that nobody keeps."""
    if offer.level == "anonymous":
        return {candidate.case_index: pseudonyms.fresh() for candidate in drawn}
    known = links.of_programme(tx, offer.programme_id)
    new = [
        Link(case_index=candidate.case_index, pseudonym=pseudonyms.fresh())
        for candidate in drawn
        if candidate.case_index not in known
    ]
    links.add(tx, offer.programme_id, sorted(new, key=lambda link: link.pseudonym))
    return known | {pair.case_index: pair.pseudonym for pair in new}


def _batch(
    offer: WaveOffer,
    run: PrintRun,
    named: tuple[InvitedUnit, ...],
    plan: Plan,
    invited: Sequence[InvitedCode],
) -> Batch:
    return Batch(
        batch_id=run.print_run_id,
        wave_id=offer.wave_id,
        units=named,
        cells=plan.cells,
        codes=tuple(invited),
    )


def _message(home: Home, offer: WaveOffer, batch: Batch, today: date) -> Message:
    return Message(
        message_id=batch.batch_id,
        kind="batch",
        wave_id=offer.wave_id,
        body=client.enveloped(home, batch, offer.evaluator_key),
        written_on=today,
        evaluator_key=offer.evaluator_key,
    )


def _destroy_strays(tx: Transaction, home: Home) -> None:
    """Keys of draws that were broken off by force, before their transaction was kept."""
    known = print_runs.unfinished(tx)
    for path in home.print_keys.glob("run-*"):
        if path.name not in known:
            keys.destroy(path)
