"""Last week's file is noticed; the last file with another day is a correction."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import Struct

from connector.state import episodes
from tests.connector import export_maker
from tests.connector.conftest import dump

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


class Signs(Struct, frozen=True):
    case_manager: str


def refusals(outcome):
    return [one for one in outcome.found if one.grade == "file"]


def running(seed):
    export = export_maker.make(seed)
    for row in export.rows:
        row.update(start="01.03.2026", end="", end_reason="")
    return export


def test_an_earlier_file_stops_and_changes_nothing(tmp_path, take, home, state):
    export = running(40)
    monday = export.write(tmp_path, "monday.csv")
    take(monday, as_of=MONDAY)
    export.rows[0]["case_manager"] = "NEU"
    take(export.write(tmp_path, "tuesday.csv"), as_of=TUESDAY)
    before = dump(home.database)
    # Whatever day is claimed: this very file was there before.
    for day in (MONDAY, TUESDAY, TUESDAY + timedelta(1)):
        (stopped,) = refusals(take(monday, as_of=day))
        assert stopped.code == "F-LA-002"
        assert "schon eingelesen" in stopped.message
        assert "--accept-older" in stopped.message
    assert dump(home.database) == before
    assert take(monday, as_of=MONDAY, older=True).status == 0
    with state.read() as tx:
        assert episodes.of_case_manager(tx, "NEU") == []


def test_a_file_of_an_earlier_day_stops_though_nobody_has_seen_it(tmp_path, take):
    export = running(41)
    take(export.write(tmp_path), as_of=TUESDAY)
    export.rows[0]["case_manager"] = "ALT"
    (stopped,) = refusals(take(export.write(tmp_path), as_of=MONDAY))
    assert stopped.code == "F-LA-002"
    assert "02.11.2026" in stopped.message


@pytest.mark.parametrize("what", ["a case that began", "a case that ended"])
def test_a_file_that_does_not_know_what_is_known_stops_whatever_day_is_claimed(
    tmp_path, take, what
):
    export = running(42)
    old = [dict(row) for row in export.rows]
    if what == "a case that began":
        export.rows[-1].update(start="20.10.2026")
        del old[-1]
    else:
        export.rows[-1].update(end="20.10.2026", end_reason="Umzug")
    take(export.write(tmp_path), as_of=MONDAY)
    export.rows[:] = old
    (stopped,) = refusals(take(export.write(tmp_path), as_of=TUESDAY))
    assert stopped.code == "F-LA-002"
    assert "01.03.2026" in stopped.message


@pytest.mark.parametrize("change", ["excluded", "refused", "ended", "new"])
def test_a_newer_file_is_taken_whatever_became_of_the_newest_case(tmp_path, take, change):
    export = running(43)
    export.rows[-1].update(start="20.10.2026")
    take(export.write(tmp_path), as_of=MONDAY)
    if change == "excluded":
        export.rows[-1].update(disclosure_block="J")
    elif change == "refused":
        export.rows[-1].update(team="")
    elif change == "ended":
        export.rows[-1].update(end="02.11.2026", end_reason="Umzug")
    else:
        export.rows.append(dict(export.rows[0], case_number="neu", start="02.11.2026"))
    assert refusals(take(export.write(tmp_path), as_of=TUESDAY)) == []


def test_the_same_file_as_of_another_day_is_another_import_that_puts_it_right(
    tmp_path, take, state
):
    export = running(44)
    path = export.write(tmp_path)
    wrong = take(path, as_of=date(2026, 2, 1))
    assert (wrong.status, wrong.difference.taken) == (1, 0)
    right = take(path, as_of=MONDAY)
    assert (right.earlier, right.difference.added, right.status) == (None, 60, 0)
    with state.read() as tx:
        assert episodes.count(tx) == 60
    assert take(path, as_of=MONDAY).earlier is not None


def test_a_day_too_late_is_put_right_without_a_question(tmp_path, take):
    path = running(45).write(tmp_path)
    take(path, as_of=date(2027, 11, 2))
    corrected = take(path, as_of=MONDAY)
    assert (corrected.status, corrected.earlier) == (0, None)
    assert take(path, as_of=MONDAY).earlier is not None


def test_the_day_of_an_export_is_that_of_its_file_unless_told(tmp_path, run, home):
    export = running(46)
    export.rows[0]["start"] = "20.10.2026"
    path = export.write(tmp_path)
    words = ("import", path, "--mapping", tmp_path / "mapping.toml")
    os.utime(path, (0, datetime(2026, 10, 19, 22, 30, tzinfo=UTC).timestamp()))
    told = run(*words)
    assert (told.exit_code, "Stichtag 20.10.2026" in told.output) == (0, True)
    os.utime(path, (0, datetime(2026, 10, 19, 21, 30, tzinfo=UTC).timestamp()))
    early = run(*words, "--dry-run")
    assert (early.exit_code, "E-EP-013" in early.output) == (1, True)
