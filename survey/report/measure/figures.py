"""What disclosure control gave back: figures, parts, and the same silence for the rest."""

from collections.abc import Mapping, Sequence
from math import floor

from msgspec.structs import replace

from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.rounding import SLACK
from survey.model.snapshots import Part
from survey.statistics import wilson
from survey.statistics.disclosure import rounding
from survey.statistics.disclosure.request import Result, Row, Table

# What is not shown for the sake of something else, or was refused beside earlier reports.
HIDDEN = Suppressed(reason="secondary")


def whole(results: Mapping[str, Result], variable: str) -> Row:
    """The row over everybody; one that shows nothing if the table was refused."""
    table = results.get(variable)
    return table.whole if isinstance(table, Table) else Row(label="", n=HIDDEN, categories=HIDDEN)


def share(row: Row) -> Figure:
    """The share of a row."""
    return HIDDEN if row.share is None else row.share


def certain(figure: Figure) -> Figure:
    """A rate among everybody there is: it has no interval."""
    if isinstance(figure, Suppressed):
        return figure
    return replace(figure, low=figure.value, high=figure.value)


def silent(figure: Figure) -> bool:
    """True where not even bounds are shown."""
    return isinstance(figure, Suppressed) and figure.low is None


def beside(figure: Figure, row: Row) -> Figure:
    """The share that gave no valid answer; hidden with the figure it stands beside."""
    return HIDDEN if silent(figure) else share(row)


def parts(row: Row, sides: Mapping[str, int]) -> tuple[Part, ...]:
    """The distribution beside its share, hidden with it.

    Args:
        sides: of each code, -1, 0 or 1
    """
    if isinstance(row.categories, Suppressed) or isinstance(row.share, Suppressed):
        return ()
    return tuple(
        Part(
            codes=category.codes,
            percent=category.percent or 0,
            side=_side([sides[c] for c in category.codes]),
        )
        for category in row.categories
    )


def _side(sides: Sequence[int]) -> int:
    return sides[0] if len(set(sides)) == 1 else 0


def people(row: Row, code: str) -> int:
    """How many chose a code that stands alone, to the nearest five; 0 where that is hidden."""
    if isinstance(row.categories, Suppressed):
        return 0
    counts = [category.count for category in row.categories if category.codes == (code,)]
    return counts[0] if counts and not isinstance(counts[0], Suppressed) else 0


def topic(shares: Sequence[Figure], effective: int | None = None) -> Figure:
    """Mean of the shares of several statements, as printed, with its interval.

    Computed from what is printed of them: nothing that a reader could not find alone.

    Args:
        effective: how many independent answers are as precise; without it the interval lies between
            the means of their limits
    """
    shown = [figure for figure in shares if isinstance(figure, Estimate)]
    if len(shown) < len(shares) or not shown:
        return _unshown(shares)
    count = len(shown)
    value, low, high = (
        sum(getattr(number, name) for number in shown) / count for name in ("value", "low", "high")
    )
    if effective is not None:
        low, high = wilson.limits(value, effective)
    return rounding.share(
        Estimate(value=value, low=low, high=high, n=min(number.n for number in shown))
    )


def _unshown(shares: Sequence[Figure]) -> Figure:
    """In place of a mean that is not shown: bounds where all agree alike, else the true reason.

    One hidden statement would follow from the mean and the others.
    """
    hidden = [figure for figure in shares if isinstance(figure, Suppressed)]
    if all(number.reason == "too-few" for number in hidden) and len(hidden) == len(shares):
        return Suppressed(reason="too-few")
    bounds = [
        (number.low, number.high)
        for number in hidden
        if number.reason == "unanimous" and number.low is not None and number.high is not None
    ]
    if len(bounds) < len(shares):
        return HIDDEN
    low, high = (sum(ends) / len(bounds) for ends in zip(*bounds, strict=True))
    if low > 0 and high < 1:  # some agree and some deny: the mean says nothing
        return HIDDEN
    return Suppressed(reason="unanimous", low=floor(100 * low + SLACK) / 100, high=high)
