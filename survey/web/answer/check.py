"""Everything once more, and sending it."""

from collections.abc import Iterator
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import submitting
from survey.actions.answering import Kept, Sent, Sheet
from survey.form import say
from survey.http import fields as form_fields
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.model.answers import Written
from survey.model.form import Note, Question
from survey.model.wording import Wording
from survey.web.answer import excerpts, frame, question, sessions, share, steps
from survey.web.answer.frame import Frame
from survey.web.answer.site import ThePosted, TheSite
from survey.web.answer.steps import CHECK, SHARE


class Row(Struct, frozen=True, kw_only=True):
    """A question with what was said; `written` are words of one's own."""

    question: str
    said: str
    written: bool
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
    """What was answered on this device in words, and that something was answered elsewhere."""
    around = frame.around(site, tag, CHECK)
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    groups = tuple(_groups(sheet, question.wording(sheet, tag), tag))
    more = bool(share.offered(site, sheet).blocks)
    view = CheckView(
        frame=around,
        tag=session.form_tag,
        groups=groups,
        more=more,
        note=not more and bool(excerpts.boxes(site, sheet, tag)),
    )
    return site.pages.one(request, view, tag)


@post("/{tag:str}/check", sync_to_thread=False)
def answers_submit(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Send everything, or go on to what may be shown; a second time stores nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    go = form_fields.single(fields, "_go")
    if go == "stop":
        return see_other(f"/{tag}/stop")
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    if go == "back":
        return see_other(f"/{tag}/{steps.last(sheet)}")
    if share.offered(site, sheet).blocks:
        return see_other(f"/{tag}/{SHARE}")
    if submitting.submit(site.desk, session) == "not-open":
        raise sessions.NothingHere()
    return see_other(f"/{tag}/thanks")


def _groups(sheet: Sheet, words: Wording, tag: str) -> Iterator[Group]:
    form = sheet.asked.published.form
    shown = [each for each in steps.shown(sheet) if not isinstance(each, Note)]
    for construct in form.constructs:
        rows = tuple(_row(each, sheet, words, tag) for each in shown if each.construct == construct)
        if rows:
            yield Group(heading=words.constructs[construct], rows=rows)


def _row(asked: Question, sheet: Sheet, words: Wording, tag: str) -> Row:
    kept: Kept | None = sheet.answers.get(asked.id)
    mine = kept.answer if kept and kept.mine else None
    form = sheet.asked.published.form
    return Row(
        question=words.questions[asked.id].label,
        said=say.answer(mine, asked, form, words) if mine else "",
        written=isinstance(mine, Written),
        elsewhere=kept is not None and not kept.mine,
        href=f"/{tag}/question/{asked.id}?then={CHECK}",
    )
