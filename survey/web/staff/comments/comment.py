"""The texts of one wave: a list, and one of them on which two people decide."""

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from survey.actions.comments import review, sealing
from survey.actions.comments.sealing import OpenComment
from survey.errors import NotFound
from survey.home import Services
from survey.http import reply
from survey.http.page import View
from survey.http.reply import Reply
from survey.http.staff_session import StaffRequest
from survey.language import scripts, tags
from survey.language.scripts import Spoken
from survey.model.problems import Problem
from survey.model.roles import ZONE
from survey.store import comments
from survey.web.staff import frame, listing, wave_status
from survey.web.staff.comments import decisions, replacements
from survey.web.staff.comments.decisions import About, Sent
from survey.web.staff.comments.page import EDITORS, STATES, TABS, Tab
from survey.web.staff.comments.replacements import Piece, Place
from survey.web.staff.dates import Days
from survey.web.staff.frame import Frame
from survey.web.staff.listing import Listed
from survey.web.staff.session import allows
from survey.web.staff.site import StaffSite, TheFields, TheSite
from survey.web.staff.wave_status import WaveStatus

TheDesk: TypeAlias = NamedDependency[Services]
# For the `lang` of Latin letters; which language somebody chose is told nowhere.
GERMAN = Spoken(tag=tags.SOURCE, direction="ltr", quotes=("„", "“"))


class Text(Struct, frozen=True, kw_only=True):
    """One line of the list; `places` may tell who is meant, `mine` waits for somebody else."""

    comment: OpenComment
    spoken: Spoken
    places: int
    mine: bool


class Chosen(Struct, frozen=True, kw_only=True):
    """The text on the right.

    Args:
        number: its place in its tab, 0 where it is not there any more
        pieces: its words as they were written, cut at the places that may identify
        text: what would be printed, as it stands in the form
        mine: the first review of it was made by who asks
    """

    comment: OpenComment
    spoken: Spoken
    number: int
    question: str
    places: tuple[Place, ...]
    pieces: tuple[Piece, ...]
    text: str
    mine: bool


class CommentView(View, frozen=True, kw_only=True):
    """The table of one wave.

    Args:
        counts: texts by tab
        waiting: texts of the second review that wait for somebody else than who asks
        chosen: None where the tab is empty
        sent: what came with a form and was not kept, and why
    """

    template: ClassVar[str] = "staff/comment.html"

    frame: Frame
    at: WaveStatus
    tab: Tab
    counts: dict[Tab, int]
    waiting: int
    listing: Listed[Text]
    chosen: Chosen | None
    sent: Sent
    problems: tuple[Problem, ...]


@get("/remarks/{wave_id:str}", guards=[allows(*EDITORS)], sync_to_thread=True)
def comment_show(
    request: StaffRequest, site: TheSite, services: TheDesk, wave_id: FromPath[str]
) -> Reply:
    """The texts of a wave; whoever opens this has read them, and that is written down."""
    return _page(request, site, services, wave_id, request.query_params.get("id", ""), Sent())


@post("/remarks/{wave_id:str}/{comment_id:str}", guards=[allows(*EDITORS)], sync_to_thread=True)
def comment_decide(
    request: StaffRequest,
    site: TheSite,
    services: TheDesk,
    fields: TheFields,
    wave_id: FromPath[str],
    comment_id: FromPath[str],
) -> Reply:
    """Suggest, agree or send back; what cannot be kept is shown again with the reason."""
    with site.database.read() as tx:
        row = comments.find(tx, comment_id)
        if row.wave_id != wave_id:
            raise NotFound(comment=comment_id)
        context = services.wave_context(tx, wave_id)
    about = About(
        comment_id=comment_id,
        original=sealing.opened(services, context, row).original,
        longest=sealing.longest(context),
    )
    actor = ZONE.actor(request.user)
    sent = decisions.decide(services, fields, about, actor=actor, at=site.now())
    if sent.kept:
        tab = "open" if sent.act == "propose" else "proposed"
        return reply.see_other(f"/remarks/{wave_id}?after={tab}&done={sent.act}")
    return _page(request, site, services, wave_id, comment_id, sent)


def _page(
    request: StaffRequest,
    site: StaffSite,
    services: Services,
    wave_id: str,
    comment_id: str,
    sent: Sent,
) -> Reply:
    days, actor = Days.of(site, request), ZONE.actor(request.user)
    with site.database.read() as tx:
        at = wave_status.of_wave(tx, wave_id, days.today)
        context = services.wave_context(tx, wave_id)
    texts = review.read(services, wave_id, actor=actor, at=site.now())
    chosen = next((text for text in texts if text.comment_id == comment_id), None)
    tab = _tab(request, texts, chosen)
    own = [_text(text, actor) for text in texts if text.state in STATES[tab]]
    listed = listing.listed(
        own,
        request,
        f"/remarks/{wave_id}",
        # What waits for somebody else comes last.
        keys={"id": lambda text: (text.mine, text.comment.comment_id)},
        words=lambda text: text.comment.original,
        kept={"tab": tab},
    )
    if chosen is None and listed.rows:
        chosen = listed.rows[0].comment
    words = context.published.wordings[tags.SOURCE]
    order = [text.comment.comment_id for text in sorted(own, key=lambda row: row.mine)]
    view = CommentView(
        frame=frame.frame_for(site, request, "remarks"),
        at=at,
        tab=tab,
        counts={name: sum(text.state in STATES[name] for text in texts) for name in TABS},
        waiting=sum(_waits(text, actor) for text in texts),
        listing=listed,
        chosen=_chosen(chosen, sent, order, words.questions[chosen.question].label, actor)
        if chosen
        else None,
        sent=sent,
        problems=sent.problems,
    )
    status = 422 if sent.problems else 409 if sent.refusal else 200
    return site.show(request, view, status=status)


def _tab(request: StaffRequest, texts: Sequence[OpenComment], chosen: OpenComment | None) -> Tab:
    """The tab to open: the text's, the requested one, or the first with work for this person."""
    if chosen is not None:
        return next(tab for tab in TABS if chosen.state in STATES[tab])
    wanted = request.query_params.get("tab", "")
    after = request.query_params.get("after", "")
    actor = ZONE.actor(request.user)
    work = {
        tab
        for tab in TABS
        for text in texts
        if text.state in STATES[tab] and not _waits(text, actor)
    }
    work -= {"done"}
    asked = [tab for tab in TABS if tab == wanted or (tab == after and tab in work)]
    there = [tab for tab in TABS if any(text.state in STATES[tab] for text in texts)]
    return next(iter([*asked, *(tab for tab in TABS if tab in work), *there]), TABS[0])


def _waits(comment: OpenComment, actor: str) -> bool:
    """Whether a text waits for somebody else than its first reader."""
    return comment.state == "proposed" and comment.first_by == actor


def _text(comment: OpenComment, actor: str) -> Text:
    return Text(
        comment=comment,
        spoken=scripts.spoken(comment.original) or GERMAN,
        places=len(replacements.places(comment.original)),
        mine=_waits(comment, actor),
    )


def _chosen(
    comment: OpenComment, sent: Sent, order: Sequence[str], question: str, actor: str
) -> Chosen:
    edited = comment.proposal.text if comment.proposal else None
    known = sent.places or tuple(replacements.places(comment.original, edited))
    text = sent.typed.text if sent.typed and sent.typed.text is not None else edited
    if text is None:
        text = replacements.assembled(comment.original, list(known))
    return Chosen(
        comment=comment,
        spoken=scripts.spoken(comment.original) or GERMAN,
        number=order.index(comment.comment_id) + 1 if comment.comment_id in order else 0,
        question=question,
        places=known,
        pieces=replacements.pieces(comment.original, list(known)),
        text=text,
        mine=comment.first_by == actor,
    )
