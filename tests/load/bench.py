"""`make bench`: what a page, an answer and a report cost, as ratios within one run on one machine.

Machines are noisy, so nothing is compared with a number from another day: pages with a bare handler
on the same server, the report with one pass over the same rows. Every figure is the median of
three.
"""

import gzip
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from re import findall

from tests.load import bench_postgresql, bench_report, bench_staff, bench_statistics, people
from tests.load.lines import Line
from tests.load.servers import Browser, Server, free_port, running
from tests.world import homes
from tests.world.programmes import RELEASED

UVICORN = ["--factory", "--no-access-log", "--log-level", "warning", "--no-server-header"]
RUNS = 3
# A page more, asked for and sent, and a submission of twice the rows.
MOST_FOR_SHOWING = 1.3


def main() -> None:
    """Measure everything, print the table, end with status 1 if an aim was missed."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            *_web(Path(folder) / "web"),
            *bench_postgresql.lines(Path(folder) / "engines"),
            *bench_staff.lines(Path(folder) / "staff"),
            *bench_report.lines(Path(folder) / "report"),
            *bench_statistics.lines(),
        ]
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.exit(0 if all(line.kept for line in lines) else 1)


def _web(folder: Path) -> Iterator[Line]:
    folder.mkdir()
    world = homes.build(folder, letters=200, base_url="http://127.0.0.1")
    with _bare() as bare, _survey(folder) as survey:
        base = _median(lambda: _each(bare, lambda browser: browser.get("/"), 3000))
        yield Line("bare Litestar handler, CPU", base * 1e3, "ms")
        question = _median(lambda: _question(survey, world.code()))
        yield Line("question page with a draft, CPU", question * 1e3, "ms")
        yield Line("question page / bare handler", question / base, "times", 1 / 0.3)
        whole = _median(
            lambda: statistics.fmean(_response(survey, world.code()) for _ in range(15))
        )
        yield Line("complete response of 20 questions, CPU", whole * 1e3, "ms")
        yield Line("complete response / bare handler", whole / base, "times", 220)
        showing = _showing(folder.parent / "showing")
        yield Line("complete response that shows something, CPU", showing * 1e3, "ms")
        yield Line("... / one at level linked", showing / whole, "times", MOST_FOR_SHOWING)
        first = Browser(survey.port).get("/")
        yield Line("first load, head and body as sent", first.size / 1000, "kB", 5)
        yield Line("first load, requests", 1 + len(_loads(first.body)), "", 1)
        yield Line("memory of the web process", survey.memory(), "MB", 150)


def _showing(folder: Path) -> float:
    """The same where a page more asks what may be shown, and seven rows more are written."""
    folder.mkdir()
    world = homes.build(folder, letters=60, base_url="http://127.0.0.1", programme=RELEASED)
    with _survey(folder) as survey:
        return _median(lambda: statistics.fmean(_response(survey, world.code()) for _ in range(15)))


@contextmanager
def _bare() -> Iterator[Server]:
    port = free_port()
    command = ["uvicorn", "tests.load.bare:application", *UVICORN, "--port", str(port)]
    with running(command, port) as server:
        yield server


@contextmanager
def _survey(home: Path) -> Iterator[Server]:
    port = free_port()
    serve = ["serve", "--only", "public", "--port", str(port)]
    command = ["survey.cli.main", "--home", str(home), *serve]
    with running(command, port, SURVEY_BASE_URL=f"http://127.0.0.1:{port}") as server:
        yield server


def _median(measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(RUNS))


def _each(server: Server, ask: Callable[[Browser], object], times: int) -> float:
    browser = Browser(server.port)
    for _ in range(100):
        ask(browser)
    before = server.cpu()
    for _ in range(times):
        ask(browser)
    return (server.cpu() - before) / times


def _question(server: Server, code: str) -> float:
    browser = Browser(server.port)
    first = people.enter(browser, code)
    before = server.cpu()
    for _ in range(1500):
        browser.get(first)
    return (server.cpu() - before) / 1500


def _response(server: Server, code: str) -> float:
    """CPU seconds of one person from code to thank-you page, every page saved."""
    before = server.cpu()
    people.answer(server.port, code)
    return server.cpu() - before


def _loads(body: bytes) -> list[str]:
    """What the page makes a browser ask for besides itself."""
    page = gzip.decompress(body).decode()
    return [
        url
        for url in findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page)
        if not url.startswith("data:")
    ]


if __name__ == "__main__":
    main()
