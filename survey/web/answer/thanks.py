"""The thank-you page, and emptying this device."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath

from survey.actions.answering import Sheet
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.web.answer import frame, sessions, steps
from survey.web.answer.frame import Frame
from survey.web.answer.site import ThePosted, TheSite


class ThanksView(View, frozen=True, kw_only=True):
    """The answers have arrived; the letter's code is the receipt."""

    template: ClassVar[str] = "answer/thanks.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "code", "notice")

    frame: Frame
    tag: str
    released: bool
    fault: str = ""


class EmptiedView(View, frozen=True, kw_only=True):
    """The device has forgotten."""

    template: ClassVar[str] = "answer/emptied.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "notice")

    frame: Frame
    fault: str = ""


@get("/{tag:str}/thanks", sync_to_thread=False)
def thanks_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """Only for who has sent; others go on where they are."""
    around = frame.around(site, tag, "thanks")
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sheet):
        return see_other(f"/{tag}/{steps.onward(sheet)}")

    # By the programme, never by what she ticked: nothing on the page tells that.
    released = sheet.released

    def make(form_tag: str) -> tuple[View, str]:
        return ThanksView(frame=around, tag=form_tag, released=released), tag

    return site.pages.tagged(request, ("thanks", tag, released), make, session.form_tag)


@post("/{tag:str}/thanks", sync_to_thread=False)
def device_empty(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Take the cookie away: the next person on this device finds nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    sessions.need_for_form(site, request, fields)
    return see_other(f"/{tag}/emptied", site.cookie.clear())


@get("/{tag:str}/emptied", sync_to_thread=False)
def emptied_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """That nothing is left here."""
    return site.pages.shared(request, EmptiedView(frame=frame.around(site, tag, "emptied")), tag)
