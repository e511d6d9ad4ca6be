"""Closed waves in the evaluator's hands: who was invited, what was noted, and opening the answers.

A request names waves, never rows: of each wave exactly the marks noted at its close are opened, so
that asking again tells nothing new (`openings`). Several waves of one domain are opened together
under run ids that are drawn anew each time, and say where somebody was counted only as far as a
crowd of invited people was counted alike (`crowds`).
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec import Struct

from survey.errors import Refused
from survey.linkage import crowds, openings, outer_layer, tickets
from survey.linkage.keys import EvaluatorKeys
from survey.linkage.openings import Memory
from survey.linkage.outer_layer import Unwrapped
from survey.linkage.primitives import keyed, seal, unseal
from survey.linkage.tickets import Seat
from survey.model.floors import K_UP

_seats = msgspec.msgpack.Decoder(list[Seat])
_marks = msgspec.msgpack.Decoder(dict[str, list[bytes]])


class ClosedWave(Struct, frozen=True, kw_only=True):
    """A closed wave as the server has it.

    Args:
        invited, noted: the sealed lists of its close; nobody is invited on the list of a wave that
            was closed before there were lists
        rows: (mark, body) of one domain, all of them, deleted ones with an empty body
    """

    wave_id: str
    invited: bytes
    noted: bytes
    rows: Iterable[tuple[bytes, bytes]]


class OpenedRow(Struct, frozen=True, kw_only=True, gc=False):
    """An answer without its outer layer.

    Args:
        run_id: stands for Q in this run only, over all its waves
        unit_id, cell: where she was invited, "" where it is not told beside the run id; None of a
            row from before they stood in the outer layer
    """

    wave_id: str
    run_id: int
    unit_id: str | None
    cell: str | None
    inner: bytes


def list_invited(keys: EvaluatorKeys, wave_id: str, invitations: Iterable[bytes]) -> bytes:
    """Pseudonym, unit and cell of everybody invited, from the tickets, sealed."""
    seats = [tickets.inspect(keys.ticket, wave_id, invitation) for invitation in invitations]
    plain = msgspec.msgpack.encode(sorted(seats, key=lambda seat: seat.pseudonym))
    return seal(keys.pair, plain, "invited", wave_id)


def note(
    keys: EvaluatorKeys,
    memory: dict[str, Memory],
    wave_id: str,
    invited: bytes,
    marks: Mapping[str, Sequence[bytes]],
) -> bytes:
    """The marks of a wave that is being closed, by domain, sealed and remembered."""
    plain = msgspec.msgpack.encode(
        {domain: sorted(marks_of_domain) for domain, marks_of_domain in marks.items()}
    )
    openings.note(memory, wave_id, _digest(keys, plain, invited))
    return seal(keys.pair, plain, "noted", wave_id)


def openable_rows(
    keys: EvaluatorKeys, memory: dict[str, Memory], domain: str, waves: Sequence[ClosedWave]
) -> dict[str, dict[bytes, bytes]]:
    """By wave, bodies by mark of the rows that may be opened, which are remembered.

    Raises:
        NotSealedForUs: a list was changed or belongs elsewhere
        Refused: the rows are not those of the close
    """
    rows_by_wave = {}
    for wave in waves:
        rows = dict(wave.rows)
        _refuse_others(keys, memory, domain, wave, rows)
        rows_by_wave[wave.wave_id] = openings.openable(memory[wave.wave_id], domain, rows)
    return rows_by_wave


def open_rows(
    keys: EvaluatorKeys,
    domain: tuple[str, str],
    waves: Sequence[ClosedWave],
    openable: Mapping[str, Mapping[bytes, bytes]],
    *,
    least: int,
) -> list[OpenedRow]:
    """The rows of one (programme, domain) of closed waves in random order.

    Args:
        openable: what `openable_rows` gave for these waves
    Raises:
        NotSealedForUs: a row was changed or belongs elsewhere
        Refused: one of several waves was closed before lists were kept
    """
    run: dict[bytes, int] = {}
    parts = (
        (wave_id, outer_layer.unwrap(keys, wave_id, mark, body))
        for wave_id, rows in openable.items()
        for mark, body in rows.items()
    )
    linked = [
        (part.pair, _row(wave_id, run.setdefault(part.pair, secrets.randbits(63)), part))
        for wave_id, part in parts
    ]
    rows = [row for _, row in linked]
    if len(waves) > 1:
        rows = list(_in_crowds(linked, _paths(keys, domain, waves), max(least, K_UP)))
    secrets.SystemRandom().shuffle(rows)
    return rows


def _refuse_others(
    keys: EvaluatorKeys,
    memory: dict[str, Memory],
    domain: str,
    wave: ClosedWave,
    rows: Mapping[bytes, bytes],
) -> None:
    """Only the rows of the close, as it is remembered."""
    plain = unseal(keys.pair, wave.noted, "noted", wave.wave_id)
    digest = _digest(keys, plain, wave.invited)
    openings.note(memory, wave.wave_id, digest)
    noted = set(_marks.decode(plain).get(domain, ()))
    if memory[wave.wave_id].noted != digest or rows.keys() != noted:
        raise Refused(wave=wave.wave_id, reason="these are not the answers of its close")


def _paths(
    keys: EvaluatorKeys, domain: tuple[str, str], waves: Sequence[ClosedWave]
) -> dict[bytes, dict[str, crowds.Spot]]:
    """Where everybody who was invited was counted, by pairing value and wave."""
    paths: dict[bytes, dict[str, crowds.Spot]] = {}
    for wave in waves:
        seats = _seats.decode(unseal(keys.pair, wave.invited, "invited", wave.wave_id))
        if not seats:
            raise Refused(wave=wave.wave_id, reason="closed before it was kept who was invited")
        for seat in seats:
            own = outer_layer.pair(keys, *domain, seat)
            paths.setdefault(own, {})[wave.wave_id] = (seat.unit_id, seat.cell)
    return paths


def _in_crowds(
    linked: Iterable[tuple[bytes, OpenedRow]], paths: Mapping[bytes, crowds.Path], least: int
) -> Iterator[OpenedRow]:
    covered, alone = crowds.covered(paths, least)
    for pair, row in linked:
        if pair in covered:
            unit_id, cell = covered[pair][row.wave_id]
            yield _at(row, row.run_id, unit_id, cell)
        elif row.wave_id in alone.get(pair, ()):
            yield _at(row, secrets.randbits(63), "", "")


def _row(wave_id: str, run_id: int, part: Unwrapped) -> OpenedRow:
    return OpenedRow(
        wave_id=wave_id, run_id=run_id, unit_id=part.unit_id, cell=part.cell, inner=part.inner
    )


def _at(row: OpenedRow, run_id: int, unit_id: str, cell: str) -> OpenedRow:
    return OpenedRow(
        wave_id=row.wave_id, run_id=run_id, unit_id=unit_id, cell=cell, inner=row.inner
    )


def _digest(keys: EvaluatorKeys, marks: bytes, invited: bytes) -> bytes:
    return keyed(keys.pair, "noted", marks, invited)
