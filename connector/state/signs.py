"""Signs of case managers, as rows of an import, known cases and accounts spell them."""

from msgspec import Struct

from connector.state.spelling import Spelling
from survey.engine.database import Transaction


class OfTeam(Struct, frozen=True, kw_only=True):
    """How many cases of a team one sign has in the import; `record` is the first."""

    team: str
    sign: str
    cases: int
    record: int


def staged(tx: Transaction) -> list[Spelling]:
    """Spellings of the import that is under way."""
    return tx.all(
        """
        SELECT case_manager AS value, COUNT(*) AS times, MIN(record) AS record FROM staged
        WHERE tenant = :tenant AND case_manager <> '' GROUP BY case_manager ORDER BY case_manager
        """,
        into=Spelling,
    )


def known(tx: Transaction) -> list[Spelling]:
    """Spellings of known cases, of all systems."""
    return tx.all(
        """
        SELECT case_manager AS value, COUNT(*) AS times, 0 AS record FROM episode
        WHERE tenant = :tenant AND case_manager <> '' GROUP BY case_manager ORDER BY case_manager
        """,
        into=Spelling,
    )


def of_teams(tx: Transaction) -> list[OfTeam]:
    """The signs of the import that is under way, by team."""
    return tx.all(
        """
        SELECT team, case_manager AS sign, COUNT(*) AS cases, MIN(record) AS record FROM staged
        WHERE tenant = :tenant AND case_manager <> '' AND exclusion = ''
        GROUP BY team, case_manager ORDER BY team, case_manager
        """,
        into=OfTeam,
    )


def respell(tx: Transaction, value: str, into: str) -> None:
    """Write a sign in one way wherever it stands."""
    both = {"value": value, "into": into}
    tx.run(
        "UPDATE staged SET case_manager = :into WHERE tenant = :tenant AND case_manager = :value",
        both,
    )
    tx.run(
        "UPDATE episode SET case_manager = :into WHERE tenant = :tenant AND case_manager = :value",
        both,
    )
    tx.run(
        """
        UPDATE invitation SET case_manager = :into
        WHERE tenant = :tenant AND case_manager = :value
        """,
        both,
    )
    tx.run(
        "UPDATE case_manager SET sign = :into WHERE tenant = :tenant AND sign = :value",
        both,
    )
