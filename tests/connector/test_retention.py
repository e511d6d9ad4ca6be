"""The house keeps who is who no longer than it must."""

from datetime import date, timedelta

import pytest
from msgspec import Struct

from connector.state import retention, waves
from connector.state.retention import RULES, YEAR
from survey.model.exchange import WaveOffer

TODAY = date(2026, 11, 22)


class Count(Struct, frozen=True):
    number: int


class Name(Struct, frozen=True):
    name: str


def put(state, table, **values):
    names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    with state.write() as tx:
        tx.run(f"INSERT INTO {table} (tenant, {names}) VALUES (:tenant, {marks})", values)


def ago(days):
    return TODAY - timedelta(days=days)


def offered(state, wave_id, *, last, programme="p"):
    offer = WaveOffer(
        programme_id=programme,
        programme_title="",
        level="released",
        wave_id=wave_id,
        number=1,
        form_id="satisfaction",
        opens_on=last - timedelta(days=30),
        closes_on=last,
        state="closed",
        k_up=20,
        evaluator_key=bytes(32),
    )
    with state.write() as tx:
        waves.learn(tx, [offer])


def episode(state, case, *, vanished=None):
    put(
        state, "episode", case_index=case, source_system="s", sealed_case=b"", person=b"p",
        team="", case_manager="", kind="", end_reason="", measure="", language="",
        exclusion="death", changed_run=1, vanished_run=vanished,
    )  # fmt: skip


def run(state, number, on):
    put(
        state, "run", run=number, source_system="s", file_digest="", mapping_digest="", as_of=on,
        imported_on=on, records=0, taken=0, added=0, changed=0, vanished=0, refused=0, excluded=0,
    )  # fmt: skip


def left(state, table, *, today=TODAY, period=0):
    with state.write() as tx:
        retention.sweep(tx, today, period=period)
        found = tx.one(f"SELECT count(*) AS number FROM {table} WHERE tenant = :tenant", into=Count)
    return found.number


def test_every_table_has_a_rule_or_a_reason_why_it_needs_none(state):
    with state.read() as tx:
        tables = tx.all(
            """
            SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'
            """,
            into=Name,
        )
    ruled = {rule.table for rule in RULES}
    assert {table.name for table in tables} == ruled | set(retention.EXEMPT)
    assert ruled & set(retention.EXEMPT) == set()
    assert all(rule.what and rule.why for rule in RULES)


@pytest.mark.parametrize(("days", "stay"), [(YEAR, 1), (YEAR + 1, 0)])
def test_who_was_invited_is_forgotten_when_nothing_released_can_be_seen_any_more(state, days, stay):
    offered(state, "w1", last=ago(days))
    put(state, "print_run", print_run_id="r", wave_id="w1", letters=1, drawn_on=ago(days + 40))
    put(state, "reporting_unit", wave_id="w1", unit_id="u", label="Team Nord")
    put(
        state, "invitation", print_run_id="r", number=0, wave_id="w1", case_index=b"c",
        unit_id="u", cell="all",
    )  # fmt: skip
    assert left(state, "invitation") == stay


@pytest.mark.parametrize(("days", "stay"), [(YEAR - 1, 1), (YEAR + 1, 0)])
def test_pseudonyms_go_a_year_after_the_last_wave_of_their_programme(state, days, stay):
    offered(state, "w1", last=ago(days))
    put(state, "link", programme_id="p", case_index=b"c", pseudonym=b"1")
    assert left(state, "link") == stay


def test_a_later_wave_of_the_programme_keeps_its_pseudonyms(state):
    offered(state, "w1", last=ago(3 * YEAR))
    offered(state, "w2", last=ago(-20))
    offered(state, "x1", last=ago(3 * YEAR), programme="x")
    put(state, "link", programme_id="p", case_index=b"c", pseudonym=b"1")
    put(state, "link", programme_id="x", case_index=b"c", pseudonym=b"2")
    assert left(state, "link") == 1


def test_a_case_that_is_long_missing_in_the_exports_goes_with_its_pseudonym(state):
    run(state, 1, ago(91))
    run(state, 2, ago(89))
    for case, vanished in ((b"gone", 1), (b"lately", 2), (b"there", None)):
        episode(state, case, vanished=vanished)
        put(state, "link", programme_id="p", case_index=case, pseudonym=case)
    assert left(state, "episode") == 2
    assert left(state, "link") == 2


def test_the_day_of_an_invitation_is_kept_as_long_as_the_houses_own_period(state):
    put(state, "asked", person=b"amira", last_on=ago(YEAR + 5))
    assert left(state, "asked", period=2 * YEAR) == 1
    assert left(state, "asked", period=182) == 0


def test_a_release_goes_after_the_last_day_people_were_told(state):
    put(state, "pull", number=1, pulled_on=ago(30))
    put(
        state, "release", release_id="r", programme_id="p", wave_id="w1", case_index=b"c",
        block="plan", words=b"", from_on=ago(30), until=TODAY, first_pull=1,
    )  # fmt: skip
    assert left(state, "release") == 1
    assert left(state, "release", today=TODAY + timedelta(days=1)) == 0
