"""Figures as the results page writes them: a value, its interval, its n; or nothing."""

from msgspec import Struct

from survey.model.estimates import Estimate, Figure
from survey.report.render.notation import Notation


class WrittenFigure(Struct, frozen=True, kw_only=True):
    """A figure in words: `value` and `span` empty where nothing is shown, then `bounds` may be."""

    value: str
    span: str
    n: str
    bounds: str = ""


def share(marks: Notation, figure: Figure) -> WrittenFigure:
    """A share in per cent."""
    if not isinstance(figure, Estimate):
        return WrittenFigure(value="", span="", n="", bounds=marks.bounds(figure) or "")
    return WrittenFigure(
        value=marks.percent(figure.value), span=marks.interval(figure), n=marks.whole(figure.n)
    )


def mean(marks: Notation, figure: Figure) -> WrittenFigure:
    """A mean of grades."""
    if not isinstance(figure, Estimate):
        return WrittenFigure(value="", span="", n="")
    return WrittenFigure(
        value=marks.decimal(figure.value),
        span=marks.mean_interval(figure),
        n=marks.whole(figure.n),
    )
