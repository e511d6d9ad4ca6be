"""What jobs made: reports and tables as files, whole, so that any process can hand them out."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction


class Listed(Struct, frozen=True, kw_only=True):
    """A document without its content; `name` is unique in its wave, also as a file's name."""

    document_id: str
    wave_id: str
    name: str
    media_type: str
    made_on: date


class Document(Listed, frozen=True, kw_only=True):
    """A document with its content."""

    body: bytes


def keep(tx: Transaction, document: Document) -> None:
    """Keep a document; one of the same name in its wave is replaced and keeps its id."""
    tx.run(
        """
        INSERT INTO document (tenant, document_id, wave_id, name, media_type, body, made_on)
        VALUES (:tenant, :document_id, :wave_id, :name, :media_type, :body, :made_on)
        ON CONFLICT (tenant, wave_id, name) DO UPDATE
        SET media_type = excluded.media_type, body = excluded.body, made_on = excluded.made_on
        """,
        document,
    )


def find(tx: Transaction, document_id: str) -> Document | None:
    """The document of this id, None when there is none."""
    return tx.one(
        """
        SELECT document_id, wave_id, name, media_type, body, made_on FROM document
        WHERE tenant = :tenant AND document_id = :document_id
        """,
        {"document_id": document_id},
        into=Document,
    )


def of_wave(tx: Transaction, wave_id: str) -> list[Listed]:
    """The documents of a wave, by name."""
    return tx.all(
        """
        SELECT document_id, wave_id, name, media_type, made_on FROM document
        WHERE tenant = :tenant AND wave_id = :wave_id ORDER BY name
        """,
        {"wave_id": wave_id},
        into=Listed,
    )
