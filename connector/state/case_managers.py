"""Table `case_manager`: the sign that stands for an account in the imported cases."""

from msgspec import Struct

from survey.engine.database import Transaction


class CaseManager(Struct, frozen=True, kw_only=True):
    """An account with its sign; no two open accounts have one sign, however it is spelt."""

    account_id: str
    login: str
    sign: str
    disabled: bool


class _Sign(Struct, frozen=True):
    sign: str


def add(tx: Transaction, account_id: str, sign: str) -> None:
    """Bind a sign to an account."""
    tx.run(
        """
        INSERT INTO case_manager (tenant, account_id, sign) VALUES (:tenant, :account_id, :sign)
        """,
        {"account_id": account_id, "sign": sign},
    )


def sign_of(tx: Transaction, account_id: str) -> str:
    """The sign of an account; empty when it has none, which no case has either."""
    row = tx.one(
        "SELECT sign FROM case_manager WHERE tenant = :tenant AND account_id = :account_id",
        {"account_id": account_id},
        into=_Sign,
    )
    return row.sign if row else ""


def list_all(tx: Transaction) -> list[CaseManager]:
    """Every account with a sign, by login."""
    return tx.all(
        """
        SELECT account.account_id, account.login, case_manager.sign, account.disabled
        FROM case_manager
        JOIN account ON account.tenant = :tenant AND account.account_id = case_manager.account_id
        WHERE case_manager.tenant = :tenant ORDER BY account.login
        """,
        into=CaseManager,
    )


def holders(tx: Transaction) -> dict[str, str]:
    """Whose open account a sign is: account by sign."""
    return {manager.sign: manager.account_id for manager in list_all(tx) if not manager.disabled}
