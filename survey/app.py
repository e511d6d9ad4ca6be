"""The web application: the only place where its parts are put together."""

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
from survey.http import fields, health, problems, threads
from survey.http.page import Visit
from survey.store import programmes
from survey.web.answer import prerender, routes, site
from survey.web.answer.site import Posted, Site
from survey.web.exchange import Exchange
from survey.web.exchange_signing import Signing
from survey.web.kiosk import routes as kiosk
from survey.web.notices import problem

HOME = "SURVEY_HOME"
# Seconds between two times of letting go of what the engine's log still tells about the past.
HOUR = 3600


def from_home() -> Litestar:
    """What a worker process serves: the home named in the environment."""
    app = create_app(Home.enter(Path(os.environ[HOME])))
    # What is made now stays: the collector need not walk through it again with every few requests.
    gc.collect()
    gc.freeze()
    return app


def create_app(home: Home) -> Litestar:
    """The application of one house.

    Raises:
        KeyMissing: a key file is not there
        FormError: a page cannot be made
    """
    services = home.services()
    public = site.build(home.settings, services)

    def the_site() -> Site:
        return public

    # Asked for once: finding out takes the write lock, which a health check must not wait for.
    version = f"{migrate.version(home.database):03d}"

    def schema() -> str:
        with home.database.read() as tx:
            programmes.list_all(tx)
        return version

    async def posted(request: Visit) -> Posted:
        return Posted(site=public, fields=await fields.read(request))

    def the_services() -> Services:
        return services

    signing = DefineMiddleware(Signing, pair=services.signature)

    @asynccontextmanager
    async def living(app: Litestar) -> AsyncIterator[None]:
        await prerender.make(app, routes.HANDLERS, public.languages)
        with ThreadPoolExecutor(thread_name_prefix="survey") as pool:
            asyncio.get_running_loop().set_default_executor(pool)
            tasks = [
                asyncio.create_task(_forget_hourly(home)),
                asyncio.create_task(programme_end.drop_keys_when_ended(services)),
            ]
            yield
            for task in tasks:
                task.cancel()
        # Not before every thread is done: SQLite ends the process for a connection closed in use.
        home.database.close()

    return Litestar(
        [
            *threads.fitting(routes.HANDLERS, home.database),
            kiosk.router(threads.fitting(kiosk.HANDLERS, home.database)),
            Router("/", route_handlers=[Exchange], middleware=[signing]),
            public.files.handler(),
            *threads.fitting([health.handler(schema)], home.database),
        ],
        dependencies={
            "site": Provide(the_site, sync_to_thread=False),
            "services": Provide(the_services, sync_to_thread=False),
            "posted": Provide(posted),
        },
        exception_handlers=problems.handlers(problem.teller(public)),
        lifespan=[living],
        openapi_config=None,
        # What our own code logs holds no request; litestar's would.
        logging_config=None,
    )


async def _forget_hourly(home: Home) -> None:
    """The write-ahead log holds rows in the order in which they came: empty it every hour."""
    while True:
        await asyncio.sleep(HOUR)
        await asyncio.to_thread(home.database.forget)
