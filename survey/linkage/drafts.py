"""Sessions and drafts: an unfinished questionnaire that only its own code opens.

S, the session secret, comes from the evaluator's code key and the code; it lies in no database and
reaches a browser only sealed (the cookie). A draft is found by a digest of S and sealed under S and
a key of the server's: who has the evaluator's keys and the codes can make S, but not read a draft.
The form tag, another digest of S, stands in every form: it is the protection against forged
requests, and a stale tab of the person before stores nothing. D marks the device: what was answered
on another one is never shown again. Threat: a disk thief, the operator, the jobcenter with the
codes of its own letters (S needs the evaluator's key), and the next person on the same phone.
"""

from functools import cached_property

from msgspec import Struct

from survey.linkage.primitives import HEAD, keyed, padded, seal, unpadded, unseal


class Session(Struct, frozen=True, kw_only=True, dict=True):
    """One code on one device: S (32 bytes) and D (16 bytes), in memory for one request."""

    programme_id: str
    secret: bytes
    device: bytes

    @cached_property
    def draft_key(self) -> bytes:
        """Where the draft lies, 32 bytes."""
        return keyed(self.secret, "draft")

    @cached_property
    def form_tag(self) -> str:
        """CSRF tag in every form of this session, 32 hexadecimal digits."""
        return keyed(self.secret, "form")[:16].hex()


def seal_draft(
    answer_key: bytes, session: Session, wave_id: str, plain: bytes, length: int
) -> bytes:
    """The draft's body, as long for an empty draft as for a full one."""
    return seal(_body_key(answer_key, session), padded(plain, length), "draft", wave_id)


def room(plain: bytes) -> int:
    """The least length that `seal_draft` needs for these bytes."""
    return len(plain) + HEAD


def open_draft(answer_key: bytes, session: Session, wave_id: str, body: bytes) -> bytes:
    """Opens what `seal_draft` sealed.

    Raises:
        NotSealedForUs: another session's draft, another wave's, or a changed byte
    """
    return unpadded(unseal(_body_key(answer_key, session), body, "draft", wave_id))


def _body_key(answer_key: bytes, session: Session) -> bytes:
    return keyed(answer_key, "draft body", session.secret)
