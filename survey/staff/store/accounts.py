"""Accounts of staff. None is deleted: the audit names them."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.accounts import Account, Language, Role

Order: TypeAlias = Literal["login", "-login", "created", "-created"]

COLUMNS = "account_id, login, roles, language, created_on, disabled"
ORDERS: Mapping[Order, str] = {
    "login": "login",
    "-login": "login DESC",
    "created": "created_on, login",
    "-created": "created_on DESC, login",
}


class _Row(Struct, frozen=True, kw_only=True):
    account_id: str
    login: str
    roles: str
    language: Language
    created_on: date
    disabled: bool


class _Secret(_Row, frozen=True, kw_only=True):
    password: str


class _Count(Struct, frozen=True):
    number: int


class Known(Struct, frozen=True, kw_only=True):
    """An account with what its password was made into."""

    account: Account
    password: str


def add(tx: Transaction, account: Account, password: str) -> bool:
    """False when the login is taken, by a disabled account too."""
    added = tx.run(
        """
        INSERT INTO account
            (tenant, account_id, login, password, roles, language, created_on, disabled)
        VALUES
            (:tenant, :account_id, :login, :password, :roles, :language, :created_on, :disabled)
        ON CONFLICT DO NOTHING
        """,
        {
            "account_id": account.account_id,
            "login": account.login,
            "password": password,
            "roles": _joined(account.roles),
            "language": account.language,
            "created_on": account.created_on,
            "disabled": account.disabled,
        },
    )
    return added == 1


def find(tx: Transaction, account_id: str) -> Account | None:
    """The account of this id."""
    row = tx.one(
        f"SELECT {COLUMNS} FROM account WHERE tenant = :tenant AND account_id = :account_id",  # noqa: S608
        {"account_id": account_id},
        into=_Row,
    )
    return _account(row) if row else None


def known(tx: Transaction, login: str) -> Known | None:
    """The account of this login, with its password's digest; None when there is none."""
    row = tx.one(
        f"SELECT {COLUMNS}, password FROM account WHERE tenant = :tenant AND login = :login",  # noqa: S608
        {"login": login},
        into=_Secret,
    )
    return Known(account=_account(row), password=row.password) if row else None


class Filter(Struct, frozen=True, kw_only=True):
    """Whom to list: a part of the login, and a role; empty for all."""

    search: str = ""
    role: Role | Literal[""] = ""


_MATCHING = """
    tenant = :tenant AND login LIKE :search ESCAPE '!' AND roles LIKE :role ESCAPE '!'
"""


def listed(
    tx: Transaction, wanted: Filter, *, order: Order = "login", skip: int = 0, most: int = 50
) -> list[Account]:
    """Accounts that the filter lets through, in this order, `most` of them after `skip`."""
    rows = tx.all(
        f"""
        SELECT {COLUMNS} FROM account
        WHERE {_MATCHING}
        ORDER BY {ORDERS[order]} LIMIT :most OFFSET :skip
        """,  # noqa: S608 - all are constants above
        {**_liked(wanted), "most": most, "skip": skip},
        into=_Row,
    )
    return [_account(row) for row in rows]


def count(tx: Transaction, wanted: Filter) -> int:
    """How many the filter lets through."""
    found = tx.one(
        f"SELECT count(*) AS number FROM account WHERE {_MATCHING}",  # noqa: S608
        _liked(wanted),
        into=_Count,
    )
    return found.number if found else 0


def working(tx: Transaction, role: Role) -> int:
    """How many accounts with this role may log in."""
    found = tx.one(
        """
        SELECT count(*) AS number FROM account
        WHERE tenant = :tenant AND NOT disabled AND roles LIKE :like ESCAPE '!'
        """,
        {"like": _like(role)},
        into=_Count,
    )
    return found.number if found else 0


def keep(tx: Transaction, account: Account) -> None:
    """Write down what may change: roles, language, and whether it is disabled."""
    tx.run(
        """
        UPDATE account SET roles = :roles, language = :language, disabled = :disabled
        WHERE tenant = :tenant AND account_id = :account_id
        """,
        {
            "account_id": account.account_id,
            "roles": _joined(account.roles),
            "language": account.language,
            "disabled": account.disabled,
        },
    )


def keep_password(tx: Transaction, account_id: str, password: str) -> None:
    """Replace what the password was made into."""
    tx.run(
        """
        UPDATE account SET password = :password
        WHERE tenant = :tenant AND account_id = :account_id
        """,
        {"account_id": account_id, "password": password},
    )


def _joined(roles: tuple[Role, ...]) -> str:
    return " ".join(roles)


def _account(row: _Row) -> Account:
    return Account(
        account_id=row.account_id,
        login=row.login,
        # Written by us from the closed set, checked when they were given.
        roles=tuple(row.roles.split()),  # type: ignore[arg-type]
        language=row.language,
        created_on=row.created_on,
        disabled=row.disabled,
    )


def _liked(wanted: Filter) -> Mapping[str, str]:
    return {"search": _like(wanted.search), "role": _like(wanted.role)}


def _like(search: str) -> str:
    """A pattern that holds `search` as it is, whatever signs stand in it."""
    quoted = search.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{quoted}%"
