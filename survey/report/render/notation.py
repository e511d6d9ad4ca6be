"""How figures are written: `81 % [77 bis 84]`, `81% [77 to 84]`; a true minus, nothing left blank.

Babel knows how a language writes a number; how an interval is written, no locale says.
"""

import re
from math import ceil, floor

from msgspec import Struct

from survey.errors import NotFound
from survey.model import rounding
from survey.model.estimates import Estimate, Figure

NARROW = "\u202f"  # no break: a figure and its sign stay together
MINUS = "\u2212"
HIDDEN = "–"
SLACK = 1e-9


class Notation(Struct, frozen=True, kw_only=True):
    """The marks of one language; `until` is read well aloud and safe beside a minus.

    `field` parts the fields of a CSV as spreadsheets of this language expect it.
    """

    point: str
    thousands: str
    until: str
    before_percent: str
    quotes: tuple[str, str]
    field: str

    def whole(self, number: float) -> str:
        """A whole number, thousands apart."""
        whole = rounding.whole(number)
        digits = f"{abs(whole):,}".replace(",", self.thousands)
        return f"{MINUS}{digits}" if whole < 0 else digits

    def decimal(self, number: float) -> str:
        """A number with one decimal."""
        tenth = rounding.rounded(number, 1)
        digits = f"{abs(tenth):.1f}".replace(".", self.point)
        return f"{MINUS}{digits}" if tenth < 0 else digits

    def signed(self, number: float, digits: int) -> str:
        """A change with its sign; none has no sign."""
        digits_only = self.decimal(number) if digits else self.whole(number)
        return f"+{digits_only}" if rounding.rounded(number, digits) > 0 else digits_only

    def outwards(self, number: float, digits: int, *, up: bool) -> str:
        """An end of the interval of a change, rounded away from its middle.

        An end that is not quite no change is not printed as none.
        """
        power = 10**digits
        rounded = (ceil if up else floor)(number * power + (-SLACK if up else SLACK)) / power
        if rounded == 0 and abs(number) > SLACK:
            return f"<{NARROW}0" if up else f">{NARROW}0"
        return self.signed(rounded, digits)

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole per cent."""
        return f"{self.whole(100 * share)}{self.before_percent}%"

    def span(self, low: float, high: float) -> str:
        """A range of shares without its sign, "77 bis 84"."""
        return f"{self.whole(100 * low)} {self.until} {self.whole(100 * high)}"

    def interval(self, figure: Estimate) -> str:
        """The interval of a share, "[77 bis 84]"."""
        return f"[{self.span(figure.low, figure.high)}]"

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

    def quoted(self, words: str) -> str:
        """Words as somebody else's."""
        return f"{self.quotes[0]}{words}{self.quotes[1]}"

    def bare(self, text: str) -> str:
        """A printed figure as a spreadsheet of this language reads it."""
        plain = re.sub(rf"(?<=\d){self.thousands}(?=\d\d\d)", "", text)
        plain = plain.replace(f"{self.before_percent}%", "").replace(NARROW, "")
        plain = plain.replace("\u00ad", "").replace(MINUS, "-")
        return "" if plain == HIDDEN else plain


_NOTATIONS = {
    "de": Notation(
        point=",",
        thousands=NARROW,
        until="bis",
        before_percent=NARROW,
        quotes=("„", "“"),
        field=";",
    ),
    "en": Notation(
        point=".", thousands=",", until="to", before_percent="", quotes=("“", "”"), field=","
    ),
}


def notation(language: str) -> Notation:
    """The marks of a report language.

    Raises:
        NotFound: no reports are written in it
    """
    if language not in _NOTATIONS:
        raise NotFound(report_language=language)
    return _NOTATIONS[language]
