"""The device: made one of the house by its token, and its start page."""

from time import monotonic
from typing import ClassVar

from litestar import get, post

from survey.actions import kiosks
from survey.actions.kiosks import Station
from survey.http import fields as form_fields
from survey.http import guard, threads
from survey.http.page import View, Visit, header
from survey.http.reply import Reply, see_other
from survey.http.session import SessionCookie
from survey.language.tags import SOURCE
from survey.model.waves import Wave
from survey.web.answer import code, sessions
from survey.web.answer.frame import Frame
from survey.web.answer.languages import Tile
from survey.web.answer.site import SCRIPT, Site, ThePosted, TheSite
from survey.web.kiosk import frames

YEAR = 365 * 24 * 3600
# The cookie of a questionnaire's code, and what it is sealed for.
RECEIPT = "receipt"


class StartView(View, frozen=True, kw_only=True):
    """One question and a button for each language, which begins."""

    template: ClassVar[str] = "kiosk/start.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "tiles", "kiosk")

    frame: Frame
    title: str
    also: str
    invitation: str
    tiles: tuple[Tile, ...]
    fault: str = ""


class DeviceView(View, frozen=True, kw_only=True):
    """For staff, once per device: the token. `fault` is "" or "token"."""

    template: ClassVar[str] = "kiosk/device.html"
    style: ClassVar[tuple[str, ...]] = ("code", "field", "err", "kiosk")

    frame: Frame
    script: str
    typed: str = ""
    fault: str = ""


class ClosedView(View, frozen=True, kw_only=True):
    """The device is one of the house, nobody is asked today; it looks again by itself."""

    template: ClassVar[str] = "kiosk/closed.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "kiosk")

    frame: Frame
    fault: str = ""


@get("/", sync_to_thread=False)
def start_show(request: Visit, site: TheSite) -> Reply:
    """The start page; on a device that is not (or no longer) one of the house, the token's."""
    station = _station(site, request)
    if station is None:
        return _device(site, request)
    return _start(site, request, station.wave)


@post("/device")
async def device_join(request: Visit, posted: ThePosted) -> Reply:
    """Make this browser a device of the house."""
    started = monotonic()
    site = posted.site
    guard.check_site(request.headers)
    typed = form_fields.single(posted.fields, "code")
    joined = await threads.apart(site.services.database, kiosks.join, site.services, typed)
    if joined is None:
        await code.slowed(started, site.services.alarm.note())
        return _device(site, request, typed=typed[:40], fault="token")
    return see_other("/kiosk", device_cookie(site).keep(joined))


@post("/begin", sync_to_thread=False)
def questionnaire_begin(request: Visit, posted: ThePosted) -> Reply:
    """Begin in the language that was tapped."""
    site = posted.site
    guard.check_site(request.headers)
    tag = form_fields.single(posted.fields, "language")
    site.language(tag)
    station = _station(site, request)
    if station is None:
        return see_other("/kiosk")
    before = sessions.find(site, request)
    begun = kiosks.begin(site.services, station, language=tag, before=before)
    if begun is None:
        return see_other("/kiosk")
    code = begun.code.encode("ascii")
    receipt = site.services.evaluator.entrust(begun.entered.session, RECEIPT, code)
    kept = (site.cookie.keep(begun.entered.cookie), receipt_cookie(site).keep(receipt))
    return see_other(f"/kiosk/{tag}/question/first", *kept)


def device_cookie(site: Site) -> SessionCookie:
    """The cookie that makes a browser a registered device."""
    return SessionCookie(site.settings.base_url, name="kiosk", seconds=YEAR)


def receipt_cookie(site: Site) -> SessionCookie:
    """The code of the questionnaire under way, sealed."""
    return SessionCookie(site.settings.base_url, name=RECEIPT)


def _station(site: Site, request: Visit) -> Station | None:
    return kiosks.device(site.services, device_cookie(site).read(header(request, b"cookie")))


def _start(site: Site, request: Visit, wave: Wave) -> Reply:
    around = frames.frame_for(site, SOURCE)
    with site.services.database.read() as tx:
        context = site.services.wave_context(tx, wave.wave_id)
        begins = kiosks.is_open(tx, site.services, wave.wave_id)
    if not begins:
        again = frames.leaving(frames.LOOK_AGAIN, "/kiosk")
        return site.pages.one(request, ClosedView(frame=around), SOURCE, again)
    words = context.published.wordings
    tiles = tuple(Tile(language=language) for language in site.languages.values())
    also = words["en"].title if "en" in words and "en" in site.languages else ""
    view = StartView(
        frame=around,
        title=words[SOURCE].title,
        also=also,
        invitation=words[SOURCE].invitation,
        tiles=tiles,
    )
    return site.pages.one(request, view, SOURCE)


def _device(site: Site, request: Visit, *, typed: str = "", fault: str = "") -> Reply:
    view = DeviceView(
        frame=frames.frame_for(site, SOURCE),
        script=site.files.address(SCRIPT),
        typed=typed,
        fault=fault,
    )
    return site.pages.one(request, view, SOURCE, status=422 if fault else 200)
