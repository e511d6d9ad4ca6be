"""Units are judged together, by printed numbers alone, and drawn from eight on."""

import msgspec
from scipy import stats

from survey.document import svg
from survey.document.chart import funnel
from survey.model.estimates import Estimate
from survey.model.snapshots import Snapshot, UnitTable
from survey.report.render import satisfaction, unit_comparison
from tests.report import papers


def lowered(given: Snapshot, subject: str, place: int, value: float) -> Snapshot:
    """The same with another share of one unit at one question."""

    def of(table: UnitTable) -> UnitTable:
        if table.subject != subject:
            return table
        rows = list(table.rows)
        n = rows[place].n
        assert isinstance(n, int)
        rows[place] = msgspec.structs.replace(rows[place], favourable=papers.share(value, n))
        return msgspec.structs.replace(table, rows=tuple(rows))

    return msgspec.structs.replace(given, by_unit=tuple(of(table) for table in given.by_unit))


def test_eight_units_make_a_funnel_and_seven_do_not() -> None:
    eight = unit_comparison.compared(papers.snapshot(units=10, small=2)).questions
    seven = unit_comparison.compared(papers.snapshot(units=9, small=2)).questions
    assert all(each.drawn and each.hidden == 2 for each in eight)
    assert all(not each.drawn and len(each.placed) == 7 for each in seven)


def test_the_family_is_every_question_times_every_unit_that_is_shown() -> None:
    found = unit_comparison.compared(papers.snapshot(units=10, small=2, selection="full"))
    assert found.pairs == sum(len(each.placed) for each in found.questions)
    assert found.pairs == 8 * len(found.questions)
    assert found.cut < 0.05 / (found.pairs - len(found.differing) - 10)


def test_a_unit_is_called_different_only_beyond_the_cut_of_all_comparisons() -> None:
    """Rare for one comparison, p about .003, is not rare among a hundred."""
    given = papers.snapshot()
    whole = next(t.whole for t in given.by_unit if t.subject == "w1")
    assert isinstance(whole, Estimate)
    rare = unit_comparison.compared(lowered(given, "w1", 5, whole.value - 0.11))
    assert rare.differing == []
    real = unit_comparison.compared(lowered(given, "w1", 5, whole.value - 0.25))
    assert [(each.table.subject, [one.unit_id for one in each.outside]) for each in real.differing]
    assert [one.where for one in real.differing[0].outside] == ["below"]
    n, hits = 100, round(100 * (whole.value - 0.11))
    assert 0.001 < 2 * stats.binom.cdf(hits, n, whole.value) < 0.02


def test_units_without_a_difference_have_no_spread_either() -> None:
    assert all(each.tau2 == 0 for each in unit_comparison.compared(papers.snapshot()).questions)


def test_nothing_is_compared_where_the_whole_is_hidden() -> None:
    assert unit_comparison.compared(papers.nobody()) == unit_comparison.Comparison()


def test_equal_dots_stand_side_by_side_and_no_text_is_too_small() -> None:
    ranges = [
        funnel.Range(n=n, range=(0.5, 0.9), wider=(0.4, 0.95) if n > 10 else None)
        for n in (10, 40, 80)
    ]
    dots = [funnel.Dot(n=40, value=0.7), funnel.Dot(n=40, value=0.7)]
    dots.append(funnel.Dot(n=75, value=0.45, note="45 % [36 bis 61]"))
    words = funnel.Words(
        across="n",
        target="70 %",
        range="Bereich gleicher",
        more="Einheiten",
        hidden="unter 10",
        percent={n: f"{n} %" for n in range(0, 101, 20)},
    )
    body = funnel.draw(dots, ranges, target=0.7, words=words, alt="a").body
    spots = [piece.split('"')[1] for piece in body.split("<circle cx=")[1:] if 'r="4.2"' in piece]
    assert len(spots) == len(set(spots)) == 2
    assert body.count("stroke-dasharray") == 2
    assert svg.colour("ochre-text") in body
    assert 'font-size="7' not in body


def test_an_estimate_of_the_whole_is_the_target() -> None:
    given = papers.snapshot()
    for each, table in zip(
        unit_comparison.compared(given).questions,
        (t for t in given.by_unit if t.kind != "topic"),
        strict=True,
    ):
        assert isinstance(table.whole, Estimate)
        assert each.target == table.whole.value


def test_that_units_differ_as_a_whole_is_said_and_drawn_only_if_their_own_test_says_so() -> None:
    """Eight of ten units lie off, half above and half below: more than chance lets expect."""
    said = "unterscheiden sich die Einheiten auch insgesamt"
    alike = papers.snapshot(units=10, small=0)
    assert said not in html(alike)
    apart = alike
    table = next(t for t in alike.by_unit if t.subject == "w1")
    assert isinstance(table.whole, Estimate)
    for place in range(8):
        apart = lowered(apart, "w1", place, table.whole.value + (0.14 if place % 2 else -0.14))
    spread = {each.table.subject: each.tau2 for each in unit_comparison.compared(apart).questions}
    assert {subject for subject, tau2 in spread.items() if tau2} == {"w1"}
    assert said in html(apart)


def html(given: Snapshot) -> str:
    edition = papers.edition("internal")
    return satisfaction.document(given, language="de", edition=edition).html
