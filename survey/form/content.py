"""Content of a question in one language: its words and options, a struct for each type.

Its template (`question/<type>.html`, in which it is `question`) stands inside the form of any page:
the page around it, where it is sent and who reads it are known to the application alone.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, TypeVar, assert_never

from msgspec import Struct

from survey.form import options, question_state, sentences
from survey.form.question_state import State
from survey.language import formats
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.wording import Wording

# Characters that a field "<id>-quote" has more in its name than "<id>-way".
_LONGER = len("quote") - len("way")


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


class Content(Struct, frozen=True, kw_only=True):
    """The content that all types have; declining is posted under `way_name`.

    Args:
        limit: how many characters may be written, as this language writes numbers
    """

    template: ClassVar[str]

    id: str
    words: Words
    state: State
    ways: tuple[Option, ...]
    way_name: str
    options: tuple[Option, ...] = ()
    limit: str = ""

    @property
    def fault(self) -> str:
        """Key of what is to be mended, empty for nothing."""
        return self.state.fault


class RatingContent(Content, frozen=True, kw_only=True):
    """One code of a scale."""

    template: ClassVar[str] = "question/rating.html"


class ChoiceContent(Content, frozen=True, kw_only=True):
    """One or several of a list."""

    template: ClassVar[str] = "question/choice.html"

    most: int


class LadderContent(Content, frozen=True, kw_only=True):
    """A step, the highest on top."""

    template: ClassVar[str] = "question/ladder.html"

    least: int
    most: int


class NumberContent(Content, frozen=True, kw_only=True):
    """A whole number."""

    template: ClassVar[str] = "question/number.html"

    least: int
    most: int
    value: str


class DayContent(Content, frozen=True, kw_only=True):
    """A calendar day."""

    template: ClassVar[str] = "question/day.html"

    value: str


class TextContent(Content, frozen=True, kw_only=True):
    """Words of one's own.

    Args:
        capacity: how many UTF-16 units the field takes, far beyond the limit
        written: how many characters; `left` until the limit, or beyond it if `over`
        quote: what leave to quote sends, as long as declining does under its shorter name
    """

    template: ClassVar[str] = "question/text.html"

    longest: int
    capacity: int
    written: str
    left: str
    over: bool
    value: str
    quotable: bool
    quote: str


class NoteContent(Content, frozen=True, kw_only=True):
    """Something to read."""

    template: ClassVar[str] = "question/note.html"


def content(
    question: Question, form: Form, wording: Wording, state: State, *, tag: str, capacity: int
) -> Content:
    """The content of a question of the form.

    Args:
        tag: the page's language, which may be another than that of the wording
        capacity: UTF-16 units that the field of a text takes
    """
    base = _base(question, form, wording, state)
    match question:
        case Rating():
            return _as(RatingContent, base)
        case Choice(most=most):
            return _as(ChoiceContent, base, most=most)
        case Ladder(least=least, most=most):
            return _as(LadderContent, base, least=least, most=most)
        case Number(least=least, most=most):
            return _as(
                NumberContent, base, least=least, most=most, value=question_state.typed(state)
            )
        case Day():
            return _as(DayContent, base, value=question_state.typed(state))
        case Text(longest=longest):
            value = question_state.typed(state)
            return _as(
                TextContent,
                base,
                longest=longest,
                capacity=capacity,
                limit=formats.number(longest, tag),
                written=formats.number(len(value), tag),
                left=formats.number(abs(longest - len(value)), tag),
                over=len(value) > longest,
                value=value,
                quotable=options.QUOTE in question_state.chosen(state, form.reserved),
                quote=options.QUOTE.ljust(len(base.ways[0].value) - _LONGER),
            )
        case Note():
            return _as(NoteContent, base)
        case _:
            assert_never(question)


def _base(question: Question, form: Form, wording: Wording, state: State) -> Content:
    words, ticked = wording.questions[question.id], question_state.chosen(state, form.reserved)
    labels = sentences.labels(question, form, wording)
    ways_out = options.ways_out(question, form, wording)
    width = _width(question, (*labels, *ways_out))
    return Content(
        id=question.id,
        words=Words(label=words.label, lead=words.lead, hint=words.hint),
        state=state,
        options=_rows(labels, ticked, width),
        ways=_rows(ways_out, ticked, width),
        way_name=question.id if labels else f"{question.id}-way",
    )


C = TypeVar("C", bound=Content)


def _as(kind: type[C], base: Content, **own: Any) -> C:
    """The content of a question as that of its type."""
    shared: dict[str, Any] = {name: getattr(base, name) for name in base.__struct_fields__}
    return kind(**{**shared, **own})


def _rows(labels: Mapping[str, str], ticked: Collection[str], width: int) -> tuple[Option, ...]:
    return tuple(
        Option(code=code, value=code.ljust(width), label=label, chosen=code in ticked)
        for code, label in labels.items()
    )


def _width(question: Question, codes: Collection[str]) -> int:
    """As many characters as the value of every box of a question has."""
    longest = max(map(len, codes), default=0)
    # Beside the field of a text, leave to quote is another box, whose name is longer.
    return max(longest, len(options.QUOTE) + _LONGER) if isinstance(question, Text) else longest
