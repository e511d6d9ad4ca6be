"""Opening the answers of a closed wave: the only place where both layers come off.

The evaluator takes off the outer layer and gives the inner parts in random order, without marks;
the server's keys take off the inner one. Sheets come one after another and are kept by nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

import msgspec
from msgspec import Struct

from survey.actions.desk import Asked, Desk
from survey.actions.submitting import Inner, inner_key
from survey.errors import WaveNotReady
from survey.form import domains, encode
from survey.form.domains import Domain
from survey.form.load import Published
from survey.linkage import bodies
from survey.model.programmes import Programme
from survey.model.waves import SampleCell, Unit, Wave
from survey.report.sheets import Sheet
from survey.store import responses, waves

_decoder = msgspec.msgpack.Decoder(Inner)


class Opened(Struct, frozen=True, kw_only=True):
    """A closed wave and the way to its answers.

    Args:
        units: as named when people were invited; empty for a wave without letters
        sample: how many were invited, as stored with the wave
        sheets: gives the sheets of a domain, by its name, once through
    """

    wave: Wave
    programme: Programme
    published: Published
    units: tuple[Unit, ...]
    sample: tuple[SampleCell, ...]
    sheets: Callable[[str], Iterator[Sheet]]


def open_wave(desk: Desk, wave_id: str, progress: Callable[[str], None]) -> Opened:
    """A closed wave, to be read.

    Args:
        progress: told the name of each domain when it begins
    Raises:
        WaveNotReady: the wave is not closed: its figures would change with every answer
    """
    with desk.database.read() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "closed":
            raise WaveNotReady(wave=wave_id, state=wave.state, cure=f"survey wave close {wave_id}")
        asked = desk.asked(tx, wave_id)
        sample, units = waves.sample(tx, wave_id), waves.units(tx, wave_id)
    form, level = asked.published.form, asked.programme.level
    known: Mapping[str, Domain] = {each.name: each for each in domains.domains(form, level)}

    def sheets(name: str) -> Iterator[Sheet]:
        progress(name)
        return _sheets(desk, asked, known[name])

    return Opened(
        wave=wave,
        programme=asked.programme,
        published=asked.published,
        units=tuple(units),
        sample=tuple(sample),
        sheets=sheets,
    )


def _sheets(desk: Desk, asked: Asked, domain: Domain) -> Iterator[Sheet]:
    wave = asked.wave
    label = f"{asked.published.form.perspective}.{domain.name}"
    key = inner_key(desk.keys[wave.programme_id], domain)
    with desk.database.read() as tx:
        sealed = ((row.mark, row.body) for row in responses.sealed(tx, wave.wave_id, label))
        stripped = desk.evaluator.strip(wave.programme_id, wave.wave_id, sealed)
    for part in stripped:
        inner = _decoder.decode(bodies.open_inner(key, wave.wave_id, part.inner))
        yield Sheet(
            # Unique by its nonce, the same in every run, and it leads to nobody.
            member=sha256(part.inner).digest(),
            unit_id=inner.unit_id,
            cell=inner.cell,
            answers=encode.decode(inner.answers),
        )
