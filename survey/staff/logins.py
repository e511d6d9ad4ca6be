"""Logging in and out. Whatever is wrong gives the same after the same work, and stores nothing."""

from datetime import datetime, timedelta

from msgspec import Struct

from survey.engine.database import Database, Transaction
from survey.linkage import passwords, tokens
from survey.model.accounts import Account
from survey.model.proofs import Password
from survey.model.zones import Zone
from survey.staff.accounts import made_of, note
from survey.staff.store import accounts, proofs, sessions
from survey.staff.store.sessions import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# Written at most once a minute: a page that only reads should not have to wait for a turn to write.
SEEN = timedelta(minutes=1)


class Entered(Struct, frozen=True, kw_only=True):
    """Who logged in, and the token that only the browser keeps."""

    account: Account
    token: str


def log_in(
    database: Database, zone: Zone, login: str, password: str, *, at: datetime
) -> Entered | None:
    """A session of its own for every login; None for an unknown login, a wrong password or a
    disabled account, after the same work.
    """
    with database.read() as tx:
        account, proof = _known(tx, login)
    fits = passwords.fits(proof.digest if proof else None, password)
    if account is None or proof is None or not fits or account.disabled:
        return None
    renewed = made_of(password) if passwords.stale(proof.digest) else None
    with database.write() as tx:
        # Looking at a password takes long: it may have been taken away meanwhile.
        if _known(tx, login) != (account, proof):
            return None
        if renewed:
            proofs.keep(tx, account.account_id, renewed)
        token = begin(tx, zone, account, at=at)
    return Entered(account=account, token=token)


def begin(tx: Transaction, zone: Zone, account: Account, *, at: datetime) -> str:
    """The token of a new session of somebody whose identity was proven, by whatever proof."""
    token = tokens.fresh()
    remove_ended(tx, at=at)
    sessions.begin(
        tx,
        Session(
            token_hash=tokens.digest(token),
            account_id=account.account_id,
            begun_at=at,
            seen_at=at,
        ),
    )
    note(tx, zone, "login", account, actor=zone.actor(account), at=at)
    return token


def confirmed(database: Database, account: Account, password: str) -> bool:
    """True if this is the password of somebody who is logged in."""
    with database.read() as tx:
        proof = proofs.password(tx, account.account_id)
    return passwords.fits(proof.digest if proof else None, password)


def session_of(database: Database, token: str, *, at: datetime) -> Account | None:
    """Whose session this is; None when it has ended, lay idle too long, or the account is shut."""
    token_hash = tokens.digest(token)
    with database.read() as tx:
        session = sessions.find(tx, token_hash)
        if session is None or at - session.begun_at > LONGEST or at - session.seen_at > IDLE:
            return None
        account = accounts.find(tx, session.account_id)
    if account is None or account.disabled:
        return None
    if at - session.seen_at > SEEN:
        with database.write() as tx:
            sessions.touch(tx, token_hash, at=at)
    return account


def log_out(database: Database, zone: Zone, token: str, account: Account, *, at: datetime) -> None:
    """End this session."""
    with database.write() as tx:
        sessions.end(tx, tokens.digest(token))
        note(tx, zone, "logout", account, actor=zone.actor(account), at=at)


def remove_ended(tx: Transaction, *, at: datetime) -> int:
    """Delete sessions that no browser can use any more; gives how many there were."""
    return sessions.sweep(tx, begun_before=at - LONGEST, seen_before=at - IDLE)


def _known(tx: Transaction, login: str) -> tuple[Account | None, Password | None]:
    """The account of this login and its password, as they are now."""
    account = accounts.by_login(tx, login)
    return account, proofs.password(tx, account.account_id) if account else None
