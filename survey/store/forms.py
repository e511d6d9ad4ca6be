"""Published forms: frozen texts, found by their sha256."""

from msgspec import Struct

from survey.engine.database import Transaction
from survey.errors import NotFound


class FormVersion(Struct, frozen=True, kw_only=True):
    """`body` is the canonical JSON whose sha256 is `version`."""

    version: str
    form_id: str
    body: str
    withdrawn: bool = False


def keep(tx: Transaction, form: FormVersion) -> bool:
    """False when this very version is there already."""
    kept = tx.run(
        """
        INSERT INTO form_version (tenant, version, form_id, body)
        VALUES (:tenant, :version, :form_id, :body)
        ON CONFLICT (tenant, version) DO NOTHING
        """,
        form,
    )
    return kept == 1


def find(tx: Transaction, version: str) -> FormVersion:
    """The frozen form.

    Raises:
        NotFound: there is none of this version
    """
    row = tx.one(
        """
        SELECT version, form_id, body, withdrawn FROM form_version
        WHERE tenant = :tenant AND version = :version
        """,
        {"version": version},
        into=FormVersion,
    )
    if row is None:
        raise NotFound(form_version=version[:12])
    return row


class _Version(Struct, frozen=True):
    version: str


def withdrawn(tx: Transaction) -> frozenset[str]:
    """Versions that are out of use: a wave that asks one is answered by nobody."""
    rows = tx.all(
        "SELECT version FROM form_version WHERE tenant = :tenant AND withdrawn", into=_Version
    )
    return frozenset(row.version for row in rows)


def withdraw(tx: Transaction, version: str) -> bool:
    """Take a form out of use, for a wording that must not be asked on; False when it was before."""
    withdrawn = tx.run(
        """
        UPDATE form_version SET withdrawn = TRUE
        WHERE tenant = :tenant AND version = :version AND NOT withdrawn
        """,
        {"version": version},
    )
    return withdrawn == 1
