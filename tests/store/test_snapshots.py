"""Snapshots: the first report of a wave stays what it is."""

from datetime import date

from msgspec.structs import replace

from survey.store import snapshots
from survey.store.snapshots import Frozen

FROZEN = Frozen(wave_id="w1", report="satisfaction", body='{"n": 40}', frozen_on=date(2026, 12, 1))


def test_a_snapshot_comes_back_with_its_day(planned):
    with planned.write() as tx:
        assert snapshots.freeze(tx, FROZEN)
    with planned.read() as tx:
        assert snapshots.find(tx, "w1", "satisfaction") == FROZEN
        assert snapshots.find(tx, "w1", "effect") is None


def test_the_first_one_stays(planned):
    with planned.write() as tx:
        assert snapshots.freeze(tx, FROZEN)
        assert not snapshots.freeze(tx, replace(FROZEN, body='{"n": 41}'))
        assert snapshots.find(tx, "w1", "satisfaction") == FROZEN
