"""Both engines for tests: a file, and Debian's PostgreSQL, started once by each test process.

    from tests import databases
    database = databases.made("postgresql", tmp_path)     # with all tables, empty

In a folder's conftest `from tests.databases import database` gives every test that asks for
`database` one of each engine. Where PostgreSQL is missing these tests are left out, see tools.py.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest

from survey.engine import engines, migrate
from survey.engine.database import Database
from survey.home import MIGRATIONS
from tests import tools

ENGINES = ("sqlite", "postgresql")
TENANT = "musterstadt"
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "logging_collector": "off",
}
# Ends when the pipe to it closes, however the test process came to its end; begins again the
# server that was killed.
SCRIPT = """
cd "$1" || exit 1
while [ ! -e ended ]; do "$2" -D data -k "$1" >>log 2>&1; done &
loop=$!
cat >/dev/null
touch ended
# Again and again: at this moment it may just be starting.
while kill -0 $loop; do kill -QUIT "$(head -n 1 data/postmaster.pid)"; sleep 0.2; done 2>/dev/null
cd / && rm -r "$1"
"""
NUMBERS = count(1)


class Postgres:
    """A server of its own in a folder of its own, reached by its socket there."""

    def __init__(self) -> None:
        programmes = Path(tools.need("postgresql")).parent
        self.folder = Path(tempfile.mkdtemp(prefix="resonanz-"))
        as_user: list[str] = []
        if os.getuid() == 0:
            # PostgreSQL refuses to run as root.
            as_user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(self.folder, "postgres")
        initdb = [programmes / "initdb", "-D", self.folder / "data", "-A", "trust", "--no-sync"]
        subprocess.run(
            [*as_user, *initdb, "-U", "postgres", "-E", "UTF8", "--locale=C"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        self._holder = subprocess.Popen(
            [*as_user, "sh", "-c", SCRIPT, "sh", self.folder, programmes / "postgres"],
            stdin=subprocess.PIPE,
            cwd=self.folder,
        )
        self.wait()

    def place(self, name: str = "postgres") -> str:
        """The address of a database."""
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def new(self, template: str = "template0") -> str:
        """Make a database; gives its address."""
        name = f"test_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.place(name)

    def run(self, sql: str) -> None:
        """Run a statement in the server's own database."""
        with psycopg.connect(self.place(), autocommit=True) as connection:
            connection.execute(sql)

    def kill(self) -> None:
        """Let it end at once, without writing anything more, and begin again from its log."""
        number = (self.folder / "data" / "postmaster.pid").read_text("ascii").split()[0]
        os.kill(int(number), signal.SIGQUIT)

    def wait(self) -> None:
        """Until it answers."""
        for _ in range(600):
            with suppress(psycopg.OperationalError), psycopg.connect(self.place()):
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text("utf-8"))

    def end(self) -> None:
        """Stop it and remove its folder."""
        assert self._holder.stdin is not None
        self._holder.stdin.close()
        self._holder.wait(60)


@cache
def server() -> Postgres:
    """The server of this test process."""
    return Postgres()


@cache
def _template() -> str:
    """The name of a database with all tables."""
    where = server().new()
    opened = engines.open_database(where, home=Path(), tenant="nobody")
    migrate.migrate(opened, MIGRATIONS)
    opened.close()
    return where.partition("@/")[2].partition("?")[0]


def place(engine: str) -> str:
    """What the setting `database` says for a new database of this engine without any table."""
    return "survey.db" if engine == "sqlite" else server().new()


def made(engine: str, folder: Path, *, tenant: str = TENANT) -> Database:
    """A database of its own with all tables and no rows."""
    opened = engines.open_database(place(engine), home=folder, tenant=tenant)
    migrate.migrate(opened, MIGRATIONS)
    return opened


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """One after another: the tables of a tenant nobody else has, in each engine."""
    if request.param == "sqlite":
        opened = made("sqlite", tmp_path)
    else:
        where = server().place(_template())
        opened = engines.open_database(where, home=tmp_path, tenant=f"{TENANT}-{next(NUMBERS)}")
    yield opened
    opened.close()
