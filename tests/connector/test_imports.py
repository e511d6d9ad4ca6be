"""Importing: every fault is found where it was put, and nothing is half done."""

import csv
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from connector.state import runs
from tests.connector import export_maker
from tests.connector.conftest import dump


@pytest.mark.parametrize("layout", export_maker.LAYOUTS)
@pytest.mark.parametrize("seed", range(5))
def test_every_fault_put_in_is_found_where_it_was_put_and_nothing_else(
    tmp_path, take, layout, seed
):
    export = export_maker.make(seed, layout=layout, faults=True)
    outcome = take(export.write(tmp_path))
    grave = {(one.record, one.code) for one in outcome.found if one.grade != "note"}
    assert grave == {fault for fault in export.faults if fault[1][0] != "N"}
    assert set(export.faults) <= {(one.record, one.code) for one in outcome.found}
    lost = sum(1 for _, code in export.faults if code[0] in "EX")
    assert outcome.difference.taken == len(export.rows) - lost


def test_a_good_export_has_no_finding(tmp_path, take):
    outcome = take(export_maker.make(1).write(tmp_path))
    assert outcome.found == []
    assert outcome.status == 0


def test_the_same_file_again_changes_no_byte_of_any_row(tmp_path, take, home):
    path = export_maker.make(2, faults=True).write(tmp_path)
    first = take(path)
    before = dump(home.database)
    second = take(path)
    assert dump(home.database) == before
    assert second.earlier is not None
    assert second.found == first.found


def test_a_trial_run_finds_the_same_and_changes_nothing(tmp_path, take, home):
    path = export_maker.make(3, faults=True).write(tmp_path)
    before = dump(home.database)
    tried = take(path, dry_run=True)
    assert dump(home.database) == before
    done = take(path)
    assert (tried.found, tried.difference) == (done.found, done.difference)


def test_a_file_that_differs_in_nothing_but_its_order_changes_no_episode(tmp_path, take, state):
    export = export_maker.make(4)
    take(export.write(tmp_path))
    export.rows.reverse()
    outcome = take(export.write(tmp_path))
    assert outcome.earlier is None
    assert (outcome.difference.added, outcome.difference.changed) == (0, 0)
    with state.read() as tx:
        assert runs.last(tx, "test").run == 2


def test_an_identical_row_counts_once_and_a_contradicting_one_is_refused(tmp_path, take):
    export = export_maker.make(5)
    export.rows += [dict(export.rows[6]), dict(export.rows[7], team="Team West")]
    outcome = take(export.write(tmp_path))
    assert [(one.record, one.code) for one in outcome.found] == [(61, "N-EP-001"), (62, "E-EP-020")]
    assert "Datensatz 8" in outcome.found[1].message
    assert outcome.difference.taken == 60


def test_an_exclusion_counts_even_from_a_faulty_or_later_row_of_the_case(tmp_path, take, state):
    export = export_maker.make(6)
    export.rows.append(dict(export.rows[3], disclosure_block="J", start="gestern"))
    outcome = take(export.write(tmp_path))
    assert [one.code for one in outcome.found] == ["X-PE-001"]
    assert outcome.difference.taken == 59
    export.rows.pop()
    assert take(export.write(tmp_path)).difference.changed == 1


def test_a_person_with_several_cases_is_noted(tmp_path, take):
    export = export_maker.make(7)
    export.rows[9]["person"] = export.rows[2]["person"]
    outcome = take(export.write(tmp_path))
    assert [(one.record, one.code) for one in outcome.found] == [(10, "N-PE-002")]


def test_cases_that_vanish_are_flagged_and_come_back(tmp_path, take, state):
    export = export_maker.make(8)
    take(export.write(tmp_path))
    kept = export.rows[:]
    del export.rows[:3]
    assert take(export.write(tmp_path)).vanished == 3
    export.rows[:] = kept
    outcome = take(export.write(tmp_path))
    assert (outcome.difference.added, outcome.difference.changed) == (0, 3)


def test_a_known_case_whose_row_is_refused_has_not_vanished(tmp_path, take):
    export = export_maker.make(9)
    take(export.write(tmp_path))
    export.rows[0]["team"] = ""
    outcome = take(export.write(tmp_path))
    assert (outcome.vanished, outcome.difference.changed) == (0, 0)


@pytest.mark.parametrize("change", ["vanish", "reasons"])
def test_more_than_a_tenth_gone_or_re_reasoned_stops_the_import_until_it_is_accepted(
    tmp_path, take, home, change
):
    export = export_maker.make(10)
    for row in export.rows[:20]:
        row.update(start="01.06.2025", end="02.06.2025", end_reason="Umzug")
    take(export.write(tmp_path))
    before = dump(home.database)
    if change == "vanish":
        del export.rows[:7]
    else:
        for row in export.rows[:7]:
            row["end_reason"] = "kein Kontakt"
    path = export.write(tmp_path)
    stopped = take(path)
    assert [one.code for one in stopped.found] == ["F-LA-001"]
    assert stopped.status == 2
    assert dump(home.database) == before
    assert take(path, changes=True).status == 0


def test_a_tenth_is_still_taken(tmp_path, take):
    export = export_maker.make(11)
    take(export.write(tmp_path))
    del export.rows[:6]
    assert take(export.write(tmp_path)).status == 0


def test_filters_and_constants_of_the_mapping_hold(tmp_path, take):
    export = export_maker.make(12)
    path = export.write(tmp_path)
    mapping = tmp_path / "mapping.toml"
    told = mapping.read_text("utf-8").replace('"Fallart" = "kind"\n', "")
    told = told.replace("[columns]", '[constants]\nkind = "support"\n[columns]')
    mapping.write_text(told + '\n[[filters]]\ncolumn = "Team"\nkeep = ["team  NORD"]\n', "utf-8")
    outcome = take(path)
    north = sum(1 for row in export.rows if row["team"] == "Team Nord")
    assert outcome.difference.taken == north
    assert outcome.filtered == len(export.rows) - north


def test_a_day_decides_what_lies_in_the_future_and_who_is_a_child(tmp_path, take):
    export = export_maker.make(13)
    export.rows[0].update(start="02.11.2026", end="", end_reason="")
    export.rows[1].update(birth_date="02.11.2011")
    path = export.write(tmp_path)
    outcome = take(path, dry_run=True, as_of=date(2026, 11, 1))
    assert [one.code for one in outcome.found] == ["E-EP-013", "X-PE-002"]
    assert take(path, dry_run=True, as_of=date(2026, 11, 2)).found == []


@pytest.mark.parametrize(
    ("said", "code"), [("Widerspruch", "X-PE-004"), ("#NV", "X-PE-007"), ("", None)]
)
def test_any_other_reason_not_to_write_may_have_a_column(tmp_path, take, said, code):
    export = export_maker.make(20)
    for row in export.rows:
        row["nationality"] = ""
    export.rows[0]["nationality"] = said
    path = export.write(tmp_path)
    mapping = tmp_path / "mapping.toml"
    told = mapping.read_text("utf-8").replace(
        "[columns]", '[columns]\n"Staatsangehörigkeit" = "exclusion"'
    )
    told += '[values.exclusion]\n"widerspruch" = "objection"\n'
    mapping.write_text(told, "utf-8")
    assert [one.code for one in take(path).found] == ([code] if code else [])


def test_an_end_to_come_is_only_noted_and_needs_that_are_no_number_are_a_warning(tmp_path, take):
    export = export_maker.make(21)
    export.rows[0].update(start="01.06.2025", end="31.12.2026", end_reason="")
    export.rows[1].update(needs="viele")
    outcome = take(export.write(tmp_path))
    assert [one.code for one in outcome.found] == ["N-EP-002", "W-EP-004"]


@pytest.mark.parametrize("layout", export_maker.LAYOUTS)
def test_whatever_bytes_are_damaged_the_import_ends_in_findings(tmp_path, take, layout):
    for seed in range(15):
        rng = random.Random(seed)
        path = export_maker.make(seed, layout=layout, rows=40, faults=True).write(tmp_path)
        content = bytearray(path.read_bytes())
        for _ in range(rng.choice((1, 3, 20))):
            place = rng.randrange(len(content))
            content[place : place + rng.randrange(4)] = rng.choice(
                (b'"', b";", b"\n", b"\r", b"\0", b"", bytes([rng.randrange(256)]))
            )
        path.write_bytes(content)
        outcome = take(path, dry_run=True)
        assert outcome.status in (1, 2)
        assert outcome.found


def test_no_name_number_street_birth_or_note_is_in_the_database(tmp_path, take, home, state):
    export = export_maker.make(14, faults=True)
    take(export.write(tmp_path))
    state.close()
    raw = b"".join(path.read_bytes() for path in home.directory.glob("connector.db*"))
    secret = ("case_number", "person", "name", "street", "birth_date", "nationality", "note")
    for row in export.rows:
        for field in secret:
            value = row[field].strip()
            if len(value) > 4:
                assert value.encode() not in raw, field


SLOW = """
import sys, time
from pathlib import Path
from datetime import date
from pathlib import Path
from connector import settings
from connector.imports import mapping, pseudonyms, run
from connector.imports.outcome import ImportRequest
from connector.state import database, staged

where = sys.argv[3]
real = getattr(staged, where)
def slow(*given, **named):
    done = real(*given, **named)
    print("here", flush=True)
    time.sleep(60)
    return done
setattr(staged, where, slow)
home = settings.read(Path(sys.argv[1]))
export = Path(sys.argv[2])
loaded = mapping.load(export.parent / "mapping.toml")
wanted = ImportRequest(source=loaded.mapping.source(export), loaded=loaded,
                       as_of=date(2026, 11, 1), today=date(2026, 11, 1))
state = database.opened(home.database, tenant="musterstadt")
run.take(state, pseudonyms.read_keys(home.keys), wanted)
"""


@pytest.mark.parametrize("where", ["keep", "merge", "clear"])
def test_a_killed_import_changes_nothing_and_can_be_done_again(tmp_path, take, home, state, where):
    export = export_maker.make(15)
    take(export.write(tmp_path))
    state.close()
    before = dump(home.database)
    for row in export.rows[:30]:
        row["team"] = "Team West"
    path = export.write(tmp_path)
    killed = subprocess.Popen(
        [sys.executable, "-c", SLOW, home.directory, path, where],
        stdout=subprocess.PIPE,
        cwd=Path.cwd(),
    )
    assert killed.stdout.readline() == b"here\n"
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert dump(home.database) == before
    assert take(path).difference.changed == 30


def test_the_command_writes_the_report_and_ends_with_the_status(tmp_path, run, home):
    export = export_maker.make(16, faults=True)
    path, out = export.write(tmp_path), tmp_path / "out.csv"
    words = ("import", path, "--mapping", tmp_path / "mapping.toml", "--as-of", "2026-11-01")
    result = run(*words, "--report", out)
    assert result.exit_code == 1
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert list(rows[0]) == ["record", "column", "code", "grade", "value", "message"]
    found = {(int(row["record"]), row["code"]) for row in rows}
    assert set(export.faults) <= found
    shown = result.output + out.read_text("utf-8-sig")
    for row in export.rows:
        secret = (row["name"], row["case_number"].strip(), row["person"])
        assert not any(value in shown for value in secret if len(value) > 4)
    again = run(*words)
    assert "schon eingelesen" in again.output


def test_the_command_ends_with_0_for_a_good_and_2_for_a_refused_file(tmp_path, run, home):
    path = export_maker.make(17).write(tmp_path)
    mapping = tmp_path / "mapping.toml"
    out = tmp_path / "out.csv"
    words = ("--mapping", mapping, "--as-of", "2026-11-01", "--report", out)
    assert run("import", path, *words).exit_code == 0
    path.write_bytes(b"%PDF-1.7\n")
    refused = run("import", path, *words)
    assert refused.exit_code == 2
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig", newline=""), delimiter=";"))
    assert [(row["record"], row["code"], row["grade"]) for row in rows] == [
        ("", "F-DA-002", "file")
    ]
    mapping.write_text("source_system = 1", "utf-8")
    assert run("import", path, *words).exit_code == 2


def test_a_missing_key_is_told_and_none_is_made_up(tmp_path, run, home):
    path = export_maker.make(18).write(tmp_path)
    (home.keys / "index").unlink()
    result = run("import", path, "--mapping", tmp_path / "mapping.toml")
    assert result.exit_code == 2
    assert "key-missing" in result.output
    assert not (home.keys / "index").exists()


def test_an_import_costs_less_than_a_millisecond_a_row_and_grows_in_line(tmp_path, take):
    spent = []
    for rows in (1000, 4000):
        path = export_maker.make(19, rows=rows).write(tmp_path)
        began = time.process_time()
        take(path, dry_run=True)
        spent.append((time.process_time() - began) / rows)
    assert max(spent) < 0.001
    assert spent[1] < 2 * spent[0]


def test_a_report_never_overwrites_what_is_read(tmp_path, run, home):
    path = export_maker.make(1).write(tmp_path)
    before = path.read_bytes()
    words = ("import", path, "--mapping", tmp_path / "mapping.toml")
    said = run(*words, "--report", path)
    assert said.exit_code == 2
    assert "overwritten" in said.output
    assert path.read_bytes() == before


def test_a_report_that_cannot_be_written_is_told_with_status_2(tmp_path, run, home, monkeypatch):
    path = export_maker.make(1).write(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("connector.imports.findings.write", full)
    words = ("import", path, "--mapping", tmp_path / "mapping.toml", "--as-of", "2026-11-01")
    said = run(*words, "--report", tmp_path / "findings.csv")
    assert said.exit_code == 2
    assert "ließ sich nicht schreiben: No space left" in said.output
