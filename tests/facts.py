"""The example of a programme's facts, filled in as a house would."""

import re

PHONE = "0800 000 00 00"
BODY = "Musterstelle, Rathausplatz 1, 12345 Musterstadt"


def filled(example: str) -> str:
    """What `survey programme example` prints, with everything between < and > filled in."""
    return re.sub("<[^<>]*>", BODY, example.replace("<Telefonnummer>", PHONE))
