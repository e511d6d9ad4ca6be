"""When a person was invited last, whatever the case or programme: nobody is asked too often."""

from collections.abc import Iterable
from datetime import date

from survey.engine.database import Transaction


def note(tx: Transaction, persons: Iterable[bytes], *, on: date) -> None:
    """Write down that these people are invited today."""
    tx.many(
        """
        INSERT INTO asked (tenant, person, last_on) VALUES (:tenant, :person, :on)
        ON CONFLICT (tenant, person) DO UPDATE SET last_on = excluded.last_on
        WHERE asked.last_on < excluded.last_on
        """,
        ({"person": person, "on": on} for person in persons),
    )
