"""Processes that live and end together: started, watched, ended by one signal."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from types import FrameType

import click

# The process whose end is ours too.
PARENT = "SURVEY_SERVE_PARENT"
# Whoever dies MOST times in a row, each within YOUNG seconds of its start, cannot live.
YOUNG, MOST = 60.0, 3
# Seconds a child has to end by itself.
PATIENCE = 8.0
LOOK = 0.1


def keep(commands: Mapping[str, Sequence[str]]) -> None:
    """Run these commands until a signal comes or one of them cannot live.

    Args:
        commands: by the name to be told to the operator
    Raises:
        click.ClickException: a child ended right after it was started; all others were ended
    """
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {signum: signal.signal(signum, end) for signum in (signal.SIGINT, signal.SIGTERM)}
    children: list[Child] = []
    try:
        for name, words in commands.items():
            children.append(Child(name, words))
        while not stop.wait(LOOK):
            for child in children:
                child.look()
    finally:
        _end([child.process for child in children])
        for number, handler in before.items():
            signal.signal(number, handler)


class Child:
    """One process and how often its predecessors died young."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self._name, self._words = name, words
        self._died = 0
        self._begin()

    def look(self) -> None:
        """Start it again if it has died.

        Raises:
            click.ClickException: it cannot live
        """
        status = self.process.poll()
        if status is None:
            return
        self._died = self._died + 1 if time.monotonic() - self._since < YOUNG else 1
        if self._died == MOST:
            raise click.ClickException(
                f"{self._name} ended with status {status}, {MOST} times in a row right after its "
                "start; the reason stands above. Everything else was ended too."
            )
        click.echo(f"{self._name} has died (status {status}); started again.")
        self._begin()

    def _begin(self) -> None:
        # A session of its own: Ctrl-C reaches it through us, once.
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            command_line(self._words),
            env={**os.environ, PARENT: str(os.getpid())},
            start_new_session=True,
        )
        self._since = time.monotonic()


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, however that died."""
    parent = os.environ.get(PARENT)
    if parent is None:
        return

    def watch() -> None:
        while str(os.getppid()) == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def command_line(words: Sequence[str]) -> list[str]:
    """How `survey` with these words is started by itself."""
    return [sys.executable, "-m", "survey.cli.main", *words]


def _end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    for child in children:
        child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            # What it was doing is done again: a job is taken up, a transaction was none.
            child.kill()
            child.wait()
