"""A note for the next talk: answers of this device, in two languages, on screen or paper only.

It is made anew from the draft whenever it is looked at and stored nowhere; its address tells which
blocks are on it and nothing that was answered.
"""

from typing import ClassVar

from litestar import get
from litestar.params import FromPath
from msgspec.structs import replace

from survey.actions.answering import Sent, Sheet
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.web.answer import excerpts, frame, question, sessions, share
from survey.web.answer.excerpts import Box
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, TheSite
from survey.web.answer.steps import CHECK, NOTE, SHARE


class ChooseView(View, frozen=True, kw_only=True):
    """Which blocks are to stand on the note."""

    template: ClassVar[str] = "answer/note_choose.html"
    style: ClassVar[tuple[str, ...]] = ("share",)

    frame: Frame
    boxes: tuple[Box, ...]
    back: str
    fault: str = ""


class NoteView(View, frozen=True, kw_only=True):
    """The note."""

    template: ClassVar[str] = "answer/note.html"
    style: ClassVar[tuple[str, ...]] = ("share", "note")

    frame: Frame
    boxes: tuple[Box, ...]
    back: str
    again: str
    fault: str = ""


@get("/{tag:str}/note", sync_to_thread=False)
def note_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The note with the blocks that the address names, or the choice of them."""
    around = frame.around(site, tag, NOTE)
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    boxes = excerpts.boxes(site, sheet, tag)
    back = _back(site, sheet, tag)
    if not boxes:
        return see_other(back)
    checked = question.wording(sheet, tag).status in {"source", "checked"}
    around = replace(around, unchecked=around.unchecked or not checked)
    wanted = set(request.query_params.getall("show", []))
    chosen = tuple(box for box in boxes if box.id in wanted)
    view: View = ChooseView(frame=around, boxes=boxes, back=back)
    if chosen:
        view = NoteView(frame=around, boxes=chosen, back=back, again=f"/{tag}/{NOTE}")
    return site.pages.one(request, view, tag)


def _back(site: Site, sheet: Sheet, tag: str) -> str:
    """The page from which the questionnaire is sent."""
    return f"/{tag}/{SHARE if share.offered(site, sheet).blocks else CHECK}"
