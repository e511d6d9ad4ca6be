"""What a person lets her case manager see: exact words, nobody but that person, nothing chosen for
her.

What she chose is kept in the draft whichever button she presses, for the words it was chosen for:
an answer that has changed since is shown to her anew and is no longer chosen.
"""

from collections.abc import Collection
from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec.structs import replace

from survey.actions import drafts, releases, responses
from survey.actions.drafts import OpenDraft, Sent
from survey.actions.releases import Offer
from survey.http import fields as form_fields
from survey.http.fields import Fields
from survey.http.page import Alike, Made, View, Visit
from survey.http.reply import Reply, see_other
from survey.language import assurances, formats
from survey.linkage.drafts import Session
from survey.web.answer import (
    frame,
    lengths,
    places,
    question,
    release_cookie,
    released_blocks,
    sessions,
    steps,
)
from survey.web.answer.frame import Frame
from survey.web.answer.question import BESIDE
from survey.web.answer.released_blocks import PREFIX, Box
from survey.web.answer.site import Site, ThePosted, TheSite
from survey.web.answer.steps import CHECK, NOTE, SHARE


class ShareView(View, frozen=True, kw_only=True):
    """The blocks with their words, who sees them and how long; nothing is chosen at first.

    Args:
        unshown: who sees the answers of somebody who shows nothing
        ticked: the blocks chosen so far
        seen: for which words they are chosen
        absent: stands for the boxes that are not offered
        never: what cannot be shown, as an enumeration
    """

    template: ClassVar[str] = "answer/share.html"
    style: ClassVar[tuple[str, ...]] = ("pair", "facts", "share")

    frame: Frame
    tag: str
    boxes: tuple[Box, ...]
    ticked: frozenset[str]
    elsewhere: bool
    never: str
    from_on: str
    until: str
    unshown: str
    seen: str
    absent: str
    fault: str = ""


class ChangedView(ShareView, frozen=True, kw_only=True):
    """The release page once more, because a chosen block's text has changed since."""

    style: ClassVar[tuple[str, ...]] = ("pair", "err", "facts", "share")

    fault: str = "changed"


@get("/{tag:str}/share", sync_to_thread=False)
def share_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page of blocks to release; a session that may not release is sent onward."""
    site.language(tag)
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    offer = offered(site, sheet)
    if not offer.blocks:
        return see_other(f"/{tag}/{CHECK}")
    view = _view(site, sheet, offer, tag, session.form_tag)
    return site.pages.one(request, view, tag, alike=_alike(site, sheet, tag))


@post("/{tag:str}/share", sync_to_thread=False)
def share_submit(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Send everything, and show what was chosen; a second time stores nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    session = sessions.need_for_form(site, request, fields)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    show, seen = _chosen(fields), form_fields.single(fields, "_seen")
    if place := _elsewhere(site, fields, tag):
        _keep(site, session, sheet, show, seen, tag)
        return see_other(place)
    if unread := steps.unread(sheet):
        return see_other(f"/{tag}/{unread}")
    offer = offered(site, sheet)
    match responses.submit(site.services, session, show=show, seen=seen):
        case "sent":
            return see_other(
                f"/{tag}/thanks", *release_cookie.keep(site, session, sheet.context, offer, show)
            )
        case "repeated":
            return see_other(f"/{tag}/thanks")
        case "changed":
            return _again(request, site, session, tag)
        case "not-open":
            raise sessions.NothingHere()


def offered(site: Site, sheet: OpenDraft) -> Offer:
    """The blocks of a draft that may be released."""
    today = site.services.today()
    return releases.offer(sheet.context, sheet.answers, sheet.elsewhere, today=today)


def _chosen(fields: Fields) -> frozenset[str]:
    """The blocks to be shown; every block sends a value, so that the choice changes no length."""
    chosen = (name for name, values in fields.items() if "1" in values)
    return frozenset(name.removeprefix(PREFIX) for name in chosen if name.startswith(PREFIX))


def _elsewhere(site: Site, fields: Fields, tag: str) -> str:
    """The address that a button other than "Absenden" leads to; empty for that one."""
    language, go = (form_fields.single(fields, name) for name in ("_language", "_go"))
    if language in site.languages:
        return f"/{language}/{SHARE}"
    if language:
        return frame.choosing(tag, SHARE)
    if go in BESIDE:
        return places.after(f"/{tag}/{go}", SHARE)
    return {"back": f"/{tag}/{CHECK}", "note": f"/{tag}/{NOTE}"}.get(go, "")


def _keep(
    site: Site, session: Session, sheet: OpenDraft, show: Collection[str], seen: str, tag: str
) -> None:
    """Remember the choice, unless it was made on a page with other words."""
    offer = offered(site, sheet)
    if seen == offer.seen:
        ticked = {block: offer.words(block) for block in offer.blocks if block in show}
        drafts.tick(site.services, session, ticked, language=tag, seen=sheet)


def _again(request: Visit, site: Site, session: Session, tag: str) -> Reply:
    """The page with what it would show now: nothing is sent for words that nobody has read."""
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, Sent):
        return see_other(f"/{tag}/thanks")
    offer = offered(site, sheet)
    if not offer.blocks:
        return see_other(f"/{tag}/{CHECK}")
    view = _view(site, sheet, offer, tag, session.form_tag, kind=ChangedView)
    return site.pages.one(request, view, tag, status=422)


def _view(
    site: Site,
    sheet: OpenDraft,
    offer: Offer,
    tag: str,
    form_tag: str,
    *,
    kind: type[ShareView] = ShareView,
) -> ShareView:
    around = frame.frame_for(site, tag, SHARE)
    checked = question.wording(sheet, tag).status in {"source", "checked"}
    ticked = sheet.ticked.items()
    boxes = released_blocks.boxes(site, sheet, tag)
    return kind(
        frame=replace(around, unchecked=around.unchecked or not checked),
        tag=form_tag,
        boxes=boxes,
        ticked=frozenset(b for b, words in ticked if b in offer.blocks and words == offer.words(b)),
        elsewhere=released_blocks.elsewhere(sheet),
        never=formats.listed(released_blocks.never(sheet, tag), tag),
        from_on=formats.weekday(offer.from_on, tag),
        until=formats.day(offer.until, tag),
        unshown=assurances.unshown(sheet.context.programme.custody, tag),
        seen=offer.seen,
        absent=released_blocks.absent(sheet.context.published.form, boxes),
    )


def _alike(site: Site, sheet: OpenDraft, tag: str) -> Alike:
    """The page of somebody who could show everything the form can say."""
    form, elsewhere = sheet.context.published.form, released_blocks.elsewhere(sheet)
    questions, words = released_blocks.shown(form), released_blocks.wordings(sheet, tag)

    def make(form_tag: str) -> Made:
        full = replace(
            sheet,
            answers=lengths.everything(form, questions, words),
            elsewhere=frozenset(),
            ticked={},
        )
        view = _view(site, full, offered(site, full), tag, form_tag)
        spare = lengths.of_answers(questions, words)
        return Made(view=replace(view, elsewhere=elsewhere), language=tag, spare=spare)

    today = site.services.today()
    return Alike(key=(SHARE, sheet.context.wave.wave_id, tag, today, elsewhere), make=make)
