"""`connector account`: who may open the case pages."""

from datetime import UTC, datetime
from pathlib import Path

import click

from connector import settings as homes
from connector.cases import accounts
from connector.cases.accounts import NewAccount
from connector.cli.asking import GERMAN
from connector.roles import ROLES, Role
from connector.settings import Home
from connector.state import case_managers, database
from survey.command import YES, agree
from survey.engine.sqlite import SqliteDatabase
from survey.model.accounts import LANGUAGES, Language
from survey.staff import prompt
from survey.staff.store import accounts as table

GENERATE = click.option("--generate", is_flag=True, help="Make a password and show it once.")


@click.group()
def account() -> None:
    """Make, list and shut the logins of the case pages.

    A password is asked for twice, read from the first line of standard input when that is no
    terminal, or made by --generate; it is never an argument, which others on this machine could
    see. Every change is written into the log that data protection reads.
    """


@account.command()
@click.argument("login")
@click.option("--name", required=True, help="As colleagues know this person.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="One per account: cases, log or accounts, never two of them.",
)
@click.option(
    "--case-manager",
    "sign",
    default="",
    help="With role case_manager: the sign that stands for this person in the imported cases.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Since when this person has had the sign, YYYY-MM-DD; needed if a wave was drawn for it "
    "when nobody had an account.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="de", show_default=True)
@GENERATE
@click.pass_obj
def add(
    home: Path,
    login: str,
    name: str,
    role: Role,
    sign: str,
    since: datetime | None,
    language: Language,
    generate: bool,
) -> None:
    """Make an account LOGIN: 2 to 32 of a-z, 0-9, . _ -, a letter first.

    A case manager sees the cases whose column "case_manager" holds her sign, however it is spelt,
    and what people released to her. No two open accounts have the same sign. Whoever gets the sign
    of a colleague who has left does not see what was released to that colleague.
    """
    wanted = NewAccount(
        login=login,
        name=name,
        role=role,
        case_manager=sign,
        since=since.date() if since else None,
        language=language,
    )
    password = prompt.password(generate=generate)
    state = _opened(homes.read(home))
    try:
        cases = accounts.add(state, wanted, password, at=datetime.now(UTC))
    finally:
        state.close()
    click.echo(f"Account {login} ({role}) is open.")
    if generate:
        click.echo(f"Password, shown only now: {password}")
    if sign:
        click.echo(f"Cases with the sign {sign} in the last imports: {cases}")
    if sign and not cases:
        click.echo("  None yet: is it the sign of the export?", err=True)


@account.command("list")
@click.pass_obj
def show(home: Path) -> None:
    """List every account with role, sign and state; open ones first."""
    state = _opened(homes.read(home))
    try:
        with state.read() as tx:
            every = table.list_all(tx)
            signs = {manager.account_id: manager.sign for manager in case_managers.list_all(tx)}
    finally:
        state.close()
    for known in every:
        sign = signs.get(known.account_id, "")
        words = [known.login, *known.roles, sign, "shut" if known.disabled else "open"]
        click.echo("  ".join(word for word in words if word))
    if not every:
        click.echo("No account yet: connector account add")


@account.command()
@click.argument("login")
@GENERATE
@click.pass_obj
def password(home: Path, login: str, generate: bool) -> None:
    """Set another password for LOGIN and end its sessions in every browser."""
    made = prompt.password(generate=generate)
    state = _opened(homes.read(home))
    try:
        ended = accounts.set_password(state, login, made, at=datetime.now(UTC))
    finally:
        state.close()
    click.echo(f"{login} has another password. Sessions ended: {ended}")
    if generate:
        click.echo(f"Password, shown only now: {made}")


@account.command()
@click.argument("login")
@YES
@click.pass_obj
def disable(home: Path, login: str, yes: bool) -> None:
    """Shut LOGIN at once and for good, in every browser; what it did stays in the log."""
    agree(f"Ein Konto lässt sich nicht wieder öffnen. {login} schließen?", yes=yes, asking=GERMAN)
    state = _opened(homes.read(home))
    try:
        shut = accounts.disable(state, login, at=datetime.now(UTC))
    finally:
        state.close()
    click.echo(f"{login} is shut." if shut else f"{login} was shut before.")


def _opened(home: Home) -> SqliteDatabase:
    return database.opened(home.database, tenant=home.settings.tenant)
