"""W1: Jacobson and Truax 1991, worked example; W2: classes of Claus et al. 2020."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.model.estimates import Undefined
from survey.statistics import reliable
from survey.statistics.reliable import Instrument
from tests.statistics.claus import POST, PRE

EXAMPLE = Instrument(sd=7.5, reliability=0.80, better="higher", source="retest")
pairs = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=60)


def test_w1_reliable_change_by_hand():
    assert round(reliable.error_of_difference(EXAMPLE), 4) == 4.7434
    assert round(reliable.index(32.5, 47.5, EXAMPLE), 2) == 3.16
    lines = reliable.cutoffs(40, 7.5, 60, 7.5, "higher")
    assert (lines.a, lines.b, lines.c) == (55, 45, 50)
    found = reliable.classes([32.5], [47.5], EXAMPLE, line=lines.c)
    assert (found.recovered, found.improved) == (0, 1)


def test_w2_classes_of_claus_2020():
    sd = float(np.std(PRE, ddof=1))
    bdi = Instrument(sd=sd, reliability=0.801, better="lower", source="retest")
    line = reliable.cutoffs(float(np.mean(PRE)), sd, 7.69, 7.52, "lower").c
    assert round(line, 4) == 21.0166
    assert round(reliable.error_of_difference(bdi), 4) == 5.1471
    assert round(reliable.critical(bdi), 4) == 10.0882
    found = reliable.classes(PRE, POST, bdi, line=line)
    assert (found.recovered, found.improved, found.unchanged, found.deteriorated) == (10, 8, 22, 0)
    assert found.method == "Jacobson-Truax, r = 0.801 (retest)"


def test_single_items_go_by_the_convention_of_two_steps():
    found = reliable.steps([3, 3, 3, 3, 6], [5, 4, 1, 2, 7], better="higher", line=5)
    assert (found.recovered, found.improved, found.unchanged, found.deteriorated) == (1, 0, 3, 1)
    assert found.method == "at least 2 steps"


def test_a_line_the_wrong_way_round_is_undefined():
    assert reliable.cutoffs(40, 7.5, 60, 7.5, "lower") == Undefined(reason="mixed-directions")


@pytest.mark.parametrize("reliability", [1.0, -0.1, 1.2])
def test_a_reliability_out_of_range_gives_no_index(reliability):
    broken = Instrument(sd=7.5, reliability=reliability, better="higher", source="")
    wrong = Undefined(reason="reliability-out-of-range")
    assert reliable.index(1, 2, broken) == wrong
    assert reliable.classes([1], [2], broken) == wrong


def test_no_people_no_spread_no_steps():
    flat = Instrument(sd=0, reliability=0.8, better="higher", source="")
    assert reliable.critical(flat) == Undefined(reason="no-variation")
    assert reliable.classes([], [], EXAMPLE) == Undefined(reason="no-answers")
    assert reliable.steps([1], [2], better="higher", least=0) == Undefined(
        reason="level-out-of-range"
    )
    assert reliable.index(float("nan"), 2, EXAMPLE) == Undefined(reason="not-finite")


@given(pairs, st.randoms())
def test_classes_add_up_whatever_the_order_and_mirror_with_the_scale(rows, random):
    before, after = zip(*rows, strict=True)
    turned = random.sample(rows, len(rows))
    found = reliable.steps(before, after, better="higher")
    again = reliable.steps([a for a, _ in turned], [b for _, b in turned], better="higher")
    mirrored = reliable.steps([8 - x for x in before], [8 - x for x in after], better="lower")
    assert found == again == mirrored
    assert found.improved + found.unchanged + found.deteriorated == found.n
