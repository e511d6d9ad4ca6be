"""Whether the rows of an import know of the last things that known cases know."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class _Day(Struct, frozen=True):
    day: date | None


class _Count(Struct, frozen=True):
    number: int


def newest(tx: Transaction, *, until: date) -> date | None:
    """The last day up to `until` on which something began or ended; None in an empty export."""
    row = tx.one(
        """
        SELECT MAX(CASE WHEN ended_on <= :until THEN ended_on ELSE started_on END) AS day
        FROM staged WHERE tenant = :tenant AND started_on <= :until
        """,
        {"until": until},
        into=_Day,
    )
    return row.day if row else None


def count_later(tx: Transaction, source_system: str, *, newest: date, until: date) -> int:
    """Count of known cases that began or ended after `newest` and are not in the export.

    Args:
        until: the day of the import before; ends that were still to come then tell nothing
    """
    row = tx.one(
        """
        SELECT COUNT(*) AS number FROM episode
        LEFT JOIN staged
          ON staged.tenant = :tenant AND staged.case_index = episode.case_index
        WHERE episode.tenant = :tenant AND episode.source_system = :source_system
          AND episode.vanished_run IS NULL AND (
              (episode.ended_on > :newest AND episode.ended_on <= :until
               AND staged.exclusion = '' AND staged.ended_on IS DISTINCT FROM episode.ended_on)
              OR (episode.started_on > :newest AND staged.case_index IS NULL
                  AND episode.case_index NOT IN (
                      SELECT case_index FROM staged_refusal WHERE tenant = :tenant)
                  AND episode.case_index NOT IN (
                      SELECT case_index FROM staged_left_out WHERE tenant = :tenant)))
        """,
        {"source_system": source_system, "newest": newest, "until": until},
        into=_Count,
    )
    return row.number if row else 0
