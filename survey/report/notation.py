"""How figures are written: `81 % [77 bis 84]`, narrow spaces, a true minus, nothing left blank."""

from msgspec import Struct

from survey.errors import NotFound
from survey.model.estimates import Estimate, Figure

NARROW = "\u202f"  # no break: a figure and its sign stay together
MINUS = "\u2212"
HIDDEN = "–"


class Notation(Struct, frozen=True, kw_only=True):
    """The marks of one language; `until` is read well aloud and safe beside a minus."""

    point: str
    until: str
    before_percent: str

    def whole(self, number: float) -> str:
        """A whole number, thousands apart by a narrow space."""
        digits = f"{abs(round(number)):,}".replace(",", NARROW)
        return f"{MINUS}{digits}" if round(number) < 0 else digits

    def decimal(self, number: float) -> str:
        """A number with one decimal."""
        digits = f"{abs(number):.1f}".replace(".", self.point)
        return f"{MINUS}{digits}" if round(number, 1) < 0 else digits

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole per cent."""
        return f"{self.whole(100 * share)}{self.before_percent}%"

    def interval(self, figure: Estimate) -> str:
        """The interval of a share, "[77 bis 84]"."""
        return f"[{self.whole(100 * figure.low)} {self.until} {self.whole(100 * figure.high)}]"

    def mean_interval(self, figure: Estimate) -> str:
        """The interval of a mean, "[2,6 bis 2,8]"."""
        return f"[{self.decimal(figure.low)} {self.until} {self.decimal(figure.high)}]"

    def bounds(self, figure: Figure) -> str | None:
        """ "≥ 90 %" or "≤ 10 %" where nearly all agree; None where no bounds may be printed."""
        if isinstance(figure, Estimate) or figure.low is None or figure.high is None:
            return None
        if figure.high >= 1:
            return f"≥{NARROW}{self.percent(figure.low)}"
        return f"≤{NARROW}{self.percent(figure.high)}"


_NOTATIONS = {
    "de": Notation(point=",", until="bis", before_percent=NARROW),
}


def notation(language: str) -> Notation:
    """The marks of a report language.

    Raises:
        NotFound: no reports are written in it
    """
    if language not in _NOTATIONS:
        raise NotFound(report_language=language)
    return _NOTATIONS[language]
