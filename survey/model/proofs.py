"""Proofs of identity: what an account is checked against when somebody logs in with it.

A closed union: a new kind is a struct here and an arm wherever proofs are told apart.
"""

from typing import TypeAlias

from msgspec import Struct


class Password(Struct, frozen=True, kw_only=True, tag="password"):
    """A password; `digest` is what was made of it, never the password itself."""

    digest: str


Proof: TypeAlias = Password
