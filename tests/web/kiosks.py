"""A wave at devices, beside the one by letter."""

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import kiosks, waves
from survey.form import load
from survey.model.waves import Thresholds, Wave
from tests.web.houses import NOW, PROGRAMME, Street

QUESTIONS = ("t1", "t2", "t3", "t4", "t5")


class Device(Struct, frozen=True):
    """A kiosk and its token."""

    kiosk_id: str
    token: str


def opened(street: Street, *, wave_id: str = "k1", number: int = 101) -> Device:
    """An open kiosk wave with one device."""
    published = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    wave = Wave(
        wave_id=wave_id,
        programme_id=PROGRAMME.programme_id,
        number=number,
        form_id="kiosk",
        mode="kiosk",
        form_version=published.version,
        opens_on=(NOW - timedelta(days=1)).date(),
        closes_on=(NOW + timedelta(days=30)).date(),
        state="planned",
        thresholds=Thresholds(),
    )
    database = street.here.database
    waves.create(database, replace(wave), published, actor="test", at=NOW)
    waves.open_wave(database, wave_id, actor="test", at=NOW)
    name = f"eingang-{wave_id}"
    return Device(name, kiosks.add(database, name, wave_id, "Eingang", actor="test", at=NOW))
