"""Answers given without a code: a chapter of their own, never added to the rest.

Nobody knows how many could have answered, or who answered twice: there is no rate and no unit.
"""

import numpy as np

from survey.model.snapshots import WithoutCode
from survey.report.measure import figures, kinds, questions
from survey.report.measure.columns import MISSING, AnswerColumns
from survey.report.measure.disclosed import DisclosureControl
from survey.report.measure.open_waves import OpenWave
from survey.statistics.disclosure.request import Counted


def chapter(control: DisclosureControl, opened: OpenWave) -> WithoutCode:
    """What one wave without codes may say."""
    form, sheets = opened.published.form, questions.read(opened)
    asked = questions.ask(control, form, sheets, None)
    name = f"{form.id}/sheets"
    results = control.ask(*_all(name, sheets[questions.main(opened)]))
    return WithoutCode(
        wave_id=opened.wave.wave_id,
        form_id=form.id,
        form_version=opened.published.version,
        opens_on=opened.wave.opens_on,
        closes_on=opened.wave.closes_on,
        closed_on=opened.wave.closed_on,
        n=figures.whole(results, name).n,
        codes=questions.codes(form),
        rated=asked.statements(),
        grades=asked.grades(),
        declared=asked.declared(),
        wordings=questions.wordings(opened.published),
        not_reported=kinds.not_reported_without_code(form),
    )


def _all(name: str, sheets: AnswerColumns) -> tuple[list[bytes], list[Counted]]:
    """A table that only counts sheets with any answer at all."""
    answered = np.zeros(len(sheets), dtype=np.bool_)
    for column in sheets.by_question.values():
        answered |= column != MISSING
    answers = np.where(answered, 0, -1)
    return sheets.members, [
        Counted(variable=name, codes=("sheet",), answers=answers, ordered=False)
    ]
