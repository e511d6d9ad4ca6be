"""Somebody to talk to, and the statement on accessibility."""

from typing import ClassVar

from litestar import get
from litestar.params import FromPath

from survey.actions.desk import Asked
from survey.http.page import View, Visit
from survey.http.reply import Reply
from survey.model.programmes import Contact
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, TheSite
from survey.web.notices import asked as asked_now


class HelpView(View, frozen=True, kw_only=True):
    """The independent contact and what people ask most."""

    template: ClassVar[str] = "notice/help.html"
    style: ClassVar[tuple[str, ...]] = ("notice", "phone")

    frame: Frame
    help: Contact
    complaint: str
    fault: str = ""


class AccessibilityView(View, frozen=True, kw_only=True):
    """What is so, what is not, whom to tell."""

    template: ClassVar[str] = "notice/accessibility.html"
    style: ClassVar[tuple[str, ...]] = ("notice", "phone")

    frame: Frame
    help: Contact
    enforcement_body: str
    fault: str = ""


@get("/{tag:str}/help", sync_to_thread=False)
def help_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The contact of the survey this browser is in, or of the house."""
    asked = _asked(site, request)
    view = HelpView(
        frame=frame.around(site, tag, "help"),
        help=_contact(site, asked),
        complaint=asked.programme.complaint if asked else "",
    )
    return site.pages.shared(request, view, tag)


@get("/{tag:str}/accessibility", sync_to_thread=False)
def accessibility_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The statement."""
    view = AccessibilityView(
        frame=frame.around(site, tag, "accessibility"),
        help=_contact(site, _asked(site, request)),
        enforcement_body=site.settings.enforcement_body,
    )
    return site.pages.shared(request, view, tag)


def _asked(site: Site, request: Visit) -> Asked | None:
    sheet = asked_now.of_session(site, request)
    return sheet.asked if sheet else asked_now.newest(site)


def _contact(site: Site, asked: Asked | None) -> Contact:
    if asked is not None:
        return asked.programme.help
    return Contact(name=site.settings.help_name, phone=site.settings.help_phone)
