"""Each zone has its own rules for accounts: roles, names in the audit, who must stay."""

from datetime import UTC, datetime
from itertools import combinations

import pytest

from connector import roles as connector
from survey.model import roles as server
from survey.staff import account_checks as checks
from survey.staff import accounts, audit
from survey.staff.store import audit as entries

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
PASSWORD = "fünf Birnen am Bahnhof"  # noqa: S105 - of a person who does not exist


@pytest.mark.parametrize("pair", list(combinations(connector.ROLES, 2)))
def test_in_the_connector_nobody_has_two_roles(pair):
    faults = [problem.message for problem in checks.check_roles(connector.ZONE, pair)]
    assert faults == ["roles-apart"]


@pytest.mark.parametrize(
    ("zone", "role"), [(server.ZONE, "case_manager"), (connector.ZONE, "editor")]
)
def test_a_role_of_the_other_zone_is_none(zone, role):
    faults = [problem.message for problem in checks.check_roles(zone, [role])]
    assert faults == ["roles-none"]


def made(database, zone):
    account = accounts.create(
        database, zone, login="gerd", roles=["administrator"], password=PASSWORD, actor="x", at=AT
    )
    accounts.set_language(
        database, zone, account.account_id, "en", actor=zone.actor(account), at=AT
    )
    return accounts.disable(database, zone, account.account_id, actor="x", at=AT)


def test_a_zone_names_changes_and_people_in_its_own_words(database):
    assert made(database, connector.ZONE).disabled
    with database.read() as tx:
        named = [(entry.actor, entry.action) for entry in entries.list_all(tx)]
        assert audit.verify(tx, connector.ZONE).broken_at is None
    # The connector does not write down in which language somebody reads.
    assert named == [("x", "account.add"), ("x", "account.disable")]


def test_on_the_server_the_last_administrator_stays(database):
    problems = made(database, server.ZONE)
    assert [problem.message for problem in problems] == ["last-administrator"]
    with database.read() as tx:
        named = [(entry.actor, entry.action) for entry in entries.list_all(tx)]
    assert named == [("x", "account-create"), ("staff:gerd", "account-language")]
