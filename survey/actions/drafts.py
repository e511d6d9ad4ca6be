"""What a recipient does between typing her code and sending it. None of it is audited or timed.

A code that does not exist, is used, expired, withdrawn or not open yet gives None, and the pages
give the same reply for all of them after the same time (`survey.wrong_codes`).
"""

import secrets
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import draft_content, responses
from survey.actions.draft_content import DEVICE, Content, Ticked
from survey.errors import WaveNotReady
from survey.home import Services, WaveContext
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Candidate
from survey.model.answers import Answer, Answers, Unread
from survey.model.rows import Draft
from survey.store import drafts, forms, invitations, programmes
from survey.store import responses as stored_responses
from survey.store.drafts import DraftState

# Two devices of one person that save at once take turns; more than a few turns is no person.
TURNS = 5


class Entered(Struct, frozen=True, kw_only=True):
    """The code is open: what the browser keeps, and the session it stands for."""

    cookie: str
    session: Session


class OpenDraft(Struct, frozen=True, kw_only=True):
    """An unfinished questionnaire as one device may see it, and the draft that it was read from.

    Args:
        answers: those given on this device; no other may be shown
        unread: what this device sent and could not be read
        elsewhere: questions up to where another device has been, all shown alike
        passed: questions from which somebody went on, on whatever device
        ticked: blocks this device chose to show, with a digest of the words it chose them for
        content: the whole draft, to be saved with a change and never to be shown
    """

    context: WaveContext
    answers: Answers
    unread: dict[str, Unread]
    elsewhere: frozenset[str]
    passed: frozenset[str]
    ticked: dict[str, bytes]
    language: str
    draft: DraftState
    content: Content


class Sent(Struct, frozen=True, kw_only=True):
    """This session's code has answered: the thank-you page.

    Args:
        released: people of this programme may show something, whether she did or not
    """

    programme_id: str
    released: bool


def enter(
    services: Services, code_digest: bytes, *, before: str | None, language: str
) -> Entered | None:
    """Open the questionnaire of a code, new or where it was left; None when the code is not open.

    Args:
        code_digest: of a code whose check symbols fit
        before: the browser's cookie, so that the same device goes on seeing its own answers; it
            shows nothing any more afterwards, because somebody else may have planted or copied it
    """
    known = services.evaluator.unlock(before) if before else None
    fresh = secrets.token_bytes(16)
    for candidate in services.evaluator.candidates(code_digest, fresh):
        content = _opened(services, candidate, language)
        if content is None:
            continue
        if known is not None and known.draft_key == candidate.session.draft_key:
            _hand_over(services, known, candidate.session)
        return Entered(cookie=candidate.cookie, session=candidate.session)
    return None


def open_draft(services: Services, session: Session) -> OpenDraft | Sent | None:
    """Open the draft of a session; `Sent` after submission, None when nothing is left."""
    with services.database.read() as tx:
        draft = drafts.find(tx, session.draft_key)
        if draft is None:
            if not responses.sent(tx, services, session):
                return None
            level = programmes.find(tx, session.programme_id).level
            return Sent(programme_id=session.programme_id, released=level == "released")
        context = services.wave_context(tx, draft.wave_id)
    if not services.open_today(context, state=draft.state, withdrawn=draft.withdrawn):
        return None
    content = draft_content.unpack(services.of(session), session, draft)
    return _sheet(session, context, draft, content)


def keep(
    services: Services,
    session: Session,
    question_id: str,
    answer: Answer | Unread | None,
    *,
    language: str,
    passed: bool = False,
    seen: OpenDraft | None = None,
) -> OpenDraft:
    """Put one answer into the draft, on disk when this returns; gives the sheet as it is then.

    A question that was passed over is kept like one that was answered: neither another device nor
    the time this takes tells them apart. No answer leaves what another device left as it is, since
    nobody could see it.

    Args:
        answer: what was answered, what could not be read, or nothing
        passed: she goes on from here, and will not be asked again when she comes back
        seen: the sheet if it was just read; one that was saved since is read again
    Raises:
        WaveNotReady: the wave has closed, or the draft was sent or deleted on another device
    """

    def kept(sheet: OpenDraft) -> Content:
        old = sheet.content
        noted = old.noted(
            question_id,
            answer,
            session.device[:DEVICE],
            elsewhere=question_id in sheet.elsewhere,
            passed=passed,
        )
        return replace(old, language=language, answers={**old.answers, question_id: noted})

    return _changed(services, session, kept, seen)


def tick(
    services: Services,
    session: Session,
    ticked: Mapping[str, bytes],
    *,
    language: str,
    seen: OpenDraft | None = None,
) -> OpenDraft:
    """Keep what was chosen to be shown, until it is sent or chosen anew.

    Args:
        ticked: digests of the words by block (`survey.actions.releases.Offer.words`)
    Raises:
        WaveNotReady: as above
    """

    def chosen(sheet: OpenDraft) -> Content:
        return replace(
            sheet.content,
            language=language,
            ticking=session.device[:DEVICE],
            ticked=tuple(Ticked(block=block, words=words) for block, words in ticked.items()),
        )

    return _changed(services, session, chosen, seen)


def _changed(
    services: Services,
    session: Session,
    change: Callable[[OpenDraft], Content],
    seen: OpenDraft | None,
) -> OpenDraft:
    sheet: OpenDraft | Sent | None = seen
    for _ in range(TURNS):
        sheet = sheet or open_draft(services, session)
        if not isinstance(sheet, OpenDraft):
            raise WaveNotReady(reason="no draft")
        saved = _saved(services, session, sheet, change(sheet))
        if saved is not None:
            return saved
        sheet = None
    raise WaveNotReady(reason="saved too often at once")


def _saved(
    services: Services, session: Session, sheet: OpenDraft, new: Content
) -> OpenDraft | None:
    """The sheet with this content, None when the draft is no longer the one that was read.

    Only the write itself stands in the transaction. A wave that closes takes its drafts along, so
    that nothing is saved behind its end.
    """
    body = draft_content.pack(
        services.of(session), session, sheet.context.published, sheet.draft.wave_id, new
    )
    draft = replace(sheet.draft, body=body)
    version = _version()
    with services.database.save() as tx:
        if not drafts.save(tx, draft, after=version):
            return None
    return _sheet(session, sheet.context, replace(draft, version=version), new)


def stop(services: Services, session: Session) -> None:
    """ "Aufhören und löschen": the draft is gone, the code stays open."""
    with services.database.save() as tx:
        drafts.drop(tx, session.draft_key)


def _opened(services: Services, candidate: Candidate, language: str) -> Content | None:
    """Find the code's invitation and begin its draft; None when it is not open."""
    with services.database.read() as tx:
        invitation = invitations.find(tx, candidate.code_hash)
        if invitation is None:
            return None
        context = services.wave_context(tx, invitation.wave_id)
        withdrawn = forms.find(tx, context.wave.form_version).withdrawn
        marks = services.evaluator.marks(
            candidate.programme_id,
            invitation.wave_id,
            invitation.ticket,
            responses.labels(context),
        )
        answered = any(stored_responses.has_mark(tx, mark) for mark in marks.values())
    if answered or not services.open_today(context, state=context.wave.state, withdrawn=withdrawn):
        return None
    content = Content(code_hash=candidate.code_hash, language=language)
    session, wave_id, keys = candidate.session, invitation.wave_id, services.of(candidate.session)
    body = draft_content.pack(keys, session, context.published, wave_id, content)
    draft = Draft(draft_key=session.draft_key, wave_id=wave_id, version=_version(), body=body)
    with services.database.save() as tx:
        drafts.begin(tx, draft)
    return content


def _version() -> int:
    """A random version of a draft: a counter would reveal how many questions were answered."""
    return secrets.randbits(62)


def _hand_over(services: Services, old: Session, new: Session) -> None:
    """Let what was answered under the old cookie be the new one's, and the new one's alone."""
    before, after = old.device[:DEVICE], new.device[:DEVICE]
    with services.database.save() as tx:
        draft = drafts.find(tx, new.draft_key)
        if draft is None:
            return
        content = draft_content.unpack(services.of(new), new, draft)
        answers = {
            question_id: replace(noted, device=after) if noted.device == before else noted
            for question_id, noted in content.answers.items()
        }
        published = services.wave_context(tx, draft.wave_id).published
        row = Draft(
            draft_key=draft.draft_key,
            wave_id=draft.wave_id,
            version=draft.version,
            body=draft_content.pack(
                services.of(new),
                new,
                published,
                draft.wave_id,
                replace(
                    content,
                    answers=answers,
                    ticking=after if content.ticking == before else content.ticking,
                ),
            ),
        )
        drafts.save(tx, row, after=_version())


def _sheet(
    session: Session, context: WaveContext, draft: DraftState, content: Content
) -> OpenDraft:
    device = session.device[:DEVICE]
    answers = content.answers.items()
    mine = {question_id: noted for question_id, noted in answers if noted.device == device}
    return OpenDraft(
        context=context,
        answers=content.of_device(device),
        unread={name: noted.unread for name, noted in mine.items() if noted.unread is not None},
        elsewhere=content.elsewhere(device, context.published.form),
        passed=frozenset(question_id for question_id, noted in answers if noted.passed),
        ticked=(
            {block.block: block.words for block in content.ticked}
            if content.ticking == device
            else {}
        ),
        language=content.language,
        draft=draft,
        content=content,
    )
