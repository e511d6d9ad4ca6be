"""`survey account`: who may log in to the staff pages, and with what right."""

from pathlib import Path

import click

from survey.errors import NotFound, Refused
from survey.home import Home, shell_actor
from survey.linkage import passwords
from survey.model.accounts import LANGUAGES, Account, Language
from survey.model.roles import ROLES, ZONE
from survey.staff import account_checks as checks
from survey.staff import accounts as actions
from survey.staff import prompt
from survey.staff.accounts import Outcome
from survey.staff.store import accounts

SENTENCES = {
    "login-form": "a login begins with a small letter, then small letters, digits, . _ -, 2 to 32",
    "login-taken": "there is such a login already, perhaps a disabled one",
    "roles-none": "an account needs at least one role",
    "roles-apart": "privacy_officer and staff_council go with no other role, not even with each "
    "other: whoever watches over the work must not do it",
    "last-administrator": "nobody could administer accounts any more; give that right first",
    "password-short": f"a password has at least {passwords.LEAST} characters",
    "password-long": f"a password has at most {passwords.MOST} characters",
    "password-common": "this password is among those that are tried first",
}
_ROLE = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(ROLES),
    help="May be given several times; the account has exactly these.",
)
_GENERATE = click.option(
    "--generate", is_flag=True, help="Make a random password and print it, this once."
)


@click.group()
def account() -> None:
    """Accounts of the staff pages: add, list, give passwords and roles, disable.

    Roles: quality_manager plans waves and publishes; editor reads and redacts comments;
    privacy_officer and staff_council read settings, audit and oversight, change nothing, and have
    no other role; administrator administers accounts. A password is asked for twice, or read from
    the first line of standard input; it is never an argument, which other users of the machine
    could see.
    """


@account.command()
@click.argument("login")
@_ROLE
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="de",
    show_default=True,
    help="Of the pages.",
)
@_GENERATE
@click.pass_obj
def add(
    directory: Path, login: str, roles: tuple[str, ...], language: Language, generate: bool
) -> None:
    """Add an account for LOGIN.

    \b
    survey account add dilan --role quality_manager --role editor
    survey account add gerd --role administrator --generate
    """
    home = Home.enter(directory)
    _refuse(checks.check_new(ZONE, login, roles))
    password = _password(generate)
    made = actions.create(
        home.database,
        ZONE,
        login=login,
        roles=roles,
        password=password,
        language=language,
        actor=shell_actor(),
        at=home.now(),
    )
    click.echo(f"Account {_require(made).login}: {', '.join(_require(made).roles)}.")
    if generate:
        click.echo(f"Password: {password}")


@account.command("list")
@click.pass_obj
def listed(directory: Path) -> None:
    """List every account with its roles, disabled ones too."""
    home, everybody = Home.enter(directory), accounts.Filter()
    with home.database.read() as tx:
        for known in accounts.listed(tx, everybody, most=accounts.count(tx, everybody)):
            shut = "  disabled" if known.disabled else ""
            click.echo(f"{known.login}  {', '.join(known.roles)}  since {known.created_on}{shut}")


@account.command()
@click.argument("login")
@_GENERATE
@click.pass_obj
def password(directory: Path, login: str, generate: bool) -> None:
    """Give LOGIN a new password; every session of the account ends."""
    home = Home.enter(directory)
    known = _find(home, login)
    plain = _password(generate)
    _require(
        actions.give_password(
            home.database, ZONE, known.account_id, plain, actor=shell_actor(), at=home.now()
        )
    )
    click.echo(f"New password for {login}; logged out everywhere.")
    if generate:
        click.echo(f"Password: {plain}")


@account.command()
@click.argument("login")
@_ROLE
@click.pass_obj
def roles(directory: Path, login: str, roles: tuple[str, ...]) -> None:
    """Give LOGIN exactly these roles; they hold from the next page on."""
    home = Home.enter(directory)
    known = _find(home, login)
    changed = actions.give_roles(
        home.database, ZONE, known.account_id, roles, actor=shell_actor(), at=home.now()
    )
    click.echo(f"{login}: {', '.join(_require(changed).roles)}.")


@account.command()
@click.argument("login")
@click.option("--undo", is_flag=True, help="Let a disabled account log in again.")
@click.pass_obj
def disable(directory: Path, login: str, undo: bool) -> None:
    """Shut the account of LOGIN: every session ends at once, nobody can log in with it.

    Accounts are never deleted, because the audit names them; a login is never given twice.
    """
    home = Home.enter(directory)
    known = _find(home, login)
    changed = actions.disable(
        home.database, ZONE, known.account_id, disabled=not undo, actor=shell_actor(), at=home.now()
    )
    click.echo(f"{login} is {'disabled' if _require(changed).disabled else 'open'}.")


def _find(home: Home, login: str) -> Account:
    with home.database.read() as tx:
        known = accounts.by_login(tx, login)
    if known is None:
        raise NotFound(login=login, cure="survey account list")
    return known


def _password(generate: bool) -> str:
    plain = prompt.password(generate=generate)
    _refuse(checks.check_password(plain))
    return plain


def _require(outcome: Outcome) -> Account:
    if isinstance(outcome, list):
        _refuse(outcome)
    assert isinstance(outcome, Account)  # noqa: S101 - an empty list of problems is no outcome
    return outcome


def _refuse(problems: Outcome) -> None:
    if isinstance(problems, list) and problems:
        reasons = "; ".join(SENTENCES[problem.message] for problem in problems)
        raise Refused(reason=reasons)
