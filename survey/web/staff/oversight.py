"""Oversight: who could read what, which keys lie where, what people are told, settings in force.

Everything is read from where the code reads it, at the moment of asking. No key and no password is
ever shown, and nobody can change anything here.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit, urlunsplit

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup
from msgspec import Struct

from survey import settings as settings_file
from survey.home import PREFIX, Services
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import assurances, formats, tags
from survey.language.tags import Tag
from survey.linkage import keys
from survey.model.programmes import Programme
from survey.model.roles import WATCHERS
from survey.model.waves import Wave
from survey.settings import Listed, Settings
from survey.store import programmes, waves
from survey.web.staff import adversaries, frame, preview
from survey.web.staff.adversaries import Adversary
from survey.web.staff.frame import Frame
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheSite

AREA = "oversight"
READERS = allows(*WATCHERS, "administrator")


class Key(Struct, frozen=True, kw_only=True):
    """One key file; `here` says whether this machine can read it."""

    name: str
    holder: str
    here: bool


class Watched(Struct, frozen=True, kw_only=True):
    """A programme as somebody sees it who watches over it; waves newest first.

    Args:
        linking, reading, combining: the sentences of the notice about who could look
    """

    programme: Programme
    linking: str
    reading: str
    combining: str
    confirmed: str
    keys: tuple[Key, ...]
    waves: tuple[Wave, ...]


class OversightView(View, frozen=True, kw_only=True):
    """The page that shows who could read which answers."""

    template: ClassVar[str] = "staff/oversight.html"

    frame: Frame
    watched: tuple[Watched, ...]
    adversaries: tuple[Adversary, ...]


class SettingsView(View, frozen=True, kw_only=True):
    """Every setting in force."""

    template: ClassVar[str] = "staff/settings.html"

    frame: Frame
    settings: tuple[Listed, ...]


class ToldView(View, frozen=True, kw_only=True):
    """What the people asked in a wave read before the first question, in one language."""

    template: ClassVar[str] = "staff/told.html"

    frame: Frame
    wave: Wave
    programme: Programme
    preview: Markup
    chosen: Tag
    offered: tuple[Tag, ...]


@get("/oversight", guards=[READERS], sync_to_thread=True)
def oversight_show(request: StaffRequest, site: TheSite) -> Reply:
    """Programmes, their keys and thresholds, and what attackers would learn."""
    around = frame.frame_for(site, request, AREA)
    tag = around.language.tag
    with site.database.read() as tx:
        every = waves.list_all(tx)
        watched = tuple(
            Watched(
                programme=programme,
                linking=assurances.linking(programme.custody, tag),
                reading=assurances.reading(programme.custody, tag),
                combining=assurances.combining(tag),
                confirmed=_day(programmes.ceremony(tx, programme.programme_id), tag),
                keys=_keys(site, programme),
                waves=tuple(w for w in reversed(every) if w.programme_id == programme.programme_id),
            )
            for programme in programmes.list_all(tx)
        )
    view = OversightView(frame=around, watched=watched, adversaries=adversaries.list_all())
    return site.show(request, view)


@get("/oversight/settings", guards=[READERS], sync_to_thread=True)
def settings_show(request: StaffRequest, site: TheSite) -> Reply:
    """Every setting with its value and where that comes from."""
    rows = settings_file.listed(site.home.directory, Settings, prefix=PREFIX)
    view = SettingsView(
        frame=frame.frame_for(site, request, AREA), settings=tuple(_open(row) for row in rows)
    )
    return site.show(request, view)


@get("/oversight/told/{wave_id:str}", guards=[READERS], sync_to_thread=True)
def told_show(
    request: StaffRequest,
    site: TheSite,
    services: NamedDependency[Services],
    wave_id: FromPath[str],
) -> Reply:
    """The sentences of a wave's notice, in a language that people are offered."""
    with site.database.read() as tx:
        waves.find(tx, wave_id)
        context = services.wave_context(tx, wave_id)
    offered = tuple(language for tag in site.settings.languages if (language := tags.find(tag)))
    wanted = request.query_params.get("in", tags.SOURCE)
    chosen = next((offer for offer in offered if offer.tag == wanted), tags.KNOWN[tags.SOURCE])
    view = ToldView(
        frame=frame.frame_for(site, request, AREA),
        wave=context.wave,
        programme=context.programme,
        preview=preview.preview(context, chosen.tag),
        chosen=chosen,
        offered=offered,
    )
    return site.show(request, view)


def _keys(site: StaffSite, programme: Programme) -> tuple[Key, ...]:
    """Which key files of a programme this machine can read; their content is not looked at."""
    below = programme.programme_id
    return (
        *_held(site.home.evaluator_keys / below, keys.EVALUATOR, "evaluator"),
        *_held(site.home.server_keys / below, keys.SERVER, "server"),
    )


def _held(folder: Path, purposes: Mapping[str, str], holder: str) -> tuple[Key, ...]:
    return tuple(Key(name=name, holder=holder, here=(folder / name).is_file()) for name in purposes)


def _open(setting: Listed) -> Listed:
    """A setting without secrets: an address of a database may hold a password."""
    if setting.name != "database" or "://" not in setting.value:
        return setting
    parts = urlsplit(setting.value)
    place = parts.netloc.rpartition("@")[2]
    shown = urlunsplit((parts.scheme, place, parts.path, "", ""))
    return Listed(name=setting.name, value=shown, source=setting.source, meaning=setting.meaning)


def _day(on: str | None, tag: str) -> str:
    return formats.short_day(date.fromisoformat(on), tag) if on else ""
