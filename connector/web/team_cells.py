"""Figures of *Mein Team*, written exactly as the report prints them."""

from msgspec import Struct

from survey.language import formats
from survey.model import rounding
from survey.model.estimates import Estimate, Figure
from survey.model.snapshots import UnitRow


class Cell(Struct, frozen=True, kw_only=True):
    """A figure as printed; `hidden` ones show nothing else.

    Args:
        bounds: printed instead of a share where nearly all agree
        low, value, high: 0..100 for the drawing of a share; None of a mean
    """

    hidden: bool = False
    text: str = ""
    bounds: str = ""
    low_text: str = ""
    high_text: str = ""
    n: str = ""
    low: int | None = None
    value: int = 0
    high: int = 0


def of_unit(row: UnitRow | None, language: str) -> Cell:
    """The favourable share of a unit's row; hidden where there is none."""
    return share(row.favourable, language, row) if row else Cell(hidden=True)


def share(figure: Figure, language: str, row: UnitRow | None = None) -> Cell:
    """A share with its interval."""
    if not isinstance(figure, Estimate):
        return _withheld(figure, language)
    return Cell(
        text=formats.percent(figure.value, language),
        low_text=formats.number(100 * figure.low, language),
        high_text=formats.number(100 * figure.high, language),
        n=_n(figure, row, language),
        low=rounding.whole(100 * figure.low),
        value=rounding.whole(100 * figure.value),
        high=rounding.whole(100 * figure.high),
    )


def rate(figure: Figure, language: str) -> Cell:
    """A count of all who were invited, not an estimate: it has no interval."""
    if not isinstance(figure, Estimate):
        return _withheld(figure, language)
    return Cell(text=formats.percent(figure.value, language), n=formats.number(figure.n, language))


def mean(figure: Figure | None, language: str, row: UnitRow | None = None) -> Cell:
    """A mean with its interval."""
    if not isinstance(figure, Estimate):
        return Cell(hidden=True)
    return Cell(
        text=formats.number(figure.value, language, digits=1),
        low_text=formats.number(figure.low, language, digits=1),
        high_text=formats.number(figure.high, language, digits=1),
        n=_n(figure, row, language),
    )


def _withheld(figure: Figure, language: str) -> Cell:
    """Bounds where the report prints them, else nothing: every reason looks alike."""
    if isinstance(figure, Estimate) or figure.low is None or figure.high is None:
        return Cell(hidden=True)
    if figure.high >= 1:
        return Cell(bounds=f"≥ {formats.percent(figure.low, language)}")
    return Cell(bounds=f"≤ {formats.percent(figure.high, language)}")


def _n(figure: Estimate, row: UnitRow | None, language: str) -> str:
    """The number the report prints beside the figure, never a finer one."""
    if row is None:
        return formats.number(figure.n, language)
    return formats.number(row.n, language) if isinstance(row.n, int) else ""
