"""`survey worker`: reports, weekly counts, releases, retention, the nightly rewrite."""

import logging
import signal
import threading
from pathlib import Path
from types import FrameType

import click

from survey import worker as workers
from survey.cli import children
from survey.home import Home


@click.command()
@click.pass_obj
def worker(home: Path) -> None:
    """Do what takes longer than a page, until Ctrl-C or SIGTERM; `serve` starts one by itself.

    Makes the reports that staff ask for, writes the weekly count and hands releases on every
    Monday, deletes daily what must not be kept any longer, rewrites the database at night. Any
    number may run beside one database; each piece of work is done once. Killed in the middle of a
    report, the next worker takes it up again after a minute.
    """
    work(home)


def work(directory: Path) -> None:
    """Work until a signal comes."""
    logging.basicConfig(format="worker: %(message)s", level=logging.WARNING)
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    children.end_with_parent()
    home = Home.enter(directory)
    try:
        workers.run(home, home.now, stop)
    finally:
        home.database.close()
