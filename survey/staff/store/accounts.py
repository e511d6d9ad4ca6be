"""Table `account`: staff of one zone. Nobody is deleted while the audit names them."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.accounts import Account, Language

Order: TypeAlias = Literal["login", "-login", "created", "-created"]

ORDERS: tuple[Order, ...] = get_args(Order)


class _Row(Struct, frozen=True, kw_only=True):
    account_id: str
    login: str
    name: str
    roles: str
    language: Language
    created_on: date
    disabled: bool


class _Count(Struct, frozen=True):
    number: int


def add(tx: Transaction, account: Account) -> bool:
    """Keep a new account; False when its login is taken, by a disabled account too."""
    added = tx.run(
        """
        INSERT INTO account
            (tenant, account_id, login, name, roles, language, created_on, disabled)
        VALUES
            (:tenant, :account_id, :login, :name, :roles, :language, :created_on, :disabled)
        ON CONFLICT DO NOTHING
        """,
        {
            "account_id": account.account_id,
            "login": account.login,
            "name": account.name,
            "roles": _joined(account.roles),
            "language": account.language,
            "created_on": account.created_on,
            "disabled": account.disabled,
        },
    )
    return added == 1


def find(tx: Transaction, account_id: str) -> Account | None:
    """The account of this id, also when it is disabled."""
    row = tx.one(
        """
        SELECT account_id, login, name, roles, language, created_on, disabled FROM account
        WHERE tenant = :tenant AND account_id = :account_id
        """,
        {"account_id": account_id},
        into=_Row,
    )
    return _account(row) if row else None


def by_login(tx: Transaction, login: str) -> Account | None:
    """The account of this login, also when it is disabled."""
    row = tx.one(
        """
        SELECT account_id, login, name, roles, language, created_on, disabled FROM account
        WHERE tenant = :tenant AND login = :login
        """,
        {"login": login},
        into=_Row,
    )
    return _account(row) if row else None


class Filter(Struct, frozen=True, kw_only=True):
    """Which accounts to list: a part of the login, and a role; empty for all."""

    search: str = ""
    role: str = ""


def list_all(tx: Transaction) -> list[Account]:
    """Every account by login, open ones first."""
    rows = tx.all(
        """
        SELECT account_id, login, name, roles, language, created_on, disabled FROM account
        WHERE tenant = :tenant ORDER BY disabled, login
        """,
        into=_Row,
    )
    return [_account(row) for row in rows]


def listed(
    tx: Transaction, wanted: Filter, *, order: Order = "login", skip: int = 0, most: int = 50
) -> list[Account]:
    """Accounts that the filter lets through, in this order, `most` of them after `skip`."""
    rows = tx.all(
        """
        SELECT account_id, login, name, roles, language, created_on, disabled FROM account
        WHERE tenant = :tenant AND login LIKE :search ESCAPE '!' AND roles LIKE :role ESCAPE '!'
        ORDER BY
            CASE WHEN :order = '-login' THEN login END DESC,
            CASE WHEN :order = 'created' THEN created_on END,
            CASE WHEN :order = '-created' THEN created_on END DESC,
            login
        LIMIT :most OFFSET :skip
        """,
        {**_patterns(wanted), "order": order, "most": most, "skip": skip},
        into=_Row,
    )
    return [_account(row) for row in rows]


def count(tx: Transaction, wanted: Filter) -> int:
    """How many accounts the filter lets through."""
    row = tx.one(
        """
        SELECT count(*) AS number FROM account
        WHERE tenant = :tenant AND login LIKE :search ESCAPE '!' AND roles LIKE :role ESCAPE '!'
        """,
        _patterns(wanted),
        into=_Count,
    )
    return row.number if row else 0


def working(tx: Transaction, role: str) -> int:
    """How many accounts with this role may log in."""
    row = tx.one(
        """
        SELECT count(*) AS number FROM account
        WHERE tenant = :tenant AND NOT disabled AND roles LIKE :role ESCAPE '!'
        """,
        {"role": _like(role)},
        into=_Count,
    )
    return row.number if row else 0


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


def _joined(roles: tuple[str, ...]) -> str:
    return " ".join(roles)


def _account(row: _Row) -> Account:
    return Account(
        account_id=row.account_id,
        login=row.login,
        name=row.name,
        roles=tuple(row.roles.split()),
        language=row.language,
        created_on=row.created_on,
        disabled=row.disabled,
    )


def _patterns(wanted: Filter) -> Mapping[str, str]:
    return {"search": _like(wanted.search), "role": _like(wanted.role)}


def _like(search: str) -> str:
    """A pattern that holds `search` as it is, whatever signs stand in it."""
    quoted = search.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{quoted}%"
