"""Pulls that were done: their number and their day."""

from datetime import date, timedelta

from msgspec import Struct

from survey.engine.database import Transaction

# Somebody may have withdrawn since: after so many days without a pull nothing is shown any more.
STALE = timedelta(days=8)


class Pulled(Struct, frozen=True):
    """A pull; numbers grow by one."""

    number: int
    pulled_on: date


def is_stale(pulled: Pulled | None, today: date) -> bool:
    """Whether the last pull is too long ago to show anything, or there was none."""
    return pulled is None or today - pulled.pulled_on > STALE


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
