"""One question per address: shown, kept, and on to the next.

The hot path of the product. A page without an answer is the same for everybody but for the form's
tag: it is rendered and compressed once and spliced from then on. A page that shows what somebody
answered is made for her alone, never kept, and as long as the one without an answer. Every button
keeps what stands on the page, also what cannot be read: only going on asks for it to be mended.
"""

from litestar import get, post
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from survey.actions import drafts
from survey.actions.drafts import OpenDraft, Sent
from survey.form import read
from survey.form.question_state import State
from survey.form.routing import Step
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.http.page import Alike, Made, Visit
from survey.http.reply import Reply, see_other
from survey.language.tags import SOURCE
from survey.model.answers import Answer, Unread
from survey.model.form import Note
from survey.model.problems import Problem
from survey.model.wording import Wording
from survey.web.answer import frame, lengths, places, question_views, sessions, steps
from survey.web.answer.question_views import QuestionView
from survey.web.answer.site import FILLING, Site, ThePosted, TheSite
from survey.web.answer.steps import CHECK

# Pages that a button of a form leads to and that lead back to it.
BESIDE = ("stop", "notice", "help", "accessibility")
# A text is counted, and stays where it is.
COUNT = "count"


@get("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def question_show(
    request: Visit, site: TheSite, tag: FromPath[str], question_id: FromPath[str]
) -> Reply:
    """The question with the answer given on this device."""
    site.language(tag)
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    step = steps.find(sheet, question_id)
    if step is None:
        return see_other(f"/{tag}/{steps.onward(sheet)}")
    state = _state(sheet, step)
    alike = _alike(site, sheet, step, tag, state.fault)
    if state.answer is None and not state.fault:
        return site.pages.tagged(request, alike, session.form_tag)
    view = _view(site, sheet, step, tag, session.form_tag, state)
    return site.pages.one(request, view, tag, alike=alike)


@post("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def question_keep(
    request: Visit,
    posted: ThePosted,
    tag: FromPath[str],
    question_id: FromPath[str],
    then: FromQuery[str] = "",
) -> Reply:
    """Keep the answer, whichever button was pressed, and go where the button says."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    step = steps.find(sheet, question_id)
    if step is None:
        return see_other(f"/{tag}/{steps.onward(sheet)}")
    language, go = (form_fields.single(fields, name) for name in ("_language", "_go"))
    answer = _said(step, sheet, fields)
    stays = isinstance(answer, Unread) and not (language or go)
    if not isinstance(step.question, Note):
        onward = not (stays or language or go)
        sheet = drafts.keep(
            site.services, session, question_id, answer, language=tag, passed=onward, seen=sheet
        )
    if stays:
        state = _state(sheet, step)
        view = _view(site, sheet, step, tag, session.form_tag, state)
        alike = _alike(site, sheet, step, tag, state.fault)
        return site.pages.one(request, view, tag, status=422, alike=alike)
    return see_other(_next(site, sheet, question_id, tag, fields, then))


def wording(sheet: OpenDraft, tag: str) -> Wording:
    """The form's words in this language, in German where it was published without it."""
    wordings = sheet.context.published.wordings
    return wordings.get(tag) or wordings[SOURCE]


def _said(step: Step, sheet: OpenDraft, fields: Fields) -> Answer | Unread | None:
    form = sheet.context.published.form
    answer = read.answer(step.question, form, fields)
    return (
        read.unread(step.question, form, fields, answer) if isinstance(answer, Problem) else answer
    )


def _next(
    site: Site, sheet: OpenDraft, question_id: str, tag: str, fields: Fields, then: str
) -> str:
    """Where the button leads: another language, help, the check page, a page back, or on."""
    address = f"question/{question_id}" + (f"?then={CHECK}" if then == CHECK else "")
    language, go = (form_fields.single(fields, name) for name in ("_language", "_go"))
    if language in site.languages:
        return f"/{language}/{address}"
    if language:
        return frame.choosing(tag, address)
    if go in BESIDE:
        return places.after(f"/{tag}/{go}", address)
    if go == COUNT:
        return f"/{tag}/{address}"
    if then == CHECK:
        return f"/{tag}/{CHECK}"
    step = steps.find(sheet, question_id)
    if step is None:
        return f"/{tag}/{steps.onward(sheet)}"
    if go == "back":
        return f"/{tag}/question/{step.before}" if step.before else f"/{tag}/notice"
    return f"/{tag}/question/{step.after}" if step.after else f"/{tag}/{CHECK}"


def _state(sheet: OpenDraft, step: Step) -> State:
    question_id = step.question.id
    unread = sheet.unread.get(question_id)
    if unread is not None:
        return State(fault=unread.fault, typed=unread.typed, ticked=unread.ticked)
    return State(answer=sheet.answers.get(question_id), elsewhere=question_id in sheet.elsewhere)


def _alike(site: Site, sheet: OpenDraft, step: Step, tag: str, fault: str) -> Alike:
    """The page as long as which it is whatever was answered: the one without an answer.

    Args:
        fault: it says this, which makes it longer
    """
    elsewhere = step.question.id in sheet.elsewhere
    state = State(elsewhere=elsewhere, fault=fault)

    def make(form_tag: str) -> Made:
        view = _view(site, sheet, step, tag, form_tag, state)
        spare, least = lengths.of_question(step.question)
        spare += lengths.MISREAD if fault else 0
        return Made(view=view, language=tag, spare=spare, least=least)

    key = (sheet.context.wave.wave_id, tag, step.question.id, step.place, state)
    return Alike(key=key, make=make)


def _view(
    site: Site, sheet: OpenDraft, step: Step, tag: str, form_tag: str, state: State
) -> QuestionView:
    words = wording(sheet, tag)
    around = frame.frame_for(site, tag, f"question/{step.question.id}")
    checked = words.status_of(step.question.id) in {"source", "checked"}
    around = replace(around, unchecked=around.unchecked or not checked)
    return question_views.view(
        sheet.context,
        step,
        words,
        around,
        form_tag,
        state,
        script=site.files.address(FILLING),
    )
