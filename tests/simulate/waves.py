"""Reports on two waves: how often a change is named where there is none, and where there is one.

Every run is two whole reports, the later one with the earlier before it: people answer, disclosure
control rounds and hides, and the change is judged by what is printed. Beside it stands the test of
a statistician who has the answers: Welch's, on the means of people.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import stats

from survey.form.load import Published
from survey.model.answers import Answers, Chosen
from survey.report.measure.programme_context import ProgrammeContext
from survey.report.measure.trend import Earlier
from survey.report.render import series
from survey.report.render.series import DividedSeries
from tests.report import worlds
from tests.simulate import rates
from tests.simulate.rates import Rate
from tests.world import forms

PEOPLE, TOPIC, QUESTIONS = 165, "access", ("z1", "z2", "z3", "z4")
BEFORE, AFTER = 0.80, 0.90
# How alike one person's answers are: with this the test on people finds the rise in 97 of 100.
ALIKE = 0.26
STILL, MOST, RISING, LEAST, AMONG = 1000, 64, 400, 0.93, 200


class Told(Struct, frozen=True):
    """What one report says of changes, and what the test on people finds."""

    rise: bool
    anything: bool
    people: bool


def lines() -> Iterator[Rate]:
    """What `make simulate` prints of waves."""
    alone = list(rates.counted(rising, RISING))
    rise = f"4 questions, {PEOPLE} people a wave, 80 % become 90 %"
    yield Rate(f"{rise}: Welch's test on people", sum(one.people for one in alone), RISING)
    found = sum(one.rise for one in alone)
    yield Rate("the same: the report names the rise", found, RISING, least=LEAST * RISING)
    among = list(rates.counted(rising_among, AMONG))
    what = "the same among eight topics and the grade: it is named"
    yield Rate(what, sum(one.rise for one in among), AMONG)
    same = list(rates.counted(still, STILL))
    what = "two waves that do not differ, full form: any change is named"
    yield Rate(what, sum(one.anything for one in same), STILL, most=MOST)


def rising(run: int) -> Told:
    """One topic rises, and nothing else was asked."""
    form = forms.satisfaction("full")
    before, after = _topic(BEFORE, 2 * run), _topic(AFTER, 2 * run + 1)
    return _told(
        form,
        _said(before),
        _said(after),
        stats.ttest_ind(before.mean(axis=1), after.mean(axis=1), equal_var=False).pvalue,
    )


def rising_among(run: int) -> Told:
    """One topic rises among all others, which do not."""
    form = forms.satisfaction("full")
    pair = []
    for wave, share in enumerate((BEFORE, AFTER)):
        seed = 2 * run + wave
        rest = worlds.answered(form, PEOPLE, seed=seed)
        pair.append([a | b for a, b in zip(rest, _said(_topic(share, seed)), strict=True)])
    return _told(form, *pair)


def still(run: int) -> Told:
    """Nothing changes."""
    form = forms.satisfaction("full")
    pair = [worlds.answered(form, PEOPLE, seed=seed) for seed in (2 * run, 2 * run + 1)]
    return _told(form, *pair)


def _topic(share: float, seed: int) -> NDArray[np.bool_]:
    """People x questions: each person in a mood of her own."""
    random = np.random.default_rng(seed)
    a, b = share * (1 - ALIKE) / ALIKE, (1 - share) * (1 - ALIKE) / ALIKE
    return random.random((PEOPLE, len(QUESTIONS))) < random.beta(a, b, PEOPLE)[:, None]


def _said(good: NDArray[np.bool_]) -> list[Answers]:
    return [
        {q: Chosen(codes=("4" if one else "2",)) for q, one in zip(QUESTIONS, row, strict=True)}
        for row in good
    ]


def _told(form: Published, before: list[Answers], after: list[Answers], p: float = 1.0) -> Told:
    first = worlds.published_from(worlds.opened(form, worlds.rows(form, before)))
    found = worlds.opened(
        form,
        worlds.rows(form, after),
        wave_id="w2",
        number=2,
        opens_on=date(2027, 9, 6),
        closes_on=date(2027, 10, 1),
    )
    earlier = (Earlier(snapshot=first.snapshot, published=form),)
    now = worlds.published_from(found, first.registry, ProgrammeContext(earlier=earlier)).snapshot
    courses = series.divide(now.trend)
    return Told(
        rise=any(_risen(each) for each in courses),
        anything=any(each.change in ("up", "down") for each in courses),
        people=p <= 0.05,
    )


def _risen(each: DividedSeries) -> bool:
    return each.series.subject == TOPIC and each.change == "up"
