"""Steps joined because too few chose one of them: their share stands once, under all their names.

On paper one cell spans the columns of its steps. The file has the share at the first of them with
the names of all, and at the others with which steps they are counted together: a bare number is
always that of the one step it stands under.
"""

from collections.abc import Mapping, Sequence

from survey.document.svg import Fill
from survey.model.snapshots import Part
from survey.report.render.context import Context
from survey.report.render.tables import Cell

# Belongs to no single step: the legend gives it a name of its own.
FILL: Fill = "joined"


def cells(context: Context, parts: Sequence[Part], words: Mapping[str, str]) -> list[Cell]:
    """Per cent of each step in the order of the columns."""
    return [_cell(context, part, words) for part in parts]


def _cell(context: Context, part: Part, words: Mapping[str, str]) -> Cell:
    percent = str(part.percent)
    if len(part.codes) == 1:
        return Cell(text=percent)
    names = [words[code] for code in part.codes]
    plain = [context.say("%(n)s (%(steps)s zusammen)", n=percent, steps=" + ".join(names))]
    for name in names[1:]:
        rest = " + ".join(word for word in names if word != name)
        plain.append(context.say("zusammengefasst mit %(steps)s", steps=rest))
    text = context.say("%(n)s zus.", n=percent)
    return Cell(text=text, plain=tuple(plain), span=len(names))


def any_of(rows: Sequence[Sequence[Part]]) -> bool:
    """Whether any row of a table or chart has joined steps."""
    return any(len(part.codes) > 1 for parts in rows for part in parts)


def note(context: Context) -> str:
    """What "zus." means, below the table."""
    return context.say(
        "zus.: ein Anteil für die Stufen zusammen, über deren Spalten er steht; einzeln hätte eine "
        "davon zu wenige Angaben."
    )


def legend(context: Context, rows: Sequence[Sequence[Part]]) -> tuple[tuple[Fill, str], ...]:
    """The entry of the chart's legend for joined steps, where there are any."""
    return ((FILL, context.say("mehrere Stufen")),) if any_of(rows) else ()


def described(
    context: Context, name: str, parts: Sequence[Part], words: Mapping[str, str]
) -> list[str]:
    """What a picture says of a row's joined steps without being seen."""
    return [
        context.say(
            "%(name)s: %(steps)s zusammen %(n)s Prozent.",
            name=name,
            steps=context.listed([context.notation.quoted(words[code]) for code in part.codes]),
            n=part.percent,
        )
        for part in parts
        if len(part.codes) > 1
    ]
