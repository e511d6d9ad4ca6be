"""What stands out in a topic, only as strong as its intervals carry."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Rated, SatisfactionSnapshot
from survey.model.wording import Wording
from survey.report.render.notation import Notation
from survey.web.staff.results.notation import WrittenFigure, share

# How statements of a topic lie to each other; "alone" where there are no two to compare.
Order: TypeAlias = Literal["alone", "apart", "chance"]


class Extreme(Struct, frozen=True, kw_only=True):
    """A statement at one end, in a few words."""

    label: str
    value: str


class Finding(Struct, frozen=True, kw_only=True):
    """The figure of the topic, and between which statements it lies."""

    shown: WrittenFigure
    order: Order
    most: Extreme | None = None
    least: Extreme | None = None


def of(
    snapshot: SatisfactionSnapshot,
    construct: str,
    rated: Sequence[Rated],
    marks: Notation,
    words: Wording,
) -> Finding:
    """The finding for a topic; its figure is the mean over its statements."""
    topic = next((subject for subject in snapshot.topics if subject.construct == construct), None)
    figure: Figure = topic.favourable if topic else rated[0].favourable
    known = [
        (statement.favourable, statement)
        for statement in rated
        if isinstance(statement.favourable, Estimate)
    ]
    known.sort(key=lambda pair: -pair[0].value)
    if len(known) < 2:
        return Finding(shown=share(marks, figure), order="alone")
    (best, first), (worst, last) = known[0], known[-1]
    if best.low <= worst.high:
        return Finding(shown=share(marks, figure), order="chance")
    return Finding(
        shown=share(marks, figure),
        order="apart",
        most=_extreme(first, best, marks, words),
        least=_extreme(last, worst, marks, words),
    )


def _extreme(statement: Rated, figure: Estimate, marks: Notation, words: Wording) -> Extreme:
    wording = words.questions[statement.question_id]
    return Extreme(label=wording.short or wording.label, value=marks.percent(figure.value))
