"""Answers as columns: one short number per question and sheet, so that a city fits in memory.

What comes out is what disclosure control takes in; it never leaves `survey.report`.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from survey.form import routing
from survey.form.options import codes
from survey.model.answers import Answer, Answers, Chosen, Declined, NotApplicable
from survey.model.form import (
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
from survey.statistics.disclosure import request

# Below 0 there is no code: passed over, not on the path, declined, does not fit.
MISSING, NOT_ASKED, REFUSED, NOT_APPLICABLE = -1, request.NOT_ASKED, -3, -4
# AAPOR: complete from 80 % of the core questions, partial from 50 %.
COMPLETE, PARTIAL = 0.8, 0.5

Column = NDArray[np.int16]
_Places = Mapping[Answer | None, int]


class DomainAnswers(Struct, frozen=True, kw_only=True, gc=False):
    """One domain of one submission; `member` is the same in every run and leads nowhere."""

    member: bytes
    unit_id: str
    cell: str
    answers: Answers


class AnswerColumns(Struct, frozen=True, kw_only=True):
    """All sheets of a domain, by column.

    Args:
        units: position of each sheet's unit among those given, -1 for none of them
        cells: the same of the coarse attributes under which its author was invited
        by_question: position of each answer in its codes or one of the numbers below 0
        done: share of the core questions each sheet answers
    """

    members: list[bytes]
    units: Column
    cells: Column
    by_question: dict[str, Column]
    done: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.members)


def read(
    form: Form,
    questions: Sequence[Question],
    sheets: Iterable[DomainAnswers],
    units: Sequence[str],
    cells: Sequence[str] = (),
) -> AnswerColumns:
    """The columns of those questions that one code answers; the sheets are gone through once."""
    asked = [question for question in questions if _has_one_code(question)]
    domain_columns = _Columns(form, asked, units, cells)
    for sheet in sheets:
        domain_columns.add(sheet)
    return AnswerColumns(
        members=domain_columns.members,
        units=_column(domain_columns.units),
        cells=_column(domain_columns.cells),
        by_question={
            question.id: _column(column)
            for question, column in zip(asked, domain_columns.by_question, strict=True)
        },
        done=np.frombuffer(domain_columns.done, dtype=np.float32),
    )


def _has_one_code(question: Question) -> bool:
    match question:
        case Rating():
            return True
        case Choice(most=most):
            return most == 1
        case Number() | Ladder() | Day() | Text() | Note():
            return False
        case _:
            assert_never(question)


class _Columns:
    """What has been read of a domain."""

    def __init__(
        self, form: Form, questions: Sequence[Question], units: Sequence[str], cells: Sequence[str]
    ) -> None:
        self.members: list[bytes] = []
        self.units, self.cells, self.done = array("h"), array("h"), array("f")
        self.by_question = [array("h") for _ in questions]
        self._form = form
        self._unit = {unit_id: place for place, unit_id in enumerate(units)}
        self._cell = {cell: place for place, cell in enumerate(cells)}
        self._core = frozenset(q.id for q in questions if q.core)
        self._conditional = [q.id for q in questions if q.shown_if is not None]
        places = [_places(question, form) for question in questions]
        self._columns = [
            (column.append, known, question.id)
            for column, known, question in zip(self.by_question, places, questions, strict=True)
        ]

    def add(self, sheet: DomainAnswers) -> None:
        """One sheet more."""
        answers = sheet.answers
        self.members.append(sheet.member)
        self.units.append(self._unit.get(sheet.unit_id, -1))
        self.cells.append(self._cell.get(sheet.cell, -1))
        core = self._core
        self.done.append(len(core & answers.keys()) / len(core) if core else 0.0)
        for append, known, question_id in self._columns:
            append(known.get(answers.get(question_id), MISSING))
        if self._conditional:
            shown = {question.id for question in routing.route(self._form, answers)}
            for column, (_, _, question_id) in zip(self.by_question, self._columns, strict=True):
                if question_id in self._conditional and question_id not in shown:
                    column[-1] = NOT_ASKED


def _places(question: Question, form: Form) -> _Places:
    places: dict[Answer | None, int] = {
        Chosen(codes=(code,)): place for place, code in enumerate(codes(question, form))
    }
    return places | {Declined(): REFUSED, NotApplicable(): NOT_APPLICABLE}


def _column(values: "array[int]") -> Column:
    return np.frombuffer(values, dtype=np.int16)
