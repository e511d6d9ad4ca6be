"""The table beside a chart of statements: all its values, and what has no place in the picture."""

from collections.abc import Sequence
from itertools import groupby

from survey.model.estimates import Estimate
from survey.model.snapshots import Rated
from survey.report import claims
from survey.report.context import Context
from survey.report.tables import Cell, Head, Row, Table


def table(context: Context, names: list[str], rated: list[Rated]) -> Table:
    """Statements by topic; a topic of several has a line of its own where the page has several."""
    say = context.say
    codes = context.scale("agreement")
    head = (
        Head(text=say("Aussage")),
        Head(text="n"),
        *(Head(text=_brief(label), plain=(label,)) for label in codes.values()),
        Head(text=say("günstig")),
        Head(text=say("95-%%-Intervall"), plain=(say("untere Grenze"), say("obere Grenze"))),
        Head(text=say("nicht sagen")),
        Head(text=say("trifft nicht zu"), plain=(say("trifft auf mich nicht zu (Personen)"),)),
    )
    rows: list[Row] = []
    topics = {topic.construct: topic for topic in context.snapshot.topics}
    for construct, group in groupby(rated, key=lambda each: each.construct):
        if topics[construct].statements > 1 and len(names) > 1:
            rows.append(_group(context, topics[construct].construct, len(codes)))
        rows += [_row(context, each, tuple(codes)) for each in group]
    caption = say("%(topics)s, Prozent der gültigen Antworten", topics=context.listed(names))
    return context.tables.add(caption, head, rows, _notes(context, rated))


def _brief(label: str) -> str:
    return label.removeprefix("trifft ").removesuffix(" zu")


def _group(context: Context, construct: str, codes: int) -> Row:
    """The topic's own line: the mean of its statements."""
    topic = next(t for t in context.snapshot.topics if t.construct == construct)
    gap = Cell(text="–")
    cells = (
        *[gap] * (1 + codes),
        context.share_cell(topic.favourable),
        context.interval_cell(topic.favourable),
        gap,
        gap,
    )
    return Row(name=context.wording.constructs[construct], cells=cells, group=True)


def _row(context: Context, rated: Rated, codes: tuple[str, ...]) -> Row:
    figure = rated.favourable
    name = context.label(rated.question_id) + ("\u00a0*" if rated.reversed else "")
    if claims.place(figure) is None:
        hidden = Cell(text=context.say("nicht gezeigt"), kind="withheld")
        few = Cell(text=context.say("n\u00a0<\u00a0%(k)s", k=context.snapshot.setting.thresholds.k))
        gap = Cell(text="–")
        limits = Cell(text="–", plain=("", ""))
        return Row(name=name, cells=(few, *[gap] * len(codes), hidden, limits, gap, gap))
    n = context.notation.whole(figure.n) if isinstance(figure, Estimate) else "–"
    return Row(
        name=name,
        cells=(
            Cell(text=n),
            *_percents(rated, codes),
            context.share_cell(figure),
            context.interval_cell(figure),
            context.refused_cell(rated.refused),
            Cell(text=context.notation.whole(rated.not_applicable)),
        ),
    )


def _percents(rated: Rated, codes: tuple[str, ...]) -> list[Cell]:
    """Per cent of each code in the table's order; joined ones stand in the last of them."""
    if not rated.parts:
        return [Cell(text="–")] * len(codes)
    cells = []
    for part in rated.parts:
        cells += [Cell(text="zus.", plain=("",))] * (len(part.codes) - 1)
        cells.append(Cell(text=str(part.percent)))
    return cells


def _notes(context: Context, rated: Sequence[Rated]) -> list[str]:
    notes = []
    if any(each.reversed for each in rated):
        notes.append(
            context.say(
                "* umgekehrt gefragt; die Antworten sind so gedreht, dass rechts günstig ist."
            )
        )
    if any(len(part.codes) > 1 for each in rated for part in each.parts):
        notes.append(
            context.say(
                "zus.: weniger als 3 Angaben, mit der Stufe rechts daneben zusammengefasst."
            )
        )
    if any(not isinstance(e.refused, Estimate) and e.refused.low is not None for e in rated):
        notes.append(context.say("wenige: weniger als 3 Personen."))
    return notes
