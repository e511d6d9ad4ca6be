"""The case pages as an application: in the house only, another cookie, nothing of the survey's."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware

from connector import settings as homes
from connector.settings import Home
from connector.state import database, pulls, retention
from connector.web import refusals, routes
from connector.web import site as case_site
from connector.web.site import CaseSite
from survey.engine import migrate
from survey.http import health, staff_session
from survey.staff import logins

HOME = "CONNECTOR_HOME"
# Every thread holds a connection to the database; more of them would only wait for each other.
THREADS = 8
HOUR = 3600


def from_home() -> Litestar:
    """The application for the home named in the environment."""
    app = create_app(homes.read(Path(os.environ[HOME])))
    gc.collect()
    gc.freeze()
    return app


def create_app(home: Home, *, clock: Callable[[], datetime] | None = None) -> Litestar:
    """The application of one home; `clock` gives the time in UTC.

    Raises:
        KeyMissing: the key of case numbers is not there
        DatabaseError: the database cannot be opened
    """
    state = database.opened(home.database, tenant=home.settings.tenant)
    ours = case_site.build(home, state, clock)
    version = f"{migrate.version(state):03d}"

    def the_site() -> CaseSite:
        return ours

    def schema() -> str:
        with state.read() as tx:
            pulls.last(tx)
        return version

    @asynccontextmanager
    async def living(_: Litestar) -> AsyncIterator[None]:
        with ThreadPoolExecutor(THREADS, thread_name_prefix="cases") as threads:
            asyncio.get_running_loop().set_default_executor(threads)
            task = asyncio.create_task(_tidy_hourly(ours))
            yield
            task.cancel()
        # Not before every thread is done: SQLite ends the process for a connection closed in use.
        state.close()

    return Litestar(
        # In one router: litestar would wrap handlers that share a path into a thread twice.
        [
            Router("/", route_handlers=routes.HANDLERS),
            ours.files.handler(),
            health.handler(schema),
        ],
        dependencies={"site": Provide(the_site, sync_to_thread=False)},
        middleware=[DefineMiddleware(staff_session.Sessions, find=ours.login.find)],
        before_request=staff_session.check_write,
        exception_handlers=refusals.handlers(ours),
        lifespan=[living],
        openapi_config=None,
        # What our own code logs holds no request; litestar's would.
        logging_config=None,
    )


async def _tidy_hourly(site: CaseSite) -> None:
    while True:
        await asyncio.to_thread(tidy, site)
        await asyncio.sleep(HOUR)


def tidy(site: CaseSite) -> None:
    """Delete what has run out also where nobody pulls any more, and its traces in the log."""
    at = site.clock()
    with site.database.write() as tx:
        retention.sweep(tx, site.today(), period=site.home.settings.period_days)
        logins.remove_ended(tx, at=at)
    site.database.forget()
