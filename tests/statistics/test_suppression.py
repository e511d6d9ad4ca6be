"""W12: FCSM Statistical Policy Working Paper 22; W13: the tau-ARGUS manual, 2.15 and 4.1.

Both reckon with readers who did not answer themselves; `test_insiders` has those who did.
"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.disclosure import audit, suppress, tables

FCSM = tables.crosstab(
    [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]],
    ["Alpha", "Beta", "Gamma", "Delta"],
    [1, 2, 3, 4],
)
MARGINS = [key for key in FCSM.cells if tables.ALL in key]
SMALL = [key for key, count in FCSM.cells.items() if count < 5]


def test_six_cells_hidden_alone_are_all_recovered():
    found = audit.intervals(FCSM, SMALL)
    assert len(found) == 6
    assert all(interval.width == 0 for interval in found.values())
    assert all(interval.low == FCSM.cells[key] for key, interval in found.items())


def test_two_hidden_per_row_and_column_still_give_a_cell_away():
    hidden = [("Alpha", c) for c in (2, 3, 4)] + [("Beta", c) for c in (2, 3)]
    hidden += [("Gamma", 1), ("Gamma", 4), ("Delta", 1), ("Delta", 4)]
    found = audit.intervals(FCSM, hidden)
    assert found["Alpha", 4] == audit.Interval(1, 1)
    assert found["Gamma", 1] == audit.Interval(1, 5)


def test_the_best_choice_hides_three_more_cells_of_29_people():
    hidden = suppress.suppress(FCSM, SMALL, width=5, shown=MARGINS, respondents=False)
    assert hidden - set(SMALL) == {("Gamma", 2), ("Delta", 1), ("Delta", 3)}
    found = audit.intervals(FCSM, hidden, of=SMALL)
    assert [(found[key].low, found[key].high) for key in SMALL] == [
        *[(0, 5)] * 3,
        (0, 9),
        (0, 5),
        (0, 5),
    ]


def test_audit_of_the_argus_manual():
    table = tables.crosstab([[3, 4], [3, 0]], ["a", "b"], [1, 2])
    hidden = [key for key in table.cells if tables.ALL not in key]
    # The manual's rows: X11 X12 | 7; X21 X22 | 3; 3 3 | 6 and totals 9 7 16.
    table = tables.crosstab([[3, 4], [3, 0], [3, 3]], ["a", "b", "c"], [1, 2])
    found = audit.intervals(table, hidden)
    assert [(i.low, i.high) for i in found.values()] == [(3, 6), (1, 4), (0, 3), (0, 3)]


def test_pattern_of_the_argus_test_table():
    table = tables.crosstab(
        [[20, 50, 10], [8, 19, 22], [17, 32, 12]], ["A", "B", "C"], ["I", "II", "III"]
    )
    margins = [key for key in table.cells if tables.ALL in key]
    hidden = suppress.suppress(table, [("B", "I")], width=9, shown=margins)
    assert hidden == {("B", "I"), ("B", "III"), ("C", "I"), ("C", "III")}
    found = audit.intervals(table, hidden)
    assert [(i.low, i.high) for i in found.values()] == [(0, 25), (5, 30), (0, 25), (4, 29)]


def exhaustively(table, primary, width, respondents):
    """The best choice by trying every one."""
    inner = [key for key in table.cells if tables.ALL not in key and table.cells[key] > 0]
    free = [key for key in inner if key not in primary]
    best = None
    for size in range(len(free) + 1):
        for more in combinations(free, size):
            cost = (size, sum(table.cells[key] for key in more))
            if best and cost >= best:
                continue
            hidden = {*primary, *more}
            if _sums_enough(table, hidden, width + respondents) and not audit.unsafe(
                table, hidden, width=width, of=primary, respondents=respondents
            ):
                best = cost
        if best:
            return best
    return best


def _sums_enough(table, hidden, width):
    for relation in table.relations:
        parts = [table.cells[key] for key in relation.parts if key in hidden]
        total = sum(table.cells[key] for key in relation.parts)
        if parts and (sum(parts) < min(width, total) or parts == [1, 1]):
            return False
    return True


small_tables = st.lists(
    st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3
)


@settings(max_examples=30, deadline=None)
@given(small_tables, st.booleans())
def test_the_choice_is_as_good_as_the_best_of_all(counts, respondents):
    table = tables.crosstab(counts, "abc", "xyz")
    margins = [key for key in table.cells if tables.ALL in key]
    primary = [key for key, n in table.cells.items() if 0 < n < 3 and key not in margins][:3]
    hidden = suppress.suppress(table, primary, width=5, shown=margins, respondents=respondents)
    best = exhaustively(table, primary, 5, respondents) if primary else (0, 0)
    if hidden is None:
        assert best is None
    else:
        more = hidden - set(primary)
        assert (len(more), sum(table.cells[key] for key in more)) == best


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=2, max_size=6),
    st.sampled_from([5, 10]),
)
def test_a_hidden_cell_is_never_known_better_than_k_and_a_rerun_hides_the_same(counts, k):
    rows = list(range(len(counts)))
    table = tables.crosstab(counts, rows, "abcd")
    margins = [key for key in table.cells if tables.ALL in key]
    primary = [key for key, n in table.cells.items() if 0 < n < 3 and key not in margins]
    hidden = suppress.suppress(table, primary, width=k, shown=margins)
    assert hidden == suppress.suppress(table, primary, width=k, shown=margins)
    if hidden is not None:
        assert hidden >= set(primary)
        assert audit.unsafe(table, hidden, width=k, of=primary, respondents=True) == {}


def test_two_single_people_are_not_hidden_alone_in_a_line():
    table = tables.crosstab([[1, 1, 9], [6, 5, 4], [7, 8, 3]], "abc", "xyz")
    margins = [key for key in table.cells if tables.ALL in key]
    hidden = suppress.suppress(table, [("a", "x"), ("a", "y")], width=2, shown=margins)
    assert ("a", "z") in hidden


def test_tables_that_share_a_margin_are_judged_together():
    by_age = tables.crosstab([[2, 20], [30, 40]], ["A", "B"], ["young", "old"])
    by_sex = tables.crosstab([[9, 13], [33, 37]], ["A", "B"], ["w", "m"])
    linked = tables.join([by_age, by_sex])
    assert len(linked.cells) == 9 + 9 - 3
    alone = audit.intervals(linked, [("A", "young"), ("A", "old"), ("A", tables.ALL)])
    assert all(interval.width == 0 for interval in alone.values())
    with pytest.raises(ValueError, match="two counts"):
        tables.join([by_age, tables.crosstab([[2, 21], [30, 40]], ["A", "B"], ["young", "old"])])


def test_no_safe_choice_hides_all():
    table = tables.crosstab([[1, 5], [2, 6]], "ab", "xy")
    margins = [key for key in table.cells if tables.ALL in key]
    assert suppress.suppress(table, [("a", "x")], width=10, shown=margins) is None
    assert suppress.suppress(table, [("a", "x")], width=2, shown=[("a", "x")]) is None
    assert suppress.suppress(table, [], width=10) == frozenset()


def test_large_systems_take_a_safe_choice(monkeypatch):
    monkeypatch.setattr(suppress, "OPTIMAL_UP_TO", 0)
    hidden = suppress.suppress(FCSM, SMALL, width=5, shown=MARGINS)
    assert hidden >= set(SMALL)
    assert audit.unsafe(FCSM, hidden, width=5, of=SMALL) == {}
    assert not hidden & set(MARGINS)


def test_what_a_reader_knows_from_elsewhere_narrows_an_interval():
    table = tables.crosstab([[4, 16], [12, 28]], "ab", "xy")
    hidden = [key for key in table.cells if tables.ALL not in key]
    free = audit.intervals(table, hidden)["a", "x"]
    bound = audit.intervals(table, hidden, most={("a", "x"): 6})["a", "x"]
    insider = audit.intervals(table, hidden, known=[("b", "y")])["a", "x"]
    assert (free.low, free.high, bound.high, insider.width) == (0, 16, 6, 0)


@pytest.mark.parametrize(
    "broken",
    [
        lambda: tables.crosstab([[1, 2], [3]], "ab", "xy"),
        lambda: tables.crosstab([[1, -2]], "a", "xy"),
        lambda: tables.crosstab([[1, 2]], "a", "xx"),
        lambda: tables.crosstab([[1, 2]], [tables.ALL], "xy"),
        lambda: audit.intervals(FCSM, ["no such cell"]),
    ],
)
def test_what_is_no_table_is_refused(broken):
    with pytest.raises(ValueError, match=r"."):
        broken()
