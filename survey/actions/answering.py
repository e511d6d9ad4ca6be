"""What a recipient does between typing her code and sending it. None of it is audited or timed.

A code that does not exist, is used, expired, withdrawn or not open yet gives None, and the pages
give the same reply for all of them after the same time (`survey.actions.alarm`).
"""

import secrets

from msgspec import Struct
from msgspec.structs import replace

from survey.actions import sheets, submitting
from survey.actions.desk import Asked, Desk
from survey.actions.sheets import DEVICE, Content, Noted
from survey.errors import WaveNotReady
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Candidate
from survey.model.answers import Answer
from survey.model.rows import Draft
from survey.store import drafts, forms, invitations, programmes, responses
from survey.store.drafts import Found

# Two devices of one person that save at once take turns; more than a few turns is no person.
TURNS = 5


class Entered(Struct, frozen=True, kw_only=True):
    """The code is open: what the browser keeps, and the session it stands for."""

    cookie: str
    session: Session


class Kept(Struct, frozen=True, kw_only=True):
    """An answer; only if it is `mine`, given on this device, may its value be shown."""

    answer: Answer
    mine: bool


class Sheet(Struct, frozen=True, kw_only=True):
    """An unfinished questionnaire as one device may see it, and the draft that it was read from."""

    asked: Asked
    answers: dict[str, Kept]
    language: str
    draft: Found
    content: Content


class Sent(Struct, frozen=True, kw_only=True):
    """This session's code has answered: the thank-you page.

    Args:
        released: people of this programme may show something, whether she did or not
    """

    programme_id: str
    released: bool


def enter(desk: Desk, code_digest: bytes, *, before: str | None, language: str) -> Entered | None:
    """Open the questionnaire of a code, new or where it was left; None when the code is not open.

    Args:
        code_digest: of a code whose check symbols fit
        before: the browser's cookie, so that the same device goes on seeing its own answers; it
            shows nothing any more afterwards, because somebody else may have planted or copied it
    """
    known = desk.evaluator.unlock(before) if before else None
    fresh = secrets.token_bytes(16)
    for candidate in desk.evaluator.candidates(code_digest, fresh):
        content = _opened(desk, candidate, language)
        if content is None:
            continue
        if known is not None and known.draft_key == candidate.session.draft_key:
            _hand_over(desk, known, candidate.session)
        return Entered(cookie=candidate.cookie, session=candidate.session)
    return None


def open_sheet(desk: Desk, session: Session) -> Sheet | Sent | None:
    """What this session may see: its questionnaire, that it was sent, or nothing any more."""
    with desk.database.read() as tx:
        draft = drafts.find(tx, session.draft_key)
        if draft is None:
            if not submitting.sent(tx, desk, session):
                return None
            level = programmes.find(tx, session.programme_id).level
            return Sent(programme_id=session.programme_id, released=level == "released")
        asked = desk.asked(tx, draft.wave_id)
    if not desk.open_today(asked, state=draft.state, withdrawn=draft.withdrawn):
        return None
    content = sheets.unpack(desk.of(session), session, draft)
    return _sheet(session, asked, draft, content)


def keep(
    desk: Desk,
    session: Session,
    question_id: str,
    answer: Answer | None,
    *,
    language: str,
    seen: Sheet | None = None,
) -> Sheet:
    """Put one answer into the draft, on disk when this returns; gives the sheet as it is then.

    No answer leaves what was answered on another device as it is, since nobody could see it.

    Args:
        seen: the sheet if it was just read; one that was saved since is read again
    Raises:
        WaveNotReady: the wave has closed, or the draft was sent or deleted on another device
    """
    sheet: Sheet | Sent | None = seen
    for _ in range(TURNS):
        sheet = sheet or open_sheet(desk, session)
        if not isinstance(sheet, Sheet):
            raise WaveNotReady(reason="no draft")
        new = _with(sheet.content, session, question_id, answer, language)
        saved = _saved(desk, session, sheet, new)
        if saved is not None:
            return saved
        sheet = None
    raise WaveNotReady(reason="saved too often at once")


def _saved(desk: Desk, session: Session, sheet: Sheet, new: Content) -> Sheet | None:
    """The sheet with this content, None when the draft is no longer the one that was read.

    Only the write itself stands in the transaction. A wave that closes takes its drafts along, so
    that nothing is saved behind its end.
    """
    body = sheets.pack(desk.of(session), session, sheet.asked.published, sheet.draft.wave_id, new)
    draft = replace(sheet.draft, body=body)
    version = _version()
    with desk.database.save() as tx:
        if not drafts.save(tx, draft, after=version):
            return None
    return _sheet(session, sheet.asked, replace(draft, version=version), new)


def stop(desk: Desk, session: Session) -> None:
    """ "Aufhören und löschen": the draft is gone, the code stays open."""
    with desk.database.save() as tx:
        drafts.drop(tx, session.draft_key)


def _opened(desk: Desk, candidate: Candidate, language: str) -> Content | None:
    """Find the code's invitation and begin its draft; None when it is not open."""
    with desk.database.read() as tx:
        invitation = invitations.find(tx, candidate.code_hash)
        if invitation is None:
            return None
        asked = desk.asked(tx, invitation.wave_id)
        withdrawn = forms.find(tx, asked.wave.form_version).withdrawn
        place = desk.evaluator.place(
            candidate.programme_id,
            invitation.wave_id,
            invitation.ticket,
            submitting.labels(asked),
        )
        answered = any(responses.has_mark(tx, mark) for mark in place.marks.values())
    if answered or not desk.open_today(asked, state=asked.wave.state, withdrawn=withdrawn):
        return None
    content = Content(
        code_hash=candidate.code_hash, unit_id=place.unit_id, cell=place.cell, language=language
    )
    draft = Draft(
        draft_key=candidate.session.draft_key,
        wave_id=invitation.wave_id,
        version=_version(),
        body=sheets.pack(
            desk.of(candidate.session),
            candidate.session,
            asked.published,
            invitation.wave_id,
            content,
        ),
    )
    with desk.database.save() as tx:
        drafts.begin(tx, draft)
    return content


def _version() -> int:
    """Drawn, not counted: a count of saves would tell how many questions were answered."""
    return secrets.randbits(62)


def _hand_over(desk: Desk, old: Session, new: Session) -> None:
    """Let what was answered under the old cookie be the new one's, and the new one's alone."""
    before, after = old.device[:DEVICE], new.device[:DEVICE]
    with desk.database.save() as tx:
        draft = drafts.find(tx, new.draft_key)
        if draft is None:
            return
        content = sheets.unpack(desk.of(new), new, draft)
        answers = {
            question_id: replace(noted, device=after) if noted.device == before else noted
            for question_id, noted in content.answers.items()
        }
        published = desk.asked(tx, draft.wave_id).published
        row = Draft(
            draft_key=draft.draft_key,
            wave_id=draft.wave_id,
            version=draft.version,
            body=sheets.pack(
                desk.of(new), new, published, draft.wave_id, replace(content, answers=answers)
            ),
        )
        drafts.save(tx, row, after=_version())


def _with(
    old: Content, session: Session, question_id: str, answer: Answer | None, language: str
) -> Content:
    device = session.device[:DEVICE]
    answers = dict(old.answers)
    if answer is not None:
        answers[question_id] = Noted(answer=answer, device=device)
    elif question_id in answers and answers[question_id].device == device:
        del answers[question_id]
    return Content(
        code_hash=old.code_hash,
        unit_id=old.unit_id,
        cell=old.cell,
        language=language,
        answers=answers,
    )


def _sheet(session: Session, asked: Asked, draft: Found, content: Content) -> Sheet:
    device = session.device[:DEVICE]
    answers = {
        question_id: Kept(answer=noted.answer, mine=noted.device == device)
        for question_id, noted in content.answers.items()
    }
    return Sheet(
        asked=asked, answers=answers, language=content.language, draft=draft, content=content
    )
