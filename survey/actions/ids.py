"""Ids that people choose, for programmes and waves."""

import msgspec

from survey.actions import titles
from survey.errors import Refused
from survey.model.exchange import Id

RULE = "an id begins with a small letter or digit, then small letters, digits, - _ . only, up to 64"


def refuse_unusable(what: str, chosen: str) -> None:
    """An id that a connector would not read, or that is no name of a folder, is never let in.

    Raises:
        Refused: with the rule
    """
    try:
        msgspec.convert(chosen, Id)
    except msgspec.ValidationError as error:
        raise Refused(**{what: chosen}, reason=RULE, cure=_cure(chosen)) from error


def _cure(chosen: str) -> str:
    near = titles.short(chosen)
    return f"choose another id, e.g. {near}" if near else "choose another id"
