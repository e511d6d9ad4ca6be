"""Content of a frozen report: figures that passed disclosure control, and the words for them.

A snapshot is made once per wave and report and frozen as canonical text. Shares are whole per cent,
means have one decimal and numbers of people are multiples of five, so that nothing finer can be
read from the file than from the paper.
"""

from datetime import date
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct, field

from survey.model.estimates import Figure, Suppressed
from survey.model.not_reported import NotReported
from survey.model.participation import Response
from survey.model.series import Series
from survey.model.setting import Setting
from survey.model.waves import last_day
from survey.model.wording import Wording

# The question does not offer it: no share can exist, as opposed to being withheld.
NO_SUCH_ANSWER = Suppressed(reason="not-asked")


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One or more neighbouring codes shown together, in whole per cent of the valid answers.

    `side` is 1 on the favourable side, -1 on the other, 0 between them or across.
    """

    codes: tuple[str, ...]
    percent: int
    side: int = 0


class Rated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rated statement.

    Args:
        favourable: share on the favourable side (of a reversed statement: the side that denies)
        parts: from unfavourable to favourable, together 100; empty where not shown
        refused: share of those asked who chose not to say; suppressed below three people as well
        not_applicable: share of those asked whom it does not fit, alike; a number of people to the
            nearest five in reports that were frozen before it was a share
    """

    question_id: str
    construct: str
    reversed: bool
    favourable: Figure
    parts: tuple[Part, ...]
    refused: Figure
    not_applicable: Figure | int


class Topic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A construct: the mean of the favourable shares of its statements, as printed.

    Args:
        effective: how many independent answers are as precise, people counted once with all their
            answers; from 30 people on, in tens. None: the interval is the mean of those of the
            statements, never too narrow
    """

    construct: str
    statements: int
    favourable: Figure
    effective: int | None = None


class Graded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A school grade: mean (from 30 answers), share of the favourable grades, all grades.

    Args:
        refused, not_applicable: as of a statement; not known in older reports
    """

    question_id: str
    mean: Figure
    favourable: Figure
    parts: tuple[Part, ...]
    refused: Figure = NO_SUCH_ANSWER
    not_applicable: Figure = NO_SUCH_ANSWER


class Help(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of help: who needed it, and how many of those got it late or not at all.

    `parts` are shares of those who needed it: not got, late, got.
    """

    question_id: str
    sensitive: bool
    needed: Figure
    unmet: Figure
    parts: tuple[Part, ...]
    refused: Figure


class Declared(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question answered with yes or no; `share` is that of the option `code`."""

    question_id: str
    code: str
    construct: str
    sensitive: bool
    share: Figure
    refused: Figure


class Mix(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people answered: languages, or ways; parts with several codes are "other"."""

    kind: str
    n: int
    parts: tuple[Part, ...]


class UnitRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One unit in a table by unit; a hidden one shows nothing, whatever the reason is.

    Args:
        n: valid answers to the nearest five
        mean: of grades only, from 30 answers of the unit
    """

    unit_id: str
    n: int | Suppressed
    favourable: Figure
    mean: Figure | None = None


class UnitTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement, topic or grade by unit, all units in the order of `SatisfactionSnapshot.units`.

    The points of a funnel are its shown rows, `whole` is the target; whether a unit differs follows
    from these printed numbers alone.

    Args:
        subject: id of a question (statement, grade) or name of a construct (topic)
    """

    kind: Literal["statement", "topic", "grade"]
    subject: str
    whole: Figure
    rows: tuple[UnitRow, ...]


class Unit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit as printed, and how many of its invited took part, where that may be shown."""

    unit_id: str
    label: str
    invited: int
    rate: Figure


class Quote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that two people agreed on; `translated` says that it was written in another language.

    Which one is not told: it would say who may have written it.
    """

    text: str
    translated: bool = False


class Comments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Quotes from the comments on one question, in an order without meaning.

    `n` counts the texts agreed on, to the nearest five; not all of them may be quoted.
    """

    question_id: str
    n: int | Suppressed
    texts: tuple[Quote, ...] = ()


class WithoutCode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers given without a code (a device in the house): nobody knows who could have answered.

    Never merged with the rest; `n` sheets to the nearest five.
    """

    wave_id: str
    form_id: str
    form_version: str
    opens_on: date
    closes_on: date
    n: int | Suppressed
    codes: dict[str, tuple[str, ...]]
    rated: tuple[Rated, ...]
    grades: tuple[Graded, ...]
    declared: tuple[Declared, ...]
    wordings: dict[str, Wording]
    closed_on: date | None = None
    not_reported: tuple[NotReported, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which answers came in."""
        return last_day(self.closes_on, self.closed_on)


class SatisfactionSnapshot(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="report",
    tag="satisfaction",
):
    """The figures of a satisfaction report, complete.

    Args:
        codes: of each scale, from the unfavourable to the favourable end
        wordings: of the report languages only
        units: every unit that was invited; empty where there is only one
        by_unit: what is shown by unit; empty without units
        trend: only subjects with an earlier published wave
        redaction: how far texts were read when this was frozen; "waiting" while deletable
        without_code: one entry per closed wave without codes since the wave before
        not_reported: questions that are in no chapter; not known in older reports
    """

    setting: Setting
    codes: dict[str, tuple[str, ...]]
    response: Response
    topics: tuple[Topic, ...]
    rated: tuple[Rated, ...]
    grades: tuple[Graded, ...]
    helps: tuple[Help, ...]
    declared: tuple[Declared, ...]
    mixes: tuple[Mix, ...]
    wordings: dict[str, Wording]
    units: tuple[Unit, ...] = ()
    by_unit: tuple[UnitTable, ...] = ()
    trend: tuple[Series, ...] = ()
    comments: tuple[Comments, ...] = field(default=(), name="remarks")
    redaction: Literal["none", "waiting", "unfinished", "finished"] = "none"
    without_code: tuple[WithoutCode, ...] = field(default=(), name="uncoded")
    not_reported: tuple[NotReported, ...] = ()


# The snapshot of any report, told apart by the name of the report. A new one is a line here.
Snapshot: TypeAlias = SatisfactionSnapshot


class _Tagged(Struct, frozen=True):
    """The tag of a stored snapshot; None of one from before there was another report."""

    report: str | None = None


_tag = msgspec.json.Decoder(_Tagged)
_any: msgspec.json.Decoder[Snapshot] = msgspec.json.Decoder(Snapshot)
_satisfaction = msgspec.json.Decoder(SatisfactionSnapshot)


def text(snapshot: Snapshot) -> str:
    """Canonical JSON: equal snapshots, equal text."""
    return msgspec.json.encode(snapshot, order="sorted").decode()


def read(stored: str) -> Snapshot:
    """The snapshot of any report that `text` wrote; one without a tag is of satisfaction.

    Raises:
        msgspec.DecodeError: it is of a report or a form that this version does not know
    """
    return read_satisfaction(stored) if _tag.decode(stored).report is None else _any.decode(stored)


def read_satisfaction(stored: str) -> SatisfactionSnapshot:
    """The snapshot of a satisfaction report that `text` wrote, with or without its tag."""
    return _satisfaction.decode(stored)
