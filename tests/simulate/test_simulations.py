"""A few runs of what `make simulate` repeats a thousand times: a broken promise shows."""

from scipy import stats

from tests.simulate import units, waves


def most(runs: int, rate: float) -> int:
    """What a true rate exceeds in one of a thousand such tests."""
    return int(stats.binom.ppf(0.999, runs, rate))


def test_reports_on_equal_units_hardly_ever_call_one_different() -> None:
    said = [units.equal(run) for run in range(30)]
    assert sum(one.differing for one in said) <= most(30, 0.05)
    assert sum(one.spread for one in said) <= most(30, 0.05)


def test_a_unit_that_really_differs_is_found() -> None:
    said = [units.differing(run) for run in range(20)]
    assert sum(one.found for one in said) >= 20 - most(20, 1 - units.LEAST)


def test_a_rise_from_80_to_90_per_cent_is_named_about_as_often_as_people_show_it() -> None:
    said = [waves.rising(run) for run in range(20)]
    assert sum(one.people for one in said) >= 20 - most(20, 0.03)
    assert sum(one.rise for one in said) >= 20 - most(20, 1 - waves.LEAST)


def test_reports_on_waves_that_do_not_differ_hardly_ever_name_a_change() -> None:
    said = [waves.still(run) for run in range(12)]
    assert sum(one.anything for one in said) <= most(12, 0.05)
