"""A note for the next talk: answers of this device, in two languages, on screen or paper only.

It is made anew from the draft whenever it is looked at and stored nowhere; its address tells which
blocks are on it and nothing that was answered.
"""

from typing import ClassVar
from urllib.parse import urlencode

from litestar import get
from litestar.params import FromPath
from msgspec.structs import replace

from survey.actions.drafts import OpenDraft, Sent
from survey.http.page import Alike, Made, View, Visit
from survey.http.reply import Reply, see_other
from survey.web.answer import frame, lengths, question, release_page, released_blocks, sessions
from survey.web.answer.frame import Frame
from survey.web.answer.released_blocks import PREFIX, Box
from survey.web.answer.site import Site, TheSite
from survey.web.answer.steps import CHECK, NOTE, SHARE


class ChooseView(View, frozen=True, kw_only=True):
    """Which blocks are to stand on the note."""

    template: ClassVar[str] = "answer/note_choose.html"
    style: ClassVar[tuple[str, ...]] = ("share",)

    frame: Frame
    boxes: tuple[Box, ...]
    absent: str
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
    site.language(tag)
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    boxes = released_blocks.boxes(site, sheet, tag)
    if not boxes:
        return see_other(_back(site, sheet, tag))
    wanted = _wanted(request)
    chosen = frozenset(box.id for box in boxes if box.id in wanted)
    view = _view(site, sheet, boxes, chosen, tag)
    return site.pages.one(request, view, tag, alike=_alike(site, sheet, chosen, tag))


def _wanted(request: Visit) -> set[str]:
    """The blocks that the address names; every block has its value there, so that their choice
    changes no length.
    """
    asked = request.query_params.dict()
    chosen = (name for name, values in asked.items() if "1" in values)
    return {name.removeprefix(PREFIX) for name in chosen if name.startswith(PREFIX)}


def _view(
    site: Site, sheet: OpenDraft, boxes: tuple[Box, ...], chosen: frozenset[str], tag: str
) -> View:
    place, absent = NOTE, released_blocks.absent(sheet.context.published.form, boxes)
    if chosen:
        shown = {f"{PREFIX}{box.id}": int(box.id in chosen) for box in boxes}
        place += "?" + urlencode({**shown, lengths.FILLER: absent})
    around = frame.frame_for(site, tag, place)
    checked = question.wording(sheet, tag).status in {"source", "checked"}
    around = replace(around, unchecked=around.unchecked or not checked)
    back = _back(site, sheet, tag)
    if not chosen:
        return ChooseView(frame=around, boxes=boxes, absent=absent, back=back)
    on_it = tuple(box for box in boxes if box.id in chosen)
    return NoteView(frame=around, boxes=on_it, back=back, again=f"/{tag}/{NOTE}")


def _alike(site: Site, sheet: OpenDraft, chosen: frozenset[str], tag: str) -> Alike:
    """The page of somebody whose note holds everything the form can say, or who may choose it."""
    form, back = sheet.context.published.form, _back(site, sheet, tag)
    questions, words = released_blocks.shown(form), released_blocks.wordings(sheet, tag)

    def make(_: str) -> Made:
        full = replace(
            sheet, answers=lengths.everything(form, questions, words), elsewhere=frozenset()
        )
        boxes = released_blocks.boxes(site, full, tag)
        every = frozenset(box.id for box in boxes) if chosen else chosen
        return Made(
            view=_view(site, full, boxes, every, tag),
            language=tag,
            spare=lengths.of_answers(questions, words),
        )

    key = (NOTE, sheet.context.wave.wave_id, tag, back, bool(chosen))
    return Alike(key=key, make=make)


def _back(site: Site, sheet: OpenDraft, tag: str) -> str:
    """The page from which the questionnaire is sent."""
    return f"/{tag}/{SHARE if release_page.offered(site, sheet).blocks else CHECK}"
