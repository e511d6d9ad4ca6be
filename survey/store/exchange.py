"""Connectors we know, and the batches they have handed over."""

from msgspec import Struct

from survey.engine.database import Transaction


class Connector(Struct, frozen=True, kw_only=True):
    """Public keys, raw: Ed25519 for its signatures, X25519 to seal things to it."""

    connector_id: str
    signature_key: bytes
    exchange_key: bytes


class TakenBatch(Struct, frozen=True, kw_only=True):
    """A received batch; `digest` tells a repetition from a different batch of the same id."""

    batch_id: str
    wave_id: str
    digest: bytes
    invitations: int


class _Letters(Struct, frozen=True):
    letters: int


def trust(tx: Transaction, connector: Connector) -> None:
    """Take a connector's keys, in place of those it had."""
    tx.run(
        """
        INSERT INTO connector (tenant, connector_id, signature_key, exchange_key)
        VALUES (:tenant, :connector_id, :signature_key, :exchange_key)
        ON CONFLICT (tenant, connector_id) DO UPDATE
        SET signature_key = excluded.signature_key, exchange_key = excluded.exchange_key
        """,
        connector,
    )


def connector(tx: Transaction, connector_id: str) -> Connector | None:
    """The keys of a connector, None when we do not know it."""
    return tx.one(
        """
        SELECT connector_id, signature_key, exchange_key FROM connector
        WHERE tenant = :tenant AND connector_id = :connector_id
        """,
        {"connector_id": connector_id},
        into=Connector,
    )


def connectors(tx: Transaction) -> list[Connector]:
    """All connectors, by id."""
    return tx.all(
        """
        SELECT connector_id, signature_key, exchange_key FROM connector
        WHERE tenant = :tenant ORDER BY connector_id
        """,
        into=Connector,
    )


def batch(tx: Transaction, batch_id: str) -> TakenBatch | None:
    """The batch of this id, None when it has not been taken."""
    return tx.one(
        """
        SELECT batch_id, wave_id, digest, invitations FROM batch
        WHERE tenant = :tenant AND batch_id = :batch_id
        """,
        {"batch_id": batch_id},
        into=TakenBatch,
    )


def note(tx: Transaction, taken: TakenBatch) -> bool:
    """Remember a batch that was taken; False when one of its id was taken in the meantime."""
    noted = tx.run(
        """
        INSERT INTO batch (tenant, batch_id, wave_id, digest, invitations)
        VALUES (:tenant, :batch_id, :wave_id, :digest, :invitations)
        ON CONFLICT (tenant, batch_id) DO NOTHING
        """,
        taken,
    )
    return noted == 1


def letters(tx: Transaction, wave_id: str) -> int:
    """How many letters were pushed for a wave."""
    row = tx.one(
        """
        SELECT coalesce(sum(invitations), 0) AS letters FROM batch
        WHERE tenant = :tenant AND wave_id = :wave_id
        """,
        {"wave_id": wave_id},
        into=_Letters,
    )
    return row.letters if row else 0
