"""The attack of a house on who took part, with fresh codes for pseudonyms it knows.

It holds its connector's keys and its link table, nothing of the server. It pushes a letter "for a
lost one" for every person into the open wave, all at once and then one by one, gives its word that
nothing can be computed any more, and types each code once. Where some codes open a questionnaire
and others do not, the others are of people who have answered.
"""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from litestar.testing import TestClient
from msgspec import Struct

from connector import settings as office_settings
from survey.errors import ResonanzError
from survey.linkage import codes, envelopes, keys
from survey.model.exchange import (
    Batch,
    Envelope,
    InvitedCell,
    InvitedCode,
    InvitedUnit,
    PrintDestroyed,
)
from survey.store import exchange
from tests.world.jobcenter import BASE, WAVE, Invited, Jobcenter

# A key of the house's own, which it never destroys.
KEPT = b"kept" * 8
# Numbers of codes that were never pushed anywhere: what a code for nobody looks like.
NOBODY = range(9_000, 9_003)


class Found(Struct, frozen=True, kw_only=True):
    """What it gave.

    Args:
        taken: batches that the server took
        opened: places of people whose fresh code opened a questionnaire
        listed: places of people said to have answered
    """

    taken: int
    opened: Sequence[int]
    listed: Sequence[int]


def run(world: Jobcenter, push: Callable[[Envelope], object], places: Sequence[int]) -> Found:
    """Try it on these people."""
    known = {place: _fresh(place) for place in places}
    taken = 0
    for batch in _batches(world, known):
        try:
            push(enveloped(world, batch))
        except ResonanzError:
            continue
        taken += 1
    with TestClient(world.app(), base_url=BASE) as client:
        client.follow_redirects = False
        nobody = {_typed(client, _fresh(number)) for number in NOBODY}
        seen = {place: _typed(client, code) for place, code in known.items()}
    opened = [place for place, reply in seen.items() if reply not in nobody]
    # Codes that all stay shut tell nothing of anybody.
    listed = [place for place in seen if place not in opened] if opened else []
    return Found(taken=taken, opened=opened, listed=listed)


def enveloped(world: Jobcenter, batch: Batch) -> Envelope:
    """A batch as this house's connector sends it."""
    here = office_settings.read(world.office)
    sealed = envelopes.seal(
        world.services.evaluator.public_key, envelopes.PUSH, msgspec.msgpack.encode(batch)
    )
    parts = (here.connector_id, batch.batch_id, batch.wave_id, sealed)
    return Envelope(
        connector_id=here.connector_id,
        batch_id=batch.batch_id,
        wave_id=batch.wave_id,
        sealed=sealed,
        signature=envelopes.sign(keys.signing_pair(here.keys).private, envelopes.PUSH, *parts),
    )


def destroyed(world: Jobcenter) -> PrintDestroyed:
    """The house's word about as many letters as the server has by now, true or not."""
    here = office_settings.read(world.office)
    with world.home.database.read() as tx:
        letters = exchange.letters(tx, WAVE)
    private = keys.signing_pair(here.keys).private
    parts = (here.connector_id, WAVE, str(letters))
    return PrintDestroyed(
        connector_id=here.connector_id,
        wave_id=WAVE,
        letters=letters,
        signature=envelopes.sign(private, envelopes.PRINTS, *parts),
    )


def _batches(world: Jobcenter, known: dict[int, str]) -> Iterable[Batch]:
    """As replacements, as replacements with counts, as another sample; then each alone."""
    letters = tuple(_letter(world.invited[place], code) for place, code in known.items())
    units = sorted({one.unit_id for one in letters})
    cells = sorted({(one.unit_id, one.cell) for one in letters})
    counted = [(place, sum((o.unit_id, o.cell) == place for o in letters)) for place in cells]
    named = tuple(InvitedUnit(unit_id=unit, label=unit) for unit in units)
    counts = tuple(InvitedCell(unit_id=u, cell=c, invited=n) for (u, c), n in counted)
    for replaces, number in ((True, 1), (False, 2)):
        yield Batch(
            batch_id=f"bare-{number}",
            wave_id=WAVE,
            units=(),
            cells=(),
            codes=letters,
            replaces=replaces,
        )
        yield Batch(
            batch_id=f"counted-{number}",
            wave_id=WAVE,
            units=named,
            cells=counts,
            codes=letters,
            replaces=replaces,
        )
    for number, letter in enumerate(letters):
        yield Batch(
            batch_id=f"one-{number}",
            wave_id=WAVE,
            units=(),
            cells=(),
            codes=(letter,),
            replaces=True,
        )


def _letter(one: Invited, code: str) -> InvitedCode:
    return InvitedCode(
        code_digest=codes.digest(code),
        pseudonym=one.pseudonym,
        unit_id=one.unit_id,
        cell=one.cell,
    )


def _fresh(number: int) -> str:
    return codes.derive(KEPT, number)


def _typed(client: TestClient, code: str) -> tuple[int, str]:
    """What a browser sees that was never here: everything but the code it typed itself."""
    client.cookies.clear()
    reply = client.post("/de/code", data={"code": code})
    return reply.status_code, reply.text.replace(code, "")
