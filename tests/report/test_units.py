"""Tables by unit: what may be shown of each, and that hidden ones cannot be told apart."""

from random import Random

import pytest

from survey.form.load import Published
from survey.model import snapshots
from survey.model.answers import Answers, Chosen
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Snapshot, UnitTable
from survey.report.render import unit_comparison
from tests.report import worlds
from tests.report.worlds import Rows

HIDDEN = Suppressed(reason="secondary")


def wave(form: Published, counts: dict[str, list[int]], invited: int = 400) -> Snapshot:
    """One statement, answered by so many people with codes 1 to 5 in each unit."""
    found: Rows = {"main": []}
    for unit_id, each in counts.items():
        for code, people in zip("12345", each, strict=True):
            answers: list[Answers] = [
                {q: Chosen(codes=(code,)) for q in ("w1", "k1", "k2", "l1", "p1", "h1", "e1")}
            ]
            found["main"] += [(unit_id, said) for said in answers * people]
    Random(5).shuffle(found["main"])
    opened = worlds.opened(form, found, invited=invited, units_count=len(counts))
    return worlds.published_from(opened).snapshot


def table(snapshot: Snapshot, subject: str = "w1") -> UnitTable:
    return next(each for each in snapshot.by_unit if each.subject == subject)


EVEN = [5, 5, 10, 10, 10]


def test_every_unit_of_ten_shows_its_share(form: Published) -> None:
    said = wave(form, {f"u{i}": EVEN for i in range(4)})
    assert [row.n for row in table(said).rows] == [40] * 4
    assert {row.favourable.value for row in table(said).rows} == {0.5}  # type: ignore[union-attr]
    assert [unit.rate.value for unit in said.units] == [0.4] * 4  # type: ignore[union-attr]


@pytest.mark.parametrize("small", [0, 1, 9])
def test_a_unit_of_fewer_than_ten_is_hidden_with_another_one(form: Published, small: int) -> None:
    few = [small // 2, 0, 0, 0, small - small // 2]
    said = wave(form, {"u0": EVEN, "u1": EVEN, "u2": [4, 4, 4, 4, 4], "u3": few})
    rows = table(said).rows
    hidden = [row for row in rows if row.favourable == HIDDEN]
    assert len(hidden) >= (2 if small else 1)
    assert rows[3] in hidden
    assert all(row.n == HIDDEN for row in hidden)
    assert {unit.rate for unit in said.units if unit.unit_id == "u3"} == {HIDDEN}


def test_reasons_for_hiding_cannot_be_told_apart(form: Published) -> None:
    said = wave(
        form,
        {
            "u0": EVEN,
            "u1": EVEN,
            "u2": [0, 0, 0, 20, 20],  # all agree
            "u3": [1, 1, 1, 1, 1],  # too few
            "u4": [19, 19, 19, 19, 19],  # all but five took part
            "u5": EVEN,
        },
        invited=600,
    )
    for each in said.by_unit:
        for row in each.rows:
            shown = isinstance(row.favourable, Estimate)
            assert shown or row.favourable == row.n == HIDDEN
            assert shown or row.mean in (None, HIDDEN)
    assert all(isinstance(unit.rate, Estimate) or unit.rate == HIDDEN for unit in said.units)
    for place in (2, 3, 4):
        assert table(said).rows[place].favourable == HIDDEN


def test_a_unit_whose_rate_is_hidden_shows_no_number_of_answers_anywhere(form: Published) -> None:
    counts = {f"u{i}": EVEN for i in range(5)} | {"u2": [19, 19, 19, 19, 19]}
    said = wave(form, counts, invited=500)
    silent = [i for i, unit in enumerate(said.units) if unit.rate == HIDDEN]
    assert 2 in silent
    for each in said.by_unit:
        assert all(each.rows[place].n == HIDDEN for place in silent)


def test_below_a_hundred_answers_no_unit_is_shown(form: Published) -> None:
    said = wave(form, {f"u{i}": [4, 4, 5, 6, 5] for i in range(4)})
    assert all(row.favourable == HIDDEN for row in table(said).rows)


def test_one_unit_alone_is_the_whole_and_no_table(form: Published) -> None:
    said = wave(form, {"u0": [30, 30, 30, 30, 30]}, invited=400)
    assert (said.units, said.by_unit) == ((), ())


def test_a_topic_by_unit_is_the_mean_of_its_printed_statements(snapshot: Snapshot) -> None:
    topic = table(snapshot, "contact")
    first, second = table(snapshot, "k1"), table(snapshot, "k2")
    for row, one, other in zip(topic.rows, first.rows, second.rows, strict=True):
        assert isinstance(row.favourable, Estimate)
        mean = (one.favourable.value + other.favourable.value) / 2  # type: ignore[union-attr]
        assert row.favourable.value == pytest.approx(mean, abs=0.0051)


def test_a_mean_grade_by_unit_needs_thirty_of_the_unit(form: Published) -> None:
    answers = worlds.answered(form, 300)
    found = worlds.rows(form, answers, weights=(8, 8, 8, 2))
    said = worlds.published_from(worlds.opened(form, found)).snapshot
    rows = table(said, "g1").rows
    assert [isinstance(row.mean, Estimate) for row in rows] == [True, True, True, False]
    assert isinstance(rows[3].favourable, Estimate)


def test_nine_answers_in_many_units_look_like_none(form: Published) -> None:
    few = worlds.rows(form, worlds.answered(form, 9))
    nine = worlds.published_from(worlds.opened(form, few)).snapshot
    none = worlds.published_from(worlds.opened(form, {})).snapshot
    assert snapshots.text(nine) == snapshots.text(none)
    assert len(nine.units) == 4


def test_a_funnel_follows_from_the_printed_rows(form: Published) -> None:
    counts = {f"u{i}": [6, 6, 6, 6 + i, 12 - i] for i in range(9)}
    said = wave(form, counts, invited=1800)
    judged = next(q for q in unit_comparison.compared(said).questions if q.table.subject == "w1")
    assert judged.drawn
    assert [(one.unit_id, one.n, one.figure) for one in judged.placed] == [
        (row.unit_id, row.n, row.favourable) for row in table(said).rows
    ]
