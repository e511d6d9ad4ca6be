"""No room left: the person is told, and what she had answered is still there."""

from litestar.testing import TestClient

from survey.home import Home
from tests.reliability.people import _tag
from tests.web import people
from tests.world import homes


def limit(browser: TestClient, home: Home, pages: int) -> None:
    """Let the database grow no further than this many pages; 0 for as far as it is now."""

    def set_limit() -> None:
        # Connections belong to their thread, so this runs on the application's.
        with home.database.read() as tx:
            connection = tx._connection
        now = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages or now}")

    with browser.portal() as portal:
        portal.call(set_limit)


def test_a_full_disk_is_told_with_507_and_loses_nothing(tmp_path):
    world = homes.build(tmp_path)
    with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
        browser.post("/de/code", data={"code": world.code()}, follow_redirects=False)
        tag = _tag(browser.get("/de/question/w1").text)
        browser.post("/de/question/w1", data={"_tag": tag, "w1": "4"})
        mine = dict(browser.cookies)
        limit(browser, world.home, 0)
        for _ in range(40):
            other = browser.post("/de/code", data={"code": world.code()})
            if other.status_code == 507:
                break
        browser.cookies.clear()
        browser.cookies.update(mine)
        assert other.status_code == 507
        assert "<h1" in other.text
        limit(browser, world.home, 1_000_000)
        assert people.chosen(browser.get("/de/question/w1")) == ["4"]
