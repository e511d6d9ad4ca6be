"""Devices without letters, and the weekly count: found by token, written once."""

from datetime import date

from msgspec.structs import replace

from survey.store import fieldwork, kiosks
from survey.store.fieldwork import Weekly
from survey.store.kiosks import Kiosk

KIOSK = Kiosk(
    kiosk_id="k1",
    wave_id="w1",
    place="Eingang",
    token_hash=b"t" * 32,
    created_on=date(2026, 11, 2),
    revoked_on=None,
)


def test_a_device_is_found_by_its_token_until_it_is_revoked(planned):
    with planned.write() as tx:
        assert kiosks.add(tx, KIOSK)
        assert not kiosks.add(tx, replace(KIOSK, token_hash=b"u" * 32))
        assert kiosks.by_token(tx, KIOSK.token_hash) == KIOSK
        assert kiosks.revoke(tx, "k1", on=date(2026, 11, 3))
        assert not kiosks.revoke(tx, "k1", on=date(2026, 11, 4))
        assert kiosks.by_token(tx, KIOSK.token_hash) is None
        assert kiosks.list_all(tx) == [replace(KIOSK, revoked_on=date(2026, 11, 3))]


def test_the_first_count_of_a_week_stays(planned):
    week = Weekly(wave_id="w1", week="2026-W47", answered=20)
    before = Weekly(wave_id="w1", week="2026-W46", answered=10)
    with planned.write() as tx:
        assert fieldwork.add(tx, week)
        assert fieldwork.add(tx, before)
        assert not fieldwork.add(tx, replace(week, answered=30))
        assert fieldwork.of_wave(tx, "w1") == [before, week]
