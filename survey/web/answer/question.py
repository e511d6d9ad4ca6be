"""One question per address: shown, kept, and on to the next.

The hot path of the product. A page that shows no words of a person's own is the same for everybody
but for the form's tag: it is rendered and compressed once and spliced from then on. That such a
page was asked for before tells only that somebody once chose this answer.
"""

import msgspec
from litestar import get, post
from litestar.params import FromPath, FromQuery

from survey.actions import answering
from survey.actions.answering import Kept, Sent, Sheet
from survey.form import path, read
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.language.tags import SOURCE
from survey.linkage.drafts import Session
from survey.model.answers import Answer, Answers, Chosen, NotApplicable, Refused
from survey.model.form import Ladder, Question
from survey.model.problems import Problem
from survey.model.wording import Wording
from survey.web.answer import frame, question_views, sessions
from survey.web.answer.question_views import State
from survey.web.answer.site import Site, TheFields, TheSite

# After a change from the check page one goes back there, not through all the rest again.
CHECK = "check"


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
    question = path.find(sheet.asked.published.form, _plain(sheet), question_id)
    if question is None:
        return see_other(f"/{tag}/{place(sheet)}")
    kept = sheet.answers.get(question_id)
    state = _state(sheet, question, kept)
    if not _for_everybody(question, state.answer):
        view = _view(site, sheet, question, tag, session.form_tag, state)
        return site.pages.one(request, view, tag)
    key = (sheet.asked.wave.wave_id, tag, question_id, state)

    def make(form_tag: str) -> tuple[View, str]:
        return _view(site, sheet, question, tag, form_tag, state), tag

    return site.pages.tagged(request, key, make, session.form_tag)


@post("/{tag:str}/question/{question_id:str}", sync_to_thread=False)
def question_keep(
    request: Visit,
    site: TheSite,
    fields: TheFields,
    tag: FromPath[str],
    question_id: FromPath[str],
    then: FromQuery[str] = "",
) -> Reply:
    """Keep the answer, whichever button was pressed, and go where the button says."""
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    question = path.find(sheet.asked.published.form, _plain(sheet), question_id)
    if question is None:
        return see_other(f"/{tag}/{place(sheet)}")
    if form_fields.single(fields, "_go") == "stop":
        return see_other(f"/{tag}/stop")
    answer = read.answer(question, sheet.asked.published.form, fields)
    if isinstance(answer, Problem):
        return _again(site, request, session, sheet, question, tag, fields, answer)
    kept = sheet.answers.get(question_id)
    # Nothing new is nothing to write; what another device answered is not wiped by an empty page.
    if answer is not None or (kept is not None and kept.mine):
        sheet = answering.keep(site.desk, session, question_id, answer, language=tag)
    return see_other(_onward(site, sheet, question_id, tag, fields, then))


def place(sheet: Sheet) -> str:
    """Where to go on: the first open question, or the check page when all is seen."""
    following = path.next_open(sheet.asked.published.form, _plain(sheet))
    return f"question/{following.id}" if following else CHECK


def wording(sheet: Sheet, tag: str) -> Wording:
    """The form's words in this language, in German where it was published without it."""
    wordings = sheet.asked.published.wordings
    return wordings.get(tag) or wordings[SOURCE]


def _onward(site: Site, sheet: Sheet, question_id: str, tag: str, fields: Fields, then: str) -> str:
    here = f"question/{question_id}"
    query = f"?then={CHECK}" if then == CHECK else ""
    language = form_fields.single(fields, "_language")
    if language in site.languages:
        return f"/{language}/{here}{query}"
    if language:
        return frame.choosing(tag, here, then=CHECK if query else "")
    if query:
        return f"/{tag}/{CHECK}"
    form, answers = sheet.asked.published.form, _plain(sheet)
    if form_fields.single(fields, "_go") == "back":
        before = path.previous(form, answers, question_id)
        return f"/{tag}/question/{before.id}" if before else f"/{tag}/notice"
    after = path.following(form, answers, question_id)
    return f"/{tag}/question/{after.id}" if after else f"/{tag}/{CHECK}"


def _again(
    site: Site,
    request: Visit,
    session: Session,
    sheet: Sheet,
    question: Question,
    tag: str,
    fields: Fields,
    problem: Problem,
) -> Reply:
    """The same page with what was typed, and what to mend; nothing was kept."""
    typed = form_fields.single(fields, question.id)
    state = State(
        place=_state(sheet, question, None).place, back=True, fault=problem.message, typed=typed
    )
    view = _view(site, sheet, question, tag, session.form_tag, state)
    return site.pages.one(request, view, tag, status=422)


def _state(sheet: Sheet, question: Question, kept: Kept | None) -> State:
    return State(
        place=path.place(sheet.asked.published.form, _plain(sheet), question.id),
        back=True,
        answer=kept.answer if kept and kept.mine else None,
        elsewhere=kept is not None and not kept.mine,
    )


def _view(
    site: Site, sheet: Sheet, question: Question, tag: str, form_tag: str, state: State
) -> question_views.QuestionView:
    words = wording(sheet, tag)
    around = frame.around(site, tag, f"question/{question.id}")
    checked = words.status_of(question.id) in {"source", "checked"}
    around = msgspec.structs.replace(around, unchecked=around.unchecked or not checked)
    return question_views.view(sheet.asked, question, words, around, form_tag, state)


def _for_everybody(question: Question, answer: Answer | None) -> bool:
    """True for pages that hold nothing but codes of the form."""
    return isinstance(answer, Chosen | Refused | NotApplicable | None) or isinstance(
        question, Ladder
    )


def _plain(sheet: Sheet) -> Answers:
    return {question_id: kept.answer for question_id, kept in sheet.answers.items()}
