"""Logging in and out of the case pages: one reply for whatever is wrong."""

from datetime import datetime, timedelta

from msgspec import Struct

from connector.state import accounts, audit, sessions
from connector.state.accounts import Account
from connector.state.audit import Entry
from connector.state.sessions import Session
from survey.engine.database import Database
from survey.linkage import passwords, tokens

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
# Written at most once a minute: a page that only reads need not wait for its turn to write.
SEEN = timedelta(minutes=1)


class Entered(Struct, frozen=True, kw_only=True):
    """Who logged in, and the token that only her browser keeps."""

    account: Account
    token: str


def log_in(database: Database, login: str, password: str, *, at: datetime) -> Entered | None:
    """A session of its own for every login; None for an unknown login, a wrong password or a
    disabled account, after the same work.
    """
    with database.read() as tx:
        found = accounts.by_login(tx, login)
    fits = passwords.fits(found.password if found else None, password)
    if found is None or not fits or found.disabled:
        return None
    renewed = passwords.make(password) if passwords.stale(found.password) else ""
    token = tokens.fresh()
    with database.write() as tx:
        # Looking at a password takes long: it may have been taken away meanwhile.
        if accounts.by_login(tx, login) != found:
            return None
        sessions.remove_old(tx, begun_before=at - LONGEST, seen_before=at - IDLE)
        sessions.add(
            tx,
            Session(
                token_hash=tokens.digest(token),
                account_id=found.account_id,
                begun_at=at,
                seen_at=at,
            ),
        )
        if renewed:
            accounts.set_password(tx, found.account_id, renewed)
        audit.append(tx, Entry(at=at, actor=login, action="account.login", subject=login))
    return Entered(account=found, token=token)


def who(database: Database, token: str, *, at: datetime) -> Account | None:
    """Whose session this is; None when it ended, lay idle too long, or the account is shut."""
    token_hash = tokens.digest(token)
    with database.read() as tx:
        seated = sessions.find(tx, token_hash)
    if seated is None or at - seated.begun_at > LONGEST or at - seated.seen_at > IDLE:
        return None
    if at - seated.seen_at > SEEN:
        with database.write() as tx:
            sessions.see(tx, token_hash, at=at)
    return seated


def log_out(database: Database, token: str, account: Account, *, at: datetime) -> None:
    """End this session."""
    with database.write() as tx:
        sessions.end(tx, tokens.digest(token))
        audit.append(
            tx,
            Entry(at=at, actor=account.login, action="account.logout", subject=account.login),
        )
