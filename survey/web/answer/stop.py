"""Stopping: asked once, then the draft is gone and the code stays open."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath

from survey.actions import answering
from survey.actions.answering import Sent
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.web.answer import frame, sessions, steps
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
def stop_ask(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """Ask before anything is deleted."""
    around = frame.around(site, tag, "stop")
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    return_to = f"/{tag}/{steps.onward(sheet)}"

    def make(form_tag: str) -> tuple[View, str]:
        return StopView(frame=around, tag=form_tag, return_to=return_to), tag

    return site.pages.tagged(request, ("stop", tag, return_to), make, session.form_tag)


@post("/{tag:str}/stop", sync_to_thread=False)
def answers_drop(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Delete the draft and forget the session on this device."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    answering.stop(site.desk, session)
    return see_other(f"/{tag}/stopped", site.cookie.clear())


@get("/{tag:str}/stopped", sync_to_thread=False)
def stopped_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """For who stopped, and for who never began."""
    return site.pages.shared(request, StoppedView(frame=frame.around(site, tag, "stopped")), tag)
