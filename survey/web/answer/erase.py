"""Deleting by code: the same words and the same time whether anything was there."""

from time import monotonic
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath

from survey.actions import alarm, erasing
from survey.http import fields as form_fields
from survey.http import guard, threads
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.linkage import codes
from survey.store import programmes
from survey.web.answer import code as code_pages
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, ThePosted, TheSite


class EraseView(View, frozen=True, kw_only=True):
    """The field for the code."""

    template: ClassVar[str] = "answer/erase.html"
    style: ClassVar[tuple[str, ...]] = ("code", "field", "err")

    frame: Frame
    typed: str = ""
    fault: str = ""


class ConfirmView(View, frozen=True, kw_only=True):
    """What will be lost; the code is carried along."""

    template: ClassVar[str] = "answer/erase_confirm.html"

    frame: Frame
    typed: str
    released: bool
    fault: str = ""


class ErasedView(View, frozen=True, kw_only=True):
    """If there was anything, it is gone."""

    template: ClassVar[str] = "answer/erased.html"
    style: ClassVar[tuple[str, ...]] = ("notice",)

    frame: Frame
    fault: str = ""


@get("/{tag:str}/erase", sync_to_thread=False)
def erase_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The field, empty."""
    return site.pages.shared(request, EraseView(frame=frame.around(site, tag, "erase")), tag)


@post("/{tag:str}/erase")
async def answers_erase(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Ask first, then delete."""
    site, fields = posted.site, posted.fields
    started = monotonic()
    guard.check_site(request.headers)
    around = frame.around(site, tag, "erase")
    typed = form_fields.single(fields, "code")
    code = codes.read(typed)
    if code is None:
        again = EraseView(frame=around, typed=typed[:40], fault=code_pages.fault(typed))
        return site.pages.one(request, again, tag, status=422)
    if form_fields.single(fields, "_go") != "erase":
        view = ConfirmView(frame=around, typed=code, released=_released(site))
        return site.pages.one(request, view, tag)
    await threads.apart(site.desk.database, erasing.erase, site.desk, codes.digest(code))
    await code_pages.slowed(started, alarm.USUAL)
    return see_other(f"/{tag}/erased", site.cookie.clear())


def _released(site: Site) -> bool:
    """Whether anybody at all may show something here; the same whatever code was typed."""
    with site.desk.database.read() as tx:
        return any(each.level == "released" for each in programmes.every(tx))


@get("/{tag:str}/erased", sync_to_thread=False)
def erased_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The same for everybody."""
    return site.pages.shared(request, ErasedView(frame=frame.around(site, tag, "erased")), tag)
