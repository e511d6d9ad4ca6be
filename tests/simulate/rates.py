"""How often something happens in simulated reports, against what is promised."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")


class Rate(Struct, frozen=True):
    """One line of `make simulate`: `found` times in `runs`, which used the seeds 0 to runs - 1.

    Args:
        least, most: what is promised of the count; None where it is only told
    """

    what: str
    found: int
    runs: int
    least: float | None = None
    most: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        enough = self.least is None or self.found >= self.least
        return enough and (self.most is None or self.found <= self.most)

    def __str__(self) -> str:
        told = f"{self.what:<76} {self.found:>5} of {self.runs:<5} seeds 0-{self.runs - 1}"
        if self.least is None and self.most is None:
            return told
        bounds = [f"at least {self.least:g}" if self.least is not None else ""]
        bounds.append(f"at most {self.most:g}" if self.most is not None else "")
        promised = " and ".join(filter(None, bounds))
        return f"{told}  {promised}: {'kept' if self.kept else 'MISSED'}"


def counted(run: Callable[[int], T], runs: int) -> Iterable[T]:
    """The outcome of every run, on all cores it may use; a run's number is its seed."""
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        yield from pool.map(run, range(runs), chunksize=max(1, runs // 40))
