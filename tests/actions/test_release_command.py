"""`survey release deliver`: on the day, or in a demo before it."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from survey import clock
from survey import settings as settings_file
from survey.cli.main import main
from survey.engine.inspection import inspect
from survey.home import Home
from survey.settings import Settings
from tests.web.people import answer, enter, showing, tag
from tests.world import homes
from tests.world.programmes import RELEASED


def ahead(days):
    """A day by its distance from now: midnight may pass while other tests run."""
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def world(tmp_path):
    folder = tmp_path / "house"
    folder.mkdir()
    return homes.build(folder, programme=RELEASED, letters=20)


def shown(world):
    """Amira answers and shows her plan."""
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, world.code())
        answer(browser, "/de/question/p1", p1="4")
        page = browser.get("/de/share")
        seen = page.text.split('name="_seen" value="')[1][:16]
        browser.post("/de/share", data={"_tag": tag(page), "_seen": seen, **showing("plan")})


def deliver(world, *args):
    return CliRunner().invoke(
        main, ["--home", str(world.home.directory), "release", "deliver", *args]
    )


def rows(world):
    return list(inspect(Home.enter(world.home.directory).database)["release"].rows)


def earnest(world):
    """The same house, no demo."""
    path = world.home.directory / settings_file.FILE
    told = settings_file.load(world.home.directory, Settings, prefix="NO_")
    path.write_text(path.read_text("utf-8").replace("demo = true", "demo = false"), "utf-8")
    assert told.demo


def test_a_day_in_the_future_is_refused_because_people_were_told_another(world):
    shown(world)
    earnest(world)
    ran = deliver(world, "--as-of", ahead(1))
    assert ran.exit_code == 1
    assert "only a demo" in ran.output
    assert {row["sealed"] for row in rows(world)} == {None}


def test_today_hands_over_nothing_that_is_not_due_and_tells_no_number(world):
    shown(world)
    earnest(world)
    ran = deliver(world)
    assert ran.exit_code == 0
    assert len(rows(world)) == 4
    assert not any(sign.isdigit() for sign in ran.output.replace(clock.today().isoformat(), ""))


def test_in_a_demo_the_monday_can_come_at_once_and_is_shown_from_today(world):
    shown(world)
    ran = deliver(world, "--as-of", ahead(30))
    assert ran.exit_code == 0, ran.output
    [row] = rows(world)
    assert row["sealed"]
    assert row["slot_on"] == clock.today().isoformat()


def test_it_is_written_down_that_it_was_done_and_not_how_many_there_were(world):
    shown(world)
    deliver(world, "--as-of", ahead(30))
    entry = list(inspect(Home.enter(world.home.directory).database)["audit"].rows)[-1]
    assert (entry["action"], entry["subject"], entry["details"]) == (
        "releases-delivered", ahead(30), "{}",
    )  # fmt: skip
