"""Which answers are kept together, and which can never be brought together again.

A domain is sealed, marked and paired by itself (one row of a submission). What may be released to
a case manager, what is sensitive, and the circumstances of answering are domains of their own, so
that none of them leads to the rest. Words of one's own belong to no domain: they go to the urn.
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from survey.form import routing
from survey.language import tags
from survey.model.answers import Answer, Answers
from survey.model.form import Choice, Form, Note, Question, Text
from survey.model.programmes import Level

MAIN = "main"
CIRCUMSTANCES = "circumstances"

# How somebody answered, kept like answers to questions that are not asked: language and version,
# size of the text, and whether on one's own screen, a kiosk or paper. Nothing about the device.
HOW: tuple[Choice, ...] = (
    Choice(
        id="language",
        block=CIRCUMSTANCES,
        construct=CIRCUMSTANCES,
        applicable=False,
        options=tuple(tags.KNOWN),
    ),
    Choice(
        id="text-size",
        block=CIRCUMSTANCES,
        construct=CIRCUMSTANCES,
        applicable=False,
        options=("usual", "large"),
    ),
    Choice(
        id="medium",
        block=CIRCUMSTANCES,
        construct=CIRCUMSTANCES,
        applicable=False,
        options=("screen", "kiosk", "paper"),
    ),
)

_NOTHING: Mapping[str, Answer] = MappingProxyType({})


class Domain(Struct, frozen=True, kw_only=True):
    """Blocks whose answers share a body; a sensitive one is sealed under a key of its own."""

    name: str
    blocks: tuple[str, ...]
    sensitive: bool = False


def label(perspective: str, domain: str) -> str:
    """The name under which the rows of a domain are stored: perspectives are never paired."""
    return f"{perspective}.{domain}"


def domains(form: Form, level: Level) -> tuple[Domain, ...]:
    """The domains of a form at a level, in the order of its blocks, "circumstances" last.

    "main" is there only if a block is left for it; a block of texts alone has no domain.
    """
    asked = {q.block for q in form.questions if not isinstance(q, Text | Note)}
    blocks = [block for block in form.blocks if block.id in asked]
    own = [b for b in blocks if b.sensitive or (level == "released" and b.releasable)]
    rest = tuple(block.id for block in blocks if block not in own)
    main = (Domain(name=MAIN, blocks=rest),) if rest else ()
    alone = tuple(Domain(name=b.id, blocks=(b.id,), sensitive=b.sensitive) for b in own)
    # Circumstances hint at origin and reading: as sensitive as health.
    how = Domain(name=CIRCUMSTANCES, blocks=(CIRCUMSTANCES,), sensitive=True)
    return (*main, *alone, how)


def questions(form: Form, domain: Domain) -> tuple[Question, ...]:
    """What is answered in a domain, in the order of the form."""
    if domain.name == CIRCUMSTANCES:
        return HOW
    return tuple(
        question
        for question in form.questions
        if question.block in domain.blocks and not isinstance(question, Text | Note)
    )


def split(
    form: Form, level: Level, answers: Answers, how: Mapping[str, Answer] = _NOTHING
) -> dict[str, Answers]:
    """The answers of every domain, empty ones too; what is off the path or free text is left out.

    Args:
        how: answers to `HOW`, by its ids
    """
    said = {**routing.kept(form, answers), **how}
    return {
        domain.name: {q.id: said[q.id] for q in questions(form, domain) if q.id in said}
        for domain in domains(form, level)
    }
