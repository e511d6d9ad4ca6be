"""One question per address: shown, kept, and on to the next.

The hot path of the product. A page without an answer is the same for everybody but for the form's
tag: it is rendered and compressed once and spliced from then on. A page that shows what somebody
answered is made for her alone and never kept.
"""

from litestar import get, post
from litestar.params import FromPath, FromQuery
from msgspec.structs import replace

from survey.actions import answering
from survey.actions.answering import Sent, Sheet
from survey.form import read
from survey.form.path import Step
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.language.tags import SOURCE
from survey.model.problems import Problem
from survey.model.wording import Wording
from survey.web.answer import frame, question_views, sessions, steps
from survey.web.answer.question_views import QuestionView, State
from survey.web.answer.site import Site, ThePosted, TheSite
from survey.web.answer.steps import CHECK


@get("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def question_show(
    request: Visit, site: TheSite, tag: FromPath[str], question_id: FromPath[str]
) -> Reply:
    """The question with the answer given on this device."""
    site.language(tag)
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    step = steps.find(sheet, question_id)
    if step is None:
        return see_other(f"/{tag}/{steps.onward(sheet)}")
    state = _state(sheet, step)
    if state.answer is not None or state.elsewhere:
        return site.pages.one(request, _view(site, sheet, step, tag, session.form_tag, state), tag)
    key = (sheet.asked.wave.wave_id, tag, question_id, state)

    def make(form_tag: str) -> tuple[View, str]:
        return _view(site, sheet, step, tag, form_tag, state), tag

    return site.pages.tagged(request, key, make, session.form_tag)


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
    if form_fields.single(fields, "_go") == "stop":
        return see_other(f"/{tag}/stop")
    answer = read.answer(step.question, sheet.asked.published.form, fields)
    if isinstance(answer, Problem):
        state = State(
            place=step.place,
            fault=answer.message,
            typed=form_fields.single(fields, question_id),
            ticked=_ticked(question_id, fields),
        )
        view = _view(site, sheet, step, tag, session.form_tag, state)
        return site.pages.one(request, view, tag, status=422)
    kept = sheet.answers.get(question_id)
    # Nothing new is nothing to write; what another device answered is not wiped by an empty page.
    if answer is not None or (kept is not None and kept.mine):
        sheet = answering.keep(site.desk, session, question_id, answer, language=tag, seen=sheet)
    return see_other(_next(site, sheet, question_id, tag, fields, then))


def wording(sheet: Sheet, tag: str) -> Wording:
    """The form's words in this language, in German where it was published without it."""
    wordings = sheet.asked.published.wordings
    return wordings.get(tag) or wordings[SOURCE]


def _next(site: Site, sheet: Sheet, question_id: str, tag: str, fields: Fields, then: str) -> str:
    """Where the button leads: another language, back to the check page, a page back, or on."""
    here = f"question/{question_id}"
    query = f"?then={CHECK}" if then == CHECK else ""
    language = form_fields.single(fields, "_language")
    if language in site.languages:
        return f"/{language}/{here}{query}"
    if language:
        return frame.choosing(tag, here, then=CHECK if query else "")
    if query:
        return f"/{tag}/{CHECK}"
    step = steps.find(sheet, question_id)
    if step is None:
        return f"/{tag}/{steps.onward(sheet)}"
    if form_fields.single(fields, "_go") == "back":
        return f"/{tag}/question/{step.before}" if step.before else f"/{tag}/notice"
    return f"/{tag}/question/{step.after}" if step.after else f"/{tag}/{CHECK}"


def _state(sheet: Sheet, step: Step) -> State:
    kept = sheet.answers.get(step.question.id)
    if kept is None:
        return State(place=step.place)
    if kept.mine:
        return State(place=step.place, answer=kept.answer)
    return State(place=step.place, elsewhere=True)


def _view(
    site: Site, sheet: Sheet, step: Step, tag: str, form_tag: str, state: State
) -> QuestionView:
    words = wording(sheet, tag)
    around = frame.around(site, tag, f"question/{step.question.id}")
    checked = words.status_of(step.question.id) in {"source", "checked"}
    around = replace(around, unchecked=around.unchecked or not checked)
    return question_views.view(sheet.asked, step.question, words, around, form_tag, state)


def _ticked(question_id: str, fields: Fields) -> tuple[str, ...]:
    """Every box and row that was ticked in a form that could not be read."""
    names = (question_id, f"{question_id}-way", f"{question_id}-quote")
    return tuple(value for name in names for value in fields.get(name, ()))
