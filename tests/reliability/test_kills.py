"""Promise 7: whoever was thanked is counted, once, whatever happens to the machine."""

import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import msgspec
import pytest

from survey.actions import house, submitting
from survey.actions.desk import Desk
from survey.engine import sqlite
from survey.form import domains, encode
from survey.linkage import bodies, codes
from survey.model.answers import Chosen
from survey.store import invitations
from tests.load.servers import Server, free_port, running
from tests.reliability import people
from tests.reliability.people import ANSWERED, Person
from tests.web import houses

PEOPLE, KILLS, HELD_KILLS, COPIES, CROWD = 200, 32, 6, 12, 6


class Hub:
    """A server that is killed and started again on the same port while people answer."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.held = home / "held"
        self.kills = self.held_kills = 0
        self._contexts: list[object] = []
        self.server = self._start()

    def kill(self) -> None:
        """kill -9, then begin again."""
        self._stop()
        self.kills += 1
        self.server = self._start()

    def kill_between_commit_and_reply(self) -> None:
        """Wait until a reply is held back after its commit, and kill then."""
        self.held.with_suffix(".wanted").touch()
        for _ in range(600):
            if self.held.exists():
                break
            time.sleep(0.02)
        seen = self.held.exists()
        self._stop()
        self.held.unlink(missing_ok=True)
        self.held.with_suffix(".wanted").unlink()
        self.kills += 1
        self.held_kills += seen
        self.server = self._start()

    def copy(self, folder: Path) -> None:
        """Database and log as they are at one moment, as power loss would leave them."""
        self.server.process.send_signal(signal.SIGSTOP)
        try:
            folder.mkdir()
            for file in self.home.glob("survey.db*"):
                shutil.copy(file, folder)
        finally:
            self.server.process.send_signal(signal.SIGCONT)

    def _stop(self) -> None:
        self.server.process.kill()
        self.server.process.wait()

    def _start(self) -> Server:
        command = ["uvicorn", "tests.reliability.slow_reply:application", "--factory"]
        quiet = ["--no-access-log", "--log-level", "critical", "--port", str(self.port)]
        context = running(
            [*command, *quiet], self.port, SURVEY_HOME=str(self.home), HELD=str(self.held)
        )
        self._contexts.append(context)
        return context.__enter__()


@contextmanager
def hub(home: Path) -> Iterator[Hub]:
    running_hub = Hub(home)
    try:
        yield running_hub
    finally:
        running_hub.server.process.kill()
        running_hub.server.process.wait()


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """Two hundred people answered while the server was killed again and again."""
    home = tmp_path_factory.mktemp("house")
    street = houses.build(home, letters=PEOPLE, base_url="http://127.0.0.1")
    desk = house.desk(street.here)
    random = Random(11)
    crowd = [Person(code=code, said=random.choice("12345")) for code in street.letters]
    waiting, copies = list(crowd), []
    with hub(home) as server:

        def work() -> None:
            while waiting:
                people.answer(waiting.pop(), server.port)

        threads = [threading.Thread(target=work) for _ in range(CROWD)]
        for thread in threads:
            thread.start()
        for turn in range(KILLS):
            time.sleep(random.uniform(0.05, 0.3))
            # Early, while there are certainly people who are about to send.
            if turn % 2 == 0 and server.held_kills < HELD_KILLS:
                server.kill_between_commit_and_reply()
            else:
                server.kill()
            if len(copies) < COPIES:
                time.sleep(random.uniform(0.0, 0.3))
                thanked = [person.code for person in crowd if person.thanked]
                folder = home / f"copy-{turn}"
                server.copy(folder)
                copies.append((folder, thanked))
        for thread in threads:
            thread.join()
        return desk, crowd, copies, server


def answers_of(desk: Desk, person: Person) -> list[str]:
    """Every value stored for this person, opened with both keys as no single party could."""
    candidate = desk.evaluator.candidates(codes.digest(person.code), bytes(16))[0]
    with desk.database.read() as tx:
        invitation = invitations.find(tx, candidate.code_hash)
        asked = desk.asked(tx, "w1")
    form = asked.published.form
    place = desk.evaluator.place(
        candidate.programme_id, "w1", invitation.ticket, submitting.labels(asked)
    )
    mark = place.marks[f"{form.perspective}.{domains.MAIN}"]
    connection = sqlite3.connect(desk.database.path)
    rows = connection.execute("SELECT mark, body FROM response WHERE mark = ?", [mark]).fetchall()
    connection.close()
    key = desk.keys[candidate.programme_id].answer
    said = []
    for part in desk.evaluator.strip(candidate.programme_id, "w1", rows):
        plain = bodies.open_inner(key, "w1", part.inner)
        inner = msgspec.msgpack.decode(plain, type=submitting.Inner)
        for answer in encode.decode(inner.answers).values():
            assert isinstance(answer, Chosen)
            said.extend(answer.codes)
    return said


def test_the_server_was_killed_often_and_between_commit_and_reply(aftermath):
    _, _, _, server = aftermath
    assert server.kills >= 30
    assert server.held_kills >= 5


def test_everybody_got_through_in_the_end(aftermath):
    _, crowd, _, _ = aftermath
    assert [person.code for person in crowd if not person.thanked] == []


def test_every_thanked_person_is_counted_once_with_what_she_said(aftermath):
    desk, crowd, _, _ = aftermath
    for person in crowd:
        assert answers_of(desk, person) == [person.said] * len(ANSWERED)
    connection = sqlite3.connect(desk.database.path)
    rows = connection.execute("SELECT domain, count(*) FROM response GROUP BY 1").fetchall()
    assert {count for _, count in rows} == {PEOPLE}
    assert connection.execute("SELECT count(*) FROM draft").fetchone() == (0,)


def test_a_copy_of_database_and_log_holds_everybody_thanked_before(aftermath):
    desk, _, copies, _ = aftermath
    assert len(copies) == COPIES
    assert any(thanked for _, thanked in copies)
    for folder, thanked in copies:
        database = sqlite.open_database(folder / "survey.db", tenant="musterstadt")
        copied = msgspec.structs.replace(desk, database=database, known={})
        for code in thanked:
            assert answers_of(copied, Person(code=code, said="")) != []
        database.close()
