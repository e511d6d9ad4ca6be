"""Names of teams, as rows of an import and known cases spell them."""

from connector.state.spelling import Spelling
from survey.engine.database import Transaction


def staged(tx: Transaction) -> list[Spelling]:
    """Spellings of the import that is under way."""
    return tx.all(
        """
        SELECT team AS value, COUNT(*) AS times, MIN(record) AS record FROM staged
        WHERE tenant = :tenant AND team <> '' GROUP BY team ORDER BY team
        """,
        into=Spelling,
    )


def known(tx: Transaction) -> list[Spelling]:
    """Spellings of known cases, of all systems."""
    return tx.all(
        """
        SELECT team AS value, COUNT(*) AS times, 0 AS record FROM episode
        WHERE tenant = :tenant AND team <> '' GROUP BY team ORDER BY team
        """,
        into=Spelling,
    )


def respell(tx: Transaction, value: str, into: str) -> None:
    """Write a team in one way wherever it stands."""
    both = {"value": value, "into": into}
    tx.run("UPDATE staged SET team = :into WHERE tenant = :tenant AND team = :value", both)
    tx.run("UPDATE episode SET team = :into WHERE tenant = :tenant AND team = :value", both)
    tx.run(
        """
        UPDATE unit_team SET team = :into
        WHERE tenant = :tenant AND team = :value AND NOT EXISTS (
            SELECT 1 FROM unit_team AS other
            WHERE other.tenant = :tenant AND other.wave_id = unit_team.wave_id
              AND other.team = :into)
        """,
        both,
    )
