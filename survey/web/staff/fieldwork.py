"""A wave in the field: the weekly count beside what was reckoned before; no page counts."""

from typing import ClassVar

from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import fieldwork, wave_plans
from survey.errors import WaveNotReady
from survey.form import load
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import tags
from survey.language.tags import Tag
from survey.model import rounding
from survey.statistics import planning as reckoning
from survey.statistics.planning import RATES
from survey.store import forms
from survey.store.fieldwork import Weekly
from survey.web.staff import frame, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import TheSite
from survey.web.staff.wave_status import WaveStatus
from survey.web.staff.waves import PLANNERS, READERS

# Of the drawing, in its own units: room for bars, and how wide weeks stand at most.
TALL, WIDE, PITCH, LEFT = 180, 660, 100, 60
# Of a week, the part that its bar fills; and how wide it must be for more than its number below.
FILLED, NAMED = 0.52, 70


class Bar(Struct, frozen=True, kw_only=True):
    """One week in the drawing; `answered` None for a week that nobody has counted yet."""

    number: int
    first: str
    last: str
    answered: int | None
    x: float
    height: float


class Line(Struct, frozen=True, kw_only=True):
    """What was reckoned for one response rate, as a line across the drawing."""

    rate: int
    answers: int
    y: float


class Chart(Struct, frozen=True, kw_only=True):
    """Bars from left to right and lines, in units of the drawing.

    Args:
        wide: of one bar
        named: there is room for "week" before its number
    """

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    width: int
    wide: float
    named: bool


class FieldworkView(View, frozen=True, kw_only=True):
    """The weeks so far.

    Args:
        rate: at least this share has answered, whole per cent, from the weekly row
        margin: half width of the interval that so many answers carry, in points; None below k
        languages: in which people can answer
        printable: how many units are to be printed if each answers like the whole house
    """

    template: ClassVar[str] = "staff/fieldwork.html"

    frame: Frame
    days: Days
    at: WaveStatus
    chart: Chart
    rate: int
    margin: int | None
    languages: tuple[Tag, ...]
    printable: int
    units: int
    may_close: bool


@get("/waves/{wave_id:str}/fieldwork", guards=[allows(*READERS)], sync_to_thread=True)
def fieldwork_show(request: StaffRequest, site: TheSite, wave_id: FromPath[str]) -> Reply:
    """The page of a wave's weekly counts; refused for a wave that was never open."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        weeks = fieldwork.weeks(tx, wave_id)
        groups = wave_plans.groups(tx, wave_id)
        words = load.published(forms.find(tx, at.wave.form_version).body).wordings
    if at.wave.state not in ("open", "closed"):
        raise WaveNotReady(wave=wave_id, state=at.wave.state)
    answered = at.answered or 0
    # From the floor, so that it tells no more than the number beside it.
    share = answered / at.invited if at.invited else 0.0
    counts = [group.invited for group in groups]
    units = reckoning.scenario(counts, share, at.wave.thresholds).units if counts else ()
    view = FieldworkView(
        frame=frame.frame_for(site, request, "waves"),
        days=days,
        at=at,
        chart=_chart(weeks, at, days),
        rate=at.share,
        margin=rounding.whole(100 * reckoning.half_width(answered)) if answered else None,
        languages=tuple(tags.KNOWN[tag] for tag in site.settings.languages if tag in words),
        printable=sum(unit.outlook not in ("few", "complement") for unit in units),
        units=len(units),
        may_close=at.wave.state == "open" and request.user.may(PLANNERS),
    )
    return site.show(request, view)


def _chart(weeks: list[Weekly], at: WaveStatus, days: Days) -> Chart:
    expected = [(rate, rounding.whole(at.invited * rate)) for rate in RATES] if at.invited else []
    top = max([1, *(answers for _, answers in expected), *(week.answered for week in weeks)])
    scale = TALL / (top * 1.12)
    pitch = min(PITCH, WIDE / max(1, len(weeks)))
    bars = [
        Bar(
            number=number,
            first=days.week(week.week)[0],
            last=days.week(week.week)[1],
            answered=week.answered,
            x=rounding.rounded(LEFT + pitch * (number - 1), 1),
            height=rounding.rounded(week.answered * scale, 1),
        )
        for number, week in enumerate(weeks, 1)
    ]
    lines = [
        Line(
            rate=rounding.whole(100 * rate),
            answers=answers,
            y=rounding.rounded(TALL + 20 - answers * scale, 1),
        )
        for rate, answers in expected
    ]
    return Chart(
        bars=tuple(bars),
        lines=tuple(lines),
        width=LEFT + WIDE,
        wide=rounding.rounded(FILLED * pitch, 1),
        named=pitch >= NAMED,
    )
