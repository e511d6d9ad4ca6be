"""Deleting by code, or taking back what is shown: the same choice for every code, the same words
and the same time whether anything was there.
"""

from collections.abc import Callable, Mapping
from time import monotonic
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from litestar import get, post
from litestar.params import FromPath

from survey import wrong_codes
from survey.actions import drafts, erasure
from survey.actions.drafts import OpenDraft, Sent
from survey.home import Services
from survey.http import fields as form_fields
from survey.http import guard, threads
from survey.http.page import View, Visit
from survey.http.reply import Reply, see_other
from survey.language import assurances
from survey.linkage import codes
from survey.web.answer import code as code_pages
from survey.web.answer import frame, release_cookie, sessions, steps
from survey.web.answer.frame import Frame
from survey.web.answer.site import Site, ThePosted, TheSite
from survey.web.notices import current_wave

Deed: TypeAlias = Callable[[Services, bytes], None]
# By the button: what is done, and the page that says so. Names of one length, as the code's owner
# may be watched by whoever counts bytes.
DEEDS: Mapping[str, tuple[Deed, str]] = MappingProxyType(
    {"erase": (erasure.erase, "erased"), "shown": (erasure.take_back, "unseen")}
)


class EraseView(View, frozen=True, kw_only=True):
    """The field for the code."""

    template: ClassVar[str] = "answer/erase.html"
    style: ClassVar[tuple[str, ...]] = ("code", "field", "err")

    frame: Frame
    released: bool
    typed: str = ""
    fault: str = ""


class ChoiceView(View, frozen=True, kw_only=True):
    """The page that offers the acts for a code, identical for every code; carries the code along.

    Args:
        released: people may show something here, so that there is a choice
        texts: what is not deleted any more, from when
    """

    template: ClassVar[str] = "answer/erase_choice.html"
    style: ClassVar[tuple[str, ...]] = ("alt",)

    frame: Frame
    typed: str
    released: bool
    texts: str
    fault: str = ""


class DoneView(View, frozen=True, kw_only=True):
    """The page after deleting; `kept`: only releases were taken back, the answers stay.

    Args:
        texts: what was not or will not be deleted, from when
    """

    template: ClassVar[str] = "answer/erased.html"
    style: ClassVar[tuple[str, ...]] = ("notice",)

    frame: Frame
    kept: bool
    texts: str
    fault: str = ""


class UnchangedView(View, frozen=True, kw_only=True):
    """Nothing was done."""

    template: ClassVar[str] = "answer/unchanged.html"
    style: ClassVar[tuple[str, ...]] = ("notice",)

    frame: Frame
    fault: str = ""


@get("/{tag:str}/erase", sync_to_thread=False)
def erase_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The field, empty."""
    view = EraseView(frame=frame.frame_for(site, tag, "erase"), released=code_pages.released(site))
    return site.pages.shared(request, view, tag)


@post("/{tag:str}/erase")
async def answers_erase(request: Visit, posted: ThePosted, tag: FromPath[str]) -> Reply:
    """Ask first, then delete everything or take back what is shown."""
    site, fields = posted.site, posted.fields
    started = monotonic()
    guard.check_site(request.headers)
    around = frame.frame_for(site, tag, "erase")
    typed = form_fields.single(fields, "code")
    code = codes.read(typed)
    if code is None:
        again = EraseView(
            frame=around,
            released=code_pages.released(site),
            typed=typed[:40],
            fault=code_pages.fault(typed),
        )
        return site.pages.one(request, again, tag, status=422)
    deed = DEEDS.get(form_fields.single(fields, "_go"))
    if deed is None:
        view = ChoiceView(
            frame=around,
            typed=code,
            released=code_pages.released(site),
            texts=_texts(site, tag),
        )
        return site.pages.one(request, view, tag)
    done, place = deed
    await threads.apart(site.services.database, done, site.services, codes.digest(code))
    await code_pages.slowed(started, wrong_codes.USUAL)
    return see_other(f"/{tag}/{place}", site.cookie.clear(), release_cookie.cookie(site).clear())


@get("/{tag:str}/erased", sync_to_thread=False)
def erased_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page after deleting by code, identical for everybody."""
    view = DoneView(frame=frame.frame_for(site, tag, "erased"), kept=False, texts=_texts(site, tag))
    return site.pages.shared(request, view, tag)


@get("/{tag:str}/unseen", sync_to_thread=False)
def unseen_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """The page after taking releases back, identical for everybody."""
    view = DoneView(frame=frame.frame_for(site, tag, "unseen"), kept=True, texts=_texts(site, tag))
    return site.pages.shared(request, view, tag)


@get("/{tag:str}/unchanged", sync_to_thread=False)
def unchanged_show(request: Visit, site: TheSite, tag: FromPath[str]) -> Reply:
    """Leave without deleting: back to this browser's place in the questionnaire, if it has one."""
    around = frame.frame_for(site, tag, "unchanged")
    session = sessions.find(site, request)
    draft = drafts.open_draft(site.services, session) if session else None
    if isinstance(draft, Sent):
        return see_other(f"/{tag}/thanks")
    if isinstance(draft, OpenDraft):
        return see_other(f"/{tag}/{steps.onward(draft)}")
    return site.pages.shared(request, UnchangedView(frame=around), tag)


def _texts(site: Site, tag: str) -> str:
    context = current_wave.newest(site)
    return assurances.text_erasure(context.assured if context else None, tag)
