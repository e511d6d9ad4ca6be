"""The frame of every page of a kiosk, and its timeout."""

from msgspec.structs import replace

from survey.http.reply import Header
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site

# Seconds without a touch until a device forgets the person: the one deadline that its pages name.
# Before it a question asks whether somebody is there; whoever reads slowly answers by one tap and
# goes on where she was (WCAG 2.2, 2.2.1).
EMPTIES_AFTER = 120
ASK = 20
WAIT = EMPTIES_AFTER - ASK
# How often a device that asks nobody looks whether a wave has begun. Nothing on that page can be
# lost, and nobody is in the middle of anything: reloading it interrupts no one.
LOOK_AGAIN = 300


def frame_for(site: Site, tag: str) -> Frame:
    """The letterhead without ways out of the questionnaire."""
    return replace(
        frame.frame_for(site, tag, ""), switch="", german="", empties_after=EMPTIES_AFTER
    )


def leaving(seconds: int, place: str) -> Header:
    """Go to `place` by itself when nothing is touched for so long; no script is needed."""
    return b"refresh", f"{seconds};url={place}".encode("ascii")
