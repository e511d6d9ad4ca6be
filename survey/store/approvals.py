"""Changes of accounts that wait for a second person, and what became of them."""

from datetime import date

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.accounts import Language
from survey.model.approvals import Kind, Request, State

COLUMNS = """request_id, kind, login, roles, language, asked_by, asked_on,
    state, decided_by, decided_on"""


class _Row(Struct, frozen=True, kw_only=True):
    request_id: str
    kind: Kind
    login: str
    roles: str
    language: Language
    asked_by: str
    asked_on: date
    state: State
    decided_by: str
    decided_on: date | None


class Secret(Struct, frozen=True, kw_only=True):
    """Hash of a requested password, and the half of it that is not handed over yet."""

    password: str
    half: str


def add(tx: Transaction, request: Request, secret: Secret) -> None:
    """Keep a new request."""
    tx.run(
        """
        INSERT INTO account_request
            (tenant, request_id, kind, login, roles, language, password, half, asked_by, asked_on,
            state)
        VALUES
            (:tenant, :request_id, :kind, :login, :roles, :language, :password, :half, :asked_by,
            :asked_on, 'waiting')
        """,
        {
            "request_id": request.request_id,
            "kind": request.kind,
            "login": request.login,
            "roles": " ".join(request.roles),
            "language": request.language,
            "password": secret.password,
            "half": secret.half,
            "asked_by": request.asked_by,
            "asked_on": request.asked_on,
        },
    )


def find(tx: Transaction, request_id: str) -> Request | None:
    """The request of this id."""
    row = tx.one(
        f"""
        SELECT {COLUMNS} FROM account_request
        WHERE tenant = :tenant AND request_id = :request_id
        """,  # noqa: S608 - a constant above
        {"request_id": request_id},
        into=_Row,
    )
    return _request(row) if row else None


def list_all(tx: Transaction) -> list[Request]:
    """All approval requests that retention has left."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM account_request WHERE tenant = :tenant ORDER BY request_id",  # noqa: S608
        {},
        into=_Row,
    )
    return [_request(row) for row in rows]


def secret(tx: Transaction, request_id: str) -> Secret:
    """What the password of a waiting request was made into; empty where it is about none."""
    stored = tx.one(
        """
        SELECT password, half FROM account_request
        WHERE tenant = :tenant AND request_id = :request_id
        """,
        {"request_id": request_id},
        into=Secret,
    )
    return stored or Secret(password="", half="")


def decide(tx: Transaction, request_id: str, state: State, *, by: str, on: date) -> bool:
    """Decide a request and delete its password; False when somebody was faster."""
    decided = tx.run(
        """
        UPDATE account_request
        SET state = :state, decided_by = :by, decided_on = :on, password = '', half = ''
        WHERE tenant = :tenant AND request_id = :request_id AND state = 'waiting'
        """,
        {"request_id": request_id, "state": state, "by": by, "on": on},
    )
    return decided == 1


def _request(row: _Row) -> Request:
    return Request(
        request_id=row.request_id,
        kind=row.kind,
        login=row.login,
        roles=tuple(row.roles.split()),
        language=row.language,
        asked_by=row.asked_by,
        asked_on=row.asked_on,
        state=row.state,
        decided_by=row.decided_by,
        decided_on=row.decided_on,
    )
