"""How long statistics and disclosure control take on one core, against the seconds allowed."""

from collections.abc import Callable, Iterator
from time import process_time

import numpy as np

from survey.model.waves import Thresholds
from survey.statistics import random_intercept
from survey.statistics.disclosure import (
    breakdown,
    publish,
    registry,
    suppress,
    tables,
    threshold,
)
from survey.statistics.disclosure.request import Breakdown, Counted, Request
from tests.load.lines import Line

PEOPLE, ITEMS, UNITS = 65_000, 36, 40


def lines() -> Iterator[Line]:
    """CPU seconds of the heaviest things a report asks for."""
    for measure in (report, optimal, many_units, hidden_units):
        yield measure()


def report() -> Line:
    """36 items x 65,000 answers by 40 units: tables, intervals, suppression, registry."""
    random = np.random.default_rng(7)
    units = random.choice(UNITS, PEOPLE, p=random.dirichlet(np.full(UNITS, 3.0)))
    by_unit = Breakdown(name="unit", groups=tuple(map(str, range(UNITS))), of=units)
    wanted = tuple(
        Counted(
            variable=f"item {i}",
            codes=("1", "2", "3", "4", "5"),
            answers=random.choice(6, PEOPLE, p=[0.05, 0.1, 0.2, 0.35, 0.25, 0.05]) - 1,
            favourable=("4", "5"),
            scores=(1, 2, 3, 4, 5),
            breakdown=by_unit,
        )
        for i in range(ITEMS)
    )
    members = [i.to_bytes(16, "big") for i in range(PEOPLE)]
    request = Request(members=members, tables=wanted)
    return _timed("36 items x 65,000 answers", 1.0, lambda: _publish(request))


def optimal() -> Line:
    """A 12 x 12 table with its margins, a third of its cells too small."""
    random = np.random.default_rng(1)
    counts = random.poisson(random.gamma(2, 2, size=(12, 12)))
    table = tables.crosstab(counts.tolist(), range(12), "abcdefghijkl")
    margins = [key for key in table.cells if tables.ALL in key]
    small = [key for key, count in table.cells.items() if 0 < count < 3 and key not in margins]
    return _timed(
        f"12 x 12 table, {len(small)} primary cells",
        5.0,
        lambda: suppress.suppress(table, small, width=10, shown=margins),
    )


def many_units() -> Line:
    """A random-intercept model of 65,000 answers in 400 units with two predictors."""
    random = np.random.default_rng(3)
    units = random.integers(0, 400, PEOPLE)
    caseload = random.normal(size=400)[units]
    values = random.normal(0, 0.3, 400)[units] + random.normal(size=PEOPLE)
    predictors = {"age": random.normal(size=PEOPLE), "caseload": caseload}
    labels = units.tolist()
    return _timed(
        "random intercept, 400 units",
        5.0,
        lambda: random_intercept.random_intercept(values, labels, predictors=predictors),
    )


def hidden_units() -> Line:
    """400 units by yes and no, one of them too small."""
    random = np.random.default_rng(5)
    counts = random.integers(20, 90, size=(400, 2))
    counts[17] = (3, 4)
    rules = threshold.rules(Thresholds(), "standard")
    return _timed("400 units by two, one too small", 5.0, lambda: breakdown.pattern(counts, rules))


def _publish(request: Request) -> None:
    publish.publish(request, thresholds=Thresholds(), registry=registry.Registry())


def _timed(name: str, allowed: float, work: Callable[[], object]) -> Line:
    started = process_time()
    work()
    return Line(name, process_time() - started, "s", allowed)
