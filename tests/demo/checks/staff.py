"""Facts about the demo's staff pages: who gets in, what each may see, what nobody is shown."""

import re
from collections.abc import Iterator

from survey.demo.browser import Browser, Page
from survey.demo.foundation import STAFF
from survey.demo.homes import FIRST, KIOSK, PAPERS, TITLES
from survey.demo.world import World
from survey.form import domains
from survey.home import Home
from survey.store import comments, kiosks, responses, waves
from tests.demo.checks.facts import Fact

# Where each login may go, and where it must not.
OPEN_TO = {
    "dilan": ("/waves", "/programmes", "/remarks"),
    "erik": ("/remarks",),
    "frieda": ("/audit", "/oversight", "/oversight/settings"),
    "gerd": ("/accounts", "/audit"),
}
SHUT_TO = {"dilan": "/accounts", "erik": "/audit", "frieda": "/accounts", "gerd": "/waves/new"}
FORBIDDEN = 403


def accounts(world: World) -> Iterator[Fact]:
    """No password lies in the database."""
    home = Home.enter(world.place.survey)
    home.database.close()
    kept = b"".join(path.read_bytes() for path in world.place.survey.glob("*.db*"))
    told = [secret for login, secret in world.passwords.items() if login in STAFF]
    yield Fact("every login has a password of its own", len(set(told)) == len(STAFF))
    yield Fact("no password is stored", not any(secret.encode() in kept for secret in told))


def device(world: World) -> Iterator[Fact]:
    """The device is known, its token is not."""
    home = Home.enter(world.place.survey)
    with home.database.read() as tx:
        known = kiosks.list_all(tx)
    home.database.close()
    yield Fact("one device", [each.wave_id for each in known] == [KIOSK])
    kept = b"".join(path.read_bytes() for path in world.place.survey.glob("*.db*"))
    yield Fact("its token is not stored", world.token.encode() not in kept)
    with Browser(world.place.base_url) as stranger:
        asked = stranger.open("/kiosk")
        yield Fact("a browser without it begins nothing", "Gerät anmelden" in asked.text)


def next_device(world: World) -> Iterator[Fact]:
    """The address in the box leads to an open questionnaire."""
    with Browser(world.place.base_url) as browser:
        start = browser.press(browser.open("/kiosk"), {"code": world.token})
        begun = browser.press(start, {"language": "de"})
        yield Fact("the device asks its first question", "/question/" in begun.path)


def visited(world: World) -> Iterator[Fact]:
    """Visits are counted apart from letters."""
    home = Home.enter(world.place.survey)
    with home.database.read() as tx:
        name = f"recipient.{domains.MAIN}"
        at_device = sum(1 for row in responses.sealed(tx, KIOSK, name) if row.body)
    home.database.close()
    yield Fact("every visit that was sent is there once", at_device == world.visits > 0)


def redacted(world: World) -> Iterator[Fact]:
    """Nothing waits, and no text lies in clear."""
    home = Home.enter(world.place.survey)
    with home.database.read() as tx:
        states = {each.state for each in comments.counts(tx) if each.wave_id == FIRST}
    home.database.close()
    yield Fact("every text was decided by two", states == {"approved", "withheld"})


def watched(world: World) -> Iterator[Fact]:
    """Each role sees its pages and no other; the field shows steps, never a count."""
    for login, places in OPEN_TO.items():
        with Browser(world.place.staff_url) as browser:
            yield Fact(
                f"{login} gets in", enter(browser, login, world.passwords[login]).path == "/"
            )
            seen = [browser.open(place).status for place in places]
            yield Fact(f"{login} sees {', '.join(places)}", set(seen) == {200})
            refused = browser.open(SHUT_TO[login])
            yield Fact(f"{login} does not see {SHUT_TO[login]}", refused.status == FORBIDDEN)
    with Browser(world.place.staff_url) as browser:
        enter(browser, "dilan", world.passwords["dilan"])
        field = browser.open(f"/waves/{FIRST}/fieldwork")
        shown = [int(each) for each in re.findall(r"≥\s*(\d+)(?![\d\s]*%)", field.text)]
        yield Fact(
            "the field is shown in steps", bool(shown) and all(each % 10 == 0 for each in shown)
        )
        listed = browser.open("/waves").text
        yield Fact("the waves are listed", all(title in listed for title in _titles(world)))
        kiosk = browser.open(f"/waves/{KIOSK}/fieldwork").text
        yield Fact("the visits are counted", bool(re.search(r"≥\s*[1-9]\d", kiosk)))
        files = browser.open(f"/reports/{FIRST}").text
        yield Fact("the reports are there as files", files.count(".pdf") >= len(PAPERS))
    with Browser(world.place.staff_url) as stranger:
        yield Fact("a stranger is asked to log in", stranger.open("/waves").path == "/login")
        wrong = enter(stranger, "dilan", "nicht das Kennwort")
        unknown = enter(stranger, "niemand", "nicht das Kennwort")
        same = wrong.text.replace("dilan", "") == unknown.text.replace("niemand", "")
        yield Fact("a wrong password looks like an unknown login", wrong.status == 422 and same)


def enter(browser: Browser, login: str, password: str) -> Page:
    """Log in; gives the page that follows."""
    return browser.press(browser.open("/login"), {"login": login, "password": password})


def _titles(world: World) -> list[str]:
    home = Home.enter(world.place.survey)
    with home.database.read() as tx:
        known = {wave.wave_id: wave.title for wave in waves.list_all(tx)}
    home.database.close()
    return [known[FIRST], *TITLES.values()]
