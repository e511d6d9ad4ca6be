"""Opening the answers of closed waves: the only place where both layers come off.

The evaluator takes off the outer layer and gives the inner parts in random order, without marks;
the server's keys take off the inner one. A request names waves, never rows, so that the sheets of
several waves of one domain can be paired under run ids that are drawn for this run and forgotten
with it. Sheets come one after another and are kept by nobody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from survey.actions import wave_close
from survey.actions.responses import Inner, inner_key
from survey.engine.database import Transaction
from survey.errors import WaveNotReady
from survey.form import domains, encode
from survey.form.domains import Domain
from survey.form.load import Published
from survey.home import Services, WaveContext
from survey.linkage import inner_layer
from survey.linkage.closed_waves import ClosedWave, OpenedRow
from survey.model.jobs import Progress
from survey.model.programmes import Programme
from survey.model.rows import Closing
from survey.model.waves import SampleCell, Unit, Wave
from survey.report.measure.columns import DomainAnswers
from survey.store import responses, waves

_decoder = msgspec.msgpack.Decoder(Inner)


class OpenWave(Struct, frozen=True, kw_only=True):
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
    sheets: Callable[[str], Iterator[DomainAnswers]]


def open_wave(services: Services, wave_id: str, progress: Progress) -> OpenWave:
    """A closed wave, to be read.

    Args:
        progress: called with the name of each domain when it begins
    Raises:
        WaveNotReady: the wave is not closed: its figures would change with every answer
    """
    with services.database.read() as tx:
        context = _closed(tx, services, wave_id)
        sample, units = waves.sample(tx, wave_id), waves.units(tx, wave_id)
    form, level = context.published.form, context.programme.level
    known: Mapping[str, Domain] = {domain.name: domain for domain in domains.domains(form, level)}

    def sheets(name: str) -> Iterator[DomainAnswers]:
        progress(name)
        for row, inner in _opened(services, known[name], [context]):
            yield _sheet(row, inner)

    return OpenWave(
        wave=context.wave,
        programme=context.programme,
        published=context.published,
        units=tuple(units),
        sample=tuple(sample),
        sheets=sheets,
    )


def open_together(
    services: Services, wave_ids: Sequence[str], domain: str
) -> Iterator[tuple[str, int, DomainAnswers]]:
    """The sheets of one domain in several closed waves: (wave, run id, sheet), in random order.

    One run id is one person, in this call alone. Units are as coarse as the evaluator makes them;
    people on a path too rare come as if each of their sheets were another's, or not at all.

    Args:
        domain: its name in the form, such as `main`
    Raises:
        Refused: a wave was closed before it was kept who was invited
        ValueError: the waves are of several programmes, or of several perspectives
        WaveNotReady: one of them is not closed
    """
    with services.database.read() as tx:
        asked = [_closed(tx, services, wave_id) for wave_id in wave_ids]
    if (
        len(
            {
                (context.programme.programme_id, context.published.form.perspective)
                for context in asked
            }
        )
        != 1
    ):
        raise ValueError("waves are opened together within one programme and perspective")
    form, level = asked[0].published.form, asked[0].programme.level
    (own,) = [part for part in domains.domains(form, level) if part.name == domain]
    for row, inner in _opened(services, own, asked):
        yield row.wave_id, row.run_id, _sheet(row, inner)


def _closed(tx: Transaction, services: Services, wave_id: str) -> WaveContext:
    context = services.wave_context(tx, wave_id)
    if context.wave.state != "closed":
        cure = f"survey wave close {wave_id}"
        raise WaveNotReady(wave=wave_id, state=context.wave.state, cure=cure)
    return context


def _opened(
    services: Services, domain: Domain, asked: Sequence[WaveContext]
) -> Iterator[tuple[OpenedRow, Inner]]:
    programme_id = asked[0].programme.programme_id
    label = domains.label(asked[0].published.form.perspective, domain.name)
    key = inner_key(services.keys[programme_id], domain)
    least = max(context.wave.thresholds.k_up for context in asked)
    noted = [wave_close.closing(services, context.wave) for context in asked]
    with services.database.read() as tx:
        closed = [_sealed(tx, closing, label) for closing in noted]
        rows = services.evaluator.open_answers(programme_id, label, closed, least=least)
    for row in rows:
        yield row, _decoder.decode(inner_layer.open_inner(key, row.wave_id, row.inner))


def _sealed(tx: Transaction, closing: Closing, label: str) -> ClosedWave:
    return ClosedWave(
        wave_id=closing.wave_id,
        invited=closing.invited,
        noted=closing.noted,
        rows=((row.mark, row.body) for row in responses.sealed(tx, closing.wave_id, label)),
    )


def _sheet(row: OpenedRow, inner: Inner) -> DomainAnswers:
    return DomainAnswers(
        # Unique by its nonce, the same in every run, and it leads to nobody.
        member=sha256(row.inner).digest(),
        unit_id=inner.unit_id if row.unit_id is None else row.unit_id,
        cell=inner.cell if row.cell is None else row.cell,
        answers=encode.decode(inner.answers),
    )
