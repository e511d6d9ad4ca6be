"""Reports on units: how often a difference is named where there is none, and where there is one.

Every run is a whole report: people answer, disclosure control rounds and hides, and the report
judges by what it prints.
"""

from collections.abc import Iterator
from random import Random

from msgspec import Struct

from survey.form.load import Published
from survey.model.answers import Answers, Chosen
from survey.report.render import unit_comparison
from survey.report.render.unit_comparison import Comparison
from tests.report import worlds
from tests.simulate import rates
from tests.simulate.rates import Rate
from tests.world import forms

# Twelve units of very different sizes, and which of them is the one that may differ.
SIZES = (20, 25, 30, 35, 40, 45, 50, 60, 60, 70, 80, 85)
OTHER, QUESTION, POINTS = 8, "w2", 0.33
# A difference may be named in 5 % of reports; 64 of 1,000 is what chance makes of that at 97.5 %.
REPORTS, MOST, FINDING, LEAST = 1000, 64, 200, 0.80


class Named(Struct, frozen=True):
    """What one report says of its units."""

    differing: bool
    found: bool
    spread: bool


def lines() -> Iterator[Rate]:
    """What `make simulate` prints of units."""
    alike = list(rates.counted(equal, REPORTS))
    what = f"{len(SIZES)} equal units, full form: a unit is called different"
    yield Rate(what, sum(one.differing for one in alike), REPORTS, most=MOST)
    what = "the same: units are said to spread more than chance lets expect"
    yield Rate(what, sum(one.spread for one in alike), REPORTS, most=MOST)
    apart = list(rates.counted(differing, FINDING))
    what = f"{SIZES[OTHER]} answers, {100 * POINTS:.0f} points below the others: it is called"
    yield Rate(what, sum(one.found for one in apart), FINDING, least=LEAST * FINDING)


def equal(run: int) -> Named:
    """A report on units that are all alike, with every question of the form."""
    form = forms.satisfaction("full")
    return _named(form, worlds.answered(form, sum(SIZES), seed=run), run)


def differing(run: int) -> Named:
    """A report in which one unit differs in one question."""
    form = forms.satisfaction()
    answers = worlds.answered(form, sum(SIZES), seed=run)
    share = sum(_good(each) for each in answers) / sum(QUESTION in each for each in answers)
    random, start = Random(run), sum(SIZES[:OTHER])
    for each in answers[start : start + SIZES[OTHER]]:
        if _good(each) and random.random() < POINTS / share:
            each[QUESTION] = Chosen(codes=("2",))
    return _named(form, answers, run)


def _good(answers: Answers) -> bool:
    said = answers.get(QUESTION)
    return isinstance(said, Chosen) and said.codes[0] in ("4", "5")


def _named(form: Published, answers: list[Answers], run: int) -> Named:
    found = worlds.rows(form, answers, seed=run, sizes=SIZES)
    opened = worlds.opened(form, found, invited=300 * len(SIZES), units_count=len(SIZES))
    compared = unit_comparison.compared(worlds.published_from(opened).snapshot)
    return Named(
        differing=bool(compared.differing),
        found=_found(compared),
        spread=any(each.tau2 for each in compared.questions),
    )


def _found(compared: Comparison) -> bool:
    return any(
        each.table.subject == QUESTION and one.unit_id == f"u{OTHER}"
        for each in compared.differing
        for one in each.outside
    )
