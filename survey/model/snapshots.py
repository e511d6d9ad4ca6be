"""What a report may ever say: figures that passed disclosure control, and the words for them.

A snapshot is made once per wave and report and frozen as canonical text. Shares are whole per cent,
means have one decimal and numbers of people are multiples of five, so that nothing finer can be
read from the file than from the paper.
"""

from datetime import date

import msgspec
from msgspec import Struct

from survey.model.estimates import Figure
from survey.model.programmes import Level
from survey.model.waves import Thresholds
from survey.model.wording import Wording


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
        not_applicable: people it does not fit
    """

    question_id: str
    construct: str
    reversed: bool
    favourable: Figure
    parts: tuple[Part, ...]
    refused: Figure
    not_applicable: int


class Topic(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A construct: the mean of the favourable shares of its statements.

    The interval is the mean of their limits: never too narrow, whatever the answers have in common,
    and nothing that cannot be found from the statements themselves.
    """

    construct: str
    statements: int
    favourable: Figure


class Graded(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A school grade: mean (from 30 answers), share of the favourable grades, all grades."""

    question_id: str
    mean: Figure
    favourable: Figure
    parts: tuple[Part, ...]


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


class Response(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who took part.

    Args:
        invited: people who got a letter; replacements do not count again
        answered: complete and partial answers; None where the rate is not shown
        rate: complete and partial answers among the invited (AAPOR RR2)
        complete_rate: complete answers only (RR1)
    """

    invited: int
    answered: int | None
    rate: Figure
    complete_rate: Figure


class Setting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Programme and wave as the report names them."""

    programme_id: str
    programme: str
    controller: str
    operator: str
    key_holder: str
    jobcenter_cannot_look: bool
    level: Level
    wave_id: str
    wave_number: int
    opens_on: date
    closes_on: date
    form_id: str
    form_version: str
    thresholds: Thresholds


class Snapshot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report's figures, complete.

    Args:
        codes: of each scale, from the unfavourable to the favourable end
        wordings: of the report languages only
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


def text(snapshot: Snapshot) -> str:
    """Canonical JSON: equal snapshots, equal text."""
    return msgspec.json.encode(snapshot, order="sorted").decode()


def read(stored: str) -> Snapshot:
    """The snapshot that `text` wrote."""
    return msgspec.json.decode(stored, type=Snapshot)
