"""Comments: how far each wave is; on one text two people decide, see `comment`."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from litestar import get
from msgspec import Struct

from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.model.comments import State
from survey.model.roles import Role
from survey.store import comments
from survey.web.staff import frame, listing, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.session import allows
from survey.web.staff.site import TheSite
from survey.web.staff.wave_status import WaveStatus

Tab: TypeAlias = Literal["open", "proposed", "done"]
TABS: tuple[Tab, ...] = get_args(Tab)
STATES: dict[Tab, tuple[State, ...]] = {
    "open": ("open",),
    "proposed": ("proposed",),
    "done": ("approved", "withheld"),
}
# Only editors read texts; the others see how far they are.
EDITORS: tuple[Role, ...] = ("editor",)
WATCHERS: tuple[Role, ...] = ("editor", "quality_manager", "privacy_officer")


class Progress(Struct, frozen=True, kw_only=True):
    """One wave and how many of its texts are in each tab."""

    at: WaveStatus
    texts: dict[Tab, int]


# How the list of waves can be sorted; without a wish the latest stands first.
KEYS: dict[str, Callable[[Progress], Any]] = {
    "latest": lambda progress: -progress.at.wave.last_day.toordinal(),
    "wave": lambda progress: progress.at.wave.title.casefold(),
    "open": lambda progress: progress.texts["open"],
    "proposed": lambda progress: progress.texts["proposed"],
    "done": lambda progress: progress.texts["done"],
}


class CommentsView(View, frozen=True, kw_only=True):
    """Waves that have texts."""

    template: ClassVar[str] = "staff/comments.html"

    frame: Frame
    listing: Listed[Progress]
    reads: bool


@get("/remarks", guards=[allows(*WATCHERS)], sync_to_thread=True)
def comments_show(request: StaffRequest, site: TheSite) -> Reply:
    """Every wave that has texts, and how many are left to do."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        every = wave_status.list_all(tx, days.today)
        counted = comments.counts(tx)
    rows = []
    for at in every:
        own = {row.state: row.texts for row in counted if row.wave_id == at.wave.wave_id}
        if own:
            texts = {tab: sum(own.get(state, 0) for state in STATES[tab]) for tab in TABS}
            rows.append(Progress(at=at, texts=texts))
    view = CommentsView(
        frame=frame.frame_for(site, request, "remarks"),
        listing=listing.listed(rows, request, "/remarks", keys=KEYS, words=_named),
        reads=request.user.may(EDITORS),
    )
    return site.show(request, view)


def _named(progress: Progress) -> str:
    return f"{progress.at.wave.title} {progress.at.wave.wave_id} {progress.at.programme.title}"
