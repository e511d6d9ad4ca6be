"""An attacker with every frozen report of three waves: all editions are views of these texts.

He is given more than they say: the exact number behind every figure that is printed. He knows who
belongs to which unit, how many were invited, and that nobody answers a question who did not take
part. He solves for the size and the opinion of every unit that had to be hidden, over all tables of
a report together, and tries to follow people from wave to wave. He may have answered himself: then
he knows his own answer to every question, and takes himself out. He must fail on ours, and succeed
when only the units below k are hidden.
"""

import re
from datetime import date

import numpy as np
import pytest
from scipy import optimize, sparse

from survey.model import snapshots
from survey.model.answers import Chosen
from survey.model.estimates import Estimate
from survey.report.measure.programme_context import ProgrammeContext
from survey.report.measure.trend import Earlier
from survey.statistics.disclosure import breakdown, registry
from survey.statistics.disclosure.threshold import Rules
from tests.report import worlds
from tests.world import forms

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
        self.measured = worlds.published_from(self.opened, known, ProgrammeContext(earlier=earlier))
        self.said = snapshots.read(snapshots.text(self.measured.snapshot))
        turned = {rated.question_id for rated in self.said.rated if rated.reversed}
        self.good = {
            table.subject: ("1", "2") if table.subject in turned else GOOD for table in self.tables
        }
        self.truth = {item: self._count(item, good) for item, good in self.good.items()}
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
    return forms.satisfaction()


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

    Unknown: favourable and other answers per item and unit, and who took part per unit. `me` is the
    row of an attacker who answered.
    """

    def __init__(self, wave, shown, rates, me=None):
        self.items, self.units = list(shown), len(wave.took)
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
        if me is not None:
            self.herself(wave, *me)

    def herself(self, wave, unit, sides):
        """One is there; where she is alone, nobody else is."""
        alone = wave.took[unit] <= 1
        self.add({self.part(unit): 1}, 1, 1 if alone else np.inf)
        for item, side in sides.items():
            if item in self.items:
                true = wave.truth[item][unit, side]
                self.add({self.at(item, unit, side): 1}, 1, 1 if true == 1 else np.inf)

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

    def ranges(self, wave):
        """What is known of units that had to be hidden: their answers, their favourable answers."""
        found = {}
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
                        found[item, unit, what] = (low, high)
        return found

    def recovered(self, wave):
        """What is known better than k apart."""
        found = self.ranges(wave)
        return [(*what, low, high) for what, (low, high) in found.items() if high - low < K]


def respondents(wave):
    """One of each unit below k: the one whose answers are the rarest there."""
    found = {}
    for name, said in wave.rows["main"]:
        unit = int(name[1:])
        sides = {
            item: 0 if said[item].codes[0] in wave.good[item] else 1
            for item in wave.truth
            if hasattr(said.get(item), "codes")
        }
        rarity = sum(1 / wave.truth[item][unit, side] for item, side in sides.items())
        if wave.took[unit] < K and rarity > found.get(unit, (0, None))[0]:
            found[unit] = (rarity, sides)
    return {unit: sides for unit, (_, sides) in found.items()}


def learned(wave, said, rates):
    """What one who answered knows of units other than by being in them, and readers do not."""
    known, found = Attack(wave, said, rates).ranges(wave), []
    for me in respondents(wave).items():
        for what, (low, high) in Attack(wave, said, rates, me).ranges(wave).items():
            item, unit, about = what
            before = known[what][1] - known[what][0]
            alone = unit == me[0] and wave.truth[item][unit].sum() <= 1
            mine = unit == me[0] and about == "favourable" and wave.truth[item][unit, 0] <= 1
            if high - low < min(K, before - 1) and not (alone or mine):
                found.append((me[0], *what, low, high))
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


def test_no_respondent_of_a_small_unit_learns_of_another(waves, figures):
    attempts = 0
    for wave in waves:
        said = {table.subject: visible(table.rows) for table in wave.tables}
        rates = [i for i, u in enumerate(wave.said.units) if isinstance(u.rate, Estimate)]
        assert learned(wave, said, rates) == []
        attempts += len(respondents(wave))
    assert attempts > len(waves)
    figures.append(f"respondents against reports: {attempts} tried, 0 learned of another unit")


class Table:
    """One question by unit, with people who answered nothing else."""

    def __init__(self, counts):
        self.truth, self.good = {"w1": np.array(counts)}, {"w1": GOOD}
        self.took = self.truth["w1"].sum(axis=1)
        codes = [
            (u, c) for u, row in enumerate(counts) for c, n in zip("51", row, strict=True) if n
        ]
        self.rows = {"main": [(f"u{u}", {"w1": Chosen(codes=(c,))}) for u, c in codes]}

    def shown(self, *, respondents):
        """Units whose answers are shown if respondents are reckoned with, or readers alone."""
        rules = Rules(k=K)
        pattern = breakdown.pattern(self.truth["w1"], rules, respondents=respondents)
        return [unit for unit in range(len(self.took)) if pattern.base(unit) is None]


@pytest.mark.parametrize("few", [[(0, 1), (5, 4)], [(3, 1), (2, 4)]])
def test_a_respondent_learns_of_others_where_only_readers_are_reckoned_with(few):
    wave = Table([(60, 30), (40, 25), (15, 18), *few])
    naive, ours = wave.shown(respondents=False), wave.shown(respondents=True)
    assert learned(wave, {"w1": naive}, naive)
    assert learned(wave, {"w1": ours}, ours) == []


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
    again = worlds.published_from(opened, known, ProgrammeContext(earlier=earlier)).snapshot
    assert snapshots.text(again) == snapshots.text(second.said)
