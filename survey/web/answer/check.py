"""Everything once more, and sending it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from survey.actions import responses
from survey.actions.drafts import OpenDraft, Sent
from survey.form import sentences
from survey.http import fields as form_fields
from survey.http.page import Alike, Made, View, Visit
from survey.http.reply import Reply, see_other
from survey.model.answers import Written
from survey.model.form import Note, Question, Text
from survey.model.wording import Wording
from survey.web.answer import (
    frame,
    lengths,
    places,
    question,
    release_cookie,
    release_page,
    released_blocks,
    sessions,
    steps,
)
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, ThePosted, TheSite
from survey.web.answer.steps import CHECK, SHARE


class Row(Struct, frozen=True, kw_only=True):
    """A question of the form with its answer in words.

    Args:
        written: words of one's own
        unread: something stands there that cannot be sent as it is
        elsewhere: another device was here, whether it answered or not
    """

    question: str
    said: str
    written: bool
    unread: bool
    elsewhere: bool
    href: str


class Group(Struct, frozen=True, kw_only=True):
    """The questions of one construct."""

    heading: str
    rows: tuple[Row, ...]


class CheckView(View, frozen=True, kw_only=True):
    """The answers by construct; with `more` a page follows that asks what may be shown."""

    template: ClassVar[str] = "answer/check.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "sum")

    frame: Frame
    tag: str
    groups: tuple[Group, ...]
    more: bool
    note: bool
    fault: str = ""


@get("/{tag:str}/check", sync_to_thread=False)
def answers_check(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page before sending: this device's answers, and where another device has been."""
    site.language(tag)
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    view = _view(site, sheet, steps.shown(sheet), tag, session.form_tag)
    return site.pages.one(request, view, tag, alike=_alike(site, sheet, tag))


@post("/{tag:str}/check", sync_to_thread=False)
def answers_submit(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Send everything, or go on to what may be shown; a second time stores nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    go = form_fields.single(fields, "_go")
    if go == "stop":
        return see_other(places.after(f"/{tag}/stop", CHECK))
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    offer = release_page.offered(site, sheet)
    if place := _before(sheet, go) or (SHARE if offer.blocks else ""):
        return see_other(f"/{tag}/{place}")
    match responses.submit(site.services, session):
        case "sent":
            return see_other(
                f"/{tag}/thanks", *release_cookie.keep(site, session, sheet.context, offer, ())
            )
        case "repeated":
            return see_other(f"/{tag}/thanks")
        case "changed" | "not-open":
            raise sessions.NothingHere()


def _before(sheet: OpenDraft, go: str) -> str:
    """The address to go to before sending: a page back, or the first answer to be corrected."""
    return steps.last(sheet) if go == "back" else steps.unread(sheet)


def _view(
    site: Site, sheet: OpenDraft, asked: Sequence[Question], tag: str, form_tag: str
) -> CheckView:
    more = bool(release_page.offered(site, sheet).blocks)
    return CheckView(
        frame=frame.frame_for(site, tag, CHECK),
        tag=form_tag,
        groups=tuple(_groups(sheet, asked, question.wording(sheet, tag), tag)),
        more=more,
        note=not more and bool(released_blocks.boxes(site, sheet, tag)),
    )


def _alike(site: Site, sheet: OpenDraft, tag: str) -> Alike:
    """The page of somebody who said everything the form can say, as far as it is chosen.

    As long with the way to a note as without it, which is there when something can stand on it.
    """
    form = sheet.context.published.form

    def make(form_tag: str) -> Made:
        words = [question.wording(sheet, tag)]
        full = replace(
            sheet,
            answers=lengths.everything(form, form.questions, words),
            unread={},
            elsewhere=frozenset(),
        )
        return Made(
            view=replace(_view(site, full, form.questions, tag, form_tag), more=True, note=True),
            language=tag,
            spare=lengths.of_answers(form.questions, words) + lengths.CHOSEN,
            least=lengths.LIGHT if any(isinstance(q, Text) for q in form.questions) else 0,
        )

    return Alike(key=(CHECK, sheet.context.wave.wave_id, tag), make=make)


def _groups(
    sheet: OpenDraft, asked: Sequence[Question], words: Wording, tag: str
) -> Iterator[Group]:
    shown = [item for item in asked if not isinstance(item, Note)]
    for construct in sheet.context.published.form.constructs:
        rows = tuple(_row(item, sheet, words, tag) for item in shown if item.construct == construct)
        if rows:
            yield Group(heading=words.constructs[construct], rows=rows)


def _row(asked: Question, sheet: OpenDraft, words: Wording, tag: str) -> Row:
    answer = sheet.answers.get(asked.id)
    form = sheet.context.published.form
    return Row(
        question=words.questions[asked.id].label,
        said=sentences.answer(answer, asked, form, words) if answer else "",
        written=isinstance(answer, Written),
        unread=asked.id in sheet.unread,
        elsewhere=asked.id in sheet.elsewhere,
        href=f"/{tag}/question/{asked.id}?then={CHECK}",
    )
