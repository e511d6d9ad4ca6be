"""W12: FCSM Statistical Policy Working Paper 22; W13: the tau-ARGUS manual, 2.15 and 4.1."""

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
    hidden = suppress.suppress(FCSM, SMALL, width=5, shown=MARGINS)
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
