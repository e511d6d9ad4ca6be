"""Messages waiting for the survey server, sealed and signed already."""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.engine.database import Transaction

Kind: TypeAlias = Literal["batch", "print-destroyed"]


class Message(Struct, frozen=True, kw_only=True):
    """`body` is the JSON to post; `evaluator_key` is whom a batch was sealed to."""

    message_id: str
    kind: Kind
    wave_id: str
    body: bytes
    written_on: date
    evaluator_key: bytes | None = None


def put(tx: Transaction, message: Message) -> None:
    """Let a message wait; the same id again changes nothing."""
    tx.run(
        """
        INSERT INTO outbox (tenant, message_id, kind, wave_id, evaluator_key, body, written_on)
        VALUES (:tenant, :message_id, :kind, :wave_id, :evaluator_key, :body, :written_on)
        ON CONFLICT (tenant, message_id) DO NOTHING
        """,
        message,
    )


def waiting(tx: Transaction) -> list[Message]:
    """Messages not acknowledged yet: batches before messages about destroyed keys."""
    return tx.all(
        """
        SELECT message_id, kind, wave_id, body, written_on, evaluator_key FROM outbox
        WHERE tenant = :tenant AND acknowledged_on IS NULL
        ORDER BY kind, written_on, message_id
        """,
        into=Message,
    )


def acknowledge(tx: Transaction, message_id: str, *, on: date) -> None:
    """The server has it: the body leaves, that it was sent stays."""
    tx.run(
        """
        UPDATE outbox SET body = NULL, acknowledged_on = :on
        WHERE tenant = :tenant AND message_id = :message_id AND acknowledged_on IS NULL
        """,
        {"message_id": message_id, "on": on},
    )
