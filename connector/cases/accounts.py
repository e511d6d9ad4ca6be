"""Changes of accounts, each with its audit entry; done on the command line by whoever has the home.

An account of a case manager is bound to the sign that stands for her in the imported cases, however
it is spelt. No two open accounts share one: what a person releases is for one pair of eyes. Nor is
it for who gets the sign later: a draw belongs to the account that had it.
"""

import re
import secrets
from datetime import date, datetime

from msgspec import Struct, structs

from connector.identifiers import compared
from connector.imports import spellings
from connector.state import accounts, audit, episodes, invitations, sessions
from connector.state.accounts import Account, Known, Role
from connector.state.audit import Action, Entry
from connector.state.invitations import Unbound
from survey.engine.database import Database, Transaction
from survey.errors import NotFound, Refused
from survey.linkage import passwords

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
LONGEST_NAME = 80


class Wish(Struct, frozen=True, kw_only=True):
    """An account that is to be made.

    Args:
        case_manager: the sign of imported cases; empty in other roles
        since: since when this person has had the sign; what people show from waves that were drawn
            before is for somebody else
    """

    login: str
    name: str
    role: Role
    case_manager: str = ""
    since: date | None = None
    language: str = "de"


def add(database: Database, wish: Wish, password: str, *, at: datetime) -> int:
    """Make an account; gives how many running cases its sign stands for at the moment.

    Raises:
        Refused: login or name cannot be used, the password is weak, the sign is missing or taken,
            or it was drawn before somebody had it and nobody says since when this person has it
    """
    _refuse_unusable(wish, password)
    account = Known(
        account_id=secrets.token_hex(8),
        login=wish.login,
        name=" ".join(wish.name.split()),
        role=wish.role,
        case_manager=wish.case_manager,
        language=wish.language,
        created_on=at.date(),
        password=passwords.make(password),
    )
    with database.write() as tx:
        _refuse_shared(tx, wish)
        sign = spellings.of_sign(tx, wish.case_manager)
        drawn = _drawn_before(tx, sign, wish.since) if sign else []
        if not accounts.add(tx, structs.replace(account, case_manager=sign)):
            raise Refused(login=wish.login, reason="there is an account of this login already")
        for one in drawn:
            invitations.bind(tx, one.print_run_id, sign, account.account_id)
        _note(tx, "account.add", wish.login, at)
        cases = episodes.of_case_manager(tx, sign) if sign else []
    return len(cases)


def set_password(database: Database, login: str, password: str, *, at: datetime) -> int:
    """Let another password fit and log every browser out; gives how many there were.

    Raises:
        NotFound: no such account
        Refused: the password is weak
    """
    _refuse_weak(password)
    made = passwords.make(password)
    with database.write() as tx:
        account = _found(tx, login)
        accounts.set_password(tx, account.account_id, made)
        _note(tx, "account.password", login, at)
        return sessions.end_all(tx, account.account_id)


def disable(database: Database, login: str, *, at: datetime) -> bool:
    """Shut an account and log it out at once; False when it was shut before.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        account = _found(tx, login)
        sessions.end_all(tx, account.account_id)
        if not accounts.disable(tx, account.account_id):
            return False
        _note(tx, "account.disable", login, at)
    return True


def _found(tx: Transaction, login: str) -> Account:
    account = accounts.by_login(tx, login)
    if account is None:
        raise NotFound(login=login, cure="connector account list")
    return account


def _refuse_unusable(wish: Wish, password: str) -> None:
    if not LOGIN.fullmatch(wish.login):
        raise Refused(
            login=wish.login, reason="2 to 32 of a-z 0-9 . _ -, a letter first", cure="another"
        )
    if not 0 < len(wish.name.strip()) <= LONGEST_NAME:
        raise Refused(reason=f"the name must have 1 to {LONGEST_NAME} characters")
    if (wish.role == "case_manager") != bool(wish.case_manager):
        raise Refused(
            role=wish.role,
            reason="a case manager, and nobody else, has the sign of imported cases",
            cure="--case-manager SIGN, as in the column of the export",
        )
    _refuse_weak(password)


def _refuse_weak(password: str) -> None:
    if weak := passwords.weak(password):
        raise Refused(
            reason=weak,
            cure=f"at least {passwords.LEAST} characters, not a usual word; or --generate",
        )


def _refuse_shared(tx: Transaction, wish: Wish) -> None:
    wanted = compared(wish.case_manager)
    for one in accounts.every(tx):
        if not one.disabled and wanted and compared(one.case_manager) == wanted:
            raise Refused(
                login=one.login,
                reason="this account has the sign already; what is released is for one person",
                cure=f"connector account disable {one.login}",
            )


def _drawn_before(tx: Transaction, sign: str, since: date | None) -> list[Unbound]:
    """Waves drawn for this sign that no account has yet, since this person has had it."""
    unbound = invitations.unbound(tx, sign)
    if unbound and since is None:
        raise Refused(
            sign=sign,
            waves=", ".join(one.wave_id for one in unbound),
            drawn_on=", ".join(one.drawn_on.isoformat() for one in unbound),
            reason="these waves were drawn when nobody with the sign had an account; what people "
            "show there is for whoever had it then",
            cure="--since DAY: since when has this person had the sign?",
        )
    return [one for one in unbound if since is not None and one.drawn_on >= since]


def _note(tx: Transaction, action: Action, login: str, at: datetime) -> None:
    audit.append(tx, Entry(at=at, actor=audit.SHELL, action=action, subject=login))
