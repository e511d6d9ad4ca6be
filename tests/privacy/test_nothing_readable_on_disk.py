"""Promises 1 and 8: what lies on disks, in logs and in copies from different times tells nothing.

It names nobody, holds no answer, and tells no address, device or time.

The server's disk is taken without its key directories, which lie elsewhere. The connector's own
database may hold pseudonyms (it is the link table) but no name, number, code or answer.
"""

import re
import sqlite3
from datetime import datetime

import pytest

from survey.actions import drafts
from survey.linkage import codes
from survey.model.answers import Chosen
from survey.store import drafts as stored_drafts
from tests.privacy import traces
from tests.privacy.disks import Copy
from tests.world.answering import DEVICE_TOLD

DEVICE = (b"zyphtrace", b"203.0.113.77", b"odd-phone", b"testclient")
# What recipients leave. Everything else is made by staff or handed over by connectors.
RECIPIENTS = ("invitation", "response", "free_text", "draft", "release")
# The Monday on which a whole week's releases are handed over: the one time there is.
WEEK = {"slot_on"}
CLOCK = re.compile(rb"\d{2}:\d{2}:\d{2}")


@pytest.fixture(scope="module")
def of_everybody(season):
    return [
        needle
        for one in season.people
        for kind in (traces.of_person, traces.of_code, traces.of_pseudonym, traces.of_answers)
        for needle in kind(one)
    ]


def files_of(copies):
    """Of the many copies the first, some in between, those around deletions, and the last."""
    return [path for copy in copies for path in copy.files]


def test_no_copy_of_the_servers_disk_names_anybody_or_holds_an_answer(season, of_everybody):
    copies = [season.copies[0], season.copies[4], season.copies[-1], *season.every_copy[-4:]]
    assert traces.search(files_of(copies), of_everybody) == []


def test_the_connectors_disk_holds_no_name_number_code_or_answer(season):
    needles = [
        needle
        for one in season.people
        for kind in (traces.of_person, traces.of_code, traces.of_answers)
        for needle in kind(one)
    ]
    found = traces.search(files_of(season.office), needles)
    assert found == []


def test_neither_logs_nor_terminals_hold_anything_of_anybody(season, of_everybody):
    said = season.said.encode()
    assert len(said) > 1000
    assert traces.in_bytes("said", said, of_everybody) == []


def test_the_files_of_letters_and_the_export_are_gone(season):
    left = [path.name for path in season.world.folder.iterdir() if path.is_file()]
    assert left == ["programme.toml"]
    assert list((season.world.office / "keys" / "print").iterdir()) == []


def test_the_scan_finds_what_was_planted(season, of_everybody, tmp_path):
    amira = season.world.amira
    leak = tmp_path / "leak.db"
    connection = sqlite3.connect(leak)
    connection.execute("CREATE TABLE leak (thing)")
    text = next(
        a.text for p in season.people for a in p.plan.answers.values() if hasattr(a, "text")
    )
    planted = {
        "name": amira.person.family_name,
        "case number": amira.person.case_number.replace("-", "").lower(),
        "code": amira.code.replace("-", "").lower(),
        "pseudonym": amira.pseudonym,
        "answer": text,
    }
    connection.executemany("INSERT INTO leak VALUES (?)", [(value,) for value in planted.values()])
    connection.commit()
    connection.close()
    found = {hit.kind for hit in traces.search([leak], of_everybody)}
    assert found == set(planted)


def told_of_devices(data):
    lower = data.lower()
    return [word for word in DEVICE if word in lower]


def test_no_copy_and_no_log_tells_an_address_or_a_device(season):
    copies = [*season.copies[1:8], season.copies[-1], *season.late, *season.office]
    assert [path for path in files_of(copies) if told_of_devices(path.read_bytes())] == []
    # The test's own browser names itself in its own log; the server says nothing.
    ours = [line for line in season.said.splitlines() if "HTTP Request" not in line]
    assert told_of_devices("\n".join(ours).encode()) == []
    assert told_of_devices(DEVICE_TOLD["user-agent"].encode()) == [b"zyphtrace", b"odd-phone"]


def test_what_recipients_leave_has_no_column_for_a_time_and_no_running_number(season):
    connection = sqlite3.connect(season.copies[-1].folder / "survey.db")
    for table in RECIPIENTS:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        kinds = {name: kind for _, name, kind, *_ in columns}
        times = {name for name in kinds if re.search(r"_(at|on)$|time|date|created", name)}
        assert times == (WEEK if table == "release" else set()), table
        assert {name for name, kind in kinds.items() if kind == "INTEGER"} <= {"version"}, table
        sql = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
        assert "WITHOUT ROWID" in sql[0]
    assert not connection.execute(
        "SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'"
    ).fetchone()
    connection.close()


def test_a_time_of_day_stands_nowhere_but_in_the_audit_of_staff(season):
    for name, rows in season.copies[-1].rows.items():
        for row in rows:
            for column, value in row.values.items():
                raw = value.encode() if isinstance(value, str) else value
                if isinstance(raw, bytes) and CLOCK.search(raw):
                    assert (name, column) == ("audit", "at") or _only_noise(raw), (name, column)


def _only_noise(raw: bytes) -> bool:
    """Digits and colons that chance has put into sealed bytes."""
    return any(byte > 0x7E for byte in raw)


def test_the_audit_grows_by_nothing_a_recipient_does(season):
    first, last = season.copies[0].rows["audit"], season.copies[-1].rows["audit"]
    assert [row.values for row in first] == [row.values for row in last]
    assert all(datetime.fromisoformat(str(row.values["at"])) for row in first)


def test_rows_of_one_kind_have_one_length_whatever_was_answered(season):
    for copy in (season.copies[-1], season.late[0]):
        lengths: dict[tuple[str, ...], set[int]] = {}
        for table in RECIPIENTS:
            for row in copy.rows[table]:
                body = row.values.get("body", row.values.get("ticket"))
                # An erased row is empty; that it is, is told to everybody.
                if body:
                    kind = (table, str(row.values.get("domain", "")))
                    lengths.setdefault(kind, set()).add(len(body))
        assert {kind: len(found) for kind, found in lengths.items()} == dict.fromkeys(lengths, 1)


def test_a_draft_does_not_tell_how_many_questions_were_answered(world):
    entered = drafts.enter(
        world.services, codes.digest(world.amira.code), before=None, language="de"
    )
    versions = []
    for question in ("k1", "k2", "w1", "w2"):
        answer = Chosen(codes=("4",))
        drafts.keep(world.services, entered.session, question, answer, language="de")
        with world.services.database.read() as tx:
            versions.append(stored_drafts.find(tx, entered.session.draft_key).version)
    assert min(versions) > 1000
    assert len(set(versions)) == len(versions)


def test_invitations_stay_byte_for_byte_as_they_were_when_people_answer(season):
    def of(copy: Copy):
        return {row.key: row.values for row in copy.rows["invitation"]}

    assert of(season.copies[0]) == of(season.copies[-1]) == of(season.late[0])
