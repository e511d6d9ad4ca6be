"""What stands around every page of a kiosk, and what happens when nobody touches it any more."""

from msgspec.structs import replace

from survey.http.reply import Header
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site

# Seconds: a question waits, then asks whether somebody is there, and then everything is deleted.
# Whoever reads slowly answers by one tap and goes on where she was (WCAG 2.2, 2.2.1).
WAIT, ASK = 70, 20
# How long the receipt stays to be written down.
SHOWN = 120


def around(site: Site, tag: str) -> Frame:
    """The letterhead without ways out of the questionnaire."""
    return replace(frame.around(site, tag, ""), switch="", german="", kiosk=True)


def leaving(seconds: int, place: str) -> Header:
    """Go to `place` by itself when nothing is touched for so long; no script is needed."""
    return b"refresh", f"{seconds};url={place}".encode("ascii")
