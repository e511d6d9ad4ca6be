"""Findings in words, only as strong as their intervals carry.

A fraction is named when it lies in the interval and within two points of the share; "nur" when the
whole interval lies below one half; an order between two statements only when their intervals do not
overlap (cautious: the same people answered both).
"""

from collections.abc import Sequence

from msgspec import Struct

from survey.document import typeface
from survey.language.later import later
from survey.model import rounding
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import Rated
from survey.report import reversed_statement
from survey.report.render.context import Context

ROOM, SIZE = 478.0, 22.0  # of a line of the headline, in points
# What shares are rounded to, how far off a printed n may be, and who makes a difference certain.
ROUNDED, ROUGHLY, DISCORDANT = 0.01, 2.5, 6
FRACTIONS = (
    (0.3, later("drei von zehn")),
    (0.4, later("zwei von fünf")),
    (0.6, later("drei von fünf")),
    (2 / 3, later("zwei von drei")),
    (0.7, later("sieben von zehn")),
    (0.75, later("drei von vier")),
    (0.8, later("vier von fünf")),
    (0.9, later("neun von zehn")),
)


class Place(Struct, frozen=True, kw_only=True):
    """Where a share lies, also if only bounds are known."""

    value: float
    low: float
    high: float


class RankedStatement(Struct, frozen=True, kw_only=True):
    """A statement whose share may be spoken of."""

    rated: Rated
    place: Place


def place(figure: Figure) -> Place | None:
    """The range in which a share lies; None where nothing may be said."""
    if isinstance(figure, Estimate):
        return Place(value=figure.value, low=figure.low, high=figure.high)
    if figure.low is None or figure.high is None:
        return None
    return Place(value=(figure.low + figure.high) / 2, low=figure.low, high=figure.high)


def ranked(rated: Sequence[Rated]) -> list[RankedStatement]:
    """What may be spoken of, from most to least favourable; equal ones in the order of the form."""
    places = [
        RankedStatement(rated=statement, place=where)
        for statement in rated
        if (where := place(statement.favourable)) is not None
    ]
    return sorted(places, key=lambda ranked_statement: -ranked_statement.place.value)


def how_many(context: Context, figure: Figure) -> str:
    """ "vier von fünf", "47 von 100", "mindestens 90 von 100": several people, in small letters."""
    if not isinstance(figure, Estimate):
        return _bounded(context, figure)
    near = [
        (abs(figure.value - fraction), words)
        for fraction, words in FRACTIONS
        if rounding.rounded(abs(figure.value - fraction), 3) <= 0.02
        and figure.low <= fraction <= figure.high
    ]
    if near:
        return context.say(min(near)[1])
    percent = rounding.whole(100 * figure.value)
    if percent < 2:
        return context.say("weniger als zwei von 100")
    return context.say("%(percent)s von 100", percent=percent)


def _bounded(context: Context, figure: Suppressed) -> str:
    """The same of bounds that stand in place of a share."""
    if (figure.high or 0) >= 1:
        return context.say("mindestens %(percent)s von 100", percent=_percent(figure.low))
    return context.say("höchstens %(percent)s von 100", percent=_percent(figure.high))


def _percent(share: float | None) -> int:
    return rounding.whole(100 * (share or 0))


def statement(context: Context, ranked_statement: RankedStatement) -> str:
    """One finding about one statement: a sentence about the people who are on its good side."""
    rated = ranked_statement.rated
    figure = spoken(rated)
    who = how_many(context, figure)
    if ranked_statement.place.high < 0.5 and isinstance(figure, Estimate) and not rated.reversed:
        who = context.say("nur %(who)s", who=who)
    who = context.headline(who)
    label = context.quoted(rated.question_id)
    if rated.reversed:
        if reversed_statement.agreed(rated):
            return context.say("%(who)s stimmen zu: %(label)s", who=who, label=label)
        return context.say("%(who)s stimmen nicht zu: %(label)s", who=who, label=label)
    words = context.finding(rated.question_id)
    if words:
        return context.say("%(who)s %(finding)s.", who=who, finding=words)
    return context.say("%(who)s sagen: %(label)s", who=who, label=label)


def spoken(rated: Rated) -> Figure:
    """The share that a sentence about a statement names."""
    return reversed_statement.agreed(rated) or rated.favourable


def side(context: Context, rated: Rated) -> str:
    """The same without the people, for beside their number: "fühlen sich mit Respekt behandelt"."""
    label = context.quoted(rated.question_id)
    if rated.reversed:
        if reversed_statement.agreed(rated):
            return context.say("stimmen zu: %(label)s", label=label)
        return context.say("stimmen nicht zu: %(label)s", label=label)
    words = context.finding(rated.question_id)
    return words or context.say("sagen: %(label)s", label=label)


def fits(words: str) -> bool:
    """True if a headline stays on one line."""
    return typeface.width(words, SIZE, face="serif") <= ROOM


def balanced(words: str) -> list[str]:
    """A headline of one sentence as lines of about the same length."""
    fewest = typeface.wrapped(words, SIZE, ROOM, face="serif")
    for room in range(200, int(ROOM), 10):
        tried = typeface.wrapped(words, SIZE, room, face="serif")
        if len(tried) <= len(fewest) and all(fits(line) for line in tried):
            return tried
    return fewest


def lines(sentences: Sequence[str]) -> tuple[str, ...]:
    """Sentences as lines of a headline, each beginning on a line of its own."""
    return tuple(line for sentence in sentences for line in balanced(sentence))


def finding(context: Context, rated: Sequence[Rated]) -> list[str]:
    """What a headline says over several statements, one or two sentences."""
    statements = ranked(rated)
    if not statements:
        return [context.nothing(rated_statement.favourable for rated_statement in rated)]
    top, bottom = statements[0], statements[-1]
    if top.place.low > bottom.place.high:
        return [statement(context, top), statement(context, bottom)]
    if len(statements) == 1:
        return [statement(context, top)]
    counted = len(statements) if len(statements) == len(rated) else 0
    # Of one put the other way round, a majority on the good side is none for the statement.
    straight = not any(ranked_statement.rated.reversed for ranked_statement in statements)
    if straight and all(ranked_statement.place.low > 0.5 for ranked_statement in statements):
        first = _all(context, counted)
    elif straight and all(ranked_statement.place.high < 0.5 for ranked_statement in statements):
        first = _none(context, counted)
    else:
        first = statement(context, top)
    if by_chance([ranked_statement.rated.favourable for ranked_statement in statements]):
        return [first, context.say("Die Unterschiede können Zufall sein.")]
    return [first]


def by_chance(figures: Sequence[Figure]) -> bool:
    """True if no test could tell these shares of about the same people apart.

    The sharpest one is that where all who answered differently did so towards the same side: it
    needs six of them (McNemar, two-sided at 5 %: of five, p is 2 / 2^5 = .06). What rounding took
    counts against chance. Of bounds nothing is known.
    """
    known = [figure for figure in figures if isinstance(figure, Estimate)]
    if len(known) < len(figures) or not known:
        return False
    shares = [figure.value for figure in known]
    apart, people = (
        max(shares) - min(shares) + ROUNDED,
        max(figure.n for figure in known) + ROUGHLY,
    )
    return apart * people < DISCORDANT


def _all(context: Context, count: int) -> str:
    """Of so many statements; 0 where some of them are not shown, and nothing is said of those."""
    if not count:
        return context.say("Alle gezeigten Aussagen finden eine Mehrheit.")
    if count == 2:
        return context.say("Beide Aussagen finden eine Mehrheit.")
    number = context.number(count)
    return context.say("Alle %(count)s Aussagen finden eine Mehrheit.", count=number)


def _none(context: Context, count: int) -> str:
    if not count:
        return context.say("Keine der gezeigten Aussagen findet eine Mehrheit.")
    if count == 2:
        return context.say("Keine der beiden Aussagen findet eine Mehrheit.")
    number = context.number(count)
    return context.say("Keine der %(count)s Aussagen findet eine Mehrheit.", count=number)


def leaders(statements: Sequence[RankedStatement]) -> list[RankedStatement]:
    """The first of an ordered list with those whose interval overlaps its own."""
    first = statements[0].place
    return [
        ranked_statement
        for ranked_statement in statements
        if ranked_statement.place.low <= first.high and ranked_statement.place.high >= first.low
    ]


def order(context: Context, rated: Sequence[Rated]) -> list[str]:
    """Which statements find most and least favour, as far as that is certain."""
    statements = ranked(rated)
    if len(statements) < 2 or statements[0].place.low <= statements[-1].place.high:
        return []
    return [
        _peak(context, leaders(statements), later("Am günstigsten beurteilt wird %(statement)s")),
        _peak(
            context,
            leaders(statements[::-1]),
            later("Am ungünstigsten beurteilt wird %(statement)s"),
        ),
    ]


def _peak(context: Context, group: Sequence[RankedStatement], opening: str) -> str:
    first = context.brief(group[0].rated.question_id)
    share = context.share(group[0].rated.favourable)
    sentence = context.say(opening, statement=f"{first} ({share})")
    if len(group) == 1:
        return f"{sentence}."
    if len(group) == 2:
        other = context.brief(group[1].rated.question_id)
        tail = context.say("die Reihenfolge gegenüber %(other)s ist nicht gesichert", other=other)
    else:
        others = context.number(len(group) - 1)
        tail = context.say(
            "die Reihenfolge gegenüber %(others)s weiteren ist nicht gesichert", others=others
        )
    return f"{sentence}; {tail}."
