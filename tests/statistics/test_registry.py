"""What was published about whom: differences, complements, unions of parts, corrections, blocks."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.statistics.disclosure import periods, populations, registry
from survey.statistics.disclosure.populations import Universe
from survey.statistics.disclosure.registry import Entry, Population, Registry


def population(people, *, role="whole", said=b"", label="all"):
    members = populations.members(np.array(sorted(people), dtype=np.int64))
    return Population(label, role, members, said or bytes(sorted(x % 256 for x in people)))


def entry(*found, variable="w1"):
    return Entry(variable, found)


def after(*entries):
    return Registry(Universe(), entries)


def threat(known, *found, k=10, variable="w1"):
    conflict = registry.conflict(known, entry(*found, variable=variable), k=k)
    return conflict.threat if conflict else None


EVERYBODY = after(entry(population(range(100))))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (range(100), None),
        (range(99), "complement"),
        (range(90), "complement"),
        (range(89), None),
        (range(110), "difference"),
        (range(111), None),
        (range(200, 250), None),
        (range(5, 105), "difference"),
    ],
)
def test_no_two_populations_differ_by_a_few_people(people, expected):
    assert threat(EVERYBODY, population(people)) == expected


def test_w18_twelve_people_and_then_eleven_of_them():
    assert threat(after(entry(population(range(12)))), population(range(1, 12))) == "complement"


def unit_in_waves(*waves):
    return [1000 * wave + i for wave, n in waves for i in range(n)]


def all_in_wave(wave):
    return range(1000 * wave, 1000 * wave + 200)


def test_a_closed_block_of_a_small_unit_may_follow_the_tables_of_its_waves():
    known = after(*(entry(population(all_in_wave(wave))) for wave in (1, 2, 3)))
    assert threat(known, population(unit_in_waves((1, 4), (2, 3), (3, 5)))) is None


def test_rolling_windows_are_refused():
    known = after(entry(population(unit_in_waves((1, 6), (2, 9), (3, 9)))))
    assert threat(known, population(unit_in_waves((2, 9), (3, 9), (4, 12)))) == "difference"


def test_no_combination_of_tables_is_admitted_that_leaves_a_few_people():
    # Three separate tables: everybody, one half, and the other half without four people.
    known = after(entry(population(range(100))), entry(population(range(50))))
    assert threat(known, population(range(50, 96))) in ("complement", "derivable")
    halves = after(entry(population(range(50))), entry(population(range(50, 96))))
    assert threat(halves, population(range(100))) == "derivable"
    assert threat(halves, population(range(96))) is None
    assert threat(halves, population(range(110))) is None


def test_those_left_over_must_be_k_besides_each_of_them():
    known = after(entry(population(range(100))), entry(population(range(50))))
    assert threat(known, population(range(50, 90))) == "derivable"
    assert threat(known, population(range(50, 89))) is None


def test_a_group_of_k_that_is_shown_may_be_found_by_subtraction_too():
    parts = [population(range(90), role="part"), population(range(90, 100), role="part")]
    known = after(entry(population(range(100)), *parts))
    assert threat(known, population(range(100)), *parts) is None
    assert threat(known, population(range(90))) is None
    halves = after(entry(population(range(50))), entry(population(range(50, 90))))
    assert threat(halves, population(range(100))) == "derivable"
    assert threat(halves, population(range(100)), parts[1]) is None


def test_two_breakdowns_that_cross_in_large_cells_are_admitted():
    known = after(
        entry(population(range(100)), *(population(range(i, i + 50), role="part") for i in (0, 50)))
    )
    odd = [population(range(i, 100, 2), role="part", label=str(i)) for i in (0, 1)]
    assert threat(known, population(range(100)), *odd) is None


def test_those_between_two_published_groups_may_not_all_be_of_one_opinion():
    def shared(people, hits):
        members = population(people).members
        return Population("", "whole", members, bytes([hits]), (hits, len(people)))

    known = after(entry(shared(range(100), 60)))
    assert threat(known, shared(range(80), 60)) == "unanimous"
    assert threat(known, shared(range(80), 58)) == "unanimous"
    assert threat(known, shared(range(80), 55)) is None


def test_another_question_is_another_matter():
    assert threat(EVERYBODY, population(range(99)), variable="w2") is None


def test_parts_that_add_up_to_nearly_the_same_people_are_refused():
    parts = [population(range(i, i + 20), role="part", label=str(i)) for i in (0, 20, 40)]
    known = after(entry(*parts))
    assert threat(known, population(range(64))) == "siblings"
    assert threat(known, population(range(37))) == "difference"
    assert threat(known, population(range(40))) is None
    assert threat(after(entry(population(range(64)))), *parts) == "siblings"


def test_what_remains_of_a_published_table_is_known_too():
    rest = population(range(80, 100), role="rest", label="rest")
    known = after(entry(population(range(100)), population(range(80), role="part"), rest))
    assert threat(known, population(range(80, 95))) == "difference"


def test_the_same_people_with_other_answers_are_refused():
    assert threat(EVERYBODY, population(range(100), said=b"other")) == "changed"


def test_a_registry_survives_being_stored():
    known = registry.add(Registry(), entry(population(range(100))), Universe(b"12345678"))
    assert registry.loads(registry.dumps(known)) == known
    assert registry.loads(b"") == Registry()
    again = registry.add(known, entry(population(range(100))), known.universe)
    assert again == known


def test_a_universe_grows_without_a_trace_of_the_order():
    first, places = populations.place(Universe(), populations.hashed([b"a", b"b", b"c"]))
    turned, _ = populations.place(Universe(), populations.hashed([b"c", b"a", b"b"]))
    assert first == turned
    more, again = populations.place(first, populations.hashed([b"d", b"b"]))
    assert more.hashes.startswith(first.hashes)
    assert again[1] == places[1]
    assert len(more) == 4


def test_no_answer_counts_as_two_people():
    with pytest.raises(ValueError, match="twice"):
        populations.hashed([b"a", b"a"])


sets = st.sets(st.integers(0, 60), max_size=40)


def enough(people, shown, k):
    """Nobody, k besides each of them, or a group of k that is shown as one."""
    return len(people) not in range(1, k + 1) or (len(people) == k and people in shown)


@given(sets, sets)
def test_overlaps_are_counted_right_wherever_the_sets_begin(a, b):
    first, second = population(a).members, population({x + 200 for x in b}).members
    assert first.overlap(second) == 0
    assert first.overlap(population(b).members) == len(a & b)
    assert second.size == len(b)


@settings(max_examples=200)
@given(st.lists(sets, min_size=2, max_size=6), st.integers(2, 8))
def test_whatever_is_admitted_never_differs_by_a_few_people(wanted, k):
    known, shown = Registry(), []
    for people in wanted:
        if len(people) >= k and threat(known, population(people), k=k) is None:
            known = registry.add(known, entry(population(people)), Universe())
            shown.append(people)
    for a, b in combinations(shown, 2):
        if len(a & b) >= k or a <= b or b <= a:
            assert enough(a - b, shown, k)
            assert enough(b - a, shown, k)
    for a, b, c in permutations(shown, 3):
        # Indicator vectors: a - b + c touches nobody, or more than k people.
        assert enough({x for x in a | b | c if (x in a) - (x in b) + (x in c)}, shown, k)


@settings(max_examples=200)
@given(sets, st.lists(st.integers(0, 5), min_size=61, max_size=61), st.integers(2, 8))
def test_no_union_of_parts_comes_within_a_few_people_of_what_is_admitted(people, part_of, k):
    parts = [{i for i, p in enumerate(part_of) if p == part} for part in range(6)]
    parts = [part for part in parts if len(part) >= k]
    known = after(entry(*(population(p, role="part", label=str(i)) for i, p in enumerate(parts))))
    if len(people) < k or threat(known, population(people), k=k) is not None:
        return
    for size in range(1, len(parts) + 1):
        for some in combinations(parts, size):
            assert enough(people ^ set().union(*some), [people, *parts], k)


def test_blocks_of_waves_are_closed_and_never_roll():
    assert periods.blocks([4, 3, 5, 2, 9, 1], 10) == ((0, 1, 2), (3, 4))
    assert periods.blocks([12, 30], 10) == ((0,), (1,))
    assert periods.blocks([], 10) == ()
    with pytest.raises(ValueError, match="answers"):
        periods.blocks([-1], 10)


@given(st.lists(st.integers(0, 12), max_size=12), st.integers(0, 12))
def test_a_further_wave_never_changes_a_closed_block(answers, further):
    closed = periods.blocks(answers, 10)
    longer = periods.blocks([*answers, further], 10)
    assert longer[: len(closed)] == closed
    assert all(sum(answers[i] for i in block) >= 10 for block in closed)
