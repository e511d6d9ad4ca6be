"""Whole topics to pages: none is split, none left nearly empty. Heights in millimetres."""

from collections.abc import Sequence

from survey.document import typeface
from survey.document.chart import diverging
from survey.document.svg import POINTS_PER_MM
from survey.model.snapshots import Rated
from survey.report.render import findings
from survey.report.render.context import Context
from survey.report.render.parts import bars, statements

PAGE = 245.0
HEAD, HEADLINE, CAPTION, TABLE_HEAD = 12.5, 10.0, 30.0, 17.0
LABEL_WIDTH = 168.0  # points of the first column of a table
ROW, DENSE, LINE, NOTES = 1.9, 0.9, 3.75, 1.5


def tall(context: Context, rated: Sequence[Rated], *, more: float = 0) -> float:
    """How much of a page a chart of these statements takes with its headline and its table."""
    chart = diverging.height(bars.groups(context, rated)) / POINTS_PER_MM
    labels = [context.label(statement.question_id) for statement in rated]
    lines = sum(len(typeface.wrapped(label, 8, LABEL_WIDTH)) for label in labels)
    constructs = len({statement.construct for statement in rated})
    rows = len(rated) + (constructs if constructs > 1 else 0)
    pad = DENSE if len(rated) > CROWDED else ROW
    table = TABLE_HEAD + lines * LINE + rows * pad + (rows - len(rated)) * LINE
    table += _notes(context, rated)
    lines = len(findings.lines(findings.finding(context, rated)))
    return headline(lines) + CAPTION + chart + table + more


def _notes(context: Context, rated: Sequence[Rated]) -> float:
    notes = " ".join(statements.notes(context, rated))
    return NOTES + LINE * len(typeface.wrapped(notes, 8, diverging.FULL)) if notes else 0.0


def headline(lines: int) -> float:
    """What the name of the chapter takes with so many lines of a headline."""
    return HEAD + HEADLINE * lines


CROWDED = 5  # statements from which on the rows of a table move closer together


def packed(
    context: Context, topics: Sequence[Sequence[Rated]], *, more: Sequence[float]
) -> list[list[int]]:
    """Positions of the topics of each page: as few pages as can be, about equally full.

    A later topic moves up to an earlier page where it fits; pages stay in the order of their first.

    Args:
        more: beside each topic, what else it brings to its page
    """
    fewest = len(_filled(context, topics, more, PAGE))
    # The smallest room that needs no more pages: the last one is then not left nearly empty.
    rooms = (PAGE - step for step in range(120, -1, -5))
    return next(
        pages
        for room in rooms
        if len(pages := _filled(context, topics, more, room)) <= fewest or room == PAGE
    )


def _filled(
    context: Context, topics: Sequence[Sequence[Rated]], more: Sequence[float], room: float
) -> list[list[int]]:
    pages: list[list[int]] = []
    for i in range(len(topics)):
        for page in pages:
            trial = [*page, i]
            rated = [statement for topic in trial for statement in topics[topic]]
            if tall(context, rated, more=sum(more[topic] for topic in trial)) <= room:
                page.append(i)
                break
        else:
            pages.append([i])
    return pages
