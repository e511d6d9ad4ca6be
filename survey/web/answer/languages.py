"""Choosing a language: the first page, the page of the QR, and the switch that loses nothing."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from survey.http import fields as form_fields
from survey.http import guard
from survey.http.page import View, Visit
from survey.http.reply import Reply
from survey.language.tags import SOURCE, Tag
from survey.web.answer import code, places
from survey.web.answer.frame import Frame
from survey.web.answer.site import SCRIPT, Site, ThePosted, TheSite

_FIRST = "code"


class Tile(Struct, frozen=True, kw_only=True):
    """One language by its own name."""

    language: Tag
    href: str = ""
    current: bool = False


class LanguagesView(View, frozen=True, kw_only=True):
    """All languages; with a script they are the buttons of a form that brings the code along."""

    template: ClassVar[str] = "answer/languages.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "tiles")

    frame: Frame
    tiles: tuple[Tile, ...]
    script: str = ""
    fault: str = ""


@get("/", sync_to_thread=False)
def language_choose(request: Visit, site: TheSite) -> Reply:
    """The first page for who types the address; the browser's languages come first."""
    tiles = tuple(
        Tile(language=language, href=f"/{language.tag}/{_FIRST}")
        for language in _sorted(site, request)
    )
    return _page(site, request, SOURCE, tiles)


@get("/q", sync_to_thread=False)
def language_choose_by_qr(request: Visit, site: TheSite) -> Reply:
    """The first page for who scans: the code stays in the fragment until a language is chosen."""
    tiles = tuple(Tile(language=language) for language in _sorted(site, request))
    return _page(site, request, SOURCE, tiles, script=site.files.address(SCRIPT))


@post("/q")
async def code_enter_by_qr(request: Visit, posted: ThePosted) -> Reply:
    """Take the code along into the chosen language; without one the person types it there."""
    site, fields = posted.site, posted.fields
    guard.check_site(request.headers)
    tag = form_fields.single(fields, "language")
    site.language(tag)
    typed = form_fields.single(fields, "code")
    return await code.entered(site, request, tag, typed) if typed else code.page(site, request, tag)


@get("/{tag:str}/languages", sync_to_thread=False)
def language_switch(
    request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = _FIRST
) -> Reply:
    """The languages as links to the same page; answers are already kept."""
    site.language(tag)
    place = places.checked(to, _FIRST)
    tiles = tuple(
        Tile(language=language, href=f"/{language.tag}/{place}", current=language.tag == tag)
        for language in site.languages.values()
    )
    return _page(site, request, tag, tiles)


def _page(
    site: Site, request: Visit, tag: str, tiles: tuple[Tile, ...], *, script: str = ""
) -> Reply:
    around = Frame(
        language=site.translators[tag].tag,
        house=site.settings.name,
        base=f"/{tag}/",
        demo=site.settings.demo,
    )
    view = LanguagesView(frame=around, tiles=tiles, script=script)
    return site.pages.shared(request, view, tag)


def _sorted(site: Site, request: Visit) -> list[Tag]:
    """Languages sorted by the browser's preferences; the header never chooses one."""
    asked = request.headers.get("accept-language", "").lower()
    wanted = [part.split(";")[0].strip().split("-")[0] for part in asked.split(",")[:8]]
    known = list(site.languages.values())
    return sorted(
        known, key=lambda tag: wanted.index(tag.tag) if tag.tag in wanted else len(wanted)
    )
