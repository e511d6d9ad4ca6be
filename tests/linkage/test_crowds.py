"""Over several waves nobody is told apart by where she was counted."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from survey.linkage import crowds

LEAST = 3
SPOTS = st.tuples(st.sampled_from(["north", "south"]), st.sampled_from(["young", "old"]))
PATHS = st.dictionaries(st.sampled_from(["w1", "w2", "w3"]), SPOTS, min_size=1)


def people(*paths):
    return {number.to_bytes(2, "big"): path for number, path in enumerate(paths)}


NORTH = {"w1": ("north", "young"), "w2": ("north", "young")}
OLDER = {"w1": ("north", "young"), "w2": ("north", "old")}
MOVED = {"w1": ("north", "young"), "w2": ("south", "young")}
BACK = {"w1": ("south", "young"), "w2": ("north", "young")}


def told(*paths):
    shown, alone = crowds.covered(people(*paths), LEAST)
    return [shown.get(pair) or sorted(alone[pair]) for pair in people(*paths)]


def test_a_path_that_enough_people_went_is_told_whole():
    assert told(NORTH, NORTH, NORTH) == [NORTH] * 3


def test_a_rare_path_loses_its_cells_first_then_its_units():
    units = {"w1": ("north", ""), "w2": ("north", "")}
    nowhere = {"w1": ("", ""), "w2": ("", "")}
    assert told(NORTH, OLDER, OLDER) == [units] * 3
    assert told(NORTH, MOVED, BACK) == [nowhere] * 3


def test_who_moved_alone_loses_her_number_and_comes_only_where_others_do():
    last = {"w2": ("south", "old")}
    assert told(NORTH, NORTH, NORTH, MOVED)[3] == []
    assert told(MOVED, BACK, last) == [["w2"], ["w2"], ["w2"]]


@given(st.lists(PATHS, max_size=40))
def test_every_path_that_is_told_covers_enough_people(paths):
    everybody = people(*paths)
    shown, alone = crowds.covered(everybody, LEAST)
    assert shown.keys() | alone.keys() == everybody.keys()
    assert not shown.keys() & alone.keys()
    crowd = Counter(tuple(sorted(path.items())) for path in shown.values())
    assert min(crowd.values(), default=LEAST) >= LEAST
    alike = Counter(wave for found in alone.values() for wave in found)
    assert min(alike.values(), default=LEAST) >= LEAST


@given(st.lists(PATHS, max_size=40))
def test_what_is_told_is_true(paths):
    everybody = people(*paths)
    shown, alone = crowds.covered(everybody, LEAST)
    for pair, path in shown.items():
        own = everybody[pair]
        assert path.keys() == own.keys()
        for wave, (unit, cell) in path.items():
            assert unit in {"", own[wave][0]}
            assert cell in {"", own[wave][1]}
    assert all(found <= everybody[pair].keys() for pair, found in alone.items())
