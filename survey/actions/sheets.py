"""What an unfinished questionnaire holds, and how it is packed into one draft of fixed length."""

import msgspec
from msgspec import Struct

from survey.form import encode
from survey.form.load import Published
from survey.linkage import drafts
from survey.linkage.drafts import Session
from survey.linkage.keys import ServerKeys
from survey.model.answers import Answer, Answers
from survey.model.rows import Draft

# Of the device's 128 bits, enough to tell two devices of one person apart.
DEVICE = 8
# Room for the invitation, unit, cell and language.
HEAD = 384


class Noted(Struct, frozen=True, kw_only=True, array_like=True):
    """An answer and the device it was given on."""

    answer: Answer
    device: bytes


class Content(Struct, frozen=True, kw_only=True, array_like=True):
    """A draft, opened: where it belongs, and what was answered so far."""

    code_hash: bytes
    unit_id: str
    cell: str
    language: str
    answers: dict[str, Noted] = {}

    def plain(self) -> Answers:
        """The answers without their devices."""
        return {question_id: noted.answer for question_id, noted in self.answers.items()}


_lengths: dict[str, int] = {}
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Content)


def length(published: Published) -> int:
    """Bytes that hold any draft of this form: one length for all, so that it tells nothing."""
    if published.version not in _lengths:
        questions = published.form.questions
        longest = encode.longest(questions, published.form)
        _lengths[published.version] = HEAD + longest + len(questions) * (DEVICE + 4)
    return _lengths[published.version]


def pack(
    keys: ServerKeys, session: Session, published: Published, wave_id: str, content: Content
) -> bytes:
    """The sealed body of a draft."""
    plain = _encoder.encode(content)
    return drafts.seal_draft(keys.answer, session, wave_id, plain, length(published))


def unpack(keys: ServerKeys, session: Session, draft: Draft) -> Content:
    """What `pack` was given.

    Raises:
        NotSealedForUs: the row was changed or belongs to another session
    """
    return _decoder.decode(drafts.open_draft(keys.answer, session, draft.wave_id, draft.body))
