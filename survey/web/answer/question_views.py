"""What a question's page shows, one view per question type, in the words of the published form."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, TypeVar, assert_never

from msgspec import Struct

from survey.actions.desk import Asked
from survey.form import options, sentences
from survey.form.path import Place
from survey.http.fields import CAPACITY
from survey.http.page import View
from survey.language import assurances, formats
from survey.model.answers import (
    Answer,
    Chosen,
    Declined,
    NotApplicable,
    OnDay,
    Quantity,
    Written,
)
from survey.model.form import Choice, Day, Ladder, Note, Number, Question, Rating, Text
from survey.model.programmes import Contact
from survey.model.wording import Wording
from survey.web.answer import lengths
from survey.web.answer.frame import Frame


class Words(Struct, frozen=True, kw_only=True):
    """The question in the page's language; `lead` stands above it, `hint` below."""

    label: str
    lead: str
    hint: str


class Option(Struct, frozen=True, kw_only=True):
    """One row to choose.

    Args:
        value: the code, with blanks that make all of a question as long as the longest: the length
            of what a browser sends must not tell what was chosen
    """

    code: str
    value: str
    label: str
    chosen: bool


class State(Struct, frozen=True, kw_only=True):
    """Where a person stands at this question.

    Args:
        answer: to be shown; None for none, and for one given on another device (`elsewhere`)
        fault: key of why what was sent could not be read; it is shown again as it was
        typed: what was sent from the field, if it is one to type in
        ticked: the codes that were sent
    """

    place: Place
    answer: Answer | None = None
    elsewhere: bool = False
    fault: str = ""
    typed: str = ""
    ticked: tuple[str, ...] = ()


class QuestionView(View, frozen=True, kw_only=True):
    """What all types have; declining is posted under `way_name`.

    Args:
        script: the address of what fills every form to `room` characters, where scripts run
        blank: what "Weiter" sends in the field `filler` where nothing is ticked
        limit: how many characters may be written, as this language writes numbers
    """

    style: ClassVar[tuple[str, ...]] = ("pair", "question", "err")
    counted: ClassVar[bool] = True
    filler: ClassVar[str] = lengths.FILLER

    frame: Frame
    tag: str
    id: str
    words: Words
    state: State
    ways: tuple[Option, ...]
    way_name: str
    script: str
    room: int
    blank: str
    limit: str = ""

    @property
    def fault(self) -> str:
        """For the title, which says first that something is to be mended."""
        return self.state.fault


class OptionsView(QuestionView, frozen=True, kw_only=True):
    """Rows to choose from."""

    options: tuple[Option, ...]


class RatingView(OptionsView, frozen=True, kw_only=True):
    """One code of a scale."""

    template: ClassVar[str] = "question/rating.html"


class ChoiceView(OptionsView, frozen=True, kw_only=True):
    """One or several of a list."""

    template: ClassVar[str] = "question/choice.html"

    most: int


class LadderView(OptionsView, frozen=True, kw_only=True):
    """A step, the highest on top."""

    template: ClassVar[str] = "question/ladder.html"

    least: int
    most: int


class NumberView(QuestionView, frozen=True, kw_only=True):
    """A whole number."""

    template: ClassVar[str] = "question/number.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "question", "err", "field")

    least: int
    most: int
    value: str


class DayView(QuestionView, frozen=True, kw_only=True):
    """A calendar day."""

    template: ClassVar[str] = "question/day.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "question", "err", "field")

    value: str


class TextView(QuestionView, frozen=True, kw_only=True):
    """Words of one's own, who reads them, and until when they can be deleted.

    Args:
        capacity: how many UTF-16 units the field takes, far beyond the limit
        written: how many characters; `left` until the limit, or beyond it if `over`
    """

    template: ClassVar[str] = "question/text.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "question", "err", "field", "words")

    longest: int
    capacity: int
    written: str
    left: str
    over: bool
    value: str
    quotable: bool
    help: Contact
    readers: str
    deletion: str


class NoteView(QuestionView, frozen=True, kw_only=True):
    """Something to read."""

    template: ClassVar[str] = "question/note.html"
    counted: ClassVar[bool] = False


def view(
    asked: Asked,
    question: Question,
    wording: Wording,
    frame: Frame,
    tag: str,
    state: State,
    *,
    script: str,
) -> QuestionView:
    """The page of this question; `tag` is the form's."""
    said = wording.questions[question.id]
    form = asked.published.form
    labels = sentences.labels(question, form, wording)
    ways_out = options.ways_out(question, form, wording)
    ticked = chosen(state, asked)
    rows = _rows(labels, ticked, width := lengths.of_box(question, (*labels, *ways_out)))
    way_name = question.id if rows else f"{question.id}-way"
    ways = _rows(ways_out, ticked, width)
    base = QuestionView(
        frame=frame,
        tag=tag,
        id=question.id,
        words=Words(label=said.label, lead=said.lead, hint=said.hint),
        state=state,
        ways=ways,
        way_name=way_name,
        script=script,
        blank=lengths.blank(way_name, ways[0].value) if ways else "",
        room=lengths.of_form(question, [each.value for each in (*rows, *ways)]),
    )
    match question:
        case Rating():
            return _as(RatingView, base, options=rows)
        case Choice(most=most):
            return _as(ChoiceView, base, options=rows, most=most)
        case Ladder(least=least, most=most):
            return _as(LadderView, base, options=rows, least=least, most=most)
        case Number(least=least, most=most):
            return _as(NumberView, base, least=least, most=most, value=_typed(state))
        case Day():
            return _as(DayView, base, value=_typed(state))
        case Text(longest=longest):
            value, tag_of_page = _typed(state), frame.language.tag
            return _as(
                TextView,
                base,
                longest=longest,
                capacity=CAPACITY,
                limit=formats.number(longest, tag_of_page),
                written=formats.number(len(value), tag_of_page),
                left=formats.number(abs(longest - len(value)), tag_of_page),
                over=len(value) > longest,
                value=value,
                quotable=options.QUOTE in ticked,
                help=asked.programme.help,
                readers=assurances.text_readers(frame.language.tag),
                deletion=assurances.text_deletion(asked.assured, frame.language.tag),
            )
        case Note():
            return _as(NoteView, base)
        case _:
            assert_never(question)


V = TypeVar("V", bound=QuestionView)


def _as(kind: type[V], base: QuestionView, **own: Any) -> V:
    """The same as a view of its type."""
    shared: dict[str, Any] = {name: getattr(base, name) for name in base.__struct_fields__}
    return kind(**{**shared, **own})


def _rows(said: Mapping[str, str], ticked: Collection[str], width: int) -> tuple[Option, ...]:
    return tuple(
        Option(code=code, value=code.ljust(width), label=label, chosen=code in ticked)
        for code, label in said.items()
    )


def chosen(state: State, asked: Asked) -> tuple[str, ...]:
    """The codes that are ticked on the page, as a browser posts them."""
    reserved = asked.published.form.reserved
    if state.fault:
        return state.ticked
    match state.answer:
        case Chosen(codes=codes):
            return codes
        case Quantity(value=value):
            return (str(value),)
        case Declined():
            return (reserved.declined,)
        case NotApplicable():
            return (reserved.not_applicable,)
        case Written(quotable=quotable):
            return (options.QUOTE,) if quotable else ()
        case OnDay() | None:
            return ()
        case _:
            assert_never(state.answer)


def _typed(state: State) -> str:
    """What stands in the field: what was sent and not understood, else the answer."""
    if state.fault:
        return state.typed
    match state.answer:
        case Quantity(value=value):
            return str(value)
        case OnDay(day=day):
            return f"{day.day}.{day.month}.{day.year}"
        case Written(text=text):
            return text
        case Chosen() | Declined() | NotApplicable() | None:
            return ""
        case _:
            assert_never(state.answer)
