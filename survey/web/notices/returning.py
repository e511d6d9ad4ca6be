"""Back from the pages beside the questions to where they were opened."""

from msgspec import Struct

from survey.actions.drafts import OpenDraft
from survey.http.page import View, Visit
from survey.http.reply import Reply
from survey.web.answer import places, steps
from survey.web.answer.site import Site

_CODE = "code"


class Onward(Struct, frozen=True, kw_only=True):
    """The link from a page beside the questions back to them.

    Args:
        to: the place to go to
        place: where the page was opened, if that is where it leads; else empty
        begun: it leads into a questionnaire that is under way
    """

    to: str
    place: str
    begun: bool


def onward(sheet: OpenDraft | None, asked_for: str) -> Onward:
    """Back to the question it was opened from, else to the next one, or to the code that begins it.

    Args:
        sheet: the questionnaire this browser is in
        asked_for: the `to` of the address, which anybody may have written
    """
    place = places.checked(asked_for, "")
    if places.answering(place) is not (sheet is not None):
        place = ""
    otherwise = steps.onward(sheet) if sheet else _CODE
    return Onward(to=place or otherwise, place=place, begun=sheet is not None)


def page(site: Site, request: Visit, view: View, tag: str, way: Onward) -> Reply:
    """The page; one that leads back to a place of somebody's is not kept for others."""
    if way.place:
        return site.pages.one(request, view, tag)
    return site.pages.shared(request, view, tag)
