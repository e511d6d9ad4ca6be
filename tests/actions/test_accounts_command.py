"""Accounts from the shell: nothing secret in arguments, every change in the audit."""

import pytest
from click.testing import CliRunner

from survey import clock
from survey.cli.main import main
from survey.model.roles import ZONE
from survey.staff import logins
from survey.staff.store import audit
from tests.world import homes

PASSWORD = "drei Birnen am Bahnhof"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    world = homes.build(tmp_path_factory.mktemp("house"), letters=20)
    return world.home


@pytest.fixture
def survey(home):
    def run(*arguments, typed=PASSWORD + "\n"):
        return CliRunner().invoke(
            main, ["--home", str(home.directory), "account", *arguments], input=typed
        )

    return run


def test_an_account_that_was_added_can_log_in_with_the_password_from_standard_input(home, survey):
    done = survey("add", "dilan", "--role", "quality_manager", "--role", "editor")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    assert logins.log_in(home.database, ZONE, "dilan", PASSWORD, at=clock.now())


def test_a_generated_password_is_printed_once_and_works(home, survey):
    done = survey("add", "gerd", "--role", "administrator", "--generate", typed="")
    password = done.output.rsplit("Password: ", 1)[1].strip()
    assert logins.log_in(home.database, ZONE, "gerd", password, at=clock.now())
    assert password not in survey("list").output


def test_a_list_names_roles_and_no_passwords(survey):
    survey("add", "lena", "--role", "editor")
    line = next(each for each in survey("list").output.splitlines() if each.startswith("lena"))
    assert "editor" in line
    assert "argon2" not in line


def test_a_new_password_replaces_the_old_one_and_ends_every_session(home, survey):
    survey("add", "mira", "--role", "editor")
    entered = logins.log_in(home.database, ZONE, "mira", PASSWORD, at=clock.now())
    assert survey("password", "mira", typed="vier Pflaumen am Markt\n").exit_code == 0
    assert logins.session_of(home.database, entered.token, at=clock.now()) is None
    assert logins.log_in(home.database, ZONE, "mira", PASSWORD, at=clock.now()) is None
    assert logins.log_in(home.database, ZONE, "mira", "vier Pflaumen am Markt", at=clock.now())


def test_a_disabled_account_cannot_log_in_until_that_is_undone(home, survey):
    survey("add", "nora", "--role", "editor")
    survey("disable", "nora")
    assert logins.log_in(home.database, ZONE, "nora", PASSWORD, at=clock.now()) is None
    survey("disable", "nora", "--undo")
    assert logins.log_in(home.database, ZONE, "nora", PASSWORD, at=clock.now())


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "Dilan Aksoy", "--role", "editor"), PASSWORD, "begins with a small letter"),
        (("add", "otto", "--role", "editor"), "kurz", "at least 12 characters"),
        (("add", "otto", "--role", "editor"), "", "at least 12 characters"),
        (
            ("add", "otto", "--role", "administrator", "--role", "privacy_officer"),
            PASSWORD,
            "must not do it",
        ),
        (("add", "otto", "--role", "boss"), PASSWORD, "boss"),
        (("add", "otto"), PASSWORD, "--role"),
        (("roles", "niemand", "--role", "editor"), "", "niemand"),
        (("password", "niemand"), PASSWORD, "niemand"),
        (("disable", "niemand"), "", "niemand"),
    ],
)
def test_what_cannot_be_done_is_said_and_not_done(home, survey, arguments, typed, said):
    before = survey("list").output
    done = survey(*arguments, typed=typed + "\n")
    assert done.exit_code != 0
    assert said in done.output
    assert survey("list").output == before


def test_the_last_administrator_cannot_be_shut_out(home, tmp_path):
    entered = homes.build(tmp_path, letters=20).home

    def run(*arguments):
        return CliRunner().invoke(main, ["--home", str(entered.directory), "account", *arguments])

    run("add", "gerd", "--role", "administrator", "--generate")
    assert "nobody could administer" in run("disable", "gerd").output
    assert "nobody could administer" in run("roles", "gerd", "--role", "editor").output
    run("add", "heike", "--role", "administrator", "--generate")
    assert run("disable", "gerd").exit_code == 0


def test_a_login_is_never_given_twice_not_even_after_it_was_shut(survey):
    survey("add", "paul", "--role", "editor")
    survey("disable", "paul")
    assert "already" in survey("add", "paul", "--role", "editor").output


def test_every_change_is_in_the_audit_with_who_did_it_and_without_the_password(home, survey):
    survey("add", "rosa", "--role", "editor")
    survey("roles", "rosa", "--role", "quality_manager")
    survey("password", "rosa", typed="fünf Quitten am Hafen\n")
    survey("disable", "rosa")
    with home.database.read() as tx:
        entries = [each for each in audit.list_all(tx) if each.subject == "rosa"]
    assert [each.action for each in entries] == [
        "account-create",
        "account-roles",
        "account-password",
        "account-disable",
    ]
    assert all(each.actor.startswith("shell:") for each in entries)
    assert "Quitten" not in "".join(each.details for each in entries)
