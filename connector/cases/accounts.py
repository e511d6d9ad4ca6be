"""Changes of accounts, each with its audit entry; done on the command line by whoever has the home.

An account of a case manager is bound to the sign that stands for her in the imported cases, however
it is spelt. No two open accounts share one: what a person releases is for one pair of eyes. Nor is
it for who gets the sign later: a draw belongs to the account that had it.
"""

from datetime import date, datetime

from msgspec import Struct

from connector.identifiers import compared
from connector.imports import spellings
from connector.roles import ZONE, Role
from connector.state import audit, case_managers, episodes, invitations
from connector.state.invitations import Unbound
from survey.engine.database import Database, Transaction
from survey.errors import NotFound, Refused
from survey.linkage import passwords
from survey.model.accounts import LOGIN, Account, Language
from survey.staff import accounts as staff
from survey.staff.store import accounts

LONGEST_NAME = 80


class NewAccount(Struct, frozen=True, kw_only=True):
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
    language: Language = "de"


def add(database: Database, wanted: NewAccount, password: str, *, at: datetime) -> int:
    """Make an account; gives how many running cases its sign stands for at the moment.

    Raises:
        Refused: login or name cannot be used, the password is weak, the sign is missing or taken,
            or it was drawn before somebody had it and nobody says since when this person has it
    """
    _refuse_unusable(wanted, password)
    account = staff.new(
        ZONE,
        wanted.login,
        (wanted.role,),
        language=wanted.language,
        at=at,
        name=" ".join(wanted.name.split()),
    )
    proof = staff.made_of(password)
    with database.write() as tx:
        _refuse_shared(tx, wanted)
        sign = spellings.of_sign(tx, wanted.case_manager)
        drawn = _drawn_before(tx, sign, wanted.since) if sign else []
        added = staff.add(tx, ZONE, account, proof, actor=audit.SHELL, at=at)
        if not isinstance(added, Account):
            raise Refused(login=wanted.login, reason="there is an account of this login already")
        if sign:
            case_managers.add(tx, account.account_id, sign)
        for wave in drawn:
            invitations.bind(tx, wave.print_run_id, sign, account.account_id)
        cases = episodes.of_case_manager(tx, sign) if sign else []
    return len(cases)


def set_password(database: Database, login: str, password: str, *, at: datetime) -> int:
    """Let another password fit and log every browser out; gives how many there were.

    Raises:
        NotFound: no such account
        Refused: the password is weak
    """
    _refuse_weak(password)
    proof = staff.made_of(password)
    with database.write() as tx:
        account = _require(tx, login)
        return staff.set_password(tx, ZONE, account, proof, actor=audit.SHELL, at=at)


def disable(database: Database, login: str, *, at: datetime) -> bool:
    """Shut an account and log it out at once; False when it was shut before.

    Raises:
        NotFound: no such account
    """
    with database.write() as tx:
        account = _require(tx, login)
        staff.set_disabled(tx, ZONE, account, disabled=True, actor=audit.SHELL, at=at)
    return not account.disabled


def _require(tx: Transaction, login: str) -> Account:
    account = accounts.by_login(tx, login)
    if account is None:
        raise NotFound(login=login, cure="connector account list")
    return account


def _refuse_unusable(wanted: NewAccount, password: str) -> None:
    if not LOGIN.fullmatch(wanted.login):
        raise Refused(
            login=wanted.login, reason="2 to 32 of a-z 0-9 . _ -, a letter first", cure="another"
        )
    if not 0 < len(wanted.name.strip()) <= LONGEST_NAME:
        raise Refused(reason=f"the name must have 1 to {LONGEST_NAME} characters")
    if (wanted.role == "case_manager") != bool(wanted.case_manager):
        raise Refused(
            role=wanted.role,
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


def _refuse_shared(tx: Transaction, wanted: NewAccount) -> None:
    sign = compared(wanted.case_manager)
    for manager in case_managers.list_all(tx):
        if not manager.disabled and sign and compared(manager.sign) == sign:
            raise Refused(
                login=manager.login,
                reason="this account has the sign already; what is released is for one person",
                cure=f"connector account disable {manager.login}",
            )


def _drawn_before(tx: Transaction, sign: str, since: date | None) -> list[Unbound]:
    """Waves drawn for this sign that no account has yet, since this person has had it."""
    unbound = invitations.unbound(tx, sign)
    if unbound and since is None:
        raise Refused(
            sign=sign,
            waves=", ".join(wave.wave_id for wave in unbound),
            drawn_on=", ".join(wave.drawn_on.isoformat() for wave in unbound),
            reason="these waves were drawn when nobody with the sign had an account; what people "
            "show there is for whoever had it then",
            cure="--since DAY: since when has this person had the sign?",
        )
    return [wave for wave in unbound if since is not None and wave.drawn_on >= since]
