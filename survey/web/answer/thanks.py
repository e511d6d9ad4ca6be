"""The thank-you page, and emptying this device."""

from typing import ClassVar

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct
from msgspec.structs import replace

from survey.actions.drafts import OpenDraft
from survey.form import release
from survey.http.page import Alike, Made, View, Visit
from survey.http.reply import Reply, see_other
from survey.language import formats
from survey.language.tags import SOURCE
from survey.web.answer import frame, lengths, release_cookie, sessions, steps
from survey.web.answer.frame import Frame
from survey.web.answer.release_cookie import ReleasedBlocks
from survey.web.answer.site import Site, ThePosted, TheSite


class ReleaseNotice(Struct, frozen=True, kw_only=True):
    """The released blocks as an enumeration on the thank-you page; empty for none."""

    blocks: str
    from_on: str
    until: str


class ThanksView(View, frozen=True, kw_only=True):
    """The answers have arrived; the letter's code is the receipt.

    Args:
        released: people of this programme may show something
        shown: what this one shows; None where this browser does not know it
    """

    template: ClassVar[str] = "answer/thanks.html"
    style: ClassVar[tuple[str, ...]] = ("rise", "code", "notice", "facts")

    frame: Frame
    tag: str
    released: bool
    shown: ReleaseNotice | None = None
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
    around = frame.frame_for(site, tag, "thanks")
    session = sessions.require(site, request)
    sheet = sessions.sheet(site, session)
    if isinstance(sheet, OpenDraft):
        return see_other(f"/{tag}/{steps.onward(sheet)}")
    released = sheet.released
    known = release_cookie.read(site, session, request) if released else None
    if known is None:

        def make(form_tag: str) -> Made:
            view = ThanksView(frame=around, tag=form_tag, released=released)
            return Made(view=view, language=tag)

        alike = Alike(key=("thanks", tag, released), make=make)
        return site.pages.tagged(request, alike, session.form_tag)
    view = _view(site, around, session.form_tag, known, tag)
    return site.pages.one(request, view, tag, alike=_alike(site, around, known, tag))


@post("/{tag:str}/thanks", sync_to_thread=False)
def device_empty(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Take the cookies away: the next person on this device finds nothing."""
    site, fields = posted.site, posted.fields
    site.language(tag)
    sessions.need_for_form(site, request, fields)
    return see_other(f"/{tag}/emptied", site.cookie.clear(), release_cookie.cookie(site).clear())


@get("/{tag:str}/emptied", sync_to_thread=False)
def emptied_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page after emptying this browser: session and cookies are gone."""
    return site.pages.shared(request, EmptiedView(frame=frame.frame_for(site, tag, "emptied")), tag)


def _view(site: Site, around: Frame, form_tag: str, known: ReleasedBlocks, tag: str) -> ThanksView:
    with site.services.database.read() as tx:
        context = site.services.wave_context(tx, known.wave_id)
    wordings = context.published.wordings
    words = wordings.get(tag) or wordings[SOURCE]
    may = release.releasable(context.published.form)
    titles = [release.title(block, words) for block in may if block.id in known.blocks]
    shown = ReleaseNotice(
        blocks=formats.listed(titles, tag),
        from_on=formats.weekday(known.from_on, tag),
        until=formats.day(context.wave.shown_until, tag),
    )
    return ThanksView(frame=around, tag=form_tag, released=True, shown=shown)


def _alike(site: Site, around: Frame, known: ReleasedBlocks, tag: str) -> Alike:
    """The page of somebody who shows everything."""

    def make(form_tag: str) -> Made:
        with site.services.database.read() as tx:
            form = site.services.wave_context(tx, known.wave_id).published.form
        every = tuple(block.id for block in release.releasable(form))
        view = _view(site, around, form_tag, replace(known, blocks=every), tag)
        return Made(view=view, language=tag, spare=lengths.CHOSEN)

    return Alike(key=("thanks", tag, known.wave_id, known.from_on), make=make)
