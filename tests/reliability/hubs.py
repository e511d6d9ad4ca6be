"""A server that is killed while people answer, and what is stored of them when all is over."""

import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import msgspec
import uvicorn

from survey.actions import responses
from survey.form import domains, encode
from survey.home import Services
from survey.linkage import codes, inner_layer, outer_layer
from survey.model.answers import Chosen
from survey.store import invitations
from survey.store.responses import Sealed
from tests.load.servers import free_port, wait_listening
from tests.reliability.people import Person

# Its processes have loaded the modules already; the application is made anew in each.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["uvicorn", "tests.reliability.slow_reply"])


class Forked:
    """A process made from a loaded one, asked in the words of `subprocess.Popen`."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> None:
        self._process.join()

    def send_signal(self, number: signal.Signals) -> None:
        assert self._process.pid
        os.kill(self._process.pid, number)


class Hub:
    """A server that is killed and started again on the same port while people answer."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.held = home / "held"
        self.kills = self.held_kills = 0
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
        self.server.send_signal(signal.SIGSTOP)
        try:
            folder.mkdir()
            for file in self.home.glob("survey.db*"):
                shutil.copy(file, folder)
        finally:
            self.server.send_signal(signal.SIGCONT)

    def _stop(self) -> None:
        self.server.kill()
        self.server.wait()

    def _start(self) -> Forked:
        arguments = (str(self.home), str(self.held), self.port)
        started = FORKS.Process(target=_serve, args=arguments, daemon=True)
        started.start()
        process = Forked(started)
        wait_listening(process, self.port)
        return process


def _serve(home: str, held: str, port: int) -> None:
    """One server process, in its own process."""
    os.environ.update(SURVEY_HOME=home, HELD=held)
    uvicorn.run(
        "tests.reliability.slow_reply:application",
        factory=True,
        access_log=False,
        log_level="critical",
        port=port,
    )


@contextmanager
def hub(home: Path) -> Iterator[Hub]:
    running_hub = Hub(home)
    try:
        yield running_hub
    finally:
        running_hub.server.kill()
        running_hub.server.wait()


def answers_of(services: Services, person: Person) -> list[str]:
    """Every value stored for this person, opened with both keys as no single party could."""
    candidate = services.evaluator.candidates(codes.digest(person.code), bytes(16))[0]
    with services.database.read() as tx:
        invitation = invitations.find(tx, candidate.code_hash)
        context = services.wave_context(tx, "w1")
    form = context.published.form
    marks = services.evaluator.marks(
        candidate.programme_id, "w1", invitation.ticket, responses.labels(context)
    )
    mark = marks[f"{form.perspective}.{domains.MAIN}"]
    with services.database.read() as tx:
        found = tx.all(
            "SELECT mark, body FROM response WHERE tenant = :tenant AND mark = :mark",
            {"mark": mark},
            into=Sealed,
        )
    key = services.keys[candidate.programme_id].answer
    said = []
    trustee = services.evaluator._programmes[candidate.programme_id]
    for row in found:
        inside = outer_layer.unwrap(trustee, "w1", row.mark, row.body).inner
        plain = inner_layer.open_inner(key, "w1", inside)
        inner = msgspec.msgpack.decode(plain, type=responses.Inner)
        for answer in encode.decode(inner.answers).values():
            assert isinstance(answer, Chosen)
            said.extend(answer.codes)
    return said
