"""What a staff page costs: with 10,000 accounts and an audit of 10,000 entries behind it."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from survey import clock
from survey.model.roles import ZONE
from survey.staff import audit, logins
from survey.staff.store import accounts
from tests.load.lines import Line
from tests.load.servers import Browser, free_port, running
from tests.world import staff
from tests.world.world import World

MANY = 10_000
# Milliseconds of CPU for any page, from the request to its last byte.
MOST = 50
PAGES = {
    "start": ("dilan", "/"),
    "10,000 accounts, page 100": ("gerd", "/accounts?page=100&sort=-created"),
    "audit of 10,000 entries": ("farah", "/audit?page=100"),
    "oversight": ("farah", "/oversight"),
}


def lines(folder: Path) -> Iterator[Line]:
    """One line for each page, the median of three times thirty."""
    folder.mkdir()
    world = staff.build(folder, letters=20)
    _fill(world)
    port = free_port()
    serve = ["serve", "--only", "staff", "--staff-port", str(port)]
    with running(["survey.cli.main", "--home", str(folder), *serve], port) as server:
        for name, (login, place) in PAGES.items():
            browser = Browser(port)
            entered = logins.log_in(world.database, ZONE, login, staff.PASSWORD, at=clock.now())
            assert entered
            browser.cookies["staff"] = entered.token
            costs = []
            for _ in range(3):
                before = server.cpu()
                for _ in range(30):
                    assert browser.get(place).status == 200
                costs.append((server.cpu() - before) / 30)
            yield Line(f"staff page, CPU: {name}", statistics.median(costs) * 1e3, "ms", MOST)
        yield Line("memory of the staff process", server.memory(), "MB", 150)


def _fill(world: World) -> None:
    now = clock.now()
    with world.database.write() as tx:
        for number in range(MANY):
            login = f"kraft{number:05}"
            each = replace(world.staff["enno"], account_id=login, login=login)
            accounts.add(tx, each)
            audit.note(tx, "staff:gerd", "account-create", login, at=now, roles=each.roles)
