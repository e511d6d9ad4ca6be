"""How a text under redaction is sealed and read: in both layers, like everything in the urn."""

import msgspec
from msgspec import Struct

from survey.actions.responses import FreeTextContent
from survey.form import encode
from survey.home import Services, WaveContext
from survey.linkage import inner_layer
from survey.model.comments import LONGEST_REASON, Proposal, State
from survey.store.comments import Row


class OpenComment(Struct, frozen=True, kw_only=True):
    """A text as its readers see it; without language, unit, time or neighbour."""

    comment_id: str
    wave_id: str
    question: str
    original: str
    quotable: bool
    state: State
    first_by: str
    second_by: str
    version: int
    proposal: Proposal | None


def longest(context: WaveContext) -> int:
    """How many characters an edited text may have: no more than the box it was written in."""
    return encode.longest_text(context.published.form) // encode.UTF8


def opened(services: Services, context: WaveContext, row: Row) -> OpenComment:
    """The text and what was suggested for it, in clear."""
    slip = msgspec.msgpack.decode(_unseal(services, context, row.original), type=FreeTextContent)
    proposal = (
        msgspec.msgpack.decode(_unseal(services, context, row.edited), type=Proposal)
        if row.edited is not None
        else None
    )
    return OpenComment(
        comment_id=row.comment_id,
        wave_id=row.wave_id,
        question=slip.question,
        original=slip.text,
        quotable=slip.quotable,
        state=row.state,
        first_by=row.first_by,
        second_by=row.second_by,
        version=row.version,
        proposal=proposal,
    )


def of_slip(services: Services, context: WaveContext, plain: bytes) -> bytes:
    """A text as it lay in the urn, in fresh layers, all of one length."""
    return _sealed(services, context, plain, 128 + encode.longest_text(context.published.form))


def of_proposal(services: Services, context: WaveContext, proposal: Proposal) -> bytes:
    """A suggestion in both layers, of one length whatever was left of the text."""
    length = 128 + encode.longest_text(context.published.form) + 2 * encode.UTF8 * LONGEST_REASON
    return _sealed(services, context, msgspec.msgpack.encode(proposal), length)


def _sealed(services: Services, context: WaveContext, plain: bytes, length: int) -> bytes:
    wave = context.wave
    key = services.keys[wave.programme_id].answer
    inner = inner_layer.seal_inner(key, wave.wave_id, plain, length)
    return services.evaluator.seal_comment(wave.programme_id, wave.wave_id, inner)


def _unseal(services: Services, context: WaveContext, body: bytes) -> bytes:
    wave = context.wave
    inner = services.evaluator.open_comment(wave.programme_id, wave.wave_id, body)
    return inner_layer.open_inner(services.keys[wave.programme_id].answer, wave.wave_id, inner)
