"""Who asks, why, and who sees what: every sentence follows from what the code enforces."""

from math import ceil
from typing import ClassVar

from litestar import get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from survey.form import routing
from survey.home import WaveContext
from survey.http.page import View, Visit
from survey.http.reply import Reply
from survey.language import assurances, formats
from survey.language.assurances import Sees
from survey.language.tags import SOURCE
from survey.model.form import Note
from survey.model.programmes import LocalText
from survey.web.answer import frame, places
from survey.web.answer.frame import Frame
from survey.web.answer.site import TheSite
from survey.web.notices import current_wave, returning

SIMPLE = "de-simple"
# Measured on nobody yet: the usual assumption of 20 seconds for a short question.
QUESTIONS_A_MINUTE = 3


class Facts(Struct, frozen=True, kw_only=True):
    """What a notice says; nothing of it is written for the page alone.

    Args:
        linking, reading, combining: who could read, and who could tell from whom
        exception: what a person may do about it herself; empty where nothing can be shown
        shown: until when what is shown can be seen; empty where nothing can be
    """

    controller: str
    purpose: LocalText
    operator: str
    key_holder: str
    legal_basis: LocalText
    privacy_officer: str
    complaint: str
    linked: bool
    texts: bool
    linking: str
    reading: str
    combining: str
    bodies: tuple[str, ...]
    exception: str
    sees: tuple[Sees, ...]
    deletion: str
    answer_until: str
    shown: str


class NoticeView(View, frozen=True, kw_only=True):
    """The whole notice; `start` is where the button leads."""

    template: ClassVar[str] = "notice/notice.html"
    style: ClassVar[tuple[str, ...]] = ("notice",)

    frame: Frame
    asked: Facts
    title: str
    invitation: str
    questions: int
    minutes: int
    start: str
    begun: bool
    decline: str
    simple: str
    fault: str = ""


class NobodyView(View, frozen=True, kw_only=True):
    """Nothing is asked at the moment."""

    template: ClassVar[str] = "notice/nobody.html"

    frame: Frame
    fault: str = ""


@get("/{tag:str}/notice", sync_to_thread=False)
def notice_show(
    request: Visit, site: TheSite, tag: FromPath[str], to: FromQuery[str] = ""
) -> Reply:
    """The notice of the survey this browser is in, or of the one that is open; leads back to where
    it was opened.
    """
    site.language(tag)
    sheet = current_wave.of_session(site, request)
    context = sheet.context if sheet else current_wave.newest(site)
    onward = returning.onward(sheet, to)
    around = frame.beside(site, tag, "notice", onward.place)
    if context is None:
        return returning.page(site, request, NobodyView(frame=around), tag, onward)
    words = context.published.wordings.get(tag) or context.published.wordings[SOURCE]
    count = sum(not isinstance(q, Note) for q in routing.route(context.published.form, {}))
    view = NoticeView(
        frame=around,
        asked=facts(context, tag),
        title=words.title,
        invitation=words.invitation,
        questions=count,
        minutes=ceil(count / QUESTIONS_A_MINUTE),
        start=f"/{tag}/{onward.to if sheet else 'code'}",
        begun=bool(sheet and (sheet.answers or onward.place)),
        decline=places.after(f"/{tag}/stop", onward.place) if sheet else f"/{tag}/stopped",
        simple=f"/{SIMPLE}/notice" if tag == SOURCE and SIMPLE in site.languages else "",
    )
    return returning.page(site, request, view, tag, onward)


def facts(context: WaveContext, tag: str) -> Facts:
    """The settings of a programme and a wave, in the sentences that follow from them."""
    programme, assured = context.programme, context.assured
    return Facts(
        controller=programme.controller,
        purpose=programme.purpose_in(tag),
        operator=programme.operator.name,
        key_holder=programme.key_holder.name,
        legal_basis=programme.legal_basis_in(tag),
        privacy_officer=programme.privacy_officer,
        complaint=programme.complaint,
        linked=programme.level != "anonymous",
        texts=assured.texts_until is not None,
        linking=assurances.linking(assured.custody, tag),
        reading=assurances.reading(assured.custody, tag),
        combining=assurances.combining(tag),
        bodies=assured.custody.bodies,
        exception=assurances.exception(assured, tag),
        sees=assurances.sees(assured, tag),
        deletion=assurances.deletion(assured, tag),
        answer_until=formats.day(context.wave.closes_on, tag),
        shown=assurances.shown(assured, tag),
    )
