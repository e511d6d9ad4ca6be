"""Progress of the demo: a line for each step, with its time; a running clock on a terminal."""

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from msgspec import Struct

WIDTH = 88


class Fact(Struct, frozen=True):
    """Something that must hold, in words."""

    said: str
    holds: bool


class Line:
    """The line of one step while it runs; `say` changes its end."""

    def __init__(self, head: str) -> None:
        self._head, self._more = head, ""
        self._since = time.monotonic()
        self._live = sys.stdout.isatty()
        self._over = threading.Event()
        self._ticking = threading.Thread(target=self._tick, daemon=True)
        if self._live:
            self._ticking.start()

    def say(self, more: str) -> None:
        """Replace the end of the line by a fact."""
        self._more = more

    def end(self, mark: str = "") -> None:
        """The line as it stays."""
        self._over.set()
        if self._live:
            self._ticking.join()
        click.echo(f"{self._cleared()}{self._text()}{mark}")

    def _tick(self) -> None:
        while not self._over.wait(0.5):
            click.echo(f"{self._cleared()}{self._text()}", nl=False)

    def _cleared(self) -> str:
        return "\r\033[K" if self._live else ""

    def _text(self) -> str:
        text = f"{self._head}: {self._more}" if self._more else self._head
        return f"{text:<{WIDTH}} {time.monotonic() - self._since:6.1f} s"


@contextmanager
def step(number: int, total: int, title: str) -> Iterator[Line]:
    """One step of so many."""
    line = Line(f"{number:>3}/{total}  {title}")
    try:
        yield line
    except BaseException:
        line.end("  stopped")
        raise
    line.end()


def box(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """A frame with what to open."""
    lines = [f"{name:<10} {value}" if value else name for name, value in rows]
    width = max(len(line) for line in [title, *lines])
    click.echo(f"\n┌─{'─' * width}─┐")
    click.echo(f"│ {click.style(title.ljust(width), bold=True)} │")
    click.echo(f"├─{'─' * width}─┤")
    for line in lines:
        click.echo(f"│ {line.ljust(width)} │")
    click.echo(f"└─{'─' * width}─┘")
