"""The table beside a chart of statements: all its values, and what has no place in the picture."""

from collections.abc import Sequence
from itertools import groupby

from survey.language.later import later
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Rated, Topic
from survey.report.render import charts, findings
from survey.report.render.context import Context
from survey.report.render.parts import joined
from survey.report.render.tables import Cell, Head, Row, Table

# The steps of agreement, short enough for the head of a narrow column.
STEPS = (
    later("gar nicht"),
    later("eher nicht"),
    later("teils / teils"),
    later("eher"),
    later("voll"),
)


def table(context: Context, caption: str, rated: Sequence[Rated]) -> Table:
    """Statements by topic; a topic of several has a line of its own where there are several."""
    codes = tuple(context.scale("agreement"))
    groups = [(name, list(group)) for name, group in groupby(rated, key=lambda e: e.construct)]
    topics = {topic.construct: topic for topic in context.snapshot.topics}
    rows: list[Row] = []
    for construct, group in groups:
        topic = topics.get(construct)
        if topic and topic.statements > 1 and len(groups) > 1:
            rows.append(_group(context, topic, len(codes)))
        rows += [_row(context, statement, codes) for statement in group]
    return context.tables.add(caption, _head(context), rows, notes(context, rated))


def _head(context: Context) -> tuple[Head, ...]:
    say, words = context.say, context.scale("agreement").values()
    steps = [say(step) for step in STEPS] if len(words) == len(STEPS) else list(words)
    return (
        Head(text=say("Aussage"), plain=(say("Aussage"), say("umgekehrt gefragt"))),
        Head(text="n"),
        *(Head(text=brief, plain=(full,)) for brief, full in zip(steps, words, strict=True)),
        Head(text=say("günstig")),
        context.interval_head(),
        Head(text=say("nicht sagen"), plain=(context.wording.refused,)),
        Head(text=say("betrifft mich nicht"), plain=(context.wording.not_applicable,)),
    )


def _group(context: Context, topic: Topic, codes: int) -> Row:
    """The topic's own line: the mean of its statements."""
    gap = Cell(text="–")
    cells = (
        *[gap] * (1 + codes),
        context.share_cell(topic.favourable),
        context.interval_cell(topic.favourable),
        gap,
        gap,
    )
    name = context.wording.constructs[topic.construct]
    return Row(name=name, plain=(name, ""), cells=cells, group=True)


def _row(context: Context, rated: Rated, codes: tuple[str, ...]) -> Row:
    figure = rated.favourable
    label = context.label(rated.question_id)
    name = f"{label}\u00a0*" if rated.reversed else label
    plain = (label, context.say("ja") if rated.reversed else context.say("nein"))
    if findings.place(figure) is None:
        gap, limits = Cell(text="–"), context.interval_cell(figure)
        shares = [gap] * (1 + len(codes))
        cells = (*shares, context.share_cell(figure), limits, gap, gap)
        return Row(name=name, plain=plain, cells=cells)
    n = context.notation.whole(figure.n) if isinstance(figure, Estimate) else "–"
    return Row(
        name=name,
        plain=plain,
        cells=(
            Cell(text=n),
            *percents(context, rated, codes),
            context.share_cell(figure),
            context.interval_cell(figure),
            context.refused_cell(rated.refused),
            context.refused_cell(rated.not_applicable),
        ),
    )


def percents(context: Context, rated: Rated, codes: tuple[str, ...]) -> list[Cell]:
    """Per cent of each code in the table's order; joined ones have one cell together."""
    parts = charts.ticked(rated)
    if not parts:
        return [Cell(text="–")] * len(codes)
    return joined.cells(context, parts, context.scale("agreement"))


def notes(context: Context, rated: Sequence[Rated]) -> list[str]:
    """What is written below the table, where there is something to explain."""
    say, lines = context.say, []
    if any(findings.place(statement.favourable) is None for statement in rated):
        lines.append(context.hidden_note(context.snapshot.setting.thresholds.k))
    if any(statement.reversed for statement in rated):
        lines.append(
            say("* umgekehrt gefragt: Als günstig zählt hier, wer der Aussage nicht zustimmt.")
        )
    if joined.any_of([statement.parts for statement in rated]):
        lines.append(joined.note(context))
    asides = [
        figure for statement in rated for figure in (statement.refused, statement.not_applicable)
    ]
    if any(isinstance(number, Suppressed) and number.low is not None for number in asides):
        lines.append(say("wenige: weniger als 3 Personen."))
    return lines
