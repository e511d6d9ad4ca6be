"""What an unfinished questionnaire holds, and how it is packed into one draft of fixed length."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from survey.form import encode, release
from survey.form.load import Published
from survey.linkage import drafts
from survey.linkage.drafts import Session
from survey.linkage.keys import ServerKeys
from survey.model.answers import Answer, Answers, Unread
from survey.model.form import Form
from survey.model.rows import Draft

# Of the device's 128 bits, enough to tell two devices of one person apart.
DEVICE = 8
# At a question that no device was asked and another one went on from.
NOBODY = b""
# Of a digest of words, enough to tell that they have changed.
WORDS = 8
# Room for the invitation, unit, cell and language.
HEAD = 384
# Around a question's answer: the heads of its parts, its device, and whether it was passed.
_AROUND = DEVICE + 8
# What a draft grows by when a text is far over its limit, which its page then asks to be mended.
# The one case in which a length tells something: that somebody unknown wrote far more than fits.
# Once holds all that the field of a text takes, so that it does not tell how much.
GROWTH = 163_840


class Noted(Struct, frozen=True, kw_only=True, array_like=True):
    """A device's entry at one question: answer, unreadable input, or passed over.

    Args:
        unread: what could not be read, in the place of an answer
        passed: somebody went on from here, to where she will go on when she comes back
    """

    answer: Answer | None
    device: bytes
    passed: bool = True
    unread: Unread | None = None


class Ticked(Struct, frozen=True, kw_only=True, array_like=True):
    """A block that was chosen to be shown, and a digest of the words it was chosen for."""

    block: str
    words: bytes


class Content(Struct, frozen=True, kw_only=True, array_like=True):
    """A draft, opened: where it belongs, what was answered so far, and what is to be shown.

    Args:
        unit_id, cell: empty; drafts of older versions have them at these positions
        ticked: by the device `ticking`
    """

    code_hash: bytes
    unit_id: str = ""
    cell: str = ""
    language: str
    answers: dict[str, Noted] = {}
    ticking: bytes = b""
    ticked: tuple[Ticked, ...] = ()

    def noted(
        self,
        question_id: str,
        answer: Answer | Unread | None,
        device: bytes,
        *,
        elsewhere: bool,
        passed: bool,
    ) -> Noted:
        """What a device leaves at a question; nothing leaves what another one left as it is.

        Args:
            elsewhere: another device has come as far, and may have been asked this or not
        """
        before = self.answers.get(question_id)
        passed = passed or (before is not None and before.passed)
        if answer is None and elsewhere:
            before = before or Noted(answer=None, device=NOBODY)
            return replace(before, passed=passed)
        if isinstance(answer, Unread):
            return Noted(answer=None, device=device, passed=passed, unread=answer)
        return Noted(answer=answer, device=device, passed=passed)

    def plain(self) -> Answers:
        """The answers without their devices."""
        return {
            question_id: noted.answer
            for question_id, noted in self.answers.items()
            if noted.answer is not None
        }

    def of_device(self, device: bytes) -> Answers:
        """The answers that were given on a device."""
        return {
            question_id: noted.answer
            for question_id, noted in self.answers.items()
            if noted.answer is not None and noted.device == device
        }

    def elsewhere(self, device: bytes, form: Form) -> frozenset[str]:
        """Every question up to where another device has been, but for this device's own.

        Which of them were answered, passed over or never asked must not be told: what was asked
        follows from what was answered before it.
        """
        foreign = {name for name, noted in self.answers.items() if noted.device != device}
        if not foreign:
            return frozenset()
        asked = [question.id for question in form.questions]
        reached = max(at for at, name in enumerate(asked) if name in foreign)
        return frozenset(asked[: reached + 1]).difference(self.answers.keys() - foreign)


_lengths: dict[str, int] = {}
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Content)


def length(published: Published) -> int:
    """Bytes that hold any draft of this form: one length for all, so that it tells nothing."""
    if published.version not in _lengths:
        form = published.form
        blocks = release.releasable(form)
        ticks = DEVICE + sum(len(block.id) + WORDS + 8 for block in blocks)
        kept = encode.longest_kept(form.questions, form) + len(form.questions) * _AROUND
        _lengths[published.version] = HEAD + kept + ticks
    return _lengths[published.version]


def pack(
    keys: ServerKeys, session: Session, published: Published, wave_id: str, content: Content
) -> bytes:
    """The sealed body of a draft."""
    plain = _encoder.encode(content)
    room = length(published)
    missing = drafts.room(plain) - room
    if missing > 0:
        room += -(-missing // GROWTH) * GROWTH
    return drafts.seal_draft(keys.answer, session, wave_id, plain, room)


def unpack(keys: ServerKeys, session: Session, draft: Draft) -> Content:
    """Unpack the content of a draft from what `pack` returned.

    Raises:
        NotSealedForUs: the row was changed or belongs to another session
    """
    return _decoder.decode(drafts.open_draft(keys.answer, session, draft.wave_id, draft.body))
