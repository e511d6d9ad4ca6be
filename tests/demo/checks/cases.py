"""Facts about the demo's case pages: Bernd sees what was shown to him, Clara nothing of it."""

import re
from collections.abc import Iterator

from survey.demo.browser import Browser
from survey.demo.world import World
from tests.demo.checks import zones
from tests.demo.checks.facts import Fact
from tests.demo.checks.staff import FORBIDDEN, enter

CASE = re.compile(r"/cases/[\w-]+")
NOT_THERE = 404
SHOWN = "Sichtbar vom"


def sealed(world: World) -> Iterator[Fact]:
    """Neither zone holds in clear what people show."""
    # The words of the questions lie there in published reports; those of a release would too, with
    # her answers, as the lines that she saw.
    lines = b'"lines":[{"question"'
    for zone in (world.place.connector, world.place.survey):
        yield Fact(f"{zone.name} keeps it sealed", lines not in zones.stored_bytes(zone))


def accounts(world: World) -> Iterator[Fact]:
    """No password lies in the connector's database."""
    kept = zones.stored_bytes(world.place.connector)
    told = [world.passwords[login] for login in ("bernd", "clara", "frieda-jc")]
    yield Fact("no password is stored", not any(secret.encode() in kept for secret in told))


def shown(world: World) -> Iterator[Fact]:
    """Bernd finds it on the page of a case; his list tells nothing; Clara is told nothing."""
    place = world.place
    with Browser(place.cases_url) as bernd, Browser(place.cases_url) as clara:
        enter(bernd, "bernd", world.passwords["bernd"])
        enter(clara, "clara", world.passwords["clara"])
        cases = _cases(bernd)
        found = [case for case in cases if SHOWN in bernd.open(case).text]
        yield Fact("Bernd has cases", len(cases) > 0)
        yield Fact("people showed him something", len(found) > 0)
        refused = [clara.open(case).status for case in found]
        yield Fact("Clara cannot open these cases", set(refused) == {NOT_THERE})
        yield Fact("the team's results come", bernd.open("/team").status == 200)
        yield Fact("the log is not for case managers", bernd.open("/audit").status == FORBIDDEN)
    with Browser(place.cases_url) as frieda:
        enter(frieda, "frieda-jc", world.passwords["frieda-jc"])
        yield Fact("Bernd's reading is in the log", "bernd" in frieda.open("/audit").text)
        yield Fact("data protection sees no cases", frieda.open("/cases").status == FORBIDDEN)


def _cases(browser: Browser) -> list[str]:
    """Every case of the login, page by page."""
    found: list[str] = []
    for number in range(1, 20):
        links = browser.open(f"/cases?page={number}").links
        new = [link for link in links if CASE.fullmatch(link) and link not in found]
        if not new:
            break
        found += new
    return found
