"""Promise 2: the jobcenter with all its data and codes, the server's disk at many times and the
server's keys, without the evaluator's: no answer read, none guessed better than from the report.
"""

from collections import Counter

import pytest
from scipy.stats import binom

from tests.privacy import attack, naive
from tests.privacy.attack import Loot

QUESTION = "w1"
OWN_PEOPLE = 40


def loot_of(season, *holders):
    """Everything but the evaluator's keys, and a good deal of knowledge about who answered when."""
    told = season.order[:: max(1, len(season.order) // OWN_PEOPLE)]
    return Loot(
        people=season.people,
        copies=season.copies,
        keys=season.keys(*holders),
        seen=season.seen,
        erased=season.erased,
        told={place: attack.truth(season.people[place], QUESTION) for place in told},
        published=Counter(attack.truth(season.people[p], QUESTION) for p in season.order),
        question=QUESTION,
    )


def targets_of(season, loot):
    return [place for place in season.order if place not in loot.told]


def most_by_chance(season, targets):
    """So many hits has who always says what most people said, and luck once in 10,000 times."""
    said = Counter(attack.truth(season.people[place], QUESTION) for place in season.order)
    share = said.most_common(1)[0][1] / len(season.order)
    return int(binom.ppf(0.9999, len(targets), share))


def hits(season, guessed):
    return sum(attack.truth(season.people[p], QUESTION) == said for p, said in guessed.items())


def linked(season, claims):
    """How many of the people with a claimed row were given a row that is theirs."""
    owner = season.owners()
    return sum(
        any(owner.get(row.key) == place for row in rows if isinstance(row.key, bytes))
        for place, rows in claims.rows.items()
    )


@pytest.fixture(scope="module")
def joint(season, figures):
    """The jobcenter with all it has, the disk at many times, the server's keys."""
    loot = loot_of(season, "server", "office")
    targets = targets_of(season, loot)
    figures.append(f"jobcenter with disk and server's keys, {len(season.people)} invited:")
    return targets, *told(season, loot, targets, figures)


def told(season, loot, targets, figures):
    """One line for each way, for people who read the test's output."""
    ways, outcomes = attack.run(loot, targets)
    for claims, outcome in zip(ways, outcomes, strict=True):
        figures.append(
            f"  {outcome.way:28} claimed {outcome.claimed:5}  linked {linked(season, claims):5}  "
            f"read {len(outcome.read):5}  guessed {hits(season, outcome.guessed):5}"
            f" of {len(targets)}"
        )
    return ways, outcomes


def test_jobcenter_with_disk_and_server_keys_reads_no_answer(season, joint):
    _, _, outcomes = joint
    assert [(outcome.way, dict(outcome.read)) for outcome in outcomes if outcome.read] == []


def test_jobcenter_with_disk_and_server_keys_guesses_no_better_than_a_reader(season, joint):
    targets, _, outcomes = joint
    most = most_by_chance(season, targets)
    assert {
        o.way: hits(season, o.guessed) for o in outcomes if hits(season, o.guessed) > most
    } == {}


def test_nothing_the_jobcenter_can_compute_stands_in_the_disk(season):
    ways, _ = attack.run(loot_of(season, "server", "office"), [])
    assert next(claims.rows for claims in ways if claims.way == "digests") == {}


def test_with_the_keys_of_everybody_the_same_program_reads_nearly_all(season, figures):
    """The limit that is told to everybody, and the proof that the program can open our rows."""
    loot = loot_of(season, "server", "office", "evaluator")
    targets = targets_of(season, loot)
    figures.append("the same with the evaluator's keys:")
    _, outcomes = told(season, loot, targets, figures)
    answered = [p for p in targets if QUESTION in season.people[p].plan.answers]
    by_digest = next(outcome for outcome in outcomes if outcome.way == "digests")
    assert len(by_digest.read) >= 0.95 * len(answered)


@pytest.mark.parametrize(
    ("store", "way"),
    [
        (naive.everything_open, "digests"),
        (naive.code_digest, "digests"),
        (naive.order_of_rows, "order of answer"),
        (naive.attributes, "attributes"),
        (naive.commit_traces, "commit traces"),
        (naive.deletion, "delete and compare"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_same_program_reads_nearly_all_of_a_naive_store(season, tmp_path, store, way, figures):
    loot = store(season, tmp_path / "naive")
    targets = [*loot.erased] or list(loot.seen[-1])
    _, outcomes = attack.run(loot, targets)
    outcome = next(each for each in outcomes if each.way == way)
    right = [
        p for p, said in outcome.read.items() if said == attack.truth(season.people[p], QUESTION)
    ]
    answered = [p for p in targets if QUESTION in season.people[p].plan.answers]
    figures.append(f"naive store, {way}: read {len(right)} of {len(answered)}")
    assert len(right) >= 0.95 * len(answered)


def test_the_same_program_guesses_by_length_where_lengths_differ(season, tmp_path, figures):
    loot = naive.lengths(season, tmp_path / "naive")
    ours = loot_of(season)
    loot = Loot(
        people=loot.people,
        copies=loot.copies,
        keys={},
        seen=loot.seen,
        erased={},
        told=ours.told,
        published=ours.published,
    )
    targets = targets_of(season, loot)
    _, outcomes = attack.run(loot, targets)
    outcome = next(each for each in outcomes if each.way == "order of answer")
    said = hits(season, outcome.guessed)
    figures.append(f"naive store, lengths: guessed {said} of {len(targets)}")
    assert hits(season, outcome.guessed) >= 0.9 * len(targets)
