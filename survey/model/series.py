"""A figure over the published waves of a programme, and what cuts its line."""

from datetime import date
from typing import Literal

from msgspec import Struct

from survey.model.estimates import Figure


class Known(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wave's figure before its last rounding, derived from printed figures, to compare waves.

    Args:
        share: of 0..1; else a mean
        value: before its last rounding
        error: standard error
        digit: by how much values that can be printed lie apart
        noise: standard deviation of what rounding did to the value, `most` how far that may go
    """

    share: bool
    value: float
    error: float
    digit: float
    noise: float
    most: float


class Point(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wave in a trend, as it was published then; `known` is None in old reports."""

    wave_id: str
    number: int
    first: date
    last: date
    figure: Figure
    known: Known | None = None


class Break(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `on` figures are not comparable with those before: no line is drawn across.

    `text` by language names the law; it is empty where the questions were put in other words.
    """

    on: date
    reason: Literal["law", "wording"]
    text: dict[str, str] = {}


class Series(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The published waves of a programme, oldest first, this one last.

    Args:
        subject: construct (figures are favourable shares) or id of the graded question (means)
    """

    kind: Literal["topic", "grade"]
    subject: str
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()
