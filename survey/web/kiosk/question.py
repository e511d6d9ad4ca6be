"""The questions at a kiosk: the same words and rules as on phones, one path, no way out but on."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath, FromQuery
from msgspec import structs

from survey.actions import drafts
from survey.actions.drafts import OpenDraft
from survey.form import names, read
from survey.form.question_state import State
from survey.form.routing import Step
from survey.http import fields as form_fields
from survey.http import guard
from survey.http.fields import Fields
from survey.http.page import Alike, Made, Visit
from survey.http.reply import Reply, see_other
from survey.linkage.drafts import Session
from survey.model import modes
from survey.model.problems import Problem
from survey.web.answer import lengths, question, question_views, sessions, steps
from survey.web.answer.languages import LanguagesView, Tile
from survey.web.answer.question_views import QuestionView
from survey.web.answer.site import FILLING, Site, ThePosted, TheSite
from survey.web.kiosk import frames

HOME = "/kiosk"
END = "/kiosk/end"


class KioskQuestionView(QuestionView, frozen=True, kw_only=True):
    """A question, larger; kiosk forms ask nothing that has to be typed."""

    style: ClassVar[tuple[str, ...]] = (*QuestionView.style, "kiosk")


class KioskLanguagesView(LanguagesView, frozen=True, kw_only=True):
    """The languages, larger."""

    style: ClassVar[tuple[str, ...]] = (*LanguagesView.style, "kiosk")


@get("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def kiosk_question_show(
    request: Visit, site: TheSite, tag: FromPath[str], question_id: FromPath[str]
) -> Reply:
    """The question; anything else than one on the path leads to the first open one."""
    site.language(tag)
    interview = under_way(site, request)
    if interview is None:
        return see_other(HOME)
    session, sheet = interview
    step = steps.find(sheet, question_id)
    if step is None:
        return see_other(onward(sheet, tag))
    state = State(answer=sheet.answers.get(question_id))
    return _page(site, request, sheet, step, tag, session, state)


@post("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def kiosk_question_keep(
    request: Visit, posted: ThePosted, tag: FromPath[str], question_id: FromPath[str]
) -> Reply:
    """Keep the answer and go where the button says."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    interview = under_way(site, request)
    if interview is None:
        return see_other(HOME)
    session, sheet = interview
    guard.check_tag(form_fields.single(fields, "_tag"), session.form_tag)
    guard.check_site(request.headers)
    step = steps.find(sheet, question_id)
    if step is None:
        return see_other(onward(sheet, tag))
    if form_fields.single(fields, "_go") == "stop":
        return see_other(END)
    answer = read.answer(step.question, sheet.context.published.form, fields)
    if isinstance(answer, Problem):
        state = State(fault=answer.message, ticked=fields.get(question_id, ()))
        return _page(site, request, sheet, step, tag, session, state)
    drafts.keep(site.services, session, question_id, answer, language=tag, passed=True, seen=sheet)
    return see_other(_next(site, step, tag, fields))


@get("/{tag:str}/languages", sync_to_thread=False)
def kiosk_languages(
    request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = "first"
) -> Reply:
    """The languages as links to the same question at a kiosk."""
    site.language(tag)
    place = to if names.ID.fullmatch(to) else "first"
    tiles = tuple(
        Tile(
            language=language,
            href=f"{HOME}/{language.tag}/question/{place}",
            current=language.tag == tag,
        )
        for language in site.languages.values()
    )
    view = KioskLanguagesView(frame=frames.frame_for(site, tag), tiles=tiles)
    return site.pages.one(request, view, tag, frames.leaving(frames.EMPTIES_AFTER, END))


def under_way(site: Site, request: Visit) -> tuple[Session, OpenDraft] | None:
    """The questionnaire of this device, None when there is none: nothing to explain to a queue.

    One begun by letter has pages of its own.
    """
    session = sessions.find(site, request)
    sheet = drafts.open_draft(site.services, session) if session else None
    if session is None or not isinstance(sheet, OpenDraft):
        return None
    return None if modes.is_invited(sheet.context.wave.mode) else (session, sheet)


def onward(sheet: OpenDraft, tag: str) -> str:
    """The address to go on at: the next open question of a kiosk, or sending."""
    place = steps.onward(sheet)
    return f"{HOME}/{tag}/send" if place == steps.CHECK else f"{HOME}/{tag}/{place}"


def _next(site: Site, step: Step, tag: str, fields: Fields) -> str:
    language = form_fields.single(fields, "_language")
    if language in site.languages:
        return f"{HOME}/{language}/question/{step.question.id}"
    if language:
        return f"{HOME}/{tag}/languages?to={step.question.id}"
    if form_fields.single(fields, "_go") == "back":
        return f"{HOME}/{tag}/question/{step.before or step.question.id}"
    return f"{HOME}/{tag}/question/{step.after}" if step.after else f"{HOME}/{tag}/send"


def _page(
    site: Site,
    request: Visit,
    sheet: OpenDraft,
    step: Step,
    tag: str,
    session: Session,
    state: State,
) -> Reply:
    def make(form_tag: str) -> Made:
        view = _view(site, sheet, step, tag, form_tag, State())
        spare, least = lengths.of_question(step.question)
        return Made(view=view, language=tag, spare=spare, least=least)

    asked, wave_id = step.question.id, sheet.context.wave.wave_id
    leaving = frames.leaving(frames.WAIT, f"{HOME}/{tag}/here?to={asked}")
    view = _view(site, sheet, step, tag, session.form_tag, state)
    if state.fault:
        return site.pages.one(request, view, tag, leaving, status=422)
    alike = Alike(key=(HOME, wave_id, tag, asked, step.place), make=make)
    return site.pages.one(request, view, tag, leaving, alike=alike)


def _view(
    site: Site, sheet: OpenDraft, step: Step, tag: str, form_tag: str, state: State
) -> QuestionView:
    words = question.wording(sheet, tag)
    around = frames.frame_for(site, tag)
    checked = words.status_of(step.question.id) in {"source", "checked"}
    around = structs.replace(around, unchecked=around.unchecked or not checked)
    plain = question_views.view(
        sheet.context,
        step,
        words,
        around,
        form_tag,
        state,
        script=site.files.address(FILLING),
    )
    return KioskQuestionView(**structs.asdict(plain))
