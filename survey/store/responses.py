"""Responses: one row for each domain of a submission, empty domains too."""

from collections.abc import Iterator

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.rows import Response


class Sealed(Struct, frozen=True):
    """Sealed body of a response with its mark, as a report run reads it."""

    mark: bytes
    body: bytes


class _Known(Struct, frozen=True):
    known: int


def keep(tx: Transaction, row: Response) -> bool:
    """False when this episode has answered in this wave and domain already, by whatever code."""
    kept = tx.run(
        """
        INSERT INTO response (tenant, mark, wave_id, domain, handle, body)
        VALUES (:tenant, :mark, :wave_id, :domain, :handle, :body)
        ON CONFLICT (tenant, mark) DO NOTHING
        """,
        row,
    )
    return kept == 1


def has_mark(tx: Transaction, mark: bytes) -> bool:
    """Whether somebody has answered under this mark, erased or not."""
    row = tx.one(
        "SELECT count(*) AS known FROM response WHERE tenant = :tenant AND mark = :mark",
        {"mark": mark},
        into=_Known,
    )
    return row is not None and row.known > 0


def has_handle(tx: Transaction, handle: bytes) -> bool:
    """Whether a row made with this code is there and not erased."""
    row = tx.one(
        "SELECT count(*) AS known FROM response WHERE tenant = :tenant AND handle = :handle",
        {"handle": handle},
        into=_Known,
    )
    return row is not None and row.known > 0


def erase(tx: Transaction, handle: bytes) -> bool:
    """Empty the row of this handle; the mark stays, so that nobody answers twice."""
    erased = tx.run(
        """
        UPDATE response SET handle = :empty, body = :empty
        WHERE tenant = :tenant AND handle = :handle
        """,
        {"handle": handle, "empty": b""},
    )
    return erased > 0


class _Mark(Struct, frozen=True):
    domain: str
    mark: bytes


def marks(tx: Transaction, wave_id: str) -> dict[str, list[bytes]]:
    """The marks of a wave by domain, those of erased answers too."""
    by_domain: dict[str, list[bytes]] = {}
    for row in tx.each(
        "SELECT domain, mark FROM response WHERE tenant = :tenant AND wave_id = :wave_id",
        {"wave_id": wave_id},
        into=_Mark,
    ):
        by_domain.setdefault(row.domain, []).append(row.mark)
    return by_domain


def sealed(tx: Transaction, wave_id: str, domain: str) -> Iterator[Sealed]:
    """All rows of a wave and domain in the order of their random marks; erased ones are empty."""
    return tx.each(
        """
        SELECT mark, body FROM response
        WHERE tenant = :tenant AND wave_id = :wave_id AND domain = :domain
        ORDER BY mark
        """,
        {"wave_id": wave_id, "domain": domain},
        into=Sealed,
    )
