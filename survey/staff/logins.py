"""Logging in and out. Whatever is wrong gives the same after the same work, and stores nothing."""

from datetime import datetime, timedelta

from msgspec import Struct

from survey.engine.database import Database
from survey.linkage import passwords, tokens
from survey.model.accounts import Account
from survey.staff import audit
from survey.staff.store import accounts, sessions
from survey.staff.store.sessions import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# Written at most once a minute: a page that only reads should not have to wait for a turn to write.
SEEN = timedelta(minutes=1)


class Entered(Struct, frozen=True, kw_only=True):
    """Who logged in, and the token that only the browser keeps."""

    account: Account
    token: str


def log_in(database: Database, login: str, password: str, *, at: datetime) -> Entered | None:
    """A session of its own for every login; None for an unknown login, a wrong password or a
    disabled account, after the same work.
    """
    with database.read() as tx:
        found = accounts.known(tx, login)
    fits = passwords.fits(found.password if found else None, password)
    if found is None or not fits or found.account.disabled:
        return None
    renewed = passwords.make(password) if passwords.stale(found.password) else ""
    token = tokens.fresh()
    account = found.account
    with database.write() as tx:
        # Looking at a password takes long: it may have been taken away meanwhile.
        if accounts.known(tx, login) != found:
            return None
        sessions.sweep(tx, begun_before=at - LONGEST, seen_before=at - IDLE)
        sessions.begin(
            tx,
            Session(
                token_hash=tokens.digest(token),
                account_id=account.account_id,
                begun_at=at,
                seen_at=at,
            ),
        )
        if renewed:
            accounts.keep_password(tx, account.account_id, renewed)
        audit.note(tx, account.actor, "login", account.login, at=at)
    return Entered(account=account, token=token)


def confirmed(database: Database, account: Account, password: str) -> bool:
    """True if this is the password of somebody who is logged in."""
    with database.read() as tx:
        found = accounts.known(tx, account.login)
    return passwords.fits(found.password if found else None, password)


def who(database: Database, token: str, *, at: datetime) -> Account | None:
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


def log_out(database: Database, token: str, account: Account, *, at: datetime) -> None:
    """End this session."""
    with database.write() as tx:
        sessions.end(tx, tokens.digest(token))
        audit.note(tx, account.actor, "logout", account.login, at=at)
