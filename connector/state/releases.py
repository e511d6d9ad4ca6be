"""Releases to case managers, as the last pull listed them; words only sealed.

Whether somebody may see a release is decided by the statement that reads it, not by who asks: a
case manager whose sign was responsible when the wave was sampled, whose account that sign was, and
who is responsible now, for a case that is still here, between two days.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.accounts import Account

# After so many days from its end nobody reads in a case any more what its person released.
ENDED_DAYS = 180


class Release(Struct, frozen=True, kw_only=True):
    """One block of one person; `first_pull` is the pull that brought it."""

    release_id: str
    programme_id: str
    wave_id: str
    case_index: bytes
    block: str
    words: bytes
    from_on: date
    until: date
    first_pull: int


class Terms(Struct, frozen=True, kw_only=True):
    """The first and last day of a release, as the newest pull gives them."""

    release_id: str
    from_on: date
    until: date


class Showing(Struct, frozen=True, kw_only=True):
    """A case in which something is shown: the latest pull that brought some, its first last day."""

    case_index: bytes
    sealed_case: bytes
    latest_pull: int
    until: date


class _Id(Struct, frozen=True):
    release_id: str


def ended_since(today: date) -> date:
    """First day of end of a case whose releases may still be seen."""
    return today - timedelta(days=ENDED_DAYS)


def keep(tx: Transaction, release: Release) -> None:
    """Keep a new one."""
    tx.run(
        """
        INSERT INTO release (
            tenant, release_id, programme_id, wave_id, case_index, block, words, from_on, until,
            first_pull
        ) VALUES (
            :tenant, :release_id, :programme_id, :wave_id, :case_index, :block, :words, :from_on,
            :until, :first_pull
        )
        """,
        release,
    )


def set_terms(tx: Transaction, terms: Iterable[Terms]) -> None:
    """Set the first and last day of known releases."""
    tx.many(
        """
        UPDATE release SET from_on = :from_on, until = :until
        WHERE tenant = :tenant AND release_id = :release_id
          AND (from_on <> :from_on OR until <> :until)
        """,
        terms,
    )


def ids(tx: Transaction) -> set[str]:
    """The ids of all releases in the connector."""
    rows = tx.each("SELECT release_id FROM release WHERE tenant = :tenant", into=_Id)
    return {row.release_id for row in rows}


def remove(tx: Transaction, release_ids: Iterable[str]) -> int:
    """Delete these with their words; gives how many there were."""
    return tx.many(
        "DELETE FROM release WHERE tenant = :tenant AND release_id = :release_id",
        ({"release_id": release_id} for release_id in release_ids),
    )


def remove_left(tx: Transaction, *, ended_since: date) -> int:
    """Delete those whose case has left or whose pseudonym is gone; gives their number."""
    return tx.run(
        """
        DELETE FROM release WHERE tenant = :tenant AND NOT EXISTS (
            SELECT 1 FROM link
            JOIN episode ON episode.tenant = :tenant AND episode.case_index = link.case_index
            WHERE link.tenant = :tenant AND link.programme_id = release.programme_id
              AND link.case_index = release.case_index
              AND episode.vanished_run IS NULL AND episode.exclusion = ''
              AND (episode.ended_on IS NULL OR episode.ended_on >= :ended_since)
        )
        """,
        {"ended_since": ended_since},
    )


def forget_programme(tx: Transaction, programme_id: str) -> int:
    """Delete those of an ended programme; gives their number."""
    return tx.run(
        "DELETE FROM release WHERE tenant = :tenant AND programme_id = :programme_id",
        {"programme_id": programme_id},
    )


def shown(
    tx: Transaction, case_index: bytes, account: Account, *, on: date, ended_since: date
) -> list[Release]:
    """Releases of a case that this case manager may see on a day, oldest wave first.

    A successor who was given the same sign sees nothing of what was shown to the one before.
    """
    # The first letter of a wave is that of its sample; a later one would change nothing.
    return tx.all(
        """
        SELECT release.release_id, release.programme_id, release.wave_id, release.case_index,
               release.block, release.words, release.from_on, release.until, release.first_pull
        FROM release
        JOIN episode ON episode.tenant = :tenant AND episode.case_index = release.case_index
        WHERE release.tenant = :tenant AND release.case_index = :case_index
          AND release.from_on <= :on AND release.until >= :on
          AND episode.case_manager = (
              SELECT sign FROM case_manager
              WHERE tenant = :tenant AND account_id = :account_id
          )
          AND episode.vanished_run IS NULL AND episode.exclusion = ''
          AND (episode.ended_on IS NULL OR episode.ended_on >= :ended_since)
          AND :account_id = (
              SELECT invitation.account_id FROM invitation
              JOIN print_run ON print_run.tenant = :tenant
                AND print_run.print_run_id = invitation.print_run_id
              WHERE invitation.tenant = :tenant AND print_run.wave_id = release.wave_id
                AND invitation.case_index = release.case_index
              ORDER BY print_run.drawn_on, print_run.print_run_id LIMIT 1
          )
        ORDER BY release.from_on, release.wave_id, release.block
        """,
        {
            "case_index": case_index,
            "account_id": account.account_id,
            "on": on,
            "ended_since": ended_since,
        },
        into=Release,
    )


def showing(tx: Transaction, account: Account, *, on: date, ended_since: date) -> list[Showing]:
    """Cases of a case manager with releases on a day; their words are not read."""
    # The first letter of a wave is that of its sample; a later one would change nothing.
    return tx.all(
        """
        SELECT episode.case_index, episode.sealed_case, max(release.first_pull) AS latest_pull,
               min(release.until) AS until
        FROM release
        JOIN episode ON episode.tenant = :tenant AND episode.case_index = release.case_index
        WHERE release.tenant = :tenant
          AND release.from_on <= :on AND release.until >= :on
          AND episode.case_manager = (
              SELECT sign FROM case_manager
              WHERE tenant = :tenant AND account_id = :account_id
          )
          AND episode.vanished_run IS NULL AND episode.exclusion = ''
          AND (episode.ended_on IS NULL OR episode.ended_on >= :ended_since)
          AND :account_id = (
              SELECT invitation.account_id FROM invitation
              JOIN print_run ON print_run.tenant = :tenant
                AND print_run.print_run_id = invitation.print_run_id
              WHERE invitation.tenant = :tenant AND print_run.wave_id = release.wave_id
                AND invitation.case_index = release.case_index
              ORDER BY print_run.drawn_on, print_run.print_run_id LIMIT 1
          )
        GROUP BY episode.case_index, episode.sealed_case
        """,
        {
            "account_id": account.account_id,
            "on": on,
            "ended_since": ended_since,
        },
        into=Showing,
    )
