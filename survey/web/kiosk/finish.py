"""The end at a kiosk: sending, the receipt, somebody who has left, and emptying the device."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath, FromQuery

from survey.actions import drafts, responses
from survey.actions.drafts import Sent
from survey.form import names
from survey.http import fields as form_fields
from survey.http import guard
from survey.http.page import Alike, Made, View, Visit, header
from survey.http.reply import Reply, see_other
from survey.web.answer import lengths, sessions, steps
from survey.web.answer.frame import Frame
from survey.web.answer.site import ThePosted, TheSite
from survey.web.kiosk import device, frames, question
from survey.web.kiosk.question import END, HOME


class SendView(View, frozen=True, kw_only=True):
    """All questions were seen; `back` is the last one."""

    template: ClassVar[str] = "kiosk/send.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "pair", "kiosk")

    frame: Frame
    tag: str
    answered: bool
    fault: str = ""


class ReceiptView(View, frozen=True, kw_only=True):
    """The answers have arrived; the code, shown this once, deletes them."""

    template: ClassVar[str] = "kiosk/receipt.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "kiosk")

    frame: Frame
    code: str
    seconds: int = frames.EMPTIES_AFTER
    fault: str = ""


class HereView(View, frozen=True, kw_only=True):
    """Is somebody there? One tap goes on where she was."""

    template: ClassVar[str] = "kiosk/here.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "kiosk")

    frame: Frame
    onward: str
    seconds: int = frames.ASK
    fault: str = ""


@get("/{tag:str}/send", sync_to_thread=False)
def send_ask(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """Ask whether to send."""
    site.language(tag)
    interview = question.under_way(site, request)
    if interview is None:
        return see_other(HOME)
    session, sheet = interview
    around = frames.frame_for(site, tag)

    def make(form_tag: str) -> Made:
        view = SendView(frame=around, tag=form_tag, answered=False)
        return Made(view=view, language=tag, spare=lengths.CHOSEN)

    view = SendView(frame=around, tag=session.form_tag, answered=bool(sheet.answers))
    leaving = frames.leaving(frames.WAIT, f"{HOME}/{tag}/here?to=send")
    return site.pages.one(request, view, tag, leaving, alike=Alike(key=(HOME, tag), make=make))


@post("/{tag:str}/send", sync_to_thread=False)
def answers_send(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Send, go back, or delete."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.find(site, request)
    if session is None:
        return see_other(HOME)
    guard.check_tag(form_fields.single(fields, "_tag"), session.form_tag)
    guard.check_site(request.headers)
    go = form_fields.single(fields, "_go")
    if go == "stop":
        return see_other(END)
    if go == "back":
        interview = question.under_way(site, request)
        return see_other(f"{HOME}/{tag}/{steps.last(interview[1])}" if interview else HOME)
    outcome = responses.submit(site.services, session)
    sent = outcome in ("sent", "repeated")
    return see_other(f"{HOME}/{tag}/thanks" if sent else END)


@get("/{tag:str}/thanks", sync_to_thread=False)
def receipt_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The code of what was just sent."""
    site.language(tag)
    session = sessions.find(site, request)
    if session is None or not isinstance(drafts.open_draft(site.services, session), Sent):
        return see_other(HOME)
    cookie = device.receipt_cookie(site).read(header(request, b"cookie"))
    code = site.services.evaluator.entrusted(session, device.RECEIPT, cookie) if cookie else None
    view = ReceiptView(frame=frames.frame_for(site, tag), code=(code or b"").decode("ascii"))
    return site.pages.one(request, view, tag, frames.leaving(frames.EMPTIES_AFTER, END))


@get("/{tag:str}/here", sync_to_thread=False)
def here_ask(
    request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = "first"
) -> Reply:
    """Wait a little longer, then delete everything."""
    site.language(tag)
    place = to if names.ID.fullmatch(to) else "first"
    onward = f"{HOME}/{tag}/send" if place == "send" else f"{HOME}/{tag}/question/{place}"
    view = HereView(frame=frames.frame_for(site, tag), onward=onward)
    return site.pages.one(request, view, tag, frames.leaving(frames.ASK, END))


# A GET, because a page that nobody touches can only go somewhere, not send a form. So anybody can
# send a link to it: off a device of the house it touches nothing, least of all a letter's draft.
@get("/end", sync_to_thread=False)
def device_reset(request: Visit, site: TheSite) -> Reply:
    """Forget the person: her draft, her session, her receipt. The device stays one of the house."""
    cookie = device.device_cookie(site).read(header(request, b"cookie"))
    if cookie is None or site.services.evaluator.read_device(cookie) is None:
        return see_other(HOME)
    session = sessions.find(site, request)
    if session is not None and _from_here(request):
        drafts.stop(site.services, session)
    return see_other(HOME, site.cookie.clear(), device.receipt_cookie(site).clear())


def _from_here(request: Visit) -> bool:
    return request.headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
