"""One clock: days of a house begin at its own midnight, whatever the machine believes."""

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace

from connector.settings import Settings as ConnectorSettings
from survey import clock, settings
from survey.actions import drafts
from survey.errors import SettingsError
from survey.home import Home
from survey.linkage import codes
from survey.staff.store import audit
from survey.staff.store.audit import Entry

# Always 25 hours apart: where it is the earlier day here, it is the later one there.
EARLY, LATE = "Pacific/Pago_Pago", "Pacific/Kiritimati"


def within(home: Home, zone: str) -> Home:
    return replace(home, settings=replace(home.settings, time_zone=zone))


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Tokyo"])
def machine(request, monkeypatch):
    """A machine whose own time zone is not the house's."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_house_lives_in_germany_unless_it_says_otherwise(machine, home):
    assert home.settings.time_zone == "Europe/Berlin"
    assert home.now().tzinfo == ZoneInfo("Europe/Berlin")
    assert home.today() == datetime.now(ZoneInfo("Europe/Berlin")).date()


def test_the_day_is_that_of_the_house_and_not_of_the_machine(machine, home):
    assert within(home, EARLY).today() < within(home, LATE).today()


def test_a_wave_closes_at_the_midnight_of_its_house(machine, home, opened, printed):
    """`today` of the desk is the house's own again."""
    with home.database.write() as tx:
        last = clock.today(EARLY)
        tx.run(
            "UPDATE wave SET opens_on = :first, closes_on = :last WHERE tenant = :tenant",
            {"first": last - timedelta(days=1), "last": last},
        )
    code = codes.digest(printed[0])
    for zone, is_open in ((EARLY, True), (LATE, False)):
        services = replace(opened, today=within(home, zone).services().today)
        entered = drafts.enter(services, code, before=None, language="de")
        assert (entered is not None) is is_open, zone


def test_moments_are_kept_in_utc_whatever_zone_they_came_in(machine, home):
    at = datetime(2026, 11, 30, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    with home.database.write() as tx:
        audit.append(tx, Entry(at=at, actor="dilan", action="login", subject="dilan"))
    with home.database.read() as tx:
        kept = list(audit.list_all(tx))[-1].at
    assert (kept, kept.utcoffset()) == (at, timedelta(0))


def test_a_moment_without_a_zone_is_refused_and_not_guessed(home):
    at = datetime(2026, 11, 30, 0, 30, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"), home.database.write() as tx:
        tx.run("UPDATE account SET created_on = :at WHERE tenant = :tenant", {"at": at})


@pytest.mark.parametrize("kind", [settings.Settings, ConnectorSettings])
def test_a_zone_that_nobody_knows_is_refused_where_it_stands(kind, tmp_path):
    told = {"tenant": "musterstadt", "name": "Jobcenter", "base_url": "http://127.0.0.1:8000"}
    used = {name: value for name, value in told.items() if name in kind.__struct_fields__}
    text = msgspec.toml.encode(used | {"time_zone": "Europa/Musterstadt"})
    (tmp_path / settings.FILE).write_bytes(text)
    with pytest.raises(SettingsError, match=r"time zone.*Europa/Musterstadt.*Europe/Berlin"):
        settings.load(tmp_path, kind, prefix="X_", environment={})
