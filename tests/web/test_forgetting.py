"""The server lets go of its write-ahead log by itself."""

import time

from litestar.testing import TestClient

from survey import app
from tests.web import people
from tests.world import homes


def test_the_log_of_writes_is_emptied_while_the_server_runs(tmp_path, monkeypatch):
    # The time it waits is the only thing changed.
    monkeypatch.setattr(app, "HOUR", 0.2)
    world = homes.build(tmp_path)
    log = tmp_path / "survey.db-wal"
    with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
        people.enter(browser, world.code())
        sizes = set()
        for _ in range(40):
            sizes.add(log.stat().st_size)
            if 0 in sizes:
                break
            time.sleep(0.1)
    assert 0 in sizes


def test_a_server_that_ends_while_the_log_is_emptied_ends_well(tmp_path, monkeypatch):
    """SQLite takes the whole process along when a connection is closed while a thread uses it."""
    monkeypatch.setattr(app, "HOUR", 0)
    world = homes.build(tmp_path)
    for _ in range(20):
        with TestClient(world.app, base_url=world.home.settings.base_url) as browser:
            assert browser.get("/health").status_code == 200
