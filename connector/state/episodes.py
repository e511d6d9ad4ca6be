"""Episodes as they are known; they come in by connector.state.staged."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Candidate(Struct, frozen=True, kw_only=True):
    """An episode whose person may be asked; `case_manager` is empty when the export has none."""

    case_index: bytes
    person: bytes
    team: str
    case_manager: str
    kind: str
    started_on: date
    ended_on: date | None


class Own(Struct, frozen=True, kw_only=True):
    """A case as its case manager sees it; the number only sealed."""

    case_index: bytes
    sealed_case: bytes
    kind: str
    started_on: date
    ended_on: date | None


class _Count(Struct, frozen=True):
    number: int


def may_be_asked(
    tx: Transaction, *, as_of: date, ended_since: date, asked_after: date
) -> list[Candidate]:
    """Running or lately ended episodes of people nobody forbids to ask and nobody asked lately.

    Args:
        ended_since: first day of end that still counts
        asked_after: people invited later than this day are left out
    """
    # One exclusion shuts out all cases of a person, also when its own row is gone from the export.
    return tx.all(
        """
        SELECT case_index, person, team, case_manager, kind, started_on, ended_on
        FROM episode
        WHERE tenant = :tenant AND exclusion = '' AND vanished_run IS NULL
          AND started_on <= :as_of AND (ended_on IS NULL OR ended_on >= :ended_since)
          AND NOT EXISTS (
              SELECT 1 FROM episode AS other
              WHERE other.tenant = :tenant AND other.person = episode.person
                AND other.exclusion <> ''
          )
          AND NOT EXISTS (
              SELECT 1 FROM asked
              WHERE asked.tenant = :tenant AND asked.person = episode.person
                AND asked.last_on > :asked_after
          )
        ORDER BY case_index
        """,
        {"as_of": as_of, "ended_since": ended_since, "asked_after": asked_after},
        into=Candidate,
    )


def count(tx: Transaction) -> int:
    """How many episodes are known, without those that vanished or are excluded."""
    row = tx.one(
        """
        SELECT COUNT(*) AS number FROM episode
        WHERE tenant = :tenant AND exclusion = '' AND vanished_run IS NULL
        """,
        into=_Count,
    )
    return row.number if row else 0


class _Person(Struct, frozen=True):
    person: bytes


def protected_people(tx: Transaction) -> frozenset[bytes]:
    """Everybody whom some case of hers forbids to write to."""
    rows = tx.all(
        "SELECT DISTINCT person FROM episode WHERE tenant = :tenant AND exclusion <> ''",
        into=_Person,
    )
    return frozenset(row.person for row in rows)


def person_of(tx: Transaction, case_index: bytes) -> bytes | None:
    """Whose case this is; None when there is no such case."""
    row = tx.one(
        "SELECT person FROM episode WHERE tenant = :tenant AND case_index = :case_index",
        {"case_index": case_index},
        into=_Person,
    )
    return row.person if row else None


def of_case_manager(tx: Transaction, case_manager: str) -> list[Own]:
    """The cases this sign stands for now, in an order without meaning."""
    return tx.all(
        """
        SELECT case_index, sealed_case, kind, started_on, ended_on FROM episode
        WHERE tenant = :tenant AND case_manager = :case_manager AND case_manager <> ''
          AND exclusion = '' AND vanished_run IS NULL
        ORDER BY case_index
        """,
        {"case_manager": case_manager},
        into=Own,
    )


def own(tx: Transaction, case_index: bytes, case_manager: str) -> Own | None:
    """One case if it is hers now; None when it is somebody else's or there is none."""
    return tx.one(
        """
        SELECT case_index, sealed_case, kind, started_on, ended_on FROM episode
        WHERE tenant = :tenant AND case_index = :case_index
          AND case_manager = :case_manager AND case_manager <> ''
          AND exclusion = '' AND vanished_run IS NULL
        """,
        {"case_index": case_index, "case_manager": case_manager},
        into=Own,
    )
