"""The staff pages as an application of their own: another port, another cookie, no page shared."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.middleware import DefineMiddleware

from survey.actions import programme_end
from survey.engine import migrate
from survey.home import Home, Services
from survey.http import health, staff_session
from survey.store import programmes
from survey.web.staff import refusals, routes
from survey.web.staff import site as staff_site
from survey.web.staff.site import StaffSite

HOME = "SURVEY_HOME"
# Every thread holds a connection to the database; more of them would only wait for each other.
THREADS = 8


def from_home() -> Litestar:
    """What a worker process serves: the home named in the environment."""
    app = create_staff_app(Home.enter(Path(os.environ[HOME])))
    gc.collect()
    gc.freeze()
    return app


def create_staff_app(home: Home) -> Litestar:
    """The staff application of one house.

    Raises:
        KeyMissing: a key file is not there
        SettingsError: a file that pages ask for is not there
    """
    ours = staff_site.build(home)
    services = home.services()

    def the_site() -> StaffSite:
        return ours

    def the_services() -> Services:
        return services

    version = f"{migrate.version(home.database):03d}"

    def schema() -> str:
        with home.database.read() as tx:
            programmes.list_all(tx)
        return version

    @asynccontextmanager
    async def living(_: Litestar) -> AsyncIterator[None]:
        with ThreadPoolExecutor(THREADS, thread_name_prefix="staff") as threads:
            asyncio.get_running_loop().set_default_executor(threads)
            task = asyncio.create_task(programme_end.drop_keys_when_ended(services))
            yield
            task.cancel()
        # Not before every thread is done: SQLite ends the process for a connection closed in use.
        home.database.close()

    return Litestar(
        # In one router: litestar would wrap handlers that share a path into a thread twice.
        [
            Router("/", route_handlers=routes.HANDLERS),
            ours.files.handler(),
            health.handler(schema),
        ],
        dependencies={
            "site": Provide(the_site, sync_to_thread=False),
            "services": Provide(the_services, sync_to_thread=False),
            "fields": Provide(staff_session.fields_of, sync_to_thread=False),
        },
        middleware=[DefineMiddleware(staff_session.Sessions, find=ours.login.find)],
        before_request=staff_session.check_write,
        exception_handlers=refusals.handlers(ours),
        lifespan=[living],
        openapi_config=None,
        # What our own code logs holds no request; litestar's would.
        logging_config=None,
    )
