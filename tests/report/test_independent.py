"""The whole snapshot against a calculation that shares nothing with ours: loops and formulas.

Wilson 1927 for shares; Student's t for means (quantile from its own table in scipy); rounding as
printed: whole per cents half up, limits outwards, people to the nearest five.
"""

import math
from collections.abc import Iterator, Sequence

import pytest
from scipy import stats

from survey.form.load import Published
from survey.model.answers import Answers, Chosen, Declined, NotApplicable
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.snapshots import Snapshot, UnitTable
from tests.report import worlds
from tests.report.worlds import Rows
from tests.world import forms

SIZES = (160, 120, 90, 60, 40, 22, 8)


@pytest.fixture(scope="module")
def full() -> Published:
    return forms.satisfaction("full")


@pytest.fixture(scope="module")
def sheets(full: Published) -> Rows:
    answers = worlds.answered(full, sum(SIZES), seed=11)
    return worlds.rows(full, answers, seed=3, weights=SIZES)


@pytest.fixture(scope="module")
def said(full: Published, sheets: Rows) -> Snapshot:
    found = worlds.opened(full, sheets, invited=1750, units_count=len(SIZES))
    return worlds.published_from(found).snapshot


class Count:
    """What people said to one question, counted one by one."""

    def __init__(self, sheets: Rows, question_id: str, unit_id: str | None = None) -> None:
        self.codes: dict[str, int] = {}
        self.refused = self.unfitting = self.missing = 0
        for rows in sheets.values():
            if not any(question_id in answers for _, answers in rows):
                continue
            for unit, answers in rows:
                if unit_id in (None, unit):
                    self.add(answers, question_id)

    def add(self, answers: Answers, question_id: str) -> None:
        said = answers.get(question_id)
        if isinstance(said, Chosen):
            self.codes[said.codes[0]] = self.codes.get(said.codes[0], 0) + 1
        elif isinstance(said, Declined):
            self.refused += 1
        elif isinstance(said, NotApplicable):
            self.unfitting += 1
        else:
            self.missing += 1

    def of(self, codes: Sequence[str]) -> int:
        return sum(self.codes.get(code, 0) for code in codes)

    @property
    def n(self) -> int:
        return sum(self.codes.values())


def five(n: int) -> int:
    return 5 * math.floor(n / 5 + 0.5)


def half_up(hits: int, n: int) -> float:
    """Whole per cent in whole numbers: 56.5 is 57 and no float decides it."""
    return (200 * hits + n) // (2 * n) / 100


def wilson(hits: int, n: int) -> tuple[float, float, float]:
    z = 1.959963984540054
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = math.floor(100 * (middle - half)), math.ceil(100 * (middle + half))
    return half_up(hits, n), low / 100, high / 100


def check(figure: Figure, hits: int, n: int, missing: int = 0, k: int = 10) -> None:
    """The figure is the share, or what stands for it where it may not be shown."""
    if n < k:
        assert figure == Suppressed(reason="too-few")
    elif min(hits, n - hits) < 3:
        assert isinstance(figure, Suppressed)
        assert figure.reason == "unanimous"
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= hits / n <= figure.high
    else:
        assert isinstance(figure, Estimate)
        assert (figure.value, figure.low, figure.high) == pytest.approx(wilson(hits, n))
        assert (figure.n, figure.missing) == (five(n), five(missing))


def test_every_statement(said: Snapshot, sheets: Rows) -> None:
    assert len(said.rated) > 20
    for rated in said.rated:
        count = Count(sheets, rated.question_id)
        good = ("1", "2") if rated.reversed else ("4", "5")
        without = count.refused + count.unfitting + count.missing
        check(rated.favourable, count.of(good), count.n, without)
        asked = count.n + count.refused + count.unfitting
        check(rated.refused, count.refused, asked, count.missing)
        assert not isinstance(rated.not_applicable, int)
        check(rated.not_applicable, count.unfitting, asked, count.missing)
        assert sum(part.percent for part in rated.parts) == 100
        for part in rated.parts:
            share = 100 * count.of(part.codes) / count.n
            assert abs(part.percent - share) <= 1


def moods(said: Snapshot, sheets: Rows, construct: str) -> Iterator[list[int | None]]:
    """Person by person, what they say to the statements of a topic: 1 favourable, 0 not."""
    asked = [r for r in said.rated if r.construct == construct]
    pile = next(rows for rows in sheets.values() if any(asked[0].question_id in a for _, a in rows))
    for _, answers in pile:
        found: list[int | None] = []
        for rated in asked:
            chosen = answers.get(rated.question_id)
            good = ("1", "2") if rated.reversed else ("4", "5")
            found.append(int(chosen.codes[0] in good) if isinstance(chosen, Chosen) else None)
        if any(each is not None for each in found):
            yield found


def test_every_topic(said: Snapshot, sheets: Rows) -> None:
    """The mean of its statements; its interval from how much people differ, not ticks."""
    several = 0
    for topic in said.topics:
        shares = [r.favourable for r in said.rated if r.construct == topic.construct]
        assert isinstance(topic.favourable, Estimate)
        value = sum(share.value for share in shares) / len(shares)  # type: ignore[union-attr]
        assert topic.favourable.value == pytest.approx(value, abs=0.0051)
        if topic.statements == 1:
            assert topic.favourable == shares[0]
            continue
        several += 1
        people = list(moods(said, sheets, topic.construct))
        each = list(zip(*people, strict=True))
        given = [[x for x in column if x is not None] for column in each]
        exact = [sum(column) / len(column) for column in given]
        own = [
            sum(
                (x - share) / len(column) / len(given)
                for x, share, column in zip(person, exact, given, strict=True)
                if x is not None
            )
            for person in people
        ]
        count = len(people)
        variance = sum(x * x for x in own) * count / (count - 3)
        theta = sum(exact) / len(exact)
        n = theta * (1 - theta) / variance
        assert topic.effective == max(10, 10 * int(n / 10))
        z = 1.959963984540054
        middle = (value + z * z / (2 * topic.effective)) / (1 + z * z / topic.effective)
        half = z * math.sqrt(
            value * (1 - value) / topic.effective + z * z / (4 * topic.effective**2)
        )
        half /= 1 + z * z / topic.effective
        assert topic.favourable.low == pytest.approx(math.floor(100 * (middle - half)) / 100)
        assert topic.favourable.high == pytest.approx(math.ceil(100 * (middle + half)) / 100)
    assert several >= 5


def test_the_grade(said: Snapshot, sheets: Rows) -> None:
    (grade,) = said.grades
    count = Count(sheets, "g1")
    check(grade.favourable, count.of("12"), count.n, count.refused + count.missing)
    values = [int(code) for code, often in count.codes.items() for _ in range(often)]
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
    half = stats.t.ppf(0.975, len(values) - 1) * spread / math.sqrt(len(values))
    assert isinstance(grade.mean, Estimate)
    assert grade.mean.value == pytest.approx(mean, abs=0.0501)
    assert grade.mean.low == pytest.approx(math.floor(10 * (mean - half)) / 10)
    assert grade.mean.high == pytest.approx(math.ceil(10 * (mean + half)) / 10)


def test_every_help(said: Snapshot, sheets: Rows) -> None:
    assert len(said.helps) > 3
    for each in said.helps:
        count, k = Count(sheets, each.question_id), 20 if each.sensitive else 10
        needed = count.of(("got", "late", "not_got"))
        without = count.refused + count.unfitting + count.missing
        check(each.needed, needed, count.n, without, k)
        missed = count.of(("late", "not_got"))
        check(each.unmet, missed, needed, without + count.n - needed, k)
        asked = count.n + count.refused + count.unfitting
        check(each.refused, count.refused, asked, count.missing, k)


def test_what_was_declared(said: Snapshot, sheets: Rows) -> None:
    (declared,) = said.declared
    count = Count(sheets, declared.question_id)
    without = count.refused + count.unfitting + count.missing
    check(declared.share, count.of((declared.code,)), count.n, without, 20)


def test_the_ways_people_answered(said: Snapshot, sheets: Rows) -> None:
    assert {mix.kind for mix in said.mixes} == {"language", "medium"}
    for mix in said.mixes:
        count = Count(sheets, mix.kind)
        assert mix.n == five(count.n)
        assert sum(part.percent for part in mix.parts) == 100
        for part in mix.parts:
            assert count.of(part.codes) >= 20
            assert abs(part.percent - 100 * count.of(part.codes) / count.n) <= 1


def done(full: Published, rows: Sequence[tuple[str, Answers]]) -> Iterator[tuple[str, float]]:
    core = [q.id for q in full.form.questions if q.core]
    for unit, answers in rows:
        yield unit, sum(1 for q in core if q in answers) / len(core)


def test_who_took_part(said: Snapshot, full: Published, sheets: Rows) -> None:
    shares = list(done(full, sheets["main"]))
    answered = sum(1 for _, share in shares if share >= 0.5)
    complete = sum(1 for _, share in shares if share >= 0.8)
    rates = (said.response.rate, said.response.complete_rate)
    for rate, people in zip(rates, (answered, complete), strict=True):
        assert isinstance(rate, Estimate)
        assert rate.value == half_up(people, 1750)
    assert said.response.answered == five(answered)
    for unit in said.units:
        took = sum(1 for u, share in shares if u == unit.unit_id and share >= 0.5)
        assert unit.invited == 250
        if isinstance(unit.rate, Estimate):
            assert took >= 10
            assert unit.rate.value == half_up(took, 250)
    assert isinstance(said.units[-1].rate, Suppressed)


def shown(said: Snapshot, kind: str) -> Iterator[tuple[UnitTable, str, Estimate, Figure | None]]:
    for table in said.by_unit:
        if table.kind == kind:
            for row in table.rows:
                if isinstance(row.favourable, Estimate):
                    yield table, row.unit_id, row.favourable, row.mean


def test_every_unit_shown(said: Snapshot, sheets: Rows) -> None:
    turned = {r.question_id for r in said.rated if r.reversed}
    rows = list(shown(said, "statement"))
    # Most of what could be shown is shown: seven units less the small one and its companion.
    assert len(rows) >= 4 * len(said.rated)
    for table, unit_id, figure, _ in rows:
        count = Count(sheets, table.subject, unit_id)
        good = ("1", "2") if table.subject in turned else ("4", "5")
        check(figure, count.of(good), count.n)


def test_grades_by_unit(said: Snapshot, sheets: Rows) -> None:
    means = 0
    for table, unit_id, figure, mean in shown(said, "grade"):
        count = Count(sheets, table.subject, unit_id)
        check(figure, count.of("12"), count.n)
        if isinstance(mean, Estimate):
            means += 1
            assert count.n >= 30
            total = sum(int(code) * often for code, often in count.codes.items())
            assert mean.value == pytest.approx(total / count.n, abs=0.0501)
        else:
            assert count.n < 30
    assert means >= 3
