"""The work on waves in the browser: every page by the checkers, and a wave from plan to report."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from survey import clock, worker
from survey.actions import jobs
from survey.model.accounts import LANGUAGES, Account, Language
from survey.model.roles import ZONE
from survey.staff import accounts
from tests.journeys import audits, browsers, offices, page_checkers
from tests.journeys.audits import Watch
from tests.journeys.offices import ServedOffice
from tests.web import work_pages
from tests.web.staff_pages import Sample
from tests.world import answers, staff
from tests.world.programmes import NOW
from tests.world.world import World

MOST = 5


@pytest.fixture(scope="module")
def served(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    with offices.serving(tmp_path_factory.mktemp("world")) as running:
        work_pages.samples(running.world)
        yield running


@pytest.fixture(scope="module")
def context(browser: Browser, served: ServedOffice) -> Iterator[BrowserContext]:
    made = browsers.person(browser, served.origin, device="desktop")
    yield made
    made.close()


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def watch(tab: Page) -> Watch:
    return audits.watched(tab)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_narrow_and_quiet(
    served: ServedOffice, context: BrowserContext, tab: Page, watch: Watch, language: Language
) -> None:
    found = []
    for sample in work_pages.samples(served.world):
        faults = _faults(served, context, tab, watch, sample, language)
        found += [f"{sample.name}: {each}" for each in faults]
    assert not found, "\n".join(found)


def test_a_wave_goes_from_its_plan_to_its_report_by_four_hands(
    served: ServedOffice, browser: Browser
) -> None:
    """Dilan plans, opens, closes and orders; the jobcenter pushes; people answer; two redact."""
    world = served.world
    for login in ("jana",):
        made = accounts.create(
            world.home.database,
            ZONE,
            login=login,
            roles=("editor",),
            password=staff.PASSWORD,
            actor="test",
            at=NOW,
        )
        assert isinstance(made, Account)
        world.staff[login] = made
    context = browsers.person(browser, served.origin, device="desktop")
    page = context.new_page()
    served.come(context, "dilan")
    _plan(page)
    printed = world.invite("reise")
    page.goto("/waves/reise")
    _press(page, "main form .btn.go")
    assert "im Feld" in page.locator(".facts").inner_text()
    services = world.home.services()
    for place in range(12):
        answers.send(services, printed[place], 4, "Frau Beispiel half." if place == 0 else "")
    title = page.locator("h1").inner_text()
    page.goto("/waves/reise/close")
    page.fill("#because", "Alle haben geantwortet")
    page.fill("#name", title)
    _press(page, "main .btn.risk")
    _redact(served, context, page)
    served.come(context, "dilan")
    page.goto("/reports/reise")
    assert page.locator("#read").count() == 0
    _press(page, "#preview .btn.go")
    _work(world)
    page.reload()
    assert "Mindestens 10 von 60" in page.locator("#preview").inner_text()
    page.check("#read")
    page.fill("#name", title)
    _press(page, "aside .btn.risk")
    assert "Wartet auf den Rechner" in page.locator(".stages").inner_text()
    _work(world)
    # The page asks by itself every two seconds.
    page.get_by_role("heading", name="Der Bericht ist fertig").wait_for()
    with page.expect_download() as download:
        page.locator(".files a").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto("/results/reise")
    assert page.locator(".spreads li").count()
    context.close()


def _plan(page: Page) -> None:
    page.goto("/waves/new")
    page.get_by_label("Wie ist das Jobcenter für Sie?").check()
    _press(page, "main .btn.go")
    page.get_by_label("Kurzfassung").first.check()
    _press(page, "main .btn.go")
    today = NOW.date()
    page.fill("#wave", "reise")
    page.fill("#number", "77")
    page.fill("#opens", today.isoformat())
    page.fill("#closes", (today + timedelta(days=20)).isoformat())
    _press(page, "main .btn.go")
    assert "Team Nord" in page.locator("table.can").inner_text()
    page.get_by_label("20 Menschen").check()
    page.get_by_text("unter 20: keine Zahl").wait_for()
    page.get_by_label("10 Menschen").check()
    page.get_by_text("unter 10: keine Zahl").wait_for()
    _press(page, "main .btn.go")
    _press(page, "main .btn.go")
    assert page.url.endswith("/waves/reise?done=created")


def _redact(served: ServedOffice, context: BrowserContext, page: Page) -> None:
    served.come(context, "enno")
    page.goto("/remarks/reise")
    page.get_by_label("drucken, wie er oben steht", exact=True).check()
    page.fill("#text", "[Person im Jobcenter] half.")
    _press(page, ".decide .btn.go")
    served.come(context, "jana")
    page.goto("/remarks/reise?tab=proposed")
    assert "[Person im Jobcenter] half." in page.locator(".res").inner_text()
    _press(page, "article .btn.go")
    assert "Fertig 1" in page.locator(".tabs").inner_text()


def _work(there: World) -> None:
    """What a worker does, here and now."""
    stop = threading.Event()
    while job := jobs.claim(there.home.database, at=clock.now()):
        worker.do(there.home, job, clock.now, stop)


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def _faults(
    served: ServedOffice,
    context: BrowserContext,
    tab: Page,
    watch: Watch,
    sample: Sample,
    language: Language,
) -> list[str]:
    served.come(context, sample.who, language)
    watch.begin()
    reply = served.visit(tab, sample)
    found = [] if reply.status == sample.status else [f"status {reply.status}"]
    audits.prepare(tab)
    found += tab.evaluate("audit.errors()")
    found += page_checkers.found(tab) + audits.axe(tab) + audits.reflow(tab)
    return found + audits.quiet(watch, served.origin, most=2 * MOST)
