"""Moves what is kept of a case or person to another digest, when they are compared by a new rule.

Where both digests are known already, two become one.
"""

from msgspec import Struct

from survey.engine.database import Transaction


class Known(Struct, frozen=True, kw_only=True):
    """A case as it is stored."""

    case_index: bytes
    sealed_case: bytes
    person: bytes
    exclusion: str
    changed_run: int
    vanished: bool


class Words(Struct, frozen=True, kw_only=True):
    """A release's words, sealed for one case."""

    release_id: str
    words: bytes


class _One(Struct, frozen=True):
    number: int


def cases(tx: Transaction, source_system: str) -> list[Known]:
    """Every case of a system."""
    return tx.all(
        """
        SELECT case_index, sealed_case, person, exclusion, changed_run,
               vanished_run IS NOT NULL AS vanished
        FROM episode WHERE tenant = :tenant AND source_system = :source_system
        ORDER BY case_index
        """,
        {"source_system": source_system},
        into=Known,
    )


def move_case(tx: Transaction, old: bytes, new: bytes, sealed_case: bytes) -> None:
    """Find an episode by another digest; nothing is known by it so far."""
    tx.run(
        """
        UPDATE episode SET case_index = :new, sealed_case = :sealed_case
        WHERE tenant = :tenant AND case_index = :old
        """,
        {"old": old, "new": new, "sealed_case": sealed_case},
    )


def forget_case(tx: Transaction, case_index: bytes) -> None:
    """Delete an episode that has become one with another."""
    tx.run(
        "DELETE FROM episode WHERE tenant = :tenant AND case_index = :case_index",
        {"case_index": case_index},
    )


def protect(tx: Transaction, case_index: bytes, exclusion: str) -> None:
    """Let an episode say why its person must not be written to."""
    tx.run(
        """
        UPDATE episode SET exclusion = :exclusion
        WHERE tenant = :tenant AND case_index = :case_index
        """,
        {"case_index": case_index, "exclusion": exclusion},
    )


def move_links(tx: Transaction, old: bytes, new: bytes) -> None:
    """Let pseudonyms stand for the case by its new digest; in each programme it keeps one."""
    tx.run(
        """
        UPDATE link SET case_index = :new
        WHERE tenant = :tenant AND case_index = :old AND NOT EXISTS (
            SELECT 1 FROM link AS other
            WHERE other.tenant = :tenant AND other.programme_id = link.programme_id
              AND other.case_index = :new)
        """,
        {"old": old, "new": new},
    )
    tx.run(
        "DELETE FROM link WHERE tenant = :tenant AND case_index = :old",
        {"old": old},
    )


def move_invitations(tx: Transaction, old: bytes, new: bytes) -> None:
    """Let letters be for the case by its new digest; a second one of a run stays behind, unused."""
    tx.run(
        """
        UPDATE invitation SET case_index = :new
        WHERE tenant = :tenant AND case_index = :old AND NOT EXISTS (
            SELECT 1 FROM invitation AS other
            WHERE other.tenant = :tenant AND other.print_run_id = invitation.print_run_id
              AND other.case_index = :new)
        """,
        {"old": old, "new": new},
    )


def words(tx: Transaction, case_index: bytes) -> list[Words]:
    """The released words of a case."""
    return tx.all(
        """
        SELECT release_id, words FROM release
        WHERE tenant = :tenant AND case_index = :case_index ORDER BY release_id
        """,
        {"case_index": case_index},
        into=Words,
    )


def move_words(tx: Transaction, release_id: str, new: bytes, sealed: bytes) -> None:
    """Let a release be of the case by its new digest, sealed for it."""
    tx.run(
        """
        UPDATE release SET case_index = :new, words = :sealed
        WHERE tenant = :tenant AND release_id = :release_id
        """,
        {"release_id": release_id, "new": new, "sealed": sealed},
    )


def move_visits(tx: Transaction, old: bytes, new: bytes) -> None:
    """Move visits from a case's old digest to its new one, where none is there yet."""
    tx.run(
        """
        UPDATE visit SET case_index = :new
        WHERE tenant = :tenant AND case_index = :old AND NOT EXISTS (
            SELECT 1 FROM visit AS other
            WHERE other.tenant = :tenant AND other.account_id = visit.account_id
              AND other.case_index = :new)
        """,
        {"old": old, "new": new},
    )
    tx.run("DELETE FROM visit WHERE tenant = :tenant AND case_index = :old", {"old": old})


def is_person(tx: Transaction, person: bytes) -> bool:
    """Whether anything is known by this digest of a client number."""
    row = tx.one(
        """
        SELECT (SELECT COUNT(*) FROM episode WHERE tenant = :tenant AND person = :person)
             + (SELECT COUNT(*) FROM asked WHERE tenant = :tenant AND person = :person) AS number
        """,
        {"person": person},
        into=_One,
    )
    return row is not None and row.number > 0


def move_person(tx: Transaction, old: bytes, new: bytes) -> None:
    """Find a person by another digest; the later day she was invited on holds."""
    both = {"old": old, "new": new}
    tx.run("UPDATE episode SET person = :new WHERE tenant = :tenant AND person = :old", both)
    tx.run(
        """
        INSERT INTO asked (tenant, person, last_on)
        SELECT tenant, :new, last_on FROM asked WHERE tenant = :tenant AND person = :old
        ON CONFLICT (tenant, person) DO UPDATE SET last_on = excluded.last_on
        WHERE asked.last_on < excluded.last_on
        """,
        both,
    )
    tx.run("DELETE FROM asked WHERE tenant = :tenant AND person = :old", both)
