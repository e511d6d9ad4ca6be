"""Comments: how far each wave is, and the table on which two people decide on every text."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from survey.actions import remark_sealing, reviewing
from survey.actions.desk import Desk
from survey.actions.remark_sealing import Opened
from survey.errors import NotFound
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.language import tags
from survey.model.accounts import Role
from survey.model.problems import Problem
from survey.model.remarks import State
from survey.statistics.disclosure import spots
from survey.store import remarks
from survey.web.staff import frame, listing, remark_decisions, standing
from survey.web.staff.days import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.remark_decisions import Sent
from survey.web.staff.session import StaffRequest, allows
from survey.web.staff.site import StaffSite, TheFields, TheSite
from survey.web.staff.standing import Standing

TheDesk: TypeAlias = NamedDependency[Desk]
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

    at: Standing
    texts: dict[Tab, int]


# How the list of waves can be sorted; without a wish the latest stands first.
KEYS: dict[str, Callable[[Progress], Any]] = {
    "latest": lambda each: -each.at.wave.last_day.toordinal(),
    "wave": lambda each: each.at.wave.title.casefold(),
    "open": lambda each: each.texts["open"],
    "proposed": lambda each: each.texts["proposed"],
    "done": lambda each: each.texts["done"],
}


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of a text; `number` counts the places that may identify, 0 for the rest."""

    text: str
    number: int
    kind: str


class RemarksView(View, frozen=True, kw_only=True):
    """Waves that have texts."""

    template: ClassVar[str] = "staff/remarks.html"

    frame: Frame
    listing: Listed[Progress]
    reads: bool


class RemarkView(View, frozen=True, kw_only=True):
    """The table of one wave.

    Args:
        counts: texts by tab
        chosen: the text on the right, None where the tab is empty
        pieces: its words as they were written, with the places that may identify
        mine: the first review of it was made by who asks
        sent: what came with a form and was not kept, and why
    """

    template: ClassVar[str] = "staff/remark.html"

    frame: Frame
    at: Standing
    tab: Tab
    counts: dict[Tab, int]
    listing: Listed[Opened]
    chosen: Opened | None
    place: int
    question: str
    pieces: tuple[Piece, ...]
    longest: int
    mine: bool
    sent: Sent
    problems: tuple[Problem, ...]


@get("/remarks", guards=[allows(*WATCHERS)], sync_to_thread=True)
def remarks_show(request: StaffRequest, site: TheSite) -> Reply:
    """Every wave that has texts, and how many are left to do."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        every = standing.every(tx, days.today)
        counted = remarks.counts(tx)
    found = []
    for at in every:
        own = {each.state: each.texts for each in counted if each.wave_id == at.wave.wave_id}
        if own:
            texts = {tab: sum(own.get(state, 0) for state in STATES[tab]) for tab in TABS}
            found.append(Progress(at=at, texts=texts))
    view = RemarksView(
        frame=frame.around(site, request, "remarks"),
        listing=listing.listed(found, request, "/remarks", keys=KEYS, words=_named),
        reads=request.user.may(EDITORS),
    )
    return site.show(request, view)


def _named(each: Progress) -> str:
    return f"{each.at.wave.title} {each.at.wave.wave_id} {each.at.programme.title}"


@get("/remarks/{wave_id:str}", guards=[allows(*EDITORS)], sync_to_thread=True)
def remark_show(
    request: StaffRequest, site: TheSite, desk: TheDesk, wave_id: FromPath[str]
) -> Reply:
    """The texts of a wave; whoever opens this has read them, and that is written down."""
    return _page(request, site, desk, wave_id, request.query_params.get("id", ""), Sent())


@post("/remarks/{wave_id:str}/{remark_id:str}", guards=[allows(*EDITORS)], sync_to_thread=True)
def remark_decide(
    request: StaffRequest,
    site: TheSite,
    desk: TheDesk,
    fields: TheFields,
    wave_id: FromPath[str],
    remark_id: FromPath[str],
) -> Reply:
    """Suggest, agree or send back; what cannot be kept is shown again with the reason."""
    with site.database.read() as tx:
        if remarks.find(tx, remark_id).wave_id != wave_id:
            raise NotFound(remark=remark_id)
        longest = remark_sealing.longest(desk.asked(tx, wave_id))
    sent = remark_decisions.decide(
        desk, fields, remark_id, longest, actor=request.user.actor, at=site.now()
    )
    if sent.kept:
        tab = "open" if sent.act == "propose" else "proposed"
        return reply.see_other(f"/remarks/{wave_id}?tab={tab}&done={sent.act}")
    return _page(request, site, desk, wave_id, remark_id, sent)


def _page(
    request: StaffRequest, site: StaffSite, desk: Desk, wave_id: str, remark_id: str, sent: Sent
) -> Reply:
    days = Days.of(site, request)
    with site.database.read() as tx:
        at = standing.of_wave(tx, wave_id, days.today)
        asked = desk.asked(tx, wave_id)
    texts = reviewing.read(desk, wave_id, actor=request.user.actor, at=site.now())
    chosen = next((each for each in texts if each.remark_id == remark_id), None)
    tab = _tab(request, chosen)
    own = [each for each in texts if each.state in STATES[tab]]
    listed = listing.listed(
        own,
        request,
        f"/remarks/{wave_id}",
        keys={"id": lambda each: each.remark_id},
        words=lambda each: each.original,
        kept={"tab": tab},
    )
    if chosen is None and listed.rows:
        chosen = listed.rows[0]
    words = asked.published.wordings[tags.SOURCE]
    view = RemarkView(
        frame=frame.around(site, request, "remarks"),
        at=at,
        tab=tab,
        counts={each: sum(one.state in STATES[each] for one in texts) for each in TABS},
        listing=listed,
        chosen=chosen,
        place=own.index(chosen) + 1 if chosen in own else 0,
        question=words.questions[chosen.question].label if chosen else "",
        pieces=_pieces(chosen.original) if chosen else (),
        longest=remark_sealing.longest(asked),
        mine=bool(chosen and chosen.first_by == request.user.actor),
        sent=sent,
        problems=sent.problems,
    )
    status = 422 if sent.problems else 409 if sent.refusal else 200
    return site.show(request, view, status=status)


def _tab(request: StaffRequest, chosen: Opened | None) -> Tab:
    if chosen is not None:
        return next(tab for tab in TABS if chosen.state in STATES[tab])
    wanted = request.query_params.get("tab", "")
    return next((tab for tab in TABS if tab == wanted), TABS[0])


def _pieces(text: str) -> tuple[Piece, ...]:
    found, end = [], 0
    for number, spot in enumerate(spots.spots(text), 1):
        found.append(Piece(text=text[end : spot.start], number=0, kind=""))
        found.append(Piece(text=text[spot.start : spot.end], number=number, kind=spot.kind))
        end = spot.end
    return (*found, Piece(text=text[end:], number=0, kind=""))
