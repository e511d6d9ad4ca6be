"""Promise 4: every answer hides among at least k_up invited people, and the server refuses less."""

from collections import Counter, defaultdict

import msgspec
import pytest

from connector import settings as office_settings
from survey import clock
from survey.actions import exchange
from survey.errors import Refused
from survey.linkage import codes, envelopes, keys, pseudonyms, tickets
from survey.model.exchange import Batch, Envelope, InvitedCell, InvitedCode, InvitedUnit
from survey.store import waves
from tests.world.jobcenter import PROGRAMME, WAVE

K_UP = 20


def seats(world):
    """Every ticket of the wave, opened with the evaluator's keys."""
    held = keys.evaluator_keys(world.evaluator_keys / PROGRAMME)
    with world.services.database.read() as tx:
        rows = tx._connection.execute("SELECT ticket FROM invitation").fetchall()
    return [tickets.inspect(held.ticket, WAVE, ticket) for (ticket,) in rows]


def test_every_ticket_hides_among_as_many_different_people_as_the_sample_says(world):
    people = defaultdict(set)
    for seat in seats(world):
        people[seat.unit_id, seat.cell].add(seat.pseudonym)
    with world.services.database.read() as tx:
        said = {(cell.unit_id, cell.cell): cell.invited for cell in waves.sample(tx, WAVE)}
    assert {place: len(found) for place, found in people.items()} == said
    assert min(said.values()) >= K_UP


def test_the_tickets_are_those_of_the_jobcenters_people(world):
    known = Counter((one.pseudonym, one.unit_id, one.cell) for one in world.invited)
    assert known == Counter((seat.pseudonym, seat.unit_id, seat.cell) for seat in seats(world))


# A connector that means harm: its own keys, and whatever it likes in a batch.


def pushed(world, batch):
    here = office_settings.read(world.office)
    sealed = envelopes.seal(
        world.services.evaluator.public_key, envelopes.PUSH, msgspec.msgpack.encode(batch)
    )
    parts = (here.connector_id, batch.batch_id, batch.wave_id, sealed)
    envelope = Envelope(
        connector_id=here.connector_id,
        batch_id=batch.batch_id,
        wave_id=batch.wave_id,
        sealed=sealed,
        signature=envelopes.sign(keys.signing_pair(here.keys).private, envelopes.PUSH, *parts),
    )
    return exchange.open_batch(
        world.services.database, world.services.evaluator, envelope, at=clock.now()
    )


def planned(world):
    """A second wave that waits for its sample."""
    today = clock.today().isoformat()
    world.survey(
        "wave", "create", "w2", "--programme", PROGRAMME, "--number", "2",
        "--opens", today, "--closes", today,
    )  # fmt: skip


def letters(count, *, unit="u1", cell="all", key=b"k" * 32, pseudonym=None, first=0):
    return tuple(
        InvitedCode(
            code_digest=codes.digest(codes.derive(key, number)),
            pseudonym=pseudonym or pseudonyms.fresh(),
            unit_id=unit,
            cell=cell,
        )
        for number in range(first, first + count)
    )


def batch(invited, *, said=None, wave="w2", batch_id="evil", replaces=False):
    counted = Counter((one.unit_id, one.cell) for one in invited) if said is None else said
    units = sorted({unit for unit, _ in counted})
    return Batch(
        batch_id=batch_id,
        wave_id=wave,
        units=() if replaces else tuple(InvitedUnit(unit_id=u, label=u) for u in units),
        cells=()
        if replaces
        else tuple(
            InvitedCell(unit_id=u, cell=c, invited=n) for (u, c), n in sorted(counted.items())
        ),
        codes=tuple(invited),
        replaces=replaces,
    )


def test_the_server_refuses_a_cell_of_nineteen(world):
    planned(world)
    with pytest.raises(Refused, match="too small"):
        pushed(world, batch([*letters(20), *letters(19, cell="small", first=20)]))


def test_the_server_refuses_counts_that_are_not_those_of_the_letters(world):
    planned(world)
    with pytest.raises(Refused):
        pushed(world, batch(letters(19), said={("u1", "all"): 20}))


def test_the_server_refuses_one_person_counted_twenty_times(world):
    planned(world)
    with pytest.raises(Refused):
        pushed(world, batch(letters(20, pseudonym=world.amira.pseudonym)))


def test_the_server_refuses_one_code_twice(world):
    planned(world)
    with pytest.raises(Refused):
        pushed(world, batch([*letters(20), *letters(1)]))


def test_a_letter_for_a_lost_one_cannot_put_amira_into_a_cell_of_her_own(world):
    alone = letters(1, cell="amira", pseudonym=world.amira.pseudonym, unit=world.amira.unit_id)
    with pytest.raises(Refused):
        pushed(world, batch(alone, wave=WAVE, batch_id="lost-1", replaces=True))
