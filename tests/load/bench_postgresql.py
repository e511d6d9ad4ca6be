"""What whole questionnaires cost before PostgreSQL, and how many more two processes take.

Three servers run beside each other and are asked in turns, so that whatever else the machine does
hits all of them. Clients, web processes and database share its cores: where there are only two, a
second process can win no more than what the first left over.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from msgspec import Struct

from tests import databases
from tests.load import people
from tests.load.lines import Line
from tests.load.servers import Server, free_port, running
from tests.world import homes
from tests.world.world import World

RUNS, EACH, CROWD = 5, 16, 8


class Kind(Struct, frozen=True):
    """A way to run a house."""

    name: str
    engine: str
    workers: int


FILE = Kind("SQLite, 1 process", "sqlite", 1)
ONE = Kind("PostgreSQL, 1 process", "postgresql", 1)
TWO = Kind("PostgreSQL, 2 processes", "postgresql", 2)
KINDS = (FILE, ONE, TWO)


class Run(Struct, frozen=True):
    """Complete responses in a second of the clock, and CPU seconds of the web for each."""

    rate: float
    cpu: float


def lines(folder: Path) -> Iterator[Line]:
    """Throughput and CPU of complete responses, as figures and as ratios of the same round."""
    rounds = _rounds(folder)
    for kind in KINDS:
        rate = median(each[kind].rate for each in rounds)
        yield Line(f"complete responses, {kind.name}", rate, "/s")
    gain = median(each[TWO].rate / each[ONE].rate for each in rounds)
    yield Line("PostgreSQL: 2 processes / 1 process", gain, "times")
    cost = median(each[ONE].cpu / each[FILE].cpu for each in rounds)
    yield Line("complete response, CPU of the web: PostgreSQL / SQLite", cost, "times", 4)


def _rounds(folder: Path) -> list[dict[Kind, Run]]:
    with ExitStack() as stack:
        streets, servers = {}, {}
        for number, kind in enumerate(KINDS):
            home = folder / str(number)
            home.mkdir(parents=True)
            streets[kind] = homes.build(
                home,
                letters=(RUNS + 1) * EACH,
                base_url="http://127.0.0.1",
                database=databases.place(kind.engine),
            )
            port = free_port()
            serve = ["serve", "--only", "public", "--port", str(port)]
            command = ["survey.cli.main", "--home", str(home), *serve]
            servers[kind] = stack.enter_context(
                running([*command, "--workers", str(kind.workers)], port)
            )
        measured = [
            {kind: _many(servers[kind], streets[kind]) for kind in KINDS} for _ in range(RUNS + 1)
        ]
    # The first round fills what is made once.
    return measured[1:]


def _many(server: Server, world: World) -> Run:
    """`EACH` people answer everything, `CROWD` of them at a time."""
    waiting = [world.code() for _ in range(EACH)]

    def work() -> None:
        while waiting:
            people.answer(server.port, waiting.pop())

    threads = [threading.Thread(target=work) for _ in range(CROWD)]
    cpu, clock = server.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Run(
        rate=EACH / (time.perf_counter() - clock),
        cpu=(server.cpu() - cpu) / EACH,
    )
