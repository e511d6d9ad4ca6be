"""Runs the real commands as a person at a shell would, and the server beside them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from msgspec import Struct

from survey.demo.errors import DemoStopped
from survey.demo.homes import Place

BIN = Path(sys.executable).parent
SHOWN = 12
PATIENCE = 30.0


class CommandOutput(Struct, frozen=True, kw_only=True):
    """What a command wrote to standard output, and its exit status."""

    text: str
    status: int


def survey(place: Place, *words: str) -> CommandOutput:
    """`survey` with the demo's home."""
    return run("survey", "--home", str(place.survey), *words)


def connector(place: Place, *words: str, fine: tuple[int, ...] = (0,)) -> CommandOutput:
    """`connector` with the demo's home; `fine` are the exit statuses to go on with."""
    return run("connector", "--home", str(place.connector), *words, fine=fine)


def run(name: str, *words: str, fine: tuple[int, ...] = (0,)) -> CommandOutput:
    """Run a command of ours to its end.

    Raises:
        DemoStopped: it ended with another status
    """
    done = subprocess.run(  # noqa: S603 - our own commands
        [str(BIN / name), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env=_around(),
        check=False,
    )
    if done.returncode not in fine:
        output = (done.stderr or done.stdout).strip().splitlines()[-SHOWN:]
        raise DemoStopped(
            f"`{name} {' '.join(words)}` ended with status {done.returncode}",
            said="\n    ".join(["", *output]),
        )
    return CommandOutput(text=done.stdout, status=done.returncode)


class Server:
    """A command that serves pages, as a child; its words go to a file.

    Args:
        ports: all that must be free before it starts
        addresses: what answers when it is up
    """

    def __init__(
        self, words: Sequence[str], log: Path, *, ports: Sequence[int], addresses: Sequence[str]
    ) -> None:
        self._words = list(words)
        self._ports = ports
        self._addresses = addresses
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers.

        Raises:
            DemoStopped: the port is taken, or it does not come up
        """
        for port in self._ports:
            refuse_taken(port)
        name, *words = self._words
        with self._log.open("wb") as log:
            # A session of its own: Ctrl-C reaches it through us, after what is under way.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [str(BIN / name), *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_around(),
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                output = self._log.read_text("utf-8", "replace").strip().splitlines()[-SHOWN:]
                raise DemoStopped("the server does not come up", said="\n    ".join(["", *output]))
            time.sleep(0.05)

    def wait(self) -> None:
        """Return when the server ends by itself."""
        if self._process:
            self._process.wait()

    def stop(self) -> None:
        """End it; nothing that was acknowledged is lost."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            return all(
                httpx.get(address, timeout=1, trust_env=False).status_code < httpx.codes.BAD_REQUEST
                for address in self._addresses
            )
        except httpx.HTTPError:
            return False


def survey_server(place: Place) -> Server:
    """Questionnaires, staff pages and worker, as `survey serve` starts them."""
    ports = ["--port", str(place.port), "--staff-port", str(place.staff_port)]
    return Server(
        ["survey", "--home", str(place.survey), "serve", *ports],
        place.own / "server.log",
        ports=(place.port, place.staff_port),
        addresses=(f"{place.base_url}/health", f"{place.staff_url}/login"),
    )


def cases_server(place: Place) -> Server:
    """The case pages, as `connector serve` starts them."""
    return Server(
        ["connector", "--home", str(place.connector), "serve", "--port", str(place.cases_port)],
        place.own / "cases.log",
        ports=(place.cases_port,),
        addresses=(f"{place.cases_url}/login",),
    )


def refuse_taken(port: int) -> None:
    """Refuse ports that are already in use, before the demo begins.

    Raises:
        DemoStopped: the port is taken
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoStopped(
                f"port {port} is in use", cure="end what listens there, or give another by --port"
            ) from error


def _around() -> dict[str, str]:
    """The environment without settings of another home, and without a way off this machine."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SURVEY_", "CONNECTOR_")) and not name.casefold().endswith("_proxy")
    }
