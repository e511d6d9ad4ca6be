"""The files that letters were written to, until they are removed."""

from msgspec import Struct

from survey.engine.database import Transaction


class LetterFile(Struct, frozen=True, kw_only=True):
    """A file with codes, by its absolute path."""

    wave_id: str
    path: str


def of_wave(tx: Transaction, wave_id: str) -> list[LetterFile]:
    """Where letters of this wave were written to."""
    return tx.all(
        """
        SELECT wave_id, path FROM letter_file
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY path
        """,
        {"wave_id": wave_id},
        into=LetterFile,
    )


def keep(tx: Transaction, file: LetterFile) -> None:
    """Remember a file that is about to be written."""
    tx.run(
        """
        INSERT INTO letter_file (tenant, wave_id, path) VALUES (:tenant, :wave_id, :path)
        ON CONFLICT (tenant, wave_id, path) DO NOTHING
        """,
        file,
    )


def forget(tx: Transaction, file: LetterFile) -> None:
    """The file is gone."""
    tx.run(
        "DELETE FROM letter_file WHERE tenant = :tenant AND wave_id = :wave_id AND path = :path",
        file,
    )
