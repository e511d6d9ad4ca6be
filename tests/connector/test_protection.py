"""Protection comes by any row and goes only by a column that speaks, and with a person's yes."""

from datetime import date

import pytest
from msgspec import Struct

from connector.imports import pseudonyms
from connector.state import episodes, retention
from tests.connector import export_maker
from tests.connector.conftest import dump

EARLIER, LATER = date(2026, 11, 1), date(2026, 11, 8)


class Number(Struct, frozen=True):
    number: int


def codes(outcome, *grades):
    return [one.code for one in outcome.found if one.grade in (grades or ("file", "row"))]


def asked(state):
    """How many people may be asked."""
    with state.read() as tx:
        found = episodes.may_be_asked(
            tx, as_of=LATER, ended_since=date(2000, 1, 1), asked_after=date(2000, 1, 1)
        )
    return len({one.person for one in found})


def running(seed, rows=60):
    export = export_maker.make(seed, rows=rows)
    for row in export.rows:
        row.update(start="01.03.2026", end="", end_reason="")
    return export


def with_reasons(export, folder):
    """The mapping with a column for reasons of exclusion."""
    path = export.write(folder)
    mapping = folder / "mapping.toml"
    told = mapping.read_text("utf-8").replace(
        "[columns]", '[columns]\n"Staatsangehörigkeit" = "exclusion"'
    )
    mapping.write_text(told + '[values.exclusion]\n"tot" = "death"\n', "utf-8")
    return path


@pytest.fixture
def blocked(tmp_path, take):
    """60 cases of 60 people; three of them have a block."""
    export = running(30)
    for row in export.rows[:3]:
        row["disclosure_block"] = "J"
    assert take(export.write(tmp_path), as_of=EARLIER).status == 0
    return export


def test_a_block_that_is_gone_stops_the_import_and_counts_the_people(
    tmp_path, take, home, state, blocked
):
    for row in blocked.rows[:2]:
        row["disclosure_block"] = "N"
    path = blocked.write(tmp_path)
    before = dump(home.database)
    stopped = take(path, as_of=LATER)
    assert codes(stopped) == ["F-LA-003"]
    assert stopped.found[0].message.startswith("2 Menschen")
    assert "--lift 2" in stopped.found[0].message
    assert [one.record for one in stopped.found if one.code == "W-PE-003"] == [1, 2]
    assert dump(home.database) == before
    assert asked(state) == 57


@pytest.mark.parametrize("lift", [1, 3])
def test_agreeing_to_another_number_of_people_is_no_yes(tmp_path, take, blocked, lift):
    for row in blocked.rows[:2]:
        row["disclosure_block"] = "N"
    assert codes(take(blocked.write(tmp_path), as_of=LATER, lift=lift)) == ["F-LA-003"]


def test_with_a_persons_yes_it_is_lifted(tmp_path, take, state, blocked):
    for row in blocked.rows[:2]:
        row["disclosure_block"] = "N"
    assert take(blocked.write(tmp_path), as_of=LATER, lift=2).status == 0
    assert asked(state) == 59


@pytest.mark.parametrize("how", ["empty", "missing", "unmapped"])
def test_an_empty_or_missing_column_lifts_nothing(tmp_path, take, state, blocked, how):
    for row in blocked.rows:
        row["disclosure_block"] = ""
    path = blocked.write(tmp_path)
    if how != "empty":
        mapping = tmp_path / "mapping.toml"
        told = mapping.read_text("utf-8").replace('"Auskunftssperre" = "disclosure_block"\n', "")
        mapping.write_text(told, "utf-8")
    if how == "missing":
        path.write_bytes(path.read_bytes().replace(b";Auskunftssperre;", b";x;"))
    outcome = take(path, as_of=LATER)
    assert (outcome.status, outcome.difference.changed) == (0, 0)
    assert asked(state) == 57


def test_a_column_that_is_gone_while_the_mapping_names_it_refuses_the_file(
    tmp_path, take, state, blocked
):
    path = blocked.write(tmp_path)
    path.write_bytes(path.read_bytes().replace(b";Auskunftssperre;", b";x;"))
    assert codes(take(path, as_of=LATER)) == ["F-KO-001"]


def test_the_brake_counts_lifted_protections_and_new_ones(tmp_path, take, blocked):
    for row in blocked.rows[:3]:
        row["disclosure_block"] = "N"
    for row in blocked.rows[10:14]:
        row["disclosure_block"] = "J"
    path = blocked.write(tmp_path)
    assert codes(take(path, as_of=LATER)) == ["F-LA-003", "F-LA-001"]
    assert codes(take(path, as_of=LATER, lift=3)) == ["F-LA-001"]
    assert take(path, as_of=LATER, lift=3, changes=True).status == 0


def test_a_recoded_column_shuts_nobody_out_in_silence(tmp_path, take, state, blocked):
    for row in blocked.rows:
        row["disclosure_block"] = "nein" if row["disclosure_block"] == "N" else "ja"
    stopped = take(blocked.write(tmp_path), as_of=LATER)
    assert codes(stopped) == ["F-WE-001"]
    assert stopped.found[0].column == "Auskunftssperre"
    assert "[values.disclosure_block]" in stopped.found[0].message
    assert "„nein“ (57-mal, zuerst Datensatz 4)" in stopped.found[0].shown
    assert "nein" not in repr(stopped.found[0]) + stopped.found[0].message
    assert asked(state) == 57


def test_a_column_whose_meaning_is_turned_round_shuts_nobody_out_in_silence(
    tmp_path, take, blocked
):
    for row in blocked.rows:
        row["disclosure_block"] = "J"
    assert codes(take(blocked.write(tmp_path), as_of=LATER)) == ["F-LA-001"]


def test_another_case_of_hers_that_is_still_blocked_keeps_her_protected(tmp_path, take, state):
    export = running(31)
    export.rows[1]["person"] = export.rows[0]["person"]
    for row in export.rows[:2]:
        row["disclosure_block"] = "J"
    take(export.write(tmp_path), as_of=EARLIER)
    export.rows[0]["disclosure_block"] = "N"
    assert take(export.write(tmp_path), as_of=LATER).status == 0
    assert asked(state) == 58
    export.rows[1]["disclosure_block"] = "N"
    stopped = take(export.write(tmp_path), as_of=LATER)
    assert codes(stopped) == ["F-LA-003"]
    assert stopped.lifted == 1


def test_one_of_two_reasons_that_goes_lifts_nothing_and_the_other_still_needs_a_yes(
    tmp_path, take, state
):
    export = running(32)
    for row in export.rows:
        row["nationality"] = ""
    export.rows[0].update(disclosure_block="J", nationality="tot")
    take(with_reasons(export, tmp_path), as_of=EARLIER)
    export.rows[0]["disclosure_block"] = "N"
    assert take(with_reasons(export, tmp_path), as_of=LATER).status == 0
    # The column of reasons says nothing at all now: it takes nothing back.
    export.rows[0]["nationality"] = ""
    assert take(with_reasons(export, tmp_path), as_of=LATER).status == 0
    export.rows[5]["nationality"] = "tot"
    assert codes(take(with_reasons(export, tmp_path), as_of=LATER)) == ["F-LA-003"]
    assert asked(state) == 59


def test_who_has_turned_fifteen_is_no_longer_shut_out_and_nobody_is_asked(tmp_path, take, state):
    export = running(33)
    export.rows[0]["birth_date"] = "04.11.2011"
    export.rows[1]["birth_date"] = "04.11.2012"
    take(export.write(tmp_path), as_of=EARLIER)
    assert asked(state) == 58
    assert take(export.write(tmp_path), as_of=LATER).status == 0
    assert asked(state) == 59
    # Another day of birth is no birthday.
    export.rows[1]["birth_date"] = "04.11.1982"
    assert codes(take(export.write(tmp_path), as_of=LATER)) == ["F-LA-003"]


@pytest.mark.parametrize("said", ["########", "#WERT!", "31.02.1980", "unbekannt"])
def test_an_unreadable_day_of_birth_excludes_until_it_is_mended(tmp_path, take, state, said):
    export = running(34)
    export.rows[0]["birth_date"] = said
    outcome = take(export.write(tmp_path), as_of=EARLIER)
    assert codes(outcome, "excluded") == ["X-PE-006"]
    assert asked(state) == 59
    export.rows[0]["birth_date"] = "01.02.1980"
    assert codes(take(export.write(tmp_path), as_of=LATER)) == ["F-LA-003"]


FILTER = '\n[[filters]]\ncolumn = "Team"\ndrop = ["Archiv"]\n'


def filtered(export, folder):
    path = export.write(folder)
    mapping = folder / "mapping.toml"
    mapping.write_text(mapping.read_text("utf-8") + FILTER, "utf-8")
    return path


def test_a_row_that_the_filters_leave_out_still_protects_its_person(tmp_path, take, state):
    export = running(35)
    export.rows[1].update(
        person=export.rows[0]["person"].lower(), team="Archiv", disclosure_block="J"
    )
    outcome = take(filtered(export, tmp_path), as_of=EARLIER)
    assert codes(outcome, "excluded") == ["X-PE-001"]
    assert (outcome.status, outcome.filtered) == (0, 1)
    assert asked(state) == 58
    # Its block goes like any other, and with a yes only.
    export.rows[1]["disclosure_block"] = "N"
    path = filtered(export, tmp_path)
    assert codes(take(path, as_of=LATER)) == ["F-LA-003"]
    assert take(path, as_of=LATER, lift=1).status == 0
    assert asked(state) == 59


@pytest.mark.parametrize("first", [0, 1])
def test_two_rows_of_one_case_of_which_one_is_left_out_are_no_contradiction(
    tmp_path, take, state, first
):
    export = running(36)
    again = dict(export.rows[0], team="Archiv", measure="", disclosure_block="J")
    export.rows.insert(first, again)
    outcome = take(filtered(export, tmp_path), as_of=EARLIER)
    assert (codes(outcome), outcome.difference.taken) == ([], 59)
    again["disclosure_block"] = "N"
    outcome = take(filtered(export, tmp_path), as_of=LATER, lift=1)
    assert (codes(outcome), outcome.difference.taken) == ([], 60)


def test_of_people_whom_the_filters_leave_out_nothing_is_kept_without_need(tmp_path, take, state):
    export = running(37)
    for row in export.rows[:20]:
        row.update(team="Archiv", disclosure_block="J")
    take(filtered(export, tmp_path), as_of=EARLIER)
    with state.read() as tx:
        found = tx.one("SELECT COUNT(*) AS number FROM episode", into=Number)
    assert found.number == 40


def test_a_blocked_case_without_a_client_number_still_protects_the_person_known_for_it(
    tmp_path, take, state
):
    export = running(38)
    export.rows[1]["person"] = export.rows[0]["person"]
    take(export.write(tmp_path), as_of=EARLIER)
    export.rows[0].update(person="", disclosure_block="J")
    outcome = take(export.write(tmp_path), as_of=LATER)
    assert "W-PE-002" in codes(outcome, "warning")
    assert asked(state) == 58


def test_a_protection_outlives_its_case_as_long_as_its_person_has_another(
    tmp_path, take, home, state
):
    export = running(39)
    export.rows[1]["person"] = export.rows[0]["person"]
    export.rows[0]["disclosure_block"] = export.rows[2]["disclosure_block"] = "J"
    take(export.write(tmp_path), as_of=EARLIER)
    kept = [export.rows[1], *export.rows[3:]]
    export.rows[:] = kept
    take(export.write(tmp_path), as_of=LATER)
    with state.write() as tx:
        retention.sweep(tx, date(2027, 6, 1))
    assert asked(state) == 57
    key = pseudonyms.read_keys(home.keys).index
    with state.read() as tx:
        left = tx.all("SELECT person FROM episode WHERE exclusion <> ''", into=Person)
    assert left == [Person(pseudonyms.person_index(key, kept[0]["person"]))]


class Person(Struct, frozen=True):
    person: bytes
