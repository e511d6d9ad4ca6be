"""Opening the answers of a closed wave: the only place where both layers come off.

The evaluator takes off the outer layer and gives the inner parts in random order, without marks;
the server's keys take off the inner one. What comes out is held in memory for the length of a run.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec
from msgspec import Struct

from survey.actions.desk import Desk
from survey.actions.submitting import Inner, inner_key
from survey.errors import WaveNotReady
from survey.form import domains, encode
from survey.form.load import Published
from survey.linkage import bodies
from survey.model.answers import Answers
from survey.model.programmes import Programme
from survey.model.waves import SampleCell, Wave
from survey.store import responses, waves

_decoder = msgspec.msgpack.Decoder(Inner)


class Opened(Struct, frozen=True, kw_only=True):
    """A closed wave with all its answers: by domain, (unit, answers) of every submission."""

    wave: Wave
    programme: Programme
    published: Published
    sample: list[SampleCell]
    responses: Mapping[str, list[tuple[str, Answers]]]


def open_wave(desk: Desk, wave_id: str, progress: Callable[[str], None]) -> Opened:
    """Every answer of a closed wave.

    Args:
        progress: told the name of each domain when it begins
    Raises:
        WaveNotReady: the wave is not closed: its figures would change with every answer
        NotSealedForUs: a row was changed
    """
    with desk.database.read() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "closed":
            raise WaveNotReady(wave=wave_id, state=wave.state, cure=f"survey wave close {wave_id}")
        asked = desk.asked(tx, wave_id)
        sample = waves.sample(tx, wave_id)
    form, level = asked.published.form, asked.programme.level
    found = {}
    for domain in domains.domains(form, level):
        progress(domain.name)
        label = f"{form.perspective}.{domain.name}"
        key = inner_key(desk.keys[wave.programme_id], domain)
        found[domain.name] = list(_rows(desk, wave, label, key))
    return Opened(
        wave=wave,
        programme=asked.programme,
        published=asked.published,
        sample=sample,
        responses=found,
    )


def _rows(desk: Desk, wave: Wave, label: str, key: bytes) -> Iterator[tuple[str, Answers]]:
    with desk.database.read() as tx:
        sealed = ((row.mark, row.body) for row in responses.sealed(tx, wave.wave_id, label))
        stripped = desk.evaluator.strip(wave.programme_id, wave.wave_id, sealed)
    for part in stripped:
        inner = _decoder.decode(bodies.open_inner(key, wave.wave_id, part.inner))
        yield inner.unit_id, encode.decode(inner.answers)
