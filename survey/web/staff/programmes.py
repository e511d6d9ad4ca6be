"""Programmes: who asks whom, what people are told, who could look. Read only: they never change."""

from datetime import date
from typing import ClassVar

from litestar import get
from litestar.params import FromPath
from markupsafe import Markup
from msgspec import Struct

from survey.engine.database import Transaction
from survey.form import load
from survey.home import WaveContext
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import tags
from survey.language.tags import Tag
from survey.model import modes
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.store import forms, programme_end, programmes, waves
from survey.web.staff import frame, listing, preview, wave_status
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheSite
from survey.web.staff.wave_status import WaveStatus
from survey.web.staff.waves import READERS


class Line(Struct, frozen=True, kw_only=True):
    """A programme in the list; `confirmed` is the day of its key ceremony."""

    programme: Programme
    confirmed: str | None
    ended_on: date | None
    waves: int


class Preview(Struct, frozen=True, kw_only=True):
    """What people read in the newest wave by letter, in one of its languages."""

    wave: str
    notice: Markup
    language: Tag
    languages: tuple[Tag, ...]


class ProgrammesView(View, frozen=True, kw_only=True):
    """All programmes."""

    template: ClassVar[str] = "staff/programmes.html"

    frame: Frame
    days: Days
    listing: Listed[Line]


class ProgrammeView(View, frozen=True, kw_only=True):
    """One programme with its waves; `preview` is None before its first wave."""

    template: ClassVar[str] = "staff/programme.html"

    frame: Frame
    days: Days
    line: Line
    waves: tuple[WaveStatus, ...]
    preview: Preview | None


@get("/programmes", guards=[allows(*READERS)], sync_to_thread=True)
def programmes_show(request: StaffRequest, site: TheSite) -> Reply:
    """All programmes."""
    with site.database.read() as tx:
        lines = [_line(tx, programme) for programme in programmes.list_all(tx)]
    view = ProgrammesView(
        frame=frame.frame_for(site, request, "programmes"),
        days=Days.of(site, request),
        listing=listing.listed(
            lines,
            request,
            "/programmes",
            keys={
                "title": lambda row: row.programme.title,
                "level": lambda row: row.programme.level,
                "waves": lambda row: row.waves,
            },
            words=lambda row: f"{row.programme.title} {row.programme.programme_id}",
        ),
    )
    return site.show(request, view)


@get("/programmes/{programme_id:str}", guards=[allows(*READERS)], sync_to_thread=True)
def programme_show(request: StaffRequest, site: TheSite, programme_id: FromPath[str]) -> Reply:
    """One programme."""
    days = Days.of(site, request)
    with site.database.read() as tx:
        programme = programmes.find(tx, programme_id)
        line = _line(tx, programme)
        own = [
            status
            for status in wave_status.list_all(tx, days.today)
            if status.programme.programme_id == programme_id
        ]
        asked = _asked(tx, programme, [status.wave for status in own])
    view = ProgrammeView(
        frame=frame.frame_for(site, request, "programmes"),
        days=days,
        line=line,
        waves=tuple(own),
        preview=_preview(site, request, asked) if asked else None,
    )
    return site.show(request, view)


def _line(tx: Transaction, programme: Programme) -> Line:
    programme_id = programme.programme_id
    return Line(
        programme=programme,
        confirmed=programmes.ceremony(tx, programme_id),
        ended_on=programme_end.ended_on(tx, programme_id),
        waves=sum(wave.programme_id == programme_id for wave in waves.list_all(tx)),
    )


def _asked(tx: Transaction, programme: Programme, own: list[Wave]) -> WaveContext | None:
    lettered = [wave for wave in own if modes.has_letters(wave.mode)]
    if not lettered:
        return None
    newest = max(lettered, key=lambda wave: wave.number)
    published = load.published(forms.find(tx, newest.form_version).body)
    return WaveContext(wave=newest, programme=programme, published=published)


def _preview(site: StaffSite, request: StaffRequest, context: WaveContext) -> Preview:
    offered = [tag for tag in site.settings.languages if tag in context.published.wordings]
    chosen = request.query_params.get("told", tags.SOURCE)
    tag = chosen if chosen in offered else tags.SOURCE
    return Preview(
        wave=context.wave.title,
        notice=preview.preview(context, tag),
        language=tags.KNOWN[tag],
        languages=tuple(tags.KNOWN[language_tag] for language_tag in offered),
    )
