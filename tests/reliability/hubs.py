"""A server that is killed while people answer, and what is stored of them when all is over."""

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from survey.actions import responses
from survey.actions.desk import Desk
from survey.form import domains, encode
from survey.linkage import answers, bodies, codes
from survey.model.answers import Chosen
from survey.store import invitations
from survey.store.responses import Sealed
from tests.load.servers import Server, free_port, running
from tests.reliability.people import Person


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


def answers_of(desk: Desk, person: Person) -> list[str]:
    """Every value stored for this person, opened with both keys as no single party could."""
    candidate = desk.evaluator.candidates(codes.digest(person.code), bytes(16))[0]
    with desk.database.read() as tx:
        invitation = invitations.find(tx, candidate.code_hash)
        asked = desk.asked(tx, "w1")
    form = asked.published.form
    marks = desk.evaluator.marks(
        candidate.programme_id, "w1", invitation.ticket, responses.labels(asked)
    )
    mark = marks[f"{form.perspective}.{domains.MAIN}"]
    with desk.database.read() as tx:
        found = tx.all(
            "SELECT mark, body FROM response WHERE tenant = :tenant AND mark = :mark",
            {"mark": mark},
            into=Sealed,
        )
    key = desk.keys[candidate.programme_id].answer
    said = []
    trustee = desk.evaluator._programmes[candidate.programme_id]
    for row in found:
        inside = answers.unwrap(trustee, "w1", row.mark, row.body).inner
        plain = bodies.open_inner(key, "w1", inside)
        inner = msgspec.msgpack.decode(plain, type=responses.Inner)
        for answer in encode.decode(inner.answers).values():
            assert isinstance(answer, Chosen)
            said.extend(answer.codes)
    return said
