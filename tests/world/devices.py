"""A wave at devices, beside the one by letter."""

from msgspec import Struct

from survey.actions import kiosks
from tests.world import forms
from tests.world.world import World

QUESTIONS = ("t1", "t2", "t3", "t4", "t5")


class Device(Struct, frozen=True):
    """A kiosk and its token."""

    kiosk_id: str
    token: str


def opened(world: World, *, wave_id: str = "k1", number: int = 101) -> Device:
    """An open kiosk wave with one device."""
    world.plan(wave_id, number, forms.kiosk())
    world.open(wave_id)
    name = f"eingang-{wave_id}"
    token = kiosks.add(world.database, name, wave_id, "Eingang", actor="test", at=world.at)
    return Device(name, token)
