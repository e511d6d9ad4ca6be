"""A wave's questions before anybody answers them, in every language; nothing here can be sent."""

from collections.abc import Mapping
from typing import ClassVar, Literal, TypeAlias, assert_never

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import wave_plans
from survey.errors import NotFound
from survey.form import conditions, load, options, sentences
from survey.form.load import Published
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import tags
from survey.language.tags import Tag
from survey.model.form import Choice, Day, Ladder, Note, Number, Question, Rating, Text
from survey.model.programmes import Programme
from survey.model.wording import Status, Wording
from survey.store import forms, programmes, waves
from survey.web.staff import frame
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheSite
from survey.web.staff.waves import READERS

# How something is answered; its words stand in the template.
Way: TypeAlias = Literal["one", "many", "number", "day", "text", "note"]


class QuestionRow(Struct, frozen=True, kw_only=True):
    """One question in the words of a language.

    Args:
        number: its place among those that are answered, 0 for something to read
        rows: what can be chosen; `ways` are the words for declining
        least, most: of a number; how many can be chosen; how many characters
        after: numbers of the questions on whose answers it depends whether this is asked
    """

    number: int
    lead: str
    label: str
    hint: str
    way: Way
    rows: tuple[str, ...]
    ways: tuple[str, ...]
    least: int
    most: int
    after: tuple[int, ...]


class QuestionsView(View, frozen=True, kw_only=True):
    """All questions of a frozen form, or of one that would be frozen.

    Args:
        wave: title and address of the wave; empty before there is one
        status: of the words of this language
        languages: every language it can be read in, with its address
    """

    template: ClassVar[str] = "staff/questions.html"

    frame: Frame
    days: Days
    programme: Programme
    wave: tuple[str, str]
    selection: str
    title: str
    invitation: str
    shown: tuple[QuestionRow, ...]
    status: Status
    language: Tag
    languages: tuple[tuple[Tag, str], ...]


@get("/waves/{wave_id:str}/questions", guards=[allows(*READERS)], sync_to_thread=True)
def questions_of_wave(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """What a wave asks, as it was frozen."""
    with site.database.read() as tx:
        wave = waves.find(tx, wave_id)
        programme = programmes.find(tx, wave.programme_id)
        published = load.published(forms.find(tx, wave.form_version).body)
    place = f"/waves/{wave_id}"
    named = (wave.title, place)
    return _page(request, site, published, programme, wave=named, address=f"{place}/questions?")


@get("/programmes/{programme_id:str}/questions", guards=[allows(*READERS)], sync_to_thread=True)
def questions_of_form(request: StaffRequest, site: TheSite, programme_id: FromPath[str]) -> Reply:
    """What a wave would ask: `?form=` and `?selection=` as on the page that plans it."""
    form_id, selection = (request.query_params.get(name, "") for name in ("form", "selection"))
    with site.database.read() as tx:
        programme = programmes.find(tx, programme_id)
    offered = {form.form_id: [name for name, _ in form.selections] for form in wave_plans.forms()}
    if selection not in offered.get(form_id, []):
        raise NotFound(form=form_id[:64], selection=selection[:64])
    published = load.publish(load.form(form_id), load.wordings(form_id), selection)
    address = f"/programmes/{programme_id}/questions?form={form_id}&selection={selection}&"
    return _page(request, site, published, programme, wave=("", ""), address=address)


def _page(
    request: StaffRequest,
    site: StaffSite,
    published: Published,
    programme: Programme,
    *,
    wave: tuple[str, str],
    address: str,
) -> Reply:
    offered = [tag for tag in site.settings.languages if tag in published.wordings]
    chosen = request.query_params.get("told", tags.SOURCE)
    tag = chosen if chosen in offered else tags.SOURCE
    words = published.wordings[tag]
    view = QuestionsView(
        frame=frame.frame_for(site, request, "waves"),
        days=Days.of(site, request),
        programme=programme,
        wave=wave,
        selection=published.selection,
        title=words.title,
        invitation=words.invitation,
        shown=tuple(_shown(published, words)),
        status=words.status,
        language=tags.KNOWN[tag],
        languages=tuple(
            (tags.KNOWN[language_tag], f"{address}told={language_tag}") for language_tag in offered
        ),
    )
    return site.show(request, view)


def _shown(published: Published, words: Wording) -> list[QuestionRow]:
    form = published.form
    answered = (question for question in form.questions if not isinstance(question, Note))
    numbers = {question.id: number for number, question in enumerate(answered, 1)}
    return [_one(published, question, words, numbers) for question in form.questions]


def _one(
    published: Published, question: Question, words: Wording, numbers: Mapping[str, int]
) -> QuestionRow:
    wording = words.questions[question.id]
    way, least, most = _way(question)
    needed = conditions.leaves(question.shown_if) if question.shown_if else ()
    return QuestionRow(
        number=numbers.get(question.id, 0),
        lead=wording.lead,
        label=wording.label,
        hint=wording.hint,
        way=way,
        rows=tuple(sentences.labels(question, published.form, words).values()),
        ways=tuple(options.ways_out(question, published.form, words).values()),
        least=least,
        most=most,
        after=tuple(sorted({numbers[condition.question] for condition in needed})),
    )


def _way(question: Question) -> tuple[Way, int, int]:
    match question:
        case Rating() | Ladder():
            return "one", 0, 1
        case Choice(most=most):
            return ("one" if most == 1 else "many"), 0, most
        case Number(least=least, most=most):
            return "number", least, most
        case Day():
            return "day", 0, 0
        case Text(longest=longest):
            return "text", 0, longest
        case Note():
            return "note", 0, 0
        case _:
            assert_never(question)
