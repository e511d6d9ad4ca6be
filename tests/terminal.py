"""A runner of commands whose standard input counts as a terminal, as if a person sat there."""

from collections.abc import Iterator
from contextlib import contextmanager
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
