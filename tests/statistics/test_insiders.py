"""An attacker who answered herself: she takes herself out of every sum, and reads on.

She knows her group and what she said, and whether she is alone with it. She tries every table that
fits what is shown (whole numbers, by a solver of her own) and wants a group that had to be hidden,
or the answers of fewer than k others. She must find nothing, and find something as soon as the rule
reckons with readers alone.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from survey.model.estimates import Suppressed
from survey.model.waves import Thresholds
from survey.statistics.disclosure import audit, breakdown, publish, rated, suppress, tables
from survey.statistics.disclosure.registry import Registry
from survey.statistics.disclosure.request import Counted, Rated, Request
from survey.statistics.disclosure.tables import ALL
from survey.statistics.disclosure.threshold import Rules

K = 10
RULES = Rules(k=K)


class Reader:
    """Somebody with a table whose hidden cells are unknown; `me` is the cell of her own answer."""

    def __init__(self, counts, hidden, me=None):
        self.counts, self.hidden, self.me = counts, set(hidden), me
        self.size = counts.size
        self.rows, self.low, self.high = [], [], []
        groups, categories = counts.shape
        for c in range(categories):
            self._know([(g, c) for g in range(groups)])
        for g in range(groups):
            if (g, ALL) not in self.hidden:
                self._know([(g, c) for c in range(categories)])
            for c in range(categories):
                if (g, c) not in self.hidden:
                    self._know([(g, c)])
        if me is not None:
            self._herself(*me)

    def _herself(self, g, c):
        self._know([(g, c)], least=1, most=1 if self.counts[g, c] == 1 else np.inf)
        if self.counts[g].sum() == 1:
            self._know([(g, other) for other in range(self.counts.shape[1])])

    def _know(self, cells, least=None, most=None):
        true = sum(int(self.counts[cell]) for cell in cells)
        self.rows.append(self._line(cells))
        self.low.append(true if least is None else least)
        self.high.append(true if most is None else most)

    def _line(self, cells):
        line = np.zeros(self.counts.shape)
        for cell in cells:
            line[cell] = 1
        return line.ravel()

    def range(self, cells):
        ends = []
        for sign in (1, -1):
            found = optimize.milp(
                sign * self._line(cells),
                integrality=np.ones(self.size),
                constraints=optimize.LinearConstraint(np.array(self.rows), self.low, self.high),
                bounds=optimize.Bounds(0, int(self.counts.sum())),
            )
            assert found.status == 0
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]

    def width(self, cells):
        low, high = self.range(cells)
        return high - low


def insiders(counts, hidden):
    """A reader for every answer that was given in a hidden cell."""
    cells = [tuple(int(i) for i in cell) for cell in np.argwhere(counts > 0)]
    return [Reader(counts, hidden, me) for me in cells if me in hidden]


def found(counts, hidden):
    """What an insider learns: a hidden group below k, or a sum of fewer than k others."""
    outsider, learned = Reader(counts, hidden), []
    groups, categories = counts.shape
    small = [g for g in range(groups) if 0 < counts[g].sum() < K and (g, ALL) in hidden]
    wanted = {("size", g): [(g, c) for c in range(categories)] for g in small}
    wanted |= {("answer", g, c): [(g, c)] for g in small for c in range(categories)}
    for reader in insiders(counts, hidden):
        mine, own = reader.me
        alone = counts[mine].sum() == 1
        for what, cells in wanted.items():
            known = cells == [reader.me] and counts[reader.me] == 1
            if (alone and what[1] == mine) or known:
                continue
            if reader.width(cells) < min(K, outsider.width(cells) - 1):
                learned.append((reader.me, *what))
        for c in range(categories):
            sum_ = sum(int(counts[g, c]) for g in range(groups) if (g, c) in hidden)
            left = sum_ - (c == own)
            if 0 < left < K and left + (c == own) < counts[:, c].sum():
                learned.append((reader.me, "sum", c))
        people = sum(int(counts[g].sum()) for g in range(groups) if (g, ALL) in hidden)
        if (mine, ALL) in hidden and people - 1 < K:
            learned.append((reader.me, "people"))
    return learned


def hidden(counts, *, respondents=True):
    return set(breakdown.pattern(counts, RULES, respondents=respondents).hidden)


ONE_NINE_FORTY = np.array([[1], [9], [40], [60]])


def test_the_lone_respondent_of_a_row_of_1_9_and_40_does_not_learn_the_nine():
    naive = hidden(ONE_NINE_FORTY, respondents=False)
    assert naive == {(0, 0), (0, ALL), (1, 0), (1, ALL)}
    assert Reader(ONE_NINE_FORTY, naive).range([(1, 0)]) == (0, 10)
    assert Reader(ONE_NINE_FORTY, naive, me=(0, 0)).range([(1, 0)]) == (9, 9)
    assert ((0, 0), "size", 1) in found(ONE_NINE_FORTY, naive)
    ours = hidden(ONE_NINE_FORTY)
    assert ours == naive | {(2, 0), (2, ALL)}
    assert Reader(ONE_NINE_FORTY, ours, me=(0, 0)).range([(1, 0)]) == (0, 49)
    assert found(ONE_NINE_FORTY, ours) == []


def test_ten_hidden_together_are_nine_to_each_of_them():
    counts = np.array([[4], [6], [30], [60]])
    assert found(counts, hidden(counts, respondents=False))
    assert hidden(counts) > hidden(counts, respondents=False)
    assert found(counts, hidden(counts)) == []


def test_one_who_is_alone_with_her_answer_learns_nothing_about_another_team():
    """Of four in her team she alone was content; nine of the other team are the rest."""
    counts = np.array([[3, 1], [4, 5], [20, 18], [30, 40]])
    assert found(counts, {(g, key) for g in (0, 1) for key in (0, 1, ALL)})
    assert found(counts, hidden(counts)) == []


def test_two_lone_respondents_do_not_learn_of_each_other():
    counts = np.array([[1], [1], [9], [12], [60]])
    assert found(counts, {(g, key) for g in (0, 1) for key in (0, ALL)})
    assert found(counts, hidden(counts)) == []


def test_a_row_of_categories_1_9_and_40_hides_more_than_the_nine():
    counts = np.array([[1, 9, 40], [30, 20, 35], [22, 31, 28]])
    table = tables.crosstab(counts.tolist(), range(3), range(3))
    margins = [key for key in table.cells if ALL in key]
    for respondents in (False, True):
        gone = suppress.suppress(table, [(0, 0)], width=K, shown=margins, respondents=respondents)
        row = sum(int(counts[key]) for key in gone if key[0] == 0)
        nine = Reader(counts, gone, me=(0, 0)).width([(0, 1)]) if (0, 1) in gone else None
        assert (row - 1 >= K) == respondents
        assert (nine == 0) == (not respondents)


def test_the_only_one_of_a_unit_who_took_part_does_not_learn_the_rate_of_another():
    responded, asked = (1, 9, 20, 40), (30, 30, 40, 70)
    wanted = Rated(variable="r", groups=tuple("abcd"), invited=asked, responded=responded)
    rows = rated.table(wanted, RULES).rows
    gone = {i for i, row in enumerate(rows) if isinstance(row.share, Suppressed)}
    assert gone == {0, 1, 2}
    counts = np.array([[done, all_ - done] for done, all_ in zip(responded, asked, strict=True)])
    # How many were invited is known of every unit.
    cells = {(g, c) for g in (0, 1) for c in (0, 1)}
    assert Reader(counts, cells, me=(0, 0)).range([(1, 0)]) == (9, 9)
    more = {(g, c) for g in gone for c in (0, 1)}
    assert Reader(counts, more, me=(0, 0)).width([(1, 0)]) >= K


def test_of_two_units_the_only_one_of_the_first_does_not_excuse_what_is_told_of_the_second():
    """Of twelve of twenty at least eight others did not respond: they are not hers to know."""
    wanted = Rated(variable="r", groups=("a", "b"), invited=(30, 20), responded=(1, 12))
    assert all(isinstance(row.share, Suppressed) for row in rated.table(wanted, RULES).rows)
    table = tables.crosstab([[1, 29], [12, 8]], (0, 1), (0, 1))
    hidden_ = [(g, c) for g in (0, 1) for c in (0, 1)]
    found = audit.unsafe(table, hidden_, width=2, of=hidden_, respondents=True)
    assert {(1, 0), (1, 1)} <= set(found)


@pytest.mark.parametrize(("few", "joined"), [((1, 19), 3), ((1, 20), 2), ((9, 12), 2)])
def test_the_only_one_with_a_language_does_not_learn_how_many_share_another(few, joined):
    said = [code for code, n in enumerate((60, 30, *few)) for _ in range(n)]
    wanted = Counted(
        variable="language",
        codes=("de", "uk", "tr", "en"),
        answers=said,
        kind="circumstances",
        ordered=False,
    )
    request = Request(members=[f"{i}".encode() for i in range(len(said))], tables=(wanted,))
    table = publish.publish(request, thresholds=Thresholds(), registry=Registry()).results[0]
    assert len(table.whole.categories[-1].codes) == joined
    assert table.whole.categories[-1].count > 20


def sizes(most):
    return st.lists(st.integers(0, most), min_size=3, max_size=6)


@settings(max_examples=40, deadline=None)
@given(sizes(30))
def test_no_insider_learns_the_size_of_a_small_group(bases):
    counts = np.array([[base] for base in (60, *bases)])
    assert found(counts, hidden(counts)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 25)), min_size=3, max_size=5))
def test_no_insider_learns_what_a_small_group_said(rows):
    counts = np.array([(30, 40), *rows])
    assert found(counts, hidden(counts)) == []


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 12), st.integers(0, 30)),
        min_size=3,
        max_size=4,
    )
)
def test_no_insider_learns_which_of_three_answers_a_small_group_gave(rows):
    counts = np.array([(20, 25, 30), *rows])
    assert found(counts, hidden(counts)) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_insider_is_an_attacker_readers_are_not_enough_against(seed):
    """Of tables with small teams some give her something, as long as she is not reckoned with."""
    random = np.random.default_rng(seed)
    learned = []
    for _ in range(12):
        counts = np.column_stack((random.integers(0, 8, 6), random.integers(0, 14, 6)))
        counts[:2] = random.integers(20, 40, (2, 2))
        learned += found(counts, hidden(counts, respondents=False))
        assert found(counts, hidden(counts)) == []
    assert learned
