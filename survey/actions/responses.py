"""Sending a questionnaire: a row for each domain, text box and releasable block, the draft gone, or
nothing.
"""

from collections.abc import Collection, Iterator
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from survey.actions import draft_content, releases
from survey.actions.draft_content import Content
from survey.engine.database import Transaction
from survey.errors import WaveNotReady
from survey.form import domains, encode
from survey.form.domains import Domain
from survey.home import Services, WaveContext
from survey.linkage import handles, inner_layer
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Covered
from survey.linkage.keys import ServerKeys
from survey.model import modes
from survey.model.answers import Answer, Answers, Chosen, Written
from survey.model.form import Text
from survey.model.rows import Draft, FreeText, Release, Response
from survey.store import drafts, free_texts, invitations, responses
from survey.store import releases as stored_releases

# "repeated": it was sent before, and nothing was stored.
Outcome: TypeAlias = Literal["sent", "repeated", "changed", "not-open"]

# Another device saves while this one sends: what it saved is sent too. More often is no person.
TURNS = 5


class Inner(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What the inner layer of a response holds.

    Unit and cell are empty: they stand in the evaluator's layer, which tells them as far as it may.
    Rows of older versions have them here.
    """

    unit_id: str = ""
    cell: str = ""
    version: str
    answers: bytes


class FreeTextContent(Struct, frozen=True, kw_only=True, array_like=True):
    """What goes into the urn: words with their language, and nothing about who wrote them."""

    question: str
    language: str
    text: str
    quotable: bool


class _Taken(Exception):
    """Somebody has answered under this pseudonym: undo the transaction."""


def submit(
    services: Services, session: Session, *, show: Collection[str] = (), seen: str = ""
) -> Outcome:
    """Store a finished questionnaire once; a repetition finds it stored and says so.

    Args:
        show: blocks that are to be shown to the case manager
        seen: for which offer they were ticked; "changed" and nothing stored if it is another now
    Raises:
        DatabaseFull: nothing was stored, the draft is still there
        WaveNotReady: other devices save all the time; the draft is still there
    """
    for _ in range(TURNS):
        outcome = _once(services, session, show, seen)
        if outcome is not None:
            return outcome
    raise WaveNotReady(reason="saved too often at once")


def sent(tx: Transaction, services: Services, session: Session) -> bool:
    """Whether this session's code has answered and nothing was deleted since."""
    key = services.keys[session.programme_id].handle
    name = handles.answers(domains.label("recipient", domains.CIRCUMSTANCES))
    return responses.has_handle(tx, handles.handle(key, session, name))


def labels(context: WaveContext) -> list[str]:
    """The names under which this form's domains are stored: perspectives are never paired."""
    form = context.published.form
    return [_label(context, domain) for domain in domains.domains(form, context.programme.level)]


def _once(services: Services, session: Session, show: Collection[str], seen: str) -> Outcome | None:
    """None when the draft was saved since it was read; nothing was stored then."""
    with services.database.read() as tx:
        draft = drafts.find(tx, session.draft_key)
        if draft is None:
            return "repeated" if sent(tx, services, session) else "not-open"
        context = services.wave_context(tx, draft.wave_id)
        content = draft_content.unpack(services.of(session), session, draft)
        invitation = invitations.find(tx, content.code_hash)
    if invitation is None or not services.open_today(
        context, state=draft.state, withdrawn=draft.withdrawn
    ):
        return "not-open"
    offer = releases.of_content(services, session, context, content)
    if show and (seen != offer.seen or not offer.blocks.keys() >= set(show)):
        return "changed"
    covered = services.evaluator.cover(
        session.programme_id,
        draft.wave_id,
        invitation.ticket,
        dict(_inner_parts(services, context, content)),
        _slips(services, context, content),
    )
    ticked = {name: offer.blocks[name] for name in show}
    shown = releases.wrapped(services, session, context, invitation.ticket, ticked)
    try:
        return _store(services, session, context, draft, covered, shown)
    except _Taken:
        return "not-open"


def _label(context: WaveContext, domain: Domain) -> str:
    return domains.label(context.published.form.perspective, domain.name)


def _store(
    services: Services,
    session: Session,
    context: WaveContext,
    draft: Draft,
    covered: Covered,
    shown: Collection[Release],
) -> Outcome | None:
    key = services.keys[session.programme_id].handle
    boxes = [q.id for q in context.published.form.questions if isinstance(q, Text)]
    with services.database.save() as tx:
        # The wave may have closed since the draft was read; its drafts went with it.
        if not drafts.take(tx, draft):
            if drafts.find(tx, draft.draft_key) is not None:
                return None
            return "repeated" if sent(tx, services, session) else "not-open"
        for part in covered.answers:
            row = Response(
                wave_id=draft.wave_id,
                domain=part.domain,
                mark=part.mark,
                handle=handles.handle(key, session, handles.answers(part.domain)),
                body=part.body,
            )
            if not responses.keep(tx, row):
                raise _Taken
        for question_id, body in zip(boxes, covered.texts, strict=True):
            handle = handles.handle(key, session, handles.text(question_id))
            free_texts.keep(tx, FreeText(wave_id=draft.wave_id, handle=handle, body=body))
        for release in shown:
            stored_releases.keep(tx, release)
    return "sent"


def _inner_parts(
    services: Services, context: WaveContext, content: Content
) -> Iterator[tuple[str, bytes]]:
    form, level = context.published.form, context.programme.level
    keys = services.keys[context.programme.programme_id]
    parts = domains.split(form, level, content.plain(), _how(context, content))
    for domain in domains.domains(form, level):
        inner = Inner(
            version=context.published.version,
            answers=encode.encode(parts[domain.name]),
        )
        length = 128 + encode.longest(domains.questions(form, domain), form)
        plain = msgspec.msgpack.encode(inner)
        yield (
            _label(context, domain),
            inner_layer.seal_inner(inner_key(keys, domain), context.wave.wave_id, plain, length),
        )


def inner_key(keys: ServerKeys, domain: Domain) -> bytes:
    """The server's key for the inner layer of a domain."""
    return keys.sensitive if domain.sensitive else keys.answer


def _slips(services: Services, context: WaveContext, content: Content) -> list[bytes]:
    form = context.published.form
    key = services.keys[context.programme.programme_id].answer
    length = 128 + encode.longest_text(form)
    answers: Answers = content.plain()
    slips = []
    for question in form.questions:
        if isinstance(question, Text):
            words = _written(answers.get(question.id))
            slip = FreeTextContent(
                question=question.id,
                language=content.language,
                text=words.text,
                quotable=words.quotable,
            )
            plain = msgspec.msgpack.encode(slip)
            slips.append(inner_layer.seal_inner(key, context.wave.wave_id, plain, length))
    return slips


def _written(answer: Answer | None) -> Written:
    return answer if isinstance(answer, Written) else Written(text="")


def _how(context: WaveContext, content: Content) -> Answers:
    return {
        "language": Chosen(codes=(content.language,)),
        "medium": Chosen(codes=(modes.medium(context.wave.mode),)),
    }
