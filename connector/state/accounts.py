"""Who may open the case pages."""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.engine.database import Transaction

Role: TypeAlias = Literal["case_manager", "administrator", "privacy_officer"]


class Account(Struct, frozen=True, kw_only=True):
    """Somebody who works here.

    Args:
        case_manager: the sign that stands for her in the imported cases; empty in other roles
        language: of her pages, "de" or "en"
    """

    account_id: str
    login: str
    name: str
    role: Role
    case_manager: str
    language: str
    created_on: date
    disabled: bool = False


class Known(Account, frozen=True, kw_only=True):
    """An account with what its password is checked against."""

    password: str


def add(tx: Transaction, account: Known) -> bool:
    """Keep a new account; False when its login is taken."""
    added = tx.run(
        """
        INSERT INTO account (
            tenant, account_id, login, name, password, role, case_manager, language, created_on,
            disabled
        ) VALUES (
            :tenant, :account_id, :login, :name, :password, :role, :case_manager, :language,
            :created_on, :disabled
        )
        ON CONFLICT (tenant, login) DO NOTHING
        """,
        account,
    )
    return added == 1


def by_login(tx: Transaction, login: str) -> Known | None:
    """The account of this login, also when it is disabled."""
    return tx.one(
        """
        SELECT account_id, login, name, role, case_manager, language, created_on, disabled, password
        FROM account WHERE tenant = :tenant AND login = :login
        """,
        {"login": login},
        into=Known,
    )


def every(tx: Transaction) -> list[Account]:
    """All accounts by login."""
    return tx.all(
        """
        SELECT account_id, login, name, role, case_manager, language, created_on, disabled
        FROM account WHERE tenant = :tenant ORDER BY disabled, login
        """,
        into=Account,
    )


def holders(tx: Transaction) -> dict[str, str]:
    """Whose open account a sign is: account by sign."""
    return {
        one.case_manager: one.account_id
        for one in every(tx)
        if one.case_manager and not one.disabled
    }


def set_password(tx: Transaction, account_id: str, password: str) -> None:
    """Let another password fit."""
    tx.run(
        "UPDATE account SET password = :password WHERE tenant = :tenant AND account_id = :id",
        {"id": account_id, "password": password},
    )


def set_language(tx: Transaction, account_id: str, language: str) -> None:
    """Show her pages in another language."""
    tx.run(
        "UPDATE account SET language = :language WHERE tenant = :tenant AND account_id = :id",
        {"id": account_id, "language": language},
    )


def disable(tx: Transaction, account_id: str) -> bool:
    """Let nobody in by this account any more; False when that was so."""
    touched = tx.run(
        """
        UPDATE account SET disabled = :yes
        WHERE tenant = :tenant AND account_id = :id AND disabled = :no
        """,
        {"id": account_id, "yes": True, "no": False},
    )
    return touched == 1
