"""A house with staff, its staff pages behind a real server, and people logged in to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import BrowserContext, Page, Response

from survey import clock
from survey.model.accounts import Language
from survey.model.roles import ZONE
from survey.staff import accounts
from tests.load import servers
from tests.web.staff_pages import Sample
from tests.world import staff
from tests.world.world import World


class ServedOffice(Struct, frozen=True):
    """A world and where its staff pages answer."""

    world: World
    origin: str

    def come(self, context: BrowserContext, login: str, language: Language = "de") -> None:
        """Let this browser be logged in as a person who reads this language, or as nobody."""
        context.clear_cookies()
        if not login:
            return
        database, account = self.world.database, self.world.staff[login]
        accounts.set_language(
            database, ZONE, account.account_id, language, actor="test", at=clock.now()
        )
        # Not by the password: one of the pages that are looked at gives out a new one.
        token = self.world.session(login)
        context.add_cookies([{"name": "staff", "value": token, "url": self.origin}])

    def visit(self, page: Page, sample: Sample) -> Response:
        """Open a page; a form on it is filled in and sent where the sample says so."""
        reply = page.goto(self.origin + sample.address)
        if sample.action:
            reply = _sent(page, sample)
        assert reply
        return reply


@contextmanager
def serving(folder: Path) -> Iterator[ServedOffice]:
    """`survey serve --only staff` on a free port of the loopback, stopped at the end."""
    world = staff.build(folder)
    port = servers.free_port()
    serve = ["serve", "--only", "staff", "--staff-port", str(port)]
    with servers.running(["survey.cli.main", "--home", str(folder), *serve], port):
        yield ServedOffice(world, f"http://127.0.0.1:{port}")


def _sent(page: Page, sample: Sample) -> Response | None:
    form = page.locator(f"main form[action$='{sample.action}']").last
    for name, value in sample.fields.items():
        if isinstance(value, list):
            for each in value:
                form.locator(f"[name='{name}'][value='{each}']").check()
        else:
            form.locator(f"[name='{name}']").fill(str(value))
    if sample.lost:
        page.context.clear_cookies()
    with page.expect_navigation() as navigation:
        form.locator("button").first.click()
    return navigation.value
