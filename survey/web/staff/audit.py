"""The audit for those who watch: who did what when, filtered, paged, and whether it is whole."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import ClassVar
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from msgspec import Struct

from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import formats
from survey.model.problems import Problem
from survey.model.roles import WATCHERS, ZONE
from survey.staff import audit as actions
from survey.staff.audit import Verdict
from survey.staff.store import audit
from survey.staff.store.audit import Chained, Filter
from survey.web.staff import frame, paging
from survey.web.staff.frame import Frame
from survey.web.staff.paging import Paging
from survey.web.staff.session import allows
from survey.web.staff.site import TheSite

# What somebody does many times in one sitting; neighbours of these stand in one line.
REPEATED = ("remarks-read",)


class Line(Struct, frozen=True, kw_only=True):
    """One entry as it is shown, or neighbours that say the same; `details` are names and values.

    Args:
        number, at: of the latest; first, since: of the earliest
        times: how many entries
    """

    number: int
    first: int
    at: str
    since: str
    times: int
    actor: str
    action: str
    subject: str
    details: tuple[tuple[str, str], ...]


class AuditView(View, frozen=True, kw_only=True):
    """One page of entries, newest first.

    Args:
        actions, actors: what can be chosen; action, actor, first, last: what is
        verdict: what following the chain gave, None when nobody asked
        fingerprint: the chain's last digest
    """

    template: ClassVar[str] = "staff/audit.html"

    frame: Frame
    lines: tuple[Line, ...]
    paging: Paging
    actions: tuple[str, ...]
    actors: tuple[str, ...]
    action: str
    actor: str
    first: str
    last: str
    fingerprint: str
    checking: str
    verdict: Verdict | None
    problems: tuple[Problem, ...] = ()


@get("/audit", guards=[allows(*WATCHERS, "administrator")], sync_to_thread=True)
def audit_show(request: StaffRequest, site: TheSite) -> Reply:
    """The entries asked for; with `check=1` the whole chain is followed first."""
    sent, zone = request.query_params, site.settings.zone
    kept = {name: sent.get(name, "")[:64] for name in ("action", "actor", "first", "last")}
    wanted, problems = _filter(kept, zone)
    wish = paging.asked(request, ("number",))
    around = frame.frame_for(site, request, "audit")
    with site.database.read() as tx:
        where = paging.over("/audit", wish, audit.count(tx, wanted), kept=kept)
        entries = audit.matching(tx, wanted, skip=where.skip, most=paging.SIZE)
        view = AuditView(
            frame=around,
            lines=tuple(
                _line(alike, around.language.tag, zone)
                for _, (*alike,) in groupby(entries, key=_alike)
            ),
            paging=where,
            actions=tuple(audit.actions(tx)),
            actors=tuple(audit.actors(tx)),
            fingerprint=audit.last(tx).hash.hex(),
            checking=f"{where.address}check=1",
            verdict=actions.verify(tx, ZONE) if sent.get("check") == "1" else None,
            problems=problems,
            **kept,
        )
    return site.show(request, view, status=422 if problems else 200)


def _filter(kept: dict[str, str], zone: ZoneInfo) -> tuple[Filter, tuple[Problem, ...]]:
    """The filter, and the days that are none; those let everything through."""
    days: dict[str, date | None] = {}
    problems = []
    for name in ("first", "last"):
        days[name] = None
        if kept[name]:
            days[name] = _day(kept[name])
            if days[name] is None:
                problems.append(Problem(field=name, message="no-day"))
    first, last = days["first"], days["last"]
    everything = Filter(action=kept["action"], actor=kept["actor"])
    return msgspec.structs.replace(
        everything,
        since=_midnight(first, zone) if first else everything.since,
        until=_midnight(last + timedelta(days=1), zone) if last else everything.until,
    ), tuple(problems)


def _day(sent: str) -> date | None:
    """The day, None when it is none, or one that no entry of ours can be of."""
    try:
        day = date.fromisoformat(sent)
    except ValueError:
        return None
    return day if 2000 <= day.year < 3000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Where a day of the house begins, in UTC as entries are kept."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _alike(entry: Chained) -> tuple[str, ...]:
    """The key by which neighbouring entries merge into one line; None for most actions."""
    if entry.action not in REPEATED:
        return (str(entry.number),)
    return entry.actor, entry.action, entry.subject, entry.details


def _line(alike: Sequence[Chained], tag: str, zone: ZoneInfo) -> Line:
    """A line for entries that stand one after the other, the latest first."""
    entry, earliest = alike[0], alike[-1]
    details = msgspec.json.decode(entry.details, type=dict[str, object])
    return Line(
        number=entry.number,
        first=earliest.number,
        at=formats.moment(entry.at.astimezone(zone), tag),
        since=formats.moment(earliest.at.astimezone(zone), tag),
        times=len(alike),
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        details=tuple((name, _said(value)) for name, value in details.items()),
    )


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value) or "–"
    return str(value)
