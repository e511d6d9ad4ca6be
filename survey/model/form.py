"""The questionnaire as data: what is asked, with which codes, and how the codes are read.

Structure is the same in every language; the words are in `survey.model.wording`. A published form
holds only the questions of one selection and is frozen (see `survey.form.load.publish`).
"""

from typing import Literal, TypeAlias

from msgspec import Struct

Perspective: TypeAlias = Literal["recipient", "case_manager", "staff", "partner"]


class AnyOf(Struct, frozen=True, kw_only=True, tag="any_of", forbid_unknown_fields=True):
    """The answer to `question` holds at least one of `codes`."""

    question: str
    codes: tuple[str, ...]


class Between(Struct, frozen=True, kw_only=True, tag="between", forbid_unknown_fields=True):
    """The number or ladder step given to `question` lies in least..most, both included."""

    question: str
    least: int
    most: int


class All(Struct, frozen=True, kw_only=True, tag="all", forbid_unknown_fields=True):
    """Every one of `conditions` holds."""

    conditions: tuple["Condition", ...]


class Either(Struct, frozen=True, kw_only=True, tag="either", forbid_unknown_fields=True):
    """At least one of `conditions` holds."""

    conditions: tuple["Condition", ...]


class Not(Struct, frozen=True, kw_only=True, tag="not", forbid_unknown_fields=True):
    """`condition` does not hold."""

    condition: "Condition"


Condition: TypeAlias = AnyOf | Between | All | Either | Not


class QuestionBase(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields that all question types share.

    Args:
        id: short and stable, lower case, also the name of the form field
        block: where the answer is kept; decides release and sensitivity
        construct: under which heading it is shown and reported
        core: belongs to the short form (a star in the instrument)
        applicable: True offers "trifft auf mich nicht zu" beside "möchte ich nicht sagen", which is
            always offered
        shown_if: None for always
    """

    id: str
    block: str
    construct: str
    core: bool = False
    applicable: bool = True
    shown_if: Condition | None = None


class Rating(QuestionBase, frozen=True, kw_only=True, tag="rating", forbid_unknown_fields=True):
    """One code of a scale; `reversed` when agreement is unfavourable."""

    scale: str
    reversed: bool = False


class Choice(QuestionBase, frozen=True, kw_only=True, tag="choice", forbid_unknown_fields=True):
    """Up to `most` of `options`; an exclusive option stands alone."""

    options: tuple[str, ...]
    most: int = 1
    exclusive: tuple[str, ...] = ()


class Number(QuestionBase, frozen=True, kw_only=True, tag="number", forbid_unknown_fields=True):
    """A whole number in least..most."""

    least: int
    most: int


class Ladder(QuestionBase, frozen=True, kw_only=True, tag="ladder", forbid_unknown_fields=True):
    """A step in least..most, drawn as a ladder with the highest on top."""

    least: int = 1
    most: int = 10


class Day(QuestionBase, frozen=True, kw_only=True, tag="day", forbid_unknown_fields=True):
    """A calendar day in the years `earliest` to `latest`, both included.

    Whoever writes another year means another calendar: it is 1405 in Iran, 1448 after the Hijra.
    """

    earliest: int = 1900
    latest: int = 2099


class Text(QuestionBase, frozen=True, kw_only=True, tag="text", forbid_unknown_fields=True):
    """Words of one's own; `longest` counts characters."""

    longest: int = 1000


class Note(QuestionBase, frozen=True, kw_only=True, tag="note", forbid_unknown_fields=True):
    """Something to read; asks nothing."""


Question: TypeAlias = Rating | Choice | Number | Ladder | Day | Text | Note


class Scale(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes in the order shown, and which of them count as favourable, middle, unfavourable.

    `kind` chooses the drawing: "agreement" diverges around its middle, "grade" is 1 (best) to 6,
    "help" are states without order.
    """

    codes: tuple[str, ...]
    kind: Literal["agreement", "grade", "help"]
    favourable: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()


class Block(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers kept together. A sensitive block is a domain of its own with a key of its own."""

    id: str
    releasable: bool = False
    sensitive: bool = False


class ReservedCodes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Codes posted for the two answers that stand beside a question's own."""

    declined: str
    not_applicable: str


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instrument; `constructs` in the order shown and reported.

    Args:
        reserved: as they were when the form was frozen; no author writes them
    """

    id: str
    perspective: Perspective
    scales: dict[str, Scale]
    blocks: tuple[Block, ...]
    constructs: tuple[str, ...]
    questions: tuple[Question, ...]
    reserved: ReservedCodes
    selections: dict[str, tuple[str, ...]] = {}
