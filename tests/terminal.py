"""Commands as at a terminal, as if a person sat there: in this process, or in one of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from click.testing import CliRunner


class Terminal(CliRunner):
    """Answers are given by `input`, as typed."""

    @contextmanager
    def isolation(self, *words: Any, **options: Any) -> Iterator[Any]:
        import sys  # noqa: PLC0415 - click puts another standard input in its place

        with super().isolation(*words, **options) as streams:
            sys.stdin.isatty = lambda: True  # type: ignore[method-assign]
            yield streams


CONNECTOR = [sys.executable, "-m", "connector.cli.main"]


def screen(command: Sequence[str], *typed: str) -> tuple[str, int]:
    """Everything that stands on the screen in the end, and the status; `typed`: lines."""
    home, there = os.openpty()
    running = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, close_fds=True)
    os.close(there)
    os.write(home, "".join(f"{line}\n" for line in typed).encode())
    shown = b""
    with suppress(OSError):  # the other end is closed
        while more := os.read(home, 4096):
            shown += more
    os.close(home)
    return shown.decode(), running.wait()
