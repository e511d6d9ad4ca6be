"""The release of one block: its answers as text, in the words of one language.

Only what was answered on the device that asks is in it; what another device answered or passed over
is left out, so that whoever goes on with a half-done questionnaire gets nothing of it. A block's
longest text is known beforehand, because the length of what is shown must tell nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import assert_never

import msgspec

from survey.form import options, routing, sentences
from survey.model.answers import (
    Answer,
    Answers,
    Chosen,
    OnDay,
    Quantity,
    Written,
)
from survey.model.exchange import ReleasedBlock, ReleasedLine
from survey.model.form import (
    Block,
    Choice,
    Day,
    Form,
    Ladder,
    Note,
    Number,
    Question,
    Rating,
    Text,
)
from survey.model.wording import Wording

UNANSWERED = "nicht beantwortet"
_encoder = msgspec.json.Encoder()


def releasable(form: Form) -> tuple[Block, ...]:
    """The blocks that may be shown, in the order of the form."""
    return tuple(block for block in form.blocks if block.releasable)


def title(block: Block, wording: Wording) -> str:
    """What a block is called; its id in forms that were frozen before blocks had titles."""
    return wording.blocks.get(block.id, block.id)


def of_block(
    form: Form,
    wording: Wording,
    block: Block,
    answers: Answers,
    elsewhere: Collection[str],
    *,
    unanswered: str = UNANSWERED,
) -> ReleasedBlock | None:
    """The text of a block, None when nothing of it was answered on this device.

    Args:
        answers: those given on this device
        elsewhere: ids of questions that another device answered or passed over
        unanswered: the words for a question on the path that this device passed over
    """
    asked = [q for q in routing.route(form, answers, elsewhere) if q.block == block.id]
    if not any(question.id in answers for question in asked):
        return None
    lines = tuple(
        ReleasedLine(
            question=wording.questions[q.id].label,
            answer=sentences.answer(answers[q.id], q, form, wording)
            if q.id in answers
            else unanswered,
        )
        for q in asked
        if not isinstance(q, Note) and q.id not in elsewhere
    )
    return ReleasedBlock(title=title(block, wording), lines=lines)


def packed(shown: ReleasedBlock) -> bytes:
    """The text as it is handed over: JSON, to which blanks may be added at its end."""
    return _encoder.encode(shown)


def longest(form: Form, wording: Wording) -> int:
    """Upper bound in bytes of any block of the form, packed; 0 where nothing may be shown."""
    return max((_longest(form, wording, block) for block in releasable(form)), default=0)


def _longest(form: Form, wording: Wording, block: Block) -> int:
    widest = ReleasedBlock(title=title(block, wording), lines=())
    asked = [q for q in form.questions if q.block == block.id and not isinstance(q, Note)]
    return len(packed(widest)) + sum(1 + _width(form, wording, question) for question in asked)


def _width(form: Form, wording: Wording, question: Question) -> int:
    label = wording.questions[question.id].label
    said = [
        sentences.answer(answer, question, form, wording)
        for answer in _widest(form, wording, question)
    ]
    words = [UNANSWERED, wording.refused, wording.not_applicable, *said]
    lines = (_encoder.encode(ReleasedLine(question=label, answer=text)) for text in words)
    return max(map(len, lines))


def _widest(form: Form, wording: Wording, question: Question) -> Iterator[Answer]:
    """Answers of which one has the longest words."""
    match question:
        case Rating() | Choice():
            said = options.labels(question, form, wording)
            by_length = sorted(
                said, key=lambda code: len(_encoder.encode(said[code])), reverse=True
            )
            most = question.most if isinstance(question, Choice) else 1
            yield Chosen(codes=tuple(by_length[:most]))
        case Number(least=least, most=most):
            yield from (Quantity(value=least), Quantity(value=most))
        case Ladder(least=least, most=most):
            yield from (Quantity(value=step) for step in range(least, most + 1))
        case Day():
            yield from (OnDay(day=date(9999, month, 28)) for month in range(1, 13))
        case Text(longest=longest):
            yield Written(text="\x01" * longest)
        case Note():
            return
        case _:
            assert_never(question)
