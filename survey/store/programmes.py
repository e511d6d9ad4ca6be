"""Programmes. No statement changes one: its level and purpose are what people were told."""

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound
from survey.model.programmes import Programme


class _Facts(Struct, frozen=True):
    facts: str


class Ceremony(Struct, frozen=True):
    """The day on which somebody confirmed that the programme's keys are where they belong."""

    ceremony_on: str | None


def add(tx: Transaction, programme: Programme) -> bool:
    """False when there is one of this id already."""
    added = tx.run(
        """
        INSERT INTO programme (tenant, programme_id, facts)
        VALUES (:tenant, :programme_id, :facts)
        ON CONFLICT (tenant, programme_id) DO NOTHING
        """,
        {
            "programme_id": programme.programme_id,
            "facts": msgspec.json.encode(programme).decode(),
        },
    )
    return added == 1


def find(tx: Transaction, programme_id: str) -> Programme:
    """The programme of this id.

    Raises:
        NotFound: there is none
    """
    row = tx.one(
        """
        SELECT facts FROM programme
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=_Facts,
    )
    if row is None:
        raise NotFound(programme=programme_id)
    return msgspec.json.decode(row.facts, type=Programme)


def list_all(tx: Transaction) -> list[Programme]:
    """All programmes by id."""
    rows = tx.all(
        "SELECT facts FROM programme WHERE tenant = :tenant ORDER BY programme_id", into=_Facts
    )
    return [msgspec.json.decode(row.facts, type=Programme) for row in rows]


def confirm_ceremony(tx: Transaction, programme_id: str, *, on: str) -> bool:
    """False when it was confirmed before or there is no such programme."""
    confirmed = tx.run(
        """
        UPDATE programme SET ceremony_on = :on
        WHERE tenant = :tenant AND programme_id = :programme_id AND ceremony_on IS NULL
        """,
        {"programme_id": programme_id, "on": on},
    )
    return confirmed == 1


def ceremony(tx: Transaction, programme_id: str) -> str | None:
    """The day of the confirmed key ceremony, None before it."""
    row = tx.one(
        """
        SELECT ceremony_on FROM programme
        WHERE tenant = :tenant AND programme_id = :programme_id
        """,
        {"programme_id": programme_id},
        into=Ceremony,
    )
    return row.ceremony_on if row else None
