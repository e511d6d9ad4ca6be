"""What a person shows her case manager is for that colleague: not for who gets the sign later."""

import re
import shutil
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from connector.cases import accounts
from connector.cases.accounts import NewAccount
from connector.state import database
from survey.engine import migrate, sqlite
from survey.errors import Refused
from survey.staff.store import audit
from survey.staff.store.audit import Filter
from tests.connector import case_houses
from tests.connector.case_houses import AMIRA, NOON, PASSWORD, TODAY

WORDS = "Brief vom Vermieter"
SUCCESSOR = NewAccount(login="emil", name="Emil Nolte", role="case_manager", case_manager="BA")


def page(house, login):
    with house.browser(login) as client:
        reply = client.get(house.address(AMIRA))
        assert reply.status_code == 200
        return re.sub(r'value="[0-9a-f]{64}"', "", reply.text)


def succeed(house, **names):
    """Bernd leaves, and Emil gets his sign."""
    accounts.disable(house.state, "bernd", at=NOON)
    return accounts.add(house.state, replace(SUCCESSOR, **names), PASSWORD, at=NOON)


def test_a_successor_with_the_same_sign_has_the_cases_and_nothing_that_was_shown(house):
    house.pull(house.release())
    assert WORDS in page(house, "bernd")
    assert succeed(house) == 12
    said = page(house, "emil")
    assert WORDS not in said
    assert "Hier steht gerade nichts." in said


def test_what_is_shown_to_her_reads_like_nothing_at_all_to_the_successor(house):
    """Whether there is something hidden would tell that the person answered."""
    succeed(house)
    before = page(house, "emil")
    house.pull(house.release())
    house.pull()
    without = page(house, "emil")
    house.pull(house.release())
    assert page(house, "emil") == without
    assert "Es wurde noch nie abgeholt" in before


def test_a_day_that_goes_far_back_gives_the_successor_nothing_either(house):
    house.pull(house.release())
    succeed(house, since=date(2020, 1, 1))
    assert WORDS not in page(house, "emil")


def test_reading_it_leaves_no_entry_of_a_reading(house):
    house.pull(house.release())
    succeed(house)
    page(house, "emil")
    with house.state.read() as tx:
        read = audit.matching(tx, Filter(action="release.read"), skip=0, most=9)
    assert [one.actor for one in read] == []


def test_the_next_wave_is_shown_to_the_successor(house):
    succeed(house)
    house.draw("w2", 2, on=TODAY)
    house.pull(house.release(wave_id="w2"))
    assert WORDS in page(house, "emil")


def drawn_for_nobody(house):
    """A wave is drawn between Bernd's last day and Emil's account."""
    accounts.disable(house.state, "bernd", at=NOON)
    house.draw("w2", 2, on=TODAY)


def test_a_wave_drawn_in_between_asks_since_when_the_sign_is_somebodys(house):
    drawn_for_nobody(house)
    with pytest.raises(Refused, match="drawn when nobody with the sign had an account") as refused:
        accounts.add(house.state, SUCCESSOR, PASSWORD, at=NOON)
    assert refused.value.facts["waves"] == "w2"
    assert "--since" in refused.value.facts["cure"]
    with house.state.read() as tx:
        assert case_houses.known_accounts.by_login(tx, "emil") is None


@pytest.mark.parametrize(("since", "sees"), [(TODAY, True), (TODAY + timedelta(days=1), False)])
def test_what_was_drawn_in_between_is_for_who_had_the_sign_then(house, since, sees):
    drawn_for_nobody(house)
    accounts.add(house.state, replace(SUCCESSOR, since=since), PASSWORD, at=NOON)
    house.pull(house.release(wave_id="w2"), house.release())
    assert (WORDS in page(house, "emil")) == sees


def test_who_has_had_it_since_is_bound_for_good(house):
    drawn_for_nobody(house)
    accounts.add(house.state, replace(SUCCESSOR, since=TODAY), PASSWORD, at=NOON)
    accounts.disable(house.state, "emil", at=NOON)
    accounts.add(house.state, replace(SUCCESSOR, login="frida"), PASSWORD, at=NOON)
    house.pull(house.release(wave_id="w2"))
    assert WORDS not in page(house, "frida")


def test_another_spelling_of_the_sign_is_the_same_sign(house):
    drawn_for_nobody(house)
    with pytest.raises(Refused, match="drawn when nobody"):
        accounts.add(house.state, replace(SUCCESSOR, case_manager=" ba "), PASSWORD, at=NOON)
    found = replace(SUCCESSOR, case_manager=" ba ", since=TODAY)
    accounts.add(house.state, found, PASSWORD, at=NOON)
    house.pull(house.release(wave_id="w2"))
    assert WORDS in page(house, "emil")


# What an older version kept: no account beside an invitation.
OLDER = 5


@pytest.fixture
def older(tmp_path):
    """A database of before, with one invitation of a wave drawn on 2 March."""
    folder = tmp_path / "older"
    folder.mkdir()
    for path in sorted(database.MIGRATIONS.glob("*.sql"))[:OLDER]:
        shutil.copy(path, folder)
    state = sqlite.open_database(tmp_path / "connector.db", tenant="musterstadt")
    migrate.migrate(state, folder)
    with state.write() as tx:
        for sql in (
            """
            INSERT INTO wave (tenant, wave_id, programme_id, offer)
            VALUES (:tenant, 'w1', 'p', :bytes)
            """,
            """
            INSERT INTO print_run (tenant, print_run_id, wave_id, letters, drawn_on)
            VALUES (:tenant, 'r1', 'w1', 1, '2026-03-02')
            """,
            """
            INSERT INTO reporting_unit (tenant, wave_id, unit_id, label)
            VALUES (:tenant, 'w1', 'u1', 'Team 1')
            """,
            """
            INSERT INTO invitation (tenant, print_run_id, number, wave_id, case_index, unit_id,
                cell, case_manager)
            VALUES (:tenant, 'r1', 0, 'w1', :bytes, 'u1', 'all', 'BA')
            """,
        ):
            tx.run(sql, {"bytes": b"c"})
    yield state
    state.close()


def account(state, login, created_on, *, disabled=False):
    with state.write() as tx:
        tx.run(
            """
            INSERT INTO account (tenant, account_id, login, name, password, role, case_manager,
                language, created_on, disabled)
            VALUES (:tenant, :login, :login, '', '', 'case_manager', 'BA', 'de', :on, :disabled)
            """,
            {"login": login, "on": created_on, "disabled": disabled},
        )


def bound(state):
    """What the migrations make of it."""
    migrate.migrate(state, database.MIGRATIONS)

    class Bound(case_houses.msgspec.Struct):
        account_id: str

    with state.read() as tx:
        return tx.one("SELECT account_id FROM invitation", into=Bound).account_id


@pytest.mark.parametrize(
    ("known", "holder"),
    [
        ([], ""),
        ([("bernd", "2026-01-01", False)], "bernd"),
        ([("bernd", "2026-05-01", False)], "bernd"),
        ([("bernd", "2026-01-01", True), ("emil", "2026-06-01", False)], "bernd"),
        ([("bernd", "2026-01-01", True), ("emil", "2026-02-01", False)], "emil"),
        ([("bernd", "2026-01-01", True), ("emil", "2026-01-01", False)], "bernd"),
        ([("bernd", "2026-04-01", True), ("emil", "2026-06-01", False)], "bernd"),
    ],
)
def test_an_update_binds_what_was_drawn_to_who_had_the_sign_then(older, known, holder):
    for login, created_on, disabled in known:
        account(older, login, created_on, disabled=disabled)
    assert bound(older) == holder
