"""An attacker with every frozen report of three waves: all editions are views of these texts.

He is given more than they say: the exact number behind every figure that is printed. He knows who
belongs to which unit, how many were invited, and that nobody answers a question who did not take
part. He solves for the size and the opinion of every unit that had to be hidden, over all tables of
a report together, and tries to follow people from wave to wave. He must fail on ours, and succeed
when only the units below k are hidden.
"""

import re
from datetime import date

import numpy as np
import pytest
from scipy import optimize, sparse

from survey.model import snapshots
from survey.model.estimates import Estimate
from survey.report.build import Around
from survey.report.trend import Earlier
from survey.statistics.disclosure import registry
from tests.report import worlds

K = 10
SIZES = (60, 52, 45, 40, 33, 26, 18, 14, 12, 9, 6, 4)
INVITED = 150
GOOD = ("4", "5")


class Wave:
    """One wave with its truth and what was published of it."""

    def __init__(self, form, number, known, earlier):
        answers = worlds.answered(form, sum(SIZES), seed=40 + number)
        self.rows = worlds.rows(form, answers, seed=number, weights=SIZES)
        year = 2023 + number
        self.opened = worlds.opened(
            form,
            self.rows,
            invited=INVITED * len(SIZES),
            units_count=len(SIZES),
            wave_id=f"round-{number}",
            number=number,
            opens_on=date(year, 2, 1),
            closes_on=date(year, 3, 1),
        )
        self.measured = worlds.published_from(self.opened, known, Around(earlier=earlier))
        self.said = snapshots.read(snapshots.text(self.measured.snapshot))
        turned = {rated.question_id for rated in self.said.rated if rated.reversed}
        self.truth = {
            table.subject: self._count(
                table.subject, ("1", "2") if table.subject in turned else GOOD
            )
            for table in self.tables
        }
        core = [q.id for q in form.form.questions if q.core]
        self.took = np.zeros(len(SIZES), dtype=int)
        for unit, said in self.rows["main"]:
            self.took[int(unit[1:])] += sum(q in said for q in core) >= 0.5 * len(core)

    @property
    def tables(self):
        return [table for table in self.said.by_unit if table.kind == "statement"]

    def _count(self, question, good):
        """(favourable, other) by unit."""
        found = np.zeros((len(SIZES), 2), dtype=int)
        for unit, said in self.rows["main"]:
            answer = said.get(question)
            if hasattr(answer, "codes"):
                found[int(unit[1:]), 0 if answer.codes[0] in good else 1] += 1
        return found


@pytest.fixture(scope="module")
def form():
    return worlds.published()


@pytest.fixture(scope="module")
def waves(form):
    known, earlier, found = registry.Registry(), (), []
    for number in (1, 2, 3):
        wave = Wave(form, number, known, earlier)
        known = wave.measured.registry
        earlier = (*earlier, Earlier(snapshot=wave.said, published=form))
        found.append(wave)
    return found


class Attack:
    """All tables by unit of one report as one system; what is shown is known exactly.

    Unknown: favourable and other answers per item and unit, and who took part per unit.
    """

    def __init__(self, wave, shown, rates):
        self.items, self.units = list(shown), len(SIZES)
        self.size = 2 * self.units * len(self.items) + self.units
        self.rows, self.least, self.most = [], [], []
        for item, visible in shown.items():
            truth = wave.truth[item]
            for side in (0, 1):
                every = {self.at(item, unit, side): 1 for unit in range(self.units)}
                self.know(every, truth[:, side].sum())
                for unit in visible:
                    self.know({self.at(item, unit, side): 1}, truth[unit, side])
            for unit in range(self.units):
                # Nobody answers who did not take part; some take part and leave this out. Sheets
                # that break off early count as answers here and not in the rate: a few.
                both = {self.at(item, unit, 0): 1, self.at(item, unit, 1): 1, self.part(unit): -1}
                self.add(both, -np.inf, 5)
        for unit in rates:
            self.know({self.part(unit): 1}, wave.took[unit])
        self.know({self.part(unit): 1 for unit in range(self.units)}, wave.took.sum())

    def at(self, item, unit, side):
        return 2 * (self.items.index(item) * self.units + unit) + side

    def part(self, unit):
        return 2 * self.units * len(self.items) + unit

    def know(self, where, value):
        self.add(where, value, value)

    def add(self, where, low, high):
        self.rows.append(where)
        self.least.append(low)
        self.most.append(high)

    def range(self, goal):
        cells = [(r, c, v) for r, row in enumerate(self.rows) for c, v in row.items()]
        lines, columns, values = zip(*cells, strict=True)
        system = sparse.csr_matrix((values, (lines, columns)), (len(self.rows), self.size))
        price = np.zeros(self.size)
        for place, value in goal.items():
            price[place] = value
        ends = []
        for sign in (1, -1):
            found = optimize.milp(
                sign * price,
                constraints=optimize.LinearConstraint(system, self.least, self.most),
                bounds=optimize.Bounds(0, INVITED),
            )
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)

    def recovered(self, wave):
        """Hidden units whose answers, or favourable answers, are known better than k apart."""
        found = []
        for item in self.items:
            for unit, (good, other) in enumerate(wave.truth[item]):
                few = good + other < K
                for what, goal, size in (
                    ("size", {self.at(item, unit, 0): 1, self.at(item, unit, 1): 1}, good + other),
                    ("favourable", {self.at(item, unit, 0): 1}, good),
                ):
                    if few or (what == "favourable" and min(good, other) < 3):
                        low, high = self.range(goal)
                        assert low <= size <= high
                        if high - low < K:
                            found.append((item, unit, what, low, high))
        return found


def visible(rows):
    return [place for place, row in enumerate(rows) if isinstance(row.favourable, Estimate)]


def test_no_hidden_unit_is_recovered_from_all_tables_together(waves, figures):
    hidden = shown = 0
    for wave in waves:
        said = {table.subject: visible(table.rows) for table in wave.tables}
        rates = [i for i, u in enumerate(wave.said.units) if isinstance(u.rate, Estimate)]
        assert Attack(wave, said, rates).recovered(wave) == []
        shown += sum(len(each) for each in said.values())
        hidden += sum(len(SIZES) - len(each) for each in said.values())
    assert shown > hidden
    figures.append(f"units in reports: {shown} rows shown, {hidden} hidden, 0 recovered")


def test_the_same_attack_succeeds_where_only_units_below_k_are_hidden(waves):
    wave = waves[0]
    said = {
        item: [u for u in range(len(SIZES)) if truth[u].sum() >= K]
        for item, truth in list(wave.truth.items())[:3]
    }
    rates = [u for u in range(len(SIZES)) if wave.took[u] >= K]
    assert Attack(wave, said, rates).recovered(wave)


def test_no_number_of_answers_is_printed_where_the_rate_is_hidden(waves):
    for wave in waves:
        silent = {i for i, u in enumerate(wave.said.units) if not isinstance(u.rate, Estimate)}
        assert silent
        for table in wave.said.by_unit:
            assert silent.isdisjoint(visible(table.rows))


def test_a_report_of_a_later_wave_adds_nothing_about_an_earlier_one(waves):
    """Its trend repeats what was printed; nothing else names an earlier wave."""
    for later in waves[1:]:
        for one in later.said.trend:
            for point in one.points[:-1]:
                before = waves[point.number - 1].said
                printed = (
                    [t.favourable for t in before.topics if t.construct == one.subject]
                    if one.kind == "topic"
                    else [g.mean for g in before.grades if g.question_id == one.subject]
                )
                assert [point.figure] == printed
        rest = snapshots.text(snapshots.msgspec.structs.replace(later.said, trend=()))
        named = set(re.findall(r"round-\d", rest))
        assert named == {later.said.setting.wave_id}


def test_who_gave_which_answers_in_two_waves_changes_no_report(form, waves):
    """Everybody's answers of the second wave are handed to somebody else: the same texts."""
    second = waves[1]
    turned = {name: rows[::-1] for name, rows in second.rows.items()}
    known, earlier = waves[0].measured.registry, (Earlier(snapshot=waves[0].said, published=form),)
    opened = worlds.opened(
        form,
        turned,
        invited=INVITED * len(SIZES),
        units_count=len(SIZES),
        wave_id="round-2",
        number=2,
        opens_on=second.opened.wave.opens_on,
        closes_on=second.opened.wave.closes_on,
    )
    again = worlds.published_from(opened, known, Around(earlier=earlier)).snapshot
    assert snapshots.text(again) == snapshots.text(second.said)
