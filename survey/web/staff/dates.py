"""Days and numbers as the language of a staff page writes them, for its template."""

from datetime import date, timedelta

from msgspec import Struct

from survey.actions import fieldwork
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.web.staff.site import StaffSite


class Days(Struct, frozen=True, kw_only=True):
    """Today, and how it and other days are written here."""

    today: date
    tag: str

    @classmethod
    def of(cls, site: StaffSite, request: StaffRequest) -> "Days":
        """Today in the house's time zone, in the language of who asks."""
        return cls(today=site.today(), tag=site.language(request))

    def long(self, on: date) -> str:
        """Written out, for sentences and heads."""
        return formats.day(on, self.tag)

    def brief(self, on: date) -> str:
        """A short date for tables."""
        return formats.brief(on, self.tag)

    def left(self, on: date) -> int:
        """Days until then, 0 for today, less for the past."""
        return (on - self.today).days

    def next_numbers(self) -> str:
        """The day on which the next weekly count is written."""
        return self.brief(fieldwork.next_numbers(self.today))

    def week(self, week: str) -> tuple[str, str]:
        """First and last day of an ISO week."""
        first = fieldwork.monday(week)
        return self.brief(first), self.brief(first + timedelta(days=6))

    def number(self, value: int) -> str:
        """A whole number with its groups of digits."""
        return formats.number(value, self.tag)

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole per cent."""
        return formats.percent(share, self.tag)
