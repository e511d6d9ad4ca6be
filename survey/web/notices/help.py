"""Somebody to talk to, and the statement on accessibility."""

from datetime import date
from typing import ClassVar

from litestar import get
from litestar.params import FromPath, FromQuery

from survey.home import WaveContext
from survey.http.page import View, Visit
from survey.http.reply import Reply
from survey.language import assurances, formats
from survey.model.programmes import Contact, LocalText
from survey.settings import barrier_link
from survey.web.answer import frame
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, TheSite
from survey.web.notices import current_wave, returning
from survey.web.notices.returning import Onward

# The day on which the pages were last compared with what the statement says (BITV 2.0, § 7); it
# changes with the words of the statement.
STATED_ON = date(2026, 11, 30)


class HelpView(View, frozen=True, kw_only=True):
    """The independent contact and what people ask most.

    Args:
        deletion: until when what can be deleted; empty where nothing is asked at the moment
    """

    template: ClassVar[str] = "notice/help.html"
    style: ClassVar[tuple[str, ...]] = ("notice", "phone")

    frame: Frame
    name: str
    phone: str
    hours: LocalText
    address: str
    complaint: str
    deletion: str
    onward: Onward
    fault: str = ""


class AccessibilityView(View, frozen=True, kw_only=True):
    """The statement on accessibility.

    Args:
        barrier_address: where to report a barrier in writing; `barrier_link` leads there
        enforcement_body: empty where the house has not named one
    """

    template: ClassVar[str] = "notice/accessibility.html"
    style: ClassVar[tuple[str, ...]] = ("notice", "phone")

    frame: Frame
    name: str
    phone: str
    barrier_address: str
    barrier_link: str
    enforcement_body: str
    stated_on: str
    onward: Onward
    fault: str = ""


@get("/{tag:str}/help", sync_to_thread=False)
def help_show(request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = "") -> Reply:
    """The contact of the survey this browser is in, or of the house; leads back to where it was
    opened.
    """
    site.language(tag)
    sheet = current_wave.of_session(site, request)
    onward = returning.onward(sheet, to)
    context = sheet.context if sheet else current_wave.newest(site)
    contact = _contact(site, context)
    view = HelpView(
        frame=frame.beside(site, tag, "help", onward.place),
        name=contact.name,
        phone=contact.phone,
        hours=contact.hours_in(tag),
        address=contact.address,
        complaint=context.programme.complaint if context else "",
        deletion=assurances.deletion(context.assured, tag) if context else "",
        onward=onward,
    )
    return returning.page(site, request, view, tag, onward)


@get("/{tag:str}/accessibility", sync_to_thread=False)
def accessibility_show(
    request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = ""
) -> Reply:
    """The statement, with the contact of the survey this browser is in, or of the house; leads back
    to where it was opened.
    """
    site.language(tag)
    sheet = current_wave.of_session(site, request)
    onward = returning.onward(sheet, to)
    contact = _contact(site, sheet.context if sheet else current_wave.newest(site))
    address = site.settings.barrier_address
    view = AccessibilityView(
        frame=frame.beside(site, tag, "accessibility", onward.place),
        name=contact.name,
        phone=contact.phone,
        barrier_address=address,
        barrier_link=barrier_link(address),
        enforcement_body=site.settings.enforcement_body,
        stated_on=formats.day(STATED_ON, tag),
        onward=onward,
    )
    return returning.page(site, request, view, tag, onward)


def _contact(site: Site, context: WaveContext | None) -> Contact:
    if context is not None:
        return context.programme.help
    return Contact(name=site.settings.help_name, phone=site.settings.help_phone)
