"""What follows from how a wave is asked; `get_args` names every mode there is."""

from typing import get_args

import pytest

from survey.model import modes
from survey.model.modes import Mode

FACTS = {
    "letter": (True, True, True, True),
    "kiosk": (True, False, False, False),
    "code_list": (False, True, False, True),
    "delivery": (False, True, False, True),
}


@pytest.mark.parametrize("mode", get_args(Mode))
def test_every_mode_is_decided(mode):
    facts = (modes.can_be_asked, modes.is_invited, modes.has_letters, modes.has_report)
    assert tuple(fact(mode) for fact in facts) == FACTS[mode]


def test_whoever_answers_at_a_device_is_counted_there_and_nobody_answers_a_delivery():
    assert [modes.medium(mode) for mode in ("letter", "code_list", "kiosk")] == [
        "screen",
        "screen",
        "kiosk",
    ]
    with pytest.raises(ValueError, match="no pages"):
        modes.medium("delivery")


def test_the_short_form_is_asked_at_devices_only():
    assert (modes.of_form("kiosk"), modes.of_form("satisfaction")) == ("kiosk", "letter")
