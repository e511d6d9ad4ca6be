"""Stopping: asked once, then the draft is gone and the code stays open."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath, FromQuery

from survey.actions import drafts
from survey.actions.drafts import Sent
from survey.http.page import Alike, Made, View, Visit
from survey.http.reply import Reply, see_other
from survey.web.answer import frame, places, release_cookie, sessions, steps
from survey.web.answer.frame import Frame
from survey.web.answer.site import ThePosted, TheSite


class StopView(View, frozen=True, kw_only=True):
    """What will be deleted, and the way back."""

    template: ClassVar[str] = "answer/stop.html"

    frame: Frame
    tag: str
    return_to: str
    fault: str = ""


class StoppedView(View, frozen=True, kw_only=True):
    """Nothing is kept, nothing follows."""

    template: ClassVar[str] = "answer/stopped.html"
    style: ClassVar[tuple[str, ...]] = ("notice",)

    frame: Frame
    fault: str = ""


@get("/{tag:str}/stop", sync_to_thread=False)
def stop_ask(request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = "") -> Reply:
    """Ask before anything is deleted; "no" leads back to where the button was pressed."""
    site.language(tag)
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    place = places.checked(to, steps.onward(sheet))

    def make(form_tag: str) -> Made:
        around = frame.beside(site, tag, "stop", place)
        view = StopView(frame=around, tag=form_tag, return_to=f"/{tag}/{place}")
        return Made(view=view, language=tag)

    return site.pages.tagged(request, Alike(key=("stop", tag, place), make=make), session.form_tag)


@post("/{tag:str}/stop", sync_to_thread=False)
def answers_drop(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Delete the draft and forget the session on this device."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    drafts.stop(site.services, session)
    return see_other(f"/{tag}/stopped", site.cookie.clear(), release_cookie.cookie(site).clear())


@get("/{tag:str}/stopped", sync_to_thread=False)
def stopped_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page after stopping; also without a session."""
    return site.pages.shared(request, StoppedView(frame=frame.frame_for(site, tag, "stopped")), tag)
