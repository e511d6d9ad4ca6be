"""What a person lets her case manager see: exact words, nobody but that person, unticked."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec.structs import replace

from survey.actions import releasing, submitting
from survey.actions.answering import Sent, Sheet
from survey.actions.releasing import Offer
from survey.http import fields as form_fields
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.language import assurances, formats
from survey.linkage.drafts import Session
from survey.web.answer import excerpts, frame, question, sessions, steps
from survey.web.answer.excerpts import Box
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, ThePosted, TheSite
from survey.web.answer.steps import CHECK, SHARE


class ShareView(View, frozen=True, kw_only=True):
    """The blocks with their words, who sees them and how long; nothing is ticked.

    Args:
        unticked: who sees the answers of somebody who shows nothing
        seen: for which words the boxes are ticked
        never: what cannot be shown, as an enumeration
    """

    template: ClassVar[str] = "answer/share.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "share")

    frame: Frame
    tag: str
    boxes: tuple[Box, ...]
    elsewhere: bool
    never: str
    from_on: str
    until: str
    unticked: str
    seen: str
    fault: str = ""


class ChangedView(ShareView, frozen=True, kw_only=True):
    """The same once more, because what was ticked is not what would be shown."""

    style: ClassVar[tuple[str, ...]] = ("pair", "err", "share")

    fault: str = "changed"


@get("/{tag:str}/share", sync_to_thread=False)
def share_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """What could be shown; others go on where they are."""
    site.language(tag)
    session = sessions.need(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    offer = offered(site, sheet)
    if not offer.blocks:
        return see_other(f"/{tag}/{CHECK}")
    return site.pages.one(request, _view(site, session, sheet, offer, tag), tag)


@post("/{tag:str}/share", sync_to_thread=False)
def share_submit(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Send everything, and show what was ticked; a second time stores nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    go = form_fields.single(fields, "_go")
    if go == "stop":
        return see_other(f"/{tag}/stop")
    if go == "back":
        return see_other(f"/{tag}/{CHECK}")
    show, seen = frozenset(fields.get("show", ())), form_fields.single(fields, "_seen")
    match submitting.submit(site.desk, session, show=show, seen=seen):
        case "sent":
            return see_other(f"/{tag}/thanks")
        case "changed":
            return _again(request, site, session, tag)
        case "not-open":
            raise sessions.NothingHere()


def offered(site: Site, sheet: Sheet) -> Offer:
    """What may be shown of a sheet."""
    today = site.desk.today()
    return releasing.offer(sheet.asked, steps.plain(sheet), steps.mine(sheet), today=today)


def _again(request: Visit, site: Site, session: Session, tag: str) -> Reply:
    """The page with what it would show now: nothing is sent for words that nobody has read."""
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    offer = offered(site, sheet)
    if not offer.blocks:
        return see_other(f"/{tag}/{CHECK}")
    view = _view(site, session, sheet, offer, tag, kind=ChangedView)
    return site.pages.one(request, view, tag, status=422)


def _view(
    site: Site,
    session: Session,
    sheet: Sheet,
    offer: Offer,
    tag: str,
    *,
    kind: type[ShareView] = ShareView,
) -> ShareView:
    around = frame.around(site, tag, SHARE)
    checked = question.wording(sheet, tag).status in {"source", "checked"}
    return kind(
        frame=replace(around, unchecked=around.unchecked or not checked),
        tag=session.form_tag,
        boxes=excerpts.boxes(site, sheet, tag),
        elsewhere=excerpts.elsewhere(sheet),
        never=formats.listed(excerpts.never(sheet, tag), tag),
        from_on=formats.weekday(offer.from_on, tag),
        until=formats.day(offer.until, tag),
        unticked=assurances.unticked(sheet.asked.programme.custody, tag),
        seen=offer.seen,
    )
