"""Whoever watches over the work has no part in it, and the two who watch are two people."""

from itertools import combinations

import pytest

from survey.model.roles import ROLES, ZONE
from survey.paths import ROOT
from survey.staff import account_checks as checks
from survey.staff.store import accounts as rows
from tests import databases
from tests.staff.test_accounts import DILAN, replace

ALONE = {"privacy_officer", "staff_council"}


@pytest.mark.parametrize("roles", [pair for n in (2, 3) for pair in combinations(ROLES, n)])
def test_watchers_have_no_other_role_and_those_who_work_may_have_several(roles):
    faults = [problem.message for problem in checks.check_roles(ZONE, roles)]
    assert faults == (["roles-apart"] if ALONE & set(roles) else [])


@pytest.mark.parametrize("role", ROLES)
def test_every_role_can_be_given_alone(role):
    assert checks.check_roles(ZONE, [role]) == []


@pytest.mark.parametrize("engine", databases.ENGINES)
def test_an_update_takes_the_work_from_who_was_both(engine, tmp_path):
    database = databases.made(engine, tmp_path)
    both = replace(DILAN, roles=("editor", "privacy_officer"))
    other = replace(DILAN, account_id="a2", login="clara", roles=("quality_manager", "editor"))
    sql = (ROOT / "survey/store/migrations/004_watchers.sql").read_text("utf-8")
    with database.write() as tx:
        for each in (both, other):
            rows.add(tx, each)
        tx.run(sql[sql.index("UPDATE") :].rstrip().rstrip(";"))
    with database.read() as tx:
        assert rows.find(tx, "a1").roles == ("privacy_officer",)
        assert rows.find(tx, "a2").roles == ("quality_manager", "editor")
    database.close()
