"""The page of a question: the content of `survey.form.content` in the recipients' frame."""

from typing import Any, ClassVar, assert_never

from survey.form import content
from survey.form.content import Content
from survey.form.question_state import State
from survey.form.routing import Place, Step
from survey.home import WaveContext
from survey.http.fields import CAPACITY
from survey.http.page import View
from survey.language import assurances
from survey.model.form import Choice, Day, Ladder, Note, Number, Rating, Text
from survey.model.programmes import Contact
from survey.model.wording import Wording
from survey.web.answer import lengths
from survey.web.answer.frame import Frame


class QuestionView(View, frozen=True, kw_only=True):
    """A question that is answered by choosing, or only read.

    Args:
        place: None where it is not counted
        script: the address of what fills every form to `room` characters, where scripts run
        blank: what "Weiter" sends in the field `filler` where nothing is ticked
    """

    template: ClassVar[str] = "answer/question.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "question", "err")
    filler: ClassVar[str] = lengths.FILLER

    frame: Frame
    tag: str
    place: Place | None
    question: Content
    script: str
    room: int
    blank: str

    @property
    def fault(self) -> str:
        """The fault that the page's title names first."""
        return self.question.fault


class FieldView(QuestionView, frozen=True, kw_only=True):
    """A question with a field to type in."""

    style: ClassVar[tuple[str, ...]] = (*QuestionView.style, "field")


class TextView(FieldView, frozen=True, kw_only=True):
    """Words of one's own, who reads them, and until when they can be deleted."""

    style: ClassVar[tuple[str, ...]] = (*FieldView.style, "words")

    help: Contact
    readers: str
    deletion: str


def view(
    context: WaveContext,
    step: Step,
    wording: Wording,
    frame: Frame,
    tag: str,
    state: State,
    *,
    script: str,
) -> QuestionView:
    """The page of a step's question; `tag` is the form's."""
    question, language = step.question, frame.language.tag
    shown = content.content(
        question, context.published.form, wording, state, tag=language, capacity=CAPACITY
    )
    shared: dict[str, Any] = {
        "frame": frame,
        "tag": tag,
        "place": None if isinstance(question, Note) else step.place,
        "question": shown,
        "script": script,
        "room": lengths.of_form(question, [row.value for row in (*shown.options, *shown.ways)]),
        "blank": lengths.blank(shown.way_name, shown.ways[0].value) if shown.ways else "",
    }
    match question:
        case Text():
            return TextView(
                **shared,
                help=context.programme.help,
                readers=assurances.text_readers(language),
                deletion=assurances.text_deletion(context.assured, language),
            )
        case Number() | Day():
            return FieldView(**shared)
        case Rating() | Choice() | Ladder() | Note():
            return QuestionView(**shared)
        case _:
            assert_never(question)
