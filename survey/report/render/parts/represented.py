"""Whether those who answered are like those who were asked, as far as groups allow to say so.

Reckoned from what is printed: people invited to the nearest five, rates in whole per cent.
"""

from survey.language.later import later
from survey.model.participation import Represented
from survey.model.rounding import whole
from survey.report.render.context import Context
from survey.report.render.tables import Cell, Head, Row, Table
from survey.statistics.disclosure import rounding

_WORDS = {
    "under-6-months": later("unter 6 Monaten dabei"),
    "under-12-months": later("unter 12 Monaten dabei"),
    "under-24-months": later("unter 24 Monaten dabei"),
    "from-12-months": later("12 Monate und länger dabei"),
    "from-24-months": later("24 Monate und länger dabei"),
    "case_management": later("Fallmanagement"),
    "case-management": later("Fallmanagement"),
    "third_party": later("Fallmanagement durch Dritte"),
    "coaching_16k": later("Coaching § 16k"),
    "coaching_16e_16i": later("Coaching § 16e, § 16i"),
    "coaching": later("Coaching"),
    "other": later("Sonstiges"),
    "running": later("laufend"),
    "ended": later("beendet"),
}
# Where shorter times are counted apart, the next ones begin with their end.
_AFTER = {
    "under-12-months": ("under-6-months", later("6 bis 11 Monate dabei")),
    "under-24-months": ("under-12-months", later("12 bis 23 Monate dabei")),
}

# More rows do not fit the page of the method; the sentence says how far they are apart.
MOST = 12


def table(context: Context) -> Table | None:
    """The groups among the invited and among those who answered, in per cent.

    None where they are hidden, or too many.
    """
    cells = context.snapshot.response.cells
    if not 0 < len(cells) <= MOST:
        return None
    say = context.say
    rows = [
        Row(
            name=_name(context, cell, cells),
            cells=tuple(Cell(text=str(percent)) for percent in pair),
        )
        for cell, pair in zip(cells, _percents(cells), strict=True)
    ]
    head = (Head(text=say("Prozent der")), Head(text=say("Gefragten")), Head(text=say("Antworten")))
    return context.tables.add(say("Gefragte und Antwortende"), head, rows)


def sentence(context: Context) -> str:
    """How far both are apart, or that it could not be looked at."""
    cells = context.snapshot.response.cells
    if not cells:
        return context.say(
            "Ob die Antwortenden den Gefragten gleichen, ließ sich nicht zeigen: Die Gruppen, nach "
            "denen man es vergleichen könnte, sind zu klein oder sagten zu viel."
        )
    apart = max(abs(asked - answered) for asked, answered in _percents(cells))
    return context.plural(
        "Gefragte und Antwortende unterscheiden sich in keiner Gruppe um mehr als einen Punkt.",
        "Gefragte und Antwortende unterscheiden sich um bis zu %(number)s Punkte.",
        max(apart, 1),
    )


def _percents(cells: tuple[Represented, ...]) -> list[tuple[int, int]]:
    """Of the invited and of those who answered, by group."""
    asked = rounding.percents(100, [cell.invited for cell in cells])
    answered = [cell.invited * whole(100 * cell.rate.value) for cell in cells]
    return list(zip(asked, rounding.percents(100, answered), strict=True))


def _name(context: Context, group: Represented, cells: tuple[Represented, ...]) -> str:
    """The attributes in words; one that is not known stands as it is."""
    every = {part for cell in cells for part in cell.cell.split(".")}
    words = []
    for part in group.cell.split("."):
        before, after = _AFTER.get(part, ("", ""))
        known = after if before in every else _WORDS.get(part, "")
        words.append(context.say(known) if known else part)
    return ", ".join(words)
