"""Findings in words, only as strong as their intervals carry.

A fraction is named when it lies in the interval and within two points of the share; "nur" when the
whole interval lies below one half; an order between two statements only when their intervals do not
overlap (cautious: the same people answered both).
"""

from collections.abc import Sequence

from msgspec import Struct

from survey.document import typeface
from survey.language.later import later
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import Rated
from survey.report.context import Context

ROOM, SIZE = 478.0, 22.0  # of a line of the headline, in points
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


class Standing(Struct, frozen=True, kw_only=True):
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


def standings(rated: Sequence[Rated]) -> list[Standing]:
    """What may be spoken of, from most to least favourable; equal ones in the order of the form."""
    found = [
        Standing(rated=each, place=where)
        for each in rated
        if (where := place(each.favourable)) is not None
    ]
    return sorted(found, key=lambda standing: -standing.place.value)


def how_many(context: Context, figure: Figure) -> str:
    """ "vier von fünf", "47 von 100", "fast alle": who it is, in small letters."""
    if not isinstance(figure, Estimate):
        many = (figure.low or 0) >= 0.5
        return context.say("fast alle") if many else context.say("fast niemand")
    near = [
        (abs(figure.value - fraction), words)
        for fraction, words in FRACTIONS
        if round(abs(figure.value - fraction), 3) <= 0.02 and figure.low <= fraction <= figure.high
    ]
    if near:
        return context.say(min(near)[1])
    return context.say("%(percent)s von 100", percent=round(100 * figure.value))


def statement(context: Context, standing: Standing) -> str:
    """One finding about one statement, short enough for a line where that can be."""
    figure, rated = standing.rated.favourable, standing.rated
    who = how_many(context, figure)
    if standing.place.high < 0.5 and isinstance(figure, Estimate):
        who = context.say("nur %(who)s", who=who)
    who, number = context.headline(who), _grammar(standing)
    denied = rated.reversed
    words = context.say(_SAY[denied][number], who=who, label=context.quoted(rated.question_id))
    if fits(words):
        return words
    short = context.short(rated.question_id)
    words = context.say(_AGREE[denied][number], who=who, short=short)
    if fits(words) or not isinstance(figure, Estimate):
        return words
    share = context.notation.percent(figure.value)
    return context.say(_AGREE[denied][number], who=share, short=short)


# Sentences about several people and, "hardly anybody", about one; agreed to, or denied.
_SAY = {
    False: (later("%(who)s sagen: %(label)s"), later("%(who)s sagt: %(label)s")),
    True: (later("%(who)s verneinen: %(label)s"), later("%(who)s verneint: %(label)s")),
}
_AGREE = {
    False: (later("%(short)s: %(who)s stimmen zu."), later("%(short)s: %(who)s stimmt zu.")),
    True: (later("%(short)s: %(who)s verneinen."), later("%(short)s: %(who)s verneint.")),
}


def _grammar(standing: Standing) -> int:
    """1 where the sentence is about "fast niemand"."""
    figure = standing.rated.favourable
    return int(not isinstance(figure, Estimate) and standing.place.high <= 0.5)


def fits(words: str) -> bool:
    """True if a headline stays on one line."""
    return typeface.width(words, SIZE, face="serif") <= ROOM


def balanced(words: str) -> list[str]:
    """A headline of one sentence as lines of about the same length."""
    lines = typeface.wrapped(words, SIZE, ROOM, face="serif")
    for room in range(200, int(ROOM), 10):
        tried = typeface.wrapped(words, SIZE, room, face="serif")
        if len(tried) <= len(lines):
            return tried
    return lines


def finding(context: Context, rated: Sequence[Rated]) -> list[str]:
    """The headline over several statements, one or two sentences."""
    found = standings(rated)
    if not found:
        return [context.headline(context.few())]
    top, bottom = found[0], found[-1]
    if top.place.low > bottom.place.high:
        return [statement(context, top), statement(context, bottom)]
    if len(found) == 1:
        return [statement(context, top)]
    if all(each.place.low > 0.5 for each in found):
        first = _all(context, len(found))
    elif all(each.place.high < 0.5 for each in found):
        first = _none(context, len(found))
    else:
        first = statement(context, top)
    return [first, context.say("Die Unterschiede können Zufall sein.")]


def _all(context: Context, count: int) -> str:
    if count == 2:
        return context.say("Beide Aussagen finden eine Mehrheit.")
    number = context.number(count)
    return context.say("Alle %(count)s Aussagen finden eine Mehrheit.", count=number)


def _none(context: Context, count: int) -> str:
    if count == 2:
        return context.say("Keine der beiden Aussagen findet eine Mehrheit.")
    number = context.number(count)
    return context.say("Keine der %(count)s Aussagen findet eine Mehrheit.", count=number)


def leaders(found: Sequence[Standing]) -> list[Standing]:
    """The first of an ordered list with those whose interval overlaps its own."""
    first = found[0].place
    return [each for each in found if each.place.low <= first.high and each.place.high >= first.low]


def order(context: Context, rated: Sequence[Rated]) -> list[str]:
    """Which statements find most and least favour, as far as that is certain."""
    found = standings(rated)
    if len(found) < 2 or found[0].place.low <= found[-1].place.high:
        return []
    return [
        _peak(context, leaders(found), later("Am günstigsten beurteilt wird %(statement)s")),
        _peak(
            context, leaders(found[::-1]), later("Am ungünstigsten beurteilt wird %(statement)s")
        ),
    ]


def _peak(context: Context, group: Sequence[Standing], opening: str) -> str:
    first = context.brief(group[0].rated.question_id)
    share = context.share(group[0].rated.favourable)
    said = context.say(opening, statement=f"{first} ({share})")
    if len(group) == 1:
        return f"{said}."
    if len(group) == 2:
        other = context.brief(group[1].rated.question_id)
        tail = context.say("der Abstand zu %(other)s kann Zufall sein", other=other)
    else:
        others = context.number(len(group) - 1)
        tail = context.say("der Abstand zu %(others)s weiteren kann Zufall sein", others=others)
    return f"{said}; {tail}."
