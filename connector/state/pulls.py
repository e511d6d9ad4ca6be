"""Pulls that were done: their number and their day."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Pulled(Struct, frozen=True):
    """A pull; numbers grow by one."""

    number: int
    pulled_on: date


def add(tx: Transaction, pulled: Pulled) -> None:
    """Write a pull down."""
    tx.run(
        "INSERT INTO pull (tenant, number, pulled_on) VALUES (:tenant, :number, :pulled_on)",
        pulled,
    )


def last(tx: Transaction) -> Pulled | None:
    """The latest pull, None before the first."""
    return tx.one(
        """
        SELECT number, pulled_on FROM pull WHERE tenant = :tenant ORDER BY number DESC LIMIT 1
        """,
        into=Pulled,
    )
