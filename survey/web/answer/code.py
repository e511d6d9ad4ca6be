"""Typing the code, and the one page for every code that does not open."""

import asyncio
from time import monotonic
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath

from survey.actions import drafts
from survey.http import fields as form_fields
from survey.http import guard, reply, threads
from survey.http.page import View, Visit, header
from survey.http.reply import Reply
from survey.linkage import codes
from survey.store import programmes
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, ThePosted, TheSite

_SYMBOLS = codes.DATA + codes.CHECK


class CodeView(View, frozen=True, kw_only=True):
    """The field for the code; `fault` is "", "empty", "length" or "symbols"."""

    template: ClassVar[str] = "answer/code.html"
    style: ClassVar[tuple[str, ...]] = ("code", "field", "err")

    frame: Frame
    typed: str = ""
    fault: str = ""


class NotOpenView(View, frozen=True, kw_only=True):
    """The page for a code that opens nothing; it must not reveal why.

    Args:
        released: people may show something here, and take it back with this code
    """

    template: ClassVar[str] = "answer/not_open.html"
    style: ClassVar[tuple[str, ...]] = ("alt",)

    frame: Frame
    typed: str
    released: bool
    fault: str = ""


@get("/{tag:str}/code", sync_to_thread=False)
def code_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The field, empty."""
    return page(site, request, tag)


@post("/{tag:str}/code")
async def code_enter(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Open the questionnaire of a code."""
    site, fields = posted.site, posted.fields
    guard.check_site(request.headers)
    site.language(tag)
    return await entered(site, request, tag, form_fields.single(fields, "code"))


def page(site: Site, request: Visit, tag: str) -> Reply:
    """The page with the empty field for a code, identical for everybody."""
    return site.pages.shared(request, CodeView(frame=frame.frame_for(site, tag, "code")), tag)


async def entered(site: Site, request: Visit, tag: str, typed: str) -> Reply:
    """Go on to the notice, say what is mistyped, or that this code is not open."""
    started = monotonic()
    code = codes.read(typed)
    if code is None:
        view = CodeView(
            frame=frame.frame_for(site, tag, "code"), typed=typed[:40], fault=fault(typed)
        )
        return site.pages.one(request, view, tag, status=422)
    before = site.cookie.read(header(request, b"cookie"))
    services = site.services
    entry = await threads.apart(
        services.database, drafts.enter, services, codes.digest(code), before=before, language=tag
    )
    if entry is None:
        await slowed(started, services.alarm.note())
        around = frame.frame_for(site, tag, "code")
        closed = NotOpenView(frame=around, typed=code, released=released(site))
        return site.pages.one(request, closed, tag, status=409)
    return reply.see_other(f"/{tag}/notice", site.cookie.keep(entry.cookie))


def released(site: Site) -> bool:
    """Whether any programme here allows releases; independent of the code that was typed."""
    with site.services.database.read() as tx:
        return any(programme.level == "released" for programme in programmes.list_all(tx))


def fault(typed: str) -> str:
    """The key of the message for input that cannot be a code."""
    given = codes.given(typed)
    if given == 0:
        return "empty"
    return "symbols" if given == _SYMBOLS else "length"


async def slowed(started: float, seconds: float) -> None:
    """Wait until so many seconds have passed: how long the work took must not be seen."""
    await asyncio.sleep(max(0.0, started + seconds - monotonic()))
