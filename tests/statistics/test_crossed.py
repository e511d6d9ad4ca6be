"""Rates by an attribute beside those by unit: shown where both together tell nothing of a few."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from survey.model.estimates import Estimate, Suppressed
from survey.model.waves import Thresholds
from survey.statistics.disclosure import publish, registry
from survey.statistics.disclosure.request import Crossed, Request

K = 10


def asked(responded, invited, shown):
    wanted = Crossed(
        variable="r",
        columns=tuple("abc"[: len(responded[0])]),
        invited=tuple(tuple(line) for line in invited),
        responded=tuple(tuple(line) for line in responded),
        shown=frozenset(shown),
    )
    request = Request(members=(), tables=(wanted,), edition="public")
    found = publish.publish(request, thresholds=Thresholds(), registry=registry.Registry())
    return found.results[0]


INVITED = [(40, 60), (60, 80), (50, 70)]


def test_rates_are_shown_in_whole_per_cent_of_counts_rounded_to_five():
    table = asked([(13, 22), (21, 33), (17, 24)], INVITED, {0, 1, 2})
    assert [(row.label, row.n) for row in table.rows] == [("a", 150), ("b", 210)]
    assert [row.share.value for row in table.rows] == [0.34, 0.38]


def test_one_group_too_small_hides_them_all():
    table = asked([(2, 22), (3, 33), (4, 24)], INVITED, {0, 1, 2})
    assert table.rows == ()
    assert isinstance(table.whole.n, Suppressed)


def test_a_group_that_is_one_hidden_unit_is_not_shown():
    """Everybody of the third kind is of the unit whose rate is hidden: theirs would be the same."""
    responded, invited = (
        [(20, 25, 0), (30, 21, 0), (0, 0, 12)],
        [(60, 70, 0), (80, 60, 0), (0, 0, 30)],
    )
    assert asked(responded, invited, {0, 1}).rows == ()
    assert asked(responded, invited, {0, 1, 2}).rows


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="responded"):
        asked([(41, 2)], [(40, 60)], {0})


def inside(responded, invited, shown, goal):
    """What a reader knows of a sum inside, who knows the invited and what is shown of both."""
    done = np.array(responded)
    rows, values = [], []
    for c in range(done.shape[1]):
        line = np.zeros(done.shape)
        line[:, c] = 1
        rows, values = [*rows, line.ravel()], [*values, done[:, c].sum()]
    for g in shown:
        line = np.zeros(done.shape)
        line[g] = 1
        rows, values = [*rows, line.ravel()], [*values, done[g].sum()]
    ends = []
    for sign in (1, -1):
        found = optimize.milp(
            sign * goal.ravel(),
            integrality=np.ones(done.size),
            constraints=optimize.LinearConstraint(np.array(rows), values, values),
            bounds=optimize.Bounds(0, np.array(invited).ravel()),
        )
        ends.append(round(sign * found.fun))
    return ends[1] - ends[0]


cells = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, min_size=2, max_size=4), st.data())
def test_nothing_shown_narrows_a_hidden_unit_or_a_few_inside(responded, data):
    invited = [tuple(n + data.draw(st.integers(0, 30)) for n in line) for line in responded]
    shown = {g for g, line in enumerate(responded) if sum(line) >= K and data.draw(st.booleans())}
    table = asked(responded, invited, shown)
    if not table.rows:
        return
    assert all(isinstance(row.share, Estimate) for row in table.rows)
    done, most = np.array(responded), np.array(invited)
    for g in set(range(len(responded))) - shown:
        goal = np.zeros(done.shape)
        goal[g] = 1
        assert inside(responded, invited, shown, goal) >= K
    for cell in zip(*np.nonzero(most), strict=True):
        if done[cell] < K or most[cell] - done[cell] < K:
            goal = np.zeros(done.shape)
            goal[cell] = 1
            assert inside(responded, invited, shown, goal) >= K
