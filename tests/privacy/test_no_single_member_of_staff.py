"""Promise 9: no result is about a single member of staff, because nothing here could name one.

The survey server has accounts of those who work with it. No row of a recipient points at one of
them, no message tells it a case manager, and no snapshot, table or sheet has a field to group by.
"""

import inspect
import re
import types
from datetime import date
from typing import get_args, get_type_hints

import msgspec
import pytest

from connector.errors import NothingToInvite
from connector.sample import units as office_units
from connector.state.episodes import Candidate
from survey.actions import responses
from survey.model import exchange, snapshots
from survey.report.measure import columns
from survey.statistics.disclosure import request
from survey.store import responses as stored_responses
from tests import databases
from tests.databases import database

__all__ = ["database"]

# Tables about people asked and what was published; those of the people who work here are others.
OF_STAFF = {
    "account",
    "account_proof",
    "account_request",
    "staff_session",
    "job",
    "comment",
    "audit",
    "audit_tail",
}
STAFF = re.compile(r"manager|staff|worker|officer|clerk|account|login|counsel|adviser|agent")
# Who asks and where to complain: the programme's own words, the same for everybody.
PRINTED = {"privacy_officer"}


def tables(database):
    with database.read() as tx:
        if "sqlite" in type(database).__module__:
            sql = (
                "SELECT m.name AS place, c.name AS named "
                "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
            )
        else:
            sql = (
                "SELECT table_name AS place, column_name AS named FROM information_schema.columns "
                "WHERE table_schema = current_schema()"
            )
        return [(row.place, row.named) for row in tx.all(sql, into=Column)]


class Column(msgspec.Struct, frozen=True):
    place: str
    named: str


def test_no_table_of_recipients_has_a_column_for_a_member_of_staff(database):
    found = tables(database)
    assert ("response", "body") in found
    guilty = [(t, c) for t, c in found if t not in OF_STAFF and STAFF.search(c)]
    assert guilty == []


def test_no_table_of_recipients_points_at_one_of_staff(tmp_path):
    # One schema serves both engines.
    with databases.made("sqlite", tmp_path).read() as tx:
        sql = (
            'SELECT m.name AS place, f."table" AS named '
            "FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
        )
        links = {(row.place, row.named) for row in tx.all(sql, into=Column)}
    assert {(a, b) for a, b in links if b in OF_STAFF and a not in OF_STAFF} == set()


def structs(found, seen):
    """The struct and everything it is made of."""
    if isinstance(found, type) and issubclass(found, msgspec.Struct):
        if found not in seen:
            seen.add(found)
            for hint in get_type_hints(found).values():
                structs(hint, seen)
    else:
        for part in get_args(found):
            if part is not types.NoneType:
                structs(part, seen)
    return seen


@pytest.mark.parametrize(
    "border",
    [
        snapshots.Snapshot,
        exchange.Batch,
        exchange.WaveOffer,
        responses.Inner,
        columns.DomainAnswers,
    ],
    ids=lambda border: border.__name__,
)
def test_nothing_that_is_sent_kept_or_published_names_one(border):
    every = structs(border, set())
    named = {name for each in every for name in each.__struct_fields__}
    assert named
    assert {name for name in named if STAFF.search(name)} <= PRINTED


def test_tables_are_by_unit_and_by_nothing_else():
    """A report can ask for one breakdown, and its groups are those of the sample.

    Cells are attributes of people, told for the whole wave alone (`disclosure.crossed`).
    """
    assert set(responses.Inner.__struct_fields__) == {"unit_id", "cell", "version", "answers"}
    assert set(columns.DomainAnswers.__struct_fields__) == {"member", "unit_id", "cell", "answers"}
    groups = [name for name in request.Counted.__struct_fields__ if "by" in name or "break" in name]
    assert groups == ["breakdown"]
    assert "unit" not in inspect.signature(stored_responses.sealed).parameters


def drawn(managers):
    return [
        Candidate(
            case_index=bytes(32),
            person=bytes(32),
            team="A",
            case_manager=manager,
            kind="fm",
            started_on=date(2026, 1, 5),
            ended_on=None,
        )
        for manager in managers
    ]


def test_a_unit_has_three_case_managers_and_none_with_more_than_half():
    assert len(office_units.form(drawn("a" * 20 + "b" * 10 + "c" * 10), least=20)) == 1
    for managers in ("a" * 20 + "b" * 20, "a" * 25 + "b" * 10 + "c" * 10):
        with pytest.raises(NothingToInvite):
            office_units.form(drawn(managers), least=20)
