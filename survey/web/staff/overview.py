"""The start: what is to be done today, which days are near, and where every wave stands."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal, TypeAlias

from litestar import get
from msgspec import Struct

from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model import modes
from survey.model.roles import ZONE
from survey.store import comments
from survey.web.staff import approvals, frame, wave_status
from survey.web.staff.comments.page import EDITORS
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import TheSite
from survey.web.staff.wave_status import Key, WaveStatus
from survey.web.staff.waves import PLANNERS, READERS

# Of what was published long ago, the newest of a programme is enough here.
SOON = timedelta(days=60)
TODO: dict[Key, int] = {
    "form-withdrawn": 0,
    "overdue": 1,
    "closed": 2,
    "sampled": 3,
    "key-missing": 4,
}
# Where texts can still be decided on: after the freezing nobody prints them any more.
TEXTS: tuple[Key, ...] = ("remarks", "form-withdrawn")
# What there is to do of waves without letters, too.
ANY_MODE: tuple[Key, ...] = ("form-withdrawn", "overdue")
Event: TypeAlias = Literal["opens", "closes"]


class Near(Struct, frozen=True, kw_only=True):
    """A day that is near."""

    on: date
    event: Event
    title: str


class Todo(Struct, frozen=True, kw_only=True):
    """Something to do about a wave; `texts` wait for the person who looks, 0 if it is no text."""

    at: WaveStatus
    texts: int = 0


class OverviewView(View, frozen=True, kw_only=True):
    """The start page of staff: waves, tasks and dates of one person.

    Args:
        waves: None for those who have nothing to do with waves
        others: texts that wait for somebody else
        requests: changes of accounts that this person could agree to
    """

    template: ClassVar[str] = "staff/overview.html"

    frame: Frame
    days: Days
    today: str
    waves: tuple[WaveStatus, ...] | None
    todo: tuple[Todo, ...]
    others: int
    near: tuple[Near, ...]
    requests: int
    acts: bool
    reads: bool


@get("/", guards=[allows()], sync_to_thread=True)
def overview_show(request: StaffRequest, site: TheSite) -> Reply:
    """The start page, limited to the work of the person logged in."""
    days = Days.of(site, request)
    user = request.user
    with site.database.read() as tx:
        every = wave_status.list_all(tx, days.today)
        waiting = comments.waiting(tx, ZONE.actor(user)) if user.may(EDITORS) else []
    texts = {row.wave_id: row.texts for row in waiting}
    view = OverviewView(
        frame=frame.frame_for(site, request, "overview"),
        days=days,
        today=formats.weekday(days.today, days.tag),
        waves=tuple(_shown(every)) if user.may(READERS) else None,
        todo=tuple(_todo(every, texts, plans=user.may(PLANNERS))),
        others=sum(
            status.unread - texts.get(status.wave.wave_id, 0)
            for status in every
            if status.key in TEXTS
        ),
        near=tuple(_near(every, days.today)) if user.may(READERS) else (),
        requests=approvals.waiting_for(site, user),
        acts=user.may(PLANNERS),
        reads=user.may(EDITORS),
    )
    return site.show(request, view)


def _shown(every: list[WaveStatus]) -> list[WaveStatus]:
    """Waves that are not over and each programme's last published one, the most urgent first."""
    last: set[str] = set()
    rows = []
    for status in sorted(every, key=_urgent):
        if status.key == "published":
            if status.wave.programme_id in last:
                continue
            last.add(status.wave.programme_id)
        rows.append(status)
    return rows


def _urgent(status: WaveStatus) -> tuple[str, int, int]:
    return status.programme.title, wave_status.ORDER.index(status.key), -status.wave.number


def _todo(every: list[WaveStatus], texts: Mapping[str, int], *, plans: bool) -> list[Todo]:
    """Tasks of this person: comments that wait for her, and planning where her role allows it."""
    todos = [
        Todo(at=status)
        for status in every
        if plans
        and status.key in TODO
        and (modes.is_invited(status.wave.mode) or status.key in ANY_MODE)
    ]
    todos += [
        Todo(at=status, texts=texts[status.wave.wave_id])
        for status in every
        if status.wave.wave_id in texts and status.key in TEXTS
    ]
    return sorted(
        todos, key=lambda todo: (bool(todo.texts), _pressing(todo), todo.at.wave.closes_on)
    )


def _pressing(todo: Todo) -> int:
    return TODO.get(todo.at.key, len(TODO))


def _near(every: list[WaveStatus], today: date) -> list[Near]:
    events = []
    for status in every:
        wave = status.wave
        if status.key in ("form-withdrawn", "withdrawn"):
            continue
        if wave.state in ("planned", "sampled") and wave.opens_on >= today:
            events.append(Near(on=wave.opens_on, event="opens", title=wave.title))
        if wave.state == "open" and wave.closes_on >= today:
            events.append(Near(on=wave.closes_on, event="closes", title=wave.title))
    return sorted(
        (event for event in events if event.on <= today + SOON), key=lambda event: event.on
    )
