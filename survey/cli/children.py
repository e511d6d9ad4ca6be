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
# A child that ends sooner than this after its start would do so again, and for a reason it tells.
YOUNG = 10.0
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
    told = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        told.set()

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    children: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
    try:
        for name, command in commands.items():
            children[name] = _started(command)
        while not told.wait(LOOK):
            for name, (child, since) in list(children.items()):
                if child.poll() is not None:
                    _refuse_young(name, child, since)
                    click.echo(f"{name} has died (status {child.returncode}); started again.")
                    children[name] = _started(commands[name])
    finally:
        _end([child for child, _ in children.values()])
        for number, handler in before.items():
            signal.signal(number, handler)


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


def _started(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], float]:
    # A session of its own: Ctrl-C reaches it through us, once.
    child = subprocess.Popen(  # noqa: S603 - our own commands
        command_line(command),
        env={**os.environ, PARENT: str(os.getpid())},
        start_new_session=True,
    )
    return child, time.monotonic()


def _refuse_young(name: str, child: subprocess.Popen[bytes], since: float) -> None:
    if time.monotonic() - since < YOUNG:
        raise click.ClickException(
            f"{name} ended with status {child.returncode} right after its start (the reason stands "
            "above); everything else was ended too."
        )


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
