"""The end of a programme: nobody reads an answer any more, whatever was copied before."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from io import BytesIO

import pypdf
import pytest
from click.testing import CliRunner
from litestar.testing import TestClient
from msgspec.structs import replace

from survey import clock, worker
from survey.actions import (
    backups,
    drafts,
    exchange,
    jobs,
    programme_end,
    responses,
    restore,
    schedule,
    wave_close,
)
from survey.cli.main import main
from survey.errors import KeyMissing, NotFound
from survey.home import Home
from survey.linkage import codes, keys
from survey.linkage.closed_waves import ClosedWave
from survey.model.answers import Chosen, Written
from survey.report import end_protocol
from survey.staff.store import audit
from survey.store import closings
from survey.store import programme_end as rows_of
from survey.store import responses as stored_responses
from tests import checkers
from tests.load.servers import ROOT
from tests.world import homes
from tests.world.programmes import PROGRAMME

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ID = PROGRAMME.programme_id


@pytest.fixture
def world(tmp_path):
    released = replace(PROGRAMME, level="released")
    world = homes.build(tmp_path / "home", programme=released)
    yield world
    world.database.close()


def answer(world):
    """A questionnaire with one answer and one text; gives its code."""
    services, code = world.home.services(), world.code()
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    drafts.keep(services, entered.session, "w1", Chosen(codes=("1",)), language="de")
    drafts.keep(services, entered.session, "f1", Written(text="Amira schreibt"), language="de")
    assert responses.submit(services, entered.session) == "sent"
    return code


def close(world):
    wave_close.close(world.home.services(), "w1", actor="test", at=AT)


def run(world, *words, status=0, **options):
    done = CliRunner().invoke(main, ["--home", str(world.home.directory), *words], **options)
    assert done.exit_code == status, done.output
    return done.output


def end(world, **options):
    return run(world, "programme", "end", ID, "--yes-destroy", ID, **options)


def counts(path):
    connection = sqlite3.connect(path)
    tables = [*rows_of.TABLES, "registry"]
    found = {
        each: connection.execute(f"SELECT count(*) FROM {each}").fetchone()[0] for each in tables
    }
    connection.close()
    return {table: number for table, number in found.items() if number}


def keys_left(world):
    folders = (world.home.evaluator_keys / ID, world.home.server_keys / ID)
    return [
        path.name for each in folders if each.is_dir() for path in each.iterdir() if not path.suffix
    ]


def text(path):
    return "\n".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages
    )


def test_an_open_wave_is_to_be_closed_first_and_nothing_is_touched(world):
    answer(world)
    before = counts(world.home.directory / "survey.db")
    assert "survey wave close w1" in run(
        world, "programme", "end", ID, "--yes-destroy", ID, status=1
    )
    assert counts(world.home.directory / "survey.db") == before
    assert len(keys_left(world)) == 8


@pytest.mark.parametrize("typed", ["", "yes", "y", "another", ID.upper()])
def test_nothing_is_touched_unless_the_id_is_typed(world, typed):
    close(world)
    run(world, "programme", "end", ID, input=f"{typed}\n", status=1)
    assert len(keys_left(world)) == 8
    assert programme_end.standing(world.home, ID).mark is None


def test_the_question_says_what_will_be_lost(world):
    close(world)
    said = run(world, "programme", "end", ID, input="\n", status=1)
    assert "NO REPORT" in said
    assert "survey report satisfaction --wave w1" in said


def test_an_unknown_programme_cannot_be_ended(world):
    assert "not-found" in run(
        world, "programme", "end", "nobody", "--yes-destroy", "nobody", status=1
    )


def test_after_the_end_there_is_no_row_and_no_key(world):
    answer(world)
    close(world)
    end(world)
    assert counts(world.home.directory / "survey.db") == {}
    assert keys_left(world) == ["ended"]
    with world.database.read() as tx:
        assert rows_of.ended_on(tx, ID) == clock.today()


def test_no_byte_of_an_answer_is_left_in_any_file_of_the_home(world):
    answer(world)
    with world.database.read() as tx:
        found = tx._connection.execute("SELECT body FROM response UNION SELECT body FROM free_text")
        bodies = [body for (body,) in found.fetchall()]
    close(world)
    end(world)
    data = b"".join(path.read_bytes() for path in world.home.directory.glob("survey.db*"))
    assert len(bodies) > 3
    assert [body for body in bodies if body[:48] in data or body[-48:] in data] == []


def test_a_copy_of_the_disk_taken_before_is_read_by_nobody_afterwards(world, tmp_path):
    """Rows as they were, the evaluator as it is now: it has no key to take a layer off."""
    for _ in range(10):
        answer(world)
    close(world)
    with world.database.read() as tx:
        copied = [
            (row.mark, row.body) for row in stored_responses.sealed(tx, "w1", "recipient.main")
        ]
        closing = closings.find(tx, "w1")
    assert len(copied) == 10
    wave = ClosedWave(wave_id="w1", invited=closing.invited, noted=closing.noted, rows=copied)
    opened = world.home.evaluator().open_answers(ID, "recipient.main", [wave])
    assert len(opened) == 10
    end(world)
    assert not (world.home.evaluator_keys / ID).exists()
    with pytest.raises(NotFound):
        world.home.evaluator().open_answers(ID, "recipient.main", [wave])
    with pytest.raises(KeyMissing):
        keys.evaluator_keys(world.home.evaluator_keys / ID)
    with pytest.raises(KeyMissing):
        keys.server_keys(world.home.server_keys / ID)


def test_other_programmes_live_on(world):
    close(world)
    end(world)
    services = world.home.services()
    assert services.keys == {}
    assert drafts.enter(services, codes.digest(world.code()), before=None, language="de") is None


def test_published_reports_stay(world):
    close(world)
    with world.database.write() as tx:
        tx.run(
            """
            INSERT INTO snapshot (tenant, wave_id, report, body, frozen_on)
            VALUES (:tenant, 'w1', 'satisfaction', '{}', '2026-11-22')
            """
        )
    end(world)
    assert programme_end.standing(world.home, ID).reported == {"w1"}


def test_the_connector_is_told(world):
    close(world)
    services = world.home.services()

    def told():
        with world.database.read() as tx:
            return [
                (offer.wave_id, offer.ended) for offer in exchange.offers(tx, services.evaluator)
            ]

    assert told() == [("w1", False)]
    end(world)
    assert told() == [("w1", True)]


def test_a_server_that_runs_goes_on_and_forgets_the_keys(world):
    code, unused = answer(world), world.code()
    close(world)
    with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
        end(world)
        services = world.app.dependencies["services"].dependency()
        for _ in range(3):
            for page in ("/", "/de/code", "/de/notice", "/de/question/w1", "/de/check", "/health"):
                assert browser.get(page).status_code < 500
            for each in (code, unused):
                assert browser.post("/de/code", data={"code": each}).status_code < 500
            erased = browser.post("/de/erase", data={"code": code, "_go": "erase"})
            assert erased.status_code < 500
            programme_end.drop_ended_keys(services)
        assert services.keys == {}
        with pytest.raises(NotFound):
            services.evaluator.urn(ID, "w1", [])


def test_somebody_in_the_middle_of_a_questionnaire_gets_a_page_and_no_error(world):
    with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
        browser.post("/de/code", data={"code": world.code()})
        close(world)
        end(world)
        services = world.app.dependencies["services"].dependency()
        for _ in range(3):
            assert browser.get("/de/question/w1").status_code < 500
            assert browser.post("/de/question/w1", data={"w1": "1"}).status_code < 500
            programme_end.drop_ended_keys(services)


STEPS = ("mark", "rows", "first-key", "keys", "first-paper")


@pytest.mark.parametrize("step", STEPS)
def test_killed_half_way_the_same_command_goes_on_where_it_was(world, step):
    answer(world)
    close(world)
    world.database.close()
    killed = subprocess.run(
        [sys.executable, "-m", "tests.reliability.dying_end", str(world.home.directory), ID, step],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    said = run(world, "programme", "end", ID)
    assert "going on" in said
    assert counts(world.home.directory / "survey.db") == {}
    assert keys_left(world) == ["ended"]
    papers = sorted(path.name for path in (world.home.directory / "protocols").glob("*.pdf"))
    assert len(papers) == 2
    with world.database.read() as tx:
        actions = [each.action for each in audit.list_all(tx)]
    assert actions.count("programme-ended") == 1
    assert actions[-1] == "end-protocol"


def test_the_worker_goes_on_after_the_end(world):
    answer(world)
    close(world)
    end(world)
    at = datetime.now().astimezone()
    schedule.ask(world.database, at)
    states = {}
    while (job := jobs.claim(world.database, at=at)) is not None:
        worker.do(world.home, job, lambda: at, threading.Event())
        with world.database.read() as tx:
            after = jobs.find(tx, job.job_id)
        states[after.kind] = (after.state, after.message)
    assert set(states) >= {"fieldwork", "releases", "retention"}
    assert set(states.values()) == {("done", "")}


def test_a_half_ended_programme_stops_no_other_command(world):
    answer(world)
    close(world)
    mark = programme_end.begin(world.home, ID, on=clock.today())
    programme_end.empty(world.home, ID, mark, actor="test", at=AT)
    (world.home.evaluator_keys / ID / "link").unlink()
    world.home.services()
    assert "ended on" in run(world, "programme", "list")


def test_ending_twice_changes_nothing(world):
    close(world)
    end(world)
    said = end(world)
    assert "none was left" in said
    with world.database.read() as tx:
        actions = [each.action for each in audit.list_all(tx)]
    assert actions.count("programme-ended") == actions.count("keys-destroyed") == 1


def test_a_backup_from_before_comes_back_as_ended(world):
    answer(world)
    file = world.home.directory.parent / "before.db"
    backups.write(world.home, file, actor="test", at=AT)
    close(world)
    end(world)
    world.database.close()
    restore.restore(
        world.home.directory,
        world.home.settings,
        file,
        actor="test",
        at=AT,
        progress=lambda _: None,
        agreed=lambda _: None,
    )
    assert counts(world.home.directory / "survey.db") == {}
    again = Home.enter(world.home.directory)
    assert again.services().keys == {}
    again.database.close()


def test_the_protocol_names_what_happened_and_what_people_must_do(world):
    file = world.home.directory.parent / "before.db"
    backups.write(world.home, file, actor="test", at=AT)
    close(world)
    said = end(world)
    assert str(file) in said
    german, english = sorted((world.home.directory / "protocols").glob("*.pdf"))
    for paper, words in (
        (
            german,
            ("zerstört", "Sicherungen", "kann nicht mehr entstehen"),
        ),
        (english, ("destroyed", "Backups", "there will never be one")),
    ):
        read = text(paper)
        assert all(word in read for word in words), read
        assert "before.db" in read.replace("\n", "")
        assert checkers.findings(paper) == []
    with world.database.read() as tx:
        entries = list(audit.list_all(tx))
    assert entries[-2].hash.hex()[:8] in text(german)


def test_keys_that_their_holder_keeps_elsewhere_are_told_and_the_end_is_not_complete(
    world, tmp_path
):
    close(world)
    shutil.move(world.home.evaluator_keys / ID, tmp_path / "holder")
    said = end(world)
    assert "NOT COMPLETE" in said
    assert "Hochschule Musterstadt keeps the evaluator's keys" in said
    german = next((world.home.directory / "protocols").glob("*-de.pdf"))
    assert "beim Schlüsselhalter" in text(german)
    assert "NOT COMPLETE" in end(world)


def test_the_same_end_gives_the_same_paper(world):
    close(world)
    end(world)
    found, proof = programme_end.standing(world.home, ID), programme_end.proof(world.home)
    made = [
        end_protocol.render(found, proof, issued=date(2026, 11, 22), language="de", example=True)
        for _ in range(2)
    ]
    assert made[0] == made[1]
