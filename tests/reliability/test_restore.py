"""A backup brings back the answers, and nothing that people took away since."""

import os
import shutil
import sqlite3
import stat
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from msgspec.structs import replace

from survey.actions import approvals, backups, drafts, erasure, exchange, responses, wave_close
from survey.actions import restore as restore_action
from survey.cli.main import main
from survey.engine import copies, migrate, sqlite
from survey.errors import DatabaseError, DatabaseNewer, Refused
from survey.home import MIGRATIONS, Home
from survey.linkage import audit_link, codes
from survey.model.answers import Chosen, Written
from survey.model.roles import ZONE
from survey.staff import accounts, logins
from survey.staff import audit as audits
from survey.staff.store import audit
from survey.store import exchange as stored_exchange
from survey.store.exchange import Connector
from tests.world import homes
from tests.world.programmes import PROGRAMME

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TABLES = ("response", "free_text", "release")


@pytest.fixture
def world(tmp_path):
    released = replace(PROGRAMME, level="released")
    world = homes.build(tmp_path / "home", programme=released)
    yield world
    world.database.close()


def answer(world, code):
    """A questionnaire with one answer and one text, sent."""
    services = world.home.services()
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    drafts.keep(services, entered.session, "w1", Chosen(codes=("1",)), language="de")
    drafts.keep(services, entered.session, "f1", Written(text="Amira schreibt"), language="de")
    assert responses.submit(services, entered.session) == "sent"


def rows(path, table, where="1 = 1"):
    connection = sqlite3.connect(path)
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]
    connection.close()
    return found


def left(path):
    """What the tables of recipients hold that is not empty."""
    full = {"response": "length(body) > 0"}
    return {table: rows(path, table, full.get(table, "1 = 1")) for table in TABLES}


def backup(world, name="backup.db"):
    file = world.home.directory.parent / name
    backups.write(world.home, file, actor="test", at=AT)
    return file


def restore(world, file, *, at=AT):
    world.database.close()
    return restore_action.restore(
        world.home.directory,
        world.home.settings,
        file,
        actor="test",
        at=at,
        progress=lambda _: None,
        agreed=lambda _: None,
    )


def content(world):
    """Every row of the database as it is."""
    connection = sqlite3.connect(world.home.directory / "survey.db")
    found = "\n".join(connection.iterdump())
    connection.close()
    return found


def untouched(world, before):
    names = {path.name for path in world.home.directory.iterdir()}
    return content(world) == before and not {n for n in names if "restoring" in n or "before" in n}


def test_a_backup_holds_answers_and_neither_drafts_nor_sessions_nor_keys(world):
    answer(world, world.code())
    drafts.enter(world.home.services(), codes.digest(world.code()), before=None, language="de")
    file = backup(world)
    assert left(file) == left(world.home.directory / "survey.db")
    assert rows(world.home.directory / "survey.db", "draft") == 1
    assert rows(file, "draft") == rows(file, "staff_session") == rows(file, "job") == 0
    data = file.read_bytes()
    for key in world.home.directory.rglob("keys/**/*"):
        if key.is_file() and key.suffix == "":
            assert key.read_bytes().strip() not in data
            assert bytes.fromhex(key.read_text("ascii").strip()) not in data


def test_no_byte_of_a_draft_is_in_a_backup(world):
    services = world.home.services()
    drafts.enter(services, codes.digest(world.code()), before=None, language="de")
    with services.database.read() as tx:
        [(body,)] = tx._connection.execute("SELECT body FROM draft").fetchall()
    data = backup(world).read_bytes()
    assert body[:40] not in data
    assert body[-40:] not in data


def test_a_backup_is_for_its_owner_alone_and_one_file(world):
    file = backup(world)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.glob("backup*")) == ["backup.db"]


def test_a_backup_that_is_killed_leaves_nothing_where_it_was_to_be_written(world, monkeypatch):
    seen = []

    def dead(*_):
        seen.extend(path.name for path in world.home.directory.parent.iterdir())
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "_thin", dead)
    with pytest.raises(KeyboardInterrupt):
        backup(world)
    assert [name for name in seen if name != "home"] == []
    monkeypatch.undo()
    assert rows(backup(world), "draft") == 0


def test_a_backup_replaces_no_file(world):
    file = backup(world)
    before = file.read_bytes()
    with pytest.raises(Refused):
        backup(world)
    assert file.read_bytes() == before


def test_a_backup_is_written_down_beside_the_keys_and_in_the_audit(world):
    file = backup(world)
    [known] = backups.known(world.home.server_keys, PROGRAMME.programme_id)
    assert (known.file, known.made_on) == (str(file.resolve()), AT.date())
    assert backups.known(world.home.server_keys, "another") == []
    with world.database.read() as tx:
        assert [each.action for each in audit.list_all(tx)][-1] == "backup"


def test_a_backup_taken_while_people_answer_is_whole(world):
    over = threading.Event()

    def crowd():
        while not over.is_set() and world.letters:
            answer(world, world.code())

    thread = threading.Thread(target=crowd)
    thread.start()
    files = []
    for number in range(4):
        time.sleep(0.2)
        files.append(backup(world, f"b{number}.db"))
    over.set()
    thread.join()
    counts = []
    for file in files:
        copies.refuse_damaged(file)
        domains = (
            sqlite3.connect(file)
            .execute("SELECT count(*) FROM response GROUP BY domain")
            .fetchall()
        )
        assert len(set(domains)) <= 1
        counts.append(domains[0][0] if domains else 0)
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_answers_come_back_with_a_backup(world):
    answer(world, world.code())
    file = backup(world)
    whole = left(file)
    answer(world, world.code())
    done = restore(world, file)
    assert left(world.home.directory / "survey.db") == whole
    assert done.open_waves == ("w1",)
    assert done.aside.exists()


def test_what_a_code_deleted_after_the_backup_stays_deleted_answers_texts_and_releases(world):
    mine, other = world.code(), world.code()
    answer(world, mine)
    answer(world, other)
    file = backup(world)
    both = left(file)
    assert all(both.values())
    erasure.erase(world.home.services(), codes.digest(mine))
    one = left(world.home.directory / "survey.db")
    assert one == {table: number // 2 for table, number in both.items()}
    restore(world, file)
    assert left(world.home.directory / "survey.db") == one
    # The bytes of what was deleted are not in the restored file either.
    before, after = bodies(file), bodies(world.home.directory / "survey.db")
    data = (world.home.directory / "survey.db").read_bytes()
    assert [body for body in before - after if body and body[:48] in data] == []


def bodies(path):
    connection = sqlite3.connect(path)
    found = set()
    for table in TABLES:
        found |= {body for (body,) in connection.execute(f"SELECT body FROM {table}")}
    connection.close()
    return found


def test_whoever_deleted_cannot_answer_again_after_a_restore(world):
    mine = world.code()
    answer(world, mine)
    file = backup(world)
    erasure.erase(world.home.services(), codes.digest(mine))
    restore(world, file)
    again = Home.enter(world.home.directory)
    entered = drafts.enter(again.services(), codes.digest(mine), before=None, language="de")
    assert entered is None
    again.database.close()


def test_a_backup_of_an_older_version_is_migrated(world, tmp_path):
    folder = tmp_path / "first"
    folder.mkdir()
    first = sorted(MIGRATIONS.glob("001_*"))[0]
    shutil.copy(first, folder)
    old = sqlite.open_database(tmp_path / "old.db", tenant="musterstadt")
    migrate.migrate(old, folder)
    with old.write() as tx:
        audits.note(tx, "dilan", "wave-created", "w0", at=AT - timedelta(days=90))
    old.close()
    done = restore(world, tmp_path / "old.db")
    assert done.migrated[0].startswith("002")
    home = Home.enter(world.home.directory)
    assert migrate.version(home.database) == migrate.latest(MIGRATIONS)
    home.database.close()


def test_a_backup_of_a_newer_version_is_refused_and_the_home_stays(world, tmp_path):
    file = backup(world)
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO migration VALUES ('musterstadt', 999, '999_later.sql')")
    connection.commit()
    connection.close()
    before = content(world)
    with pytest.raises(DatabaseNewer):
        restore(world, file)
    assert untouched(world, before)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.97])
def test_a_backup_that_was_cut_short_is_refused_and_the_home_stays(world, share):
    answer(world, world.code())
    file = backup(world)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    before = content(world)
    with pytest.raises(DatabaseError):
        restore(world, file)
    assert untouched(world, before)


@pytest.mark.parametrize("data", [b"", b"hello", os.urandom(8192), b"%PDF-1.7\n" + bytes(900)])
def test_a_file_that_is_no_database_is_refused_and_the_home_stays(world, tmp_path, data):
    (tmp_path / "foreign").write_bytes(data)
    before = content(world)
    with pytest.raises(DatabaseError):
        restore(world, tmp_path / "foreign")
    assert untouched(world, before)


def test_a_database_of_another_programme_is_refused(world, tmp_path):
    connection = sqlite3.connect(tmp_path / "foreign.db")
    connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.commit()
    connection.close()
    before = content(world)
    with pytest.raises(DatabaseError):
        restore(world, tmp_path / "foreign.db")
    assert untouched(world, before)


def test_another_tenants_backup_is_refused(world, tmp_path):
    other = sqlite.open_database(tmp_path / "other.db", tenant="nachbarstadt")
    migrate.migrate(other, MIGRATIONS)
    other.close()
    before = content(world)
    with pytest.raises(Refused):
        restore(world, tmp_path / "other.db")
    assert untouched(world, before)


def test_nothing_is_restored_while_a_server_has_the_database_open(world):
    file = backup(world)
    with TestClient(world.app) as browser:
        assert browser.get("/health").status_code == 200
        with pytest.raises(DatabaseError, match="open"):
            restore_action.restore(
                world.home.directory,
                world.home.settings,
                file,
                actor="test",
                at=AT,
                progress=print,
                agreed=print,
            )
        assert browser.get("/health").status_code == 200
    assert not list(world.home.directory.glob("*restoring*"))


def test_a_home_whose_database_is_lost_or_broken_gets_the_backup(world):
    answer(world, world.code())
    file = backup(world)
    world.database.close()
    path = world.home.directory / "survey.db"
    path.write_bytes(b"broken" * 1000)
    assert not restore(world, file).carried
    assert left(path) == left(file)
    path.unlink()
    assert restore(world, file, at=AT + timedelta(minutes=1)).aside is None
    assert left(path) == left(file)


def test_what_was_published_since_stays_published_and_its_wave_closed(world):
    file = backup(world)
    with world.database.write() as tx:
        tx.run(
            """
            INSERT INTO snapshot (tenant, wave_id, report, body, frozen_on)
            VALUES (:tenant, 'w1', 'satisfaction', '{}', '2026-11-22')
            """
        )
        tx.run(
            """
            INSERT INTO registry (tenant, programme_id, version, body)
            VALUES (:tenant, :programme, 1, :body)
            """,
            {"programme": PROGRAMME.programme_id, "body": b"sealed"},
        )
    wave_close.close(world.home.services(), "w1", actor="test", at=AT)
    done = restore(world, file)
    path = world.home.directory / "survey.db"
    assert done.carried
    assert done.open_waves == ()
    assert (rows(path, "snapshot"), rows(path, "registry"), rows(path, "invitation")) == (1, 1, 0)


def test_who_was_shut_out_since_stays_out(world):
    with world.database.write() as tx:
        tx.run(
            """
            INSERT INTO account
                (tenant, account_id, login, roles, language, created_on, disabled)
            VALUES (:tenant, 'b', 'bernd', 'editor', 'de', '2026-11-01', FALSE)
            """
        )
        tx.run(
            """
            INSERT INTO kiosk (tenant, kiosk_id, wave_id, place, token_hash, created_on)
            VALUES (:tenant, 'k', 'w1', 'Eingang', X'00', '2026-11-01')
            """
        )
    file = backup(world)
    with world.database.write() as tx:
        tx.run("UPDATE account SET disabled = TRUE WHERE tenant = :tenant")
        tx.run("UPDATE kiosk SET revoked_on = '2026-11-22' WHERE tenant = :tenant")
    restore(world, file)
    path = world.home.directory / "survey.db"
    assert rows(path, "account", "disabled") == 1
    assert rows(path, "kiosk", "revoked_on = '2026-11-22'") == 1


def test_a_password_and_a_role_taken_away_since_do_not_come_back(world):
    database = world.database
    stolen, new = "stolen by now, 2026", "known to Bernd alone"
    both = ("editor", "quality_manager")
    given = {"actor": "test", "at": AT}
    made = accounts.create(database, ZONE, login="bernd", roles=both, password=stolen, **given)
    file = backup(world)
    accounts.give_password(database, ZONE, made.account_id, new, **given)
    accounts.give_roles(database, ZONE, made.account_id, ("editor",), **given)
    restore(world, file)
    home = Home.enter(world.home.directory)
    assert logins.log_in(home.database, ZONE, "bernd", stolen, at=AT) is None
    entered = logins.log_in(home.database, ZONE, "bernd", new, at=AT)
    assert entered.account.roles == ("editor",)
    home.database.close()


def test_a_change_of_an_account_that_was_refused_since_does_not_wait_again(world):
    database = world.database
    given = {"password": "known to Gerd alone", "actor": "test", "at": AT}
    gerd = accounts.create(database, ZONE, login="gerd", roles=("administrator",), **given)
    both = ("administrator", "editor")
    asked = approvals.ask_roles(database, gerd.account_id, both, by=gerd, at=AT)
    file = backup(world)
    approvals.refuse(database, asked.request.request_id, by=gerd, at=AT)
    restore(world, file)
    assert rows(world.home.directory / "survey.db", "account_request") == 0


def test_nothing_is_sealed_again_to_a_connectors_key_that_was_exchanged_since(world):
    file = backup(world)
    new = Connector(connector_id="haus", signature_key=b"s" * 32, exchange_key=b"x" * 32)
    exchange.trust(world.database, new, actor="test", at=AT)
    restore(world, file)
    home = Home.enter(world.home.directory)
    with home.database.read() as tx:
        assert stored_exchange.connectors(tx) == [new]
    home.database.close()


def test_the_audit_goes_on_after_a_restore_without_a_gap(world):
    file = backup(world)
    with world.database.write() as tx:
        audits.note(tx, "dilan", "report-frozen", "w1", at=AT)
    restore(world, file)
    home = Home.enter(world.home.directory)
    with home.database.read() as tx:
        entries = list(audit.list_all(tx))
    home.database.close()
    assert [entry.action for entry in entries[-3:]] == ["backup", "report-frozen", "restore"]
    before = audit_link.START
    for entry in entries:
        assert audit_link.link(before, audit.digestible(entry, entry.number)) == entry.hash
        before = entry.hash


def test_a_restore_that_is_killed_before_its_last_step_leaves_the_home_as_it_was(
    world, monkeypatch
):
    answer(world, world.code())
    file = backup(world)
    answer(world, world.code())
    before = content(world)

    def dead(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "swap", dead)
    with pytest.raises(KeyboardInterrupt):
        restore(world, file)
    assert content(world) == before
    monkeypatch.undo()
    restore(world, file)
    assert left(world.home.directory / "survey.db") == left(file)


def test_the_commands_tell_what_they_did_and_what_is_to_be_done(world):
    answer(world, world.code())
    file = world.home.directory.parent / "by-hand.db"
    said = run(world, "backup", str(file))
    assert "Without keys and drafts" in said
    world.database.close()
    said = run(world, "restore", str(file), "--yes")
    assert "The old database is now" in said
    assert "Wave w1 is open again" in said
    assert "survey serve" in said
    assert "is there already" in run(world, "backup", str(file), status=1)
    assert "no SQLite database" in run(world, "restore", __file__, "--yes", status=1)
    assert "Done again" in run(world, "restore", "--replay", "--yes")


def test_the_database_put_aside_is_known_as_a_backup(world):
    file = backup(world)
    aside = restore(world, file).aside
    listed = backups.known(world.home.server_keys, PROGRAMME.programme_id)
    assert str(aside.resolve()) in [each.file for each in listed]


def run(world, *words, status=0):
    done = CliRunner().invoke(main, ["--home", str(world.home.directory), *words])
    assert done.exit_code == status, done.output
    return done.output


def test_erasing_at_the_counter_says_the_same_whether_there_was_anything(world):
    mine = world.code()
    answer(world, mine)
    unused = world.code()
    unknown = codes.derive(b"n" * 32, 7)
    said = {erased(world, code) for code in (mine, mine, unused, unknown, mine.lower())}
    assert len(said) == 1
    assert not any(left(world.home.directory / "survey.db").values())


def erased(world, code):
    done = CliRunner().invoke(
        main, ["--home", str(world.home.directory), "erase", "--yes"], input=f"{code}\n"
    )
    assert done.exit_code == 0, done.output
    assert code not in done.output
    return done.output


def test_erasing_a_mistyped_code_is_told_and_writes_no_audit(world):
    with world.database.read() as tx:
        before = len(list(audit.list_all(tx)))
    done = CliRunner().invoke(
        main, ["--home", str(world.home.directory), "erase", "--yes"], input="ABCD-EFGH-JKMM\n"
    )
    assert done.exit_code == 1
    assert "mistyped" in done.output
    erased(world, world.code())
    with world.database.read() as tx:
        assert len(list(audit.list_all(tx))) == before
