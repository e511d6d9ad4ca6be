"""Table `account_proof`: the proofs of identity of accounts, at most one of each kind."""

from typing import Literal, TypeAlias, assert_never

import msgspec
from msgspec import Struct

from survey.engine.database import Transaction
from survey.model.proofs import Password, Proof

Kind: TypeAlias = Literal["password"]


class _Row(Struct, frozen=True):
    body: str


def keep(tx: Transaction, account_id: str, proof: Proof) -> None:
    """Let this proof count, in the place of the account's former one of its kind."""
    tx.run(
        """
        INSERT INTO account_proof (tenant, account_id, kind, body)
        VALUES (:tenant, :account_id, :kind, :body)
        ON CONFLICT (tenant, account_id, kind) DO UPDATE SET body = excluded.body
        """,
        {
            "account_id": account_id,
            "kind": _kind(proof),
            "body": msgspec.json.encode(proof).decode(),
        },
    )


def password(tx: Transaction, account_id: str) -> Password | None:
    """The account's password; None when it has none."""
    row = tx.one(
        """
        SELECT body FROM account_proof
        WHERE tenant = :tenant AND account_id = :account_id AND kind = 'password'
        """,
        {"account_id": account_id},
        into=_Row,
    )
    return msgspec.json.decode(row.body, type=Password) if row else None


def _kind(proof: Proof) -> Kind:
    match proof:
        case Password():
            return "password"
        case _:
            assert_never(proof)
