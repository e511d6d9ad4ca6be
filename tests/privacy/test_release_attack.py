"""Promise 6, and promise 2 at level released: what is shown leads to nothing that is not shown.

The attacker reads every release by name, holds the connector with all its keys, copies of all
codes, the server's disk at many times and the server's keys.
"""

import json
from collections import Counter

import pytest

from survey.errors import NotSealedForUs
from survey.linkage import releases
from survey.linkage.primitives import fresh_key, keyed, seal
from tests.privacy import attack, naive, release_attack
from tests.privacy.release_attack import Known
from tests.privacy.test_joint_attack import (
    QUESTION,
    hits,
    loot_of,
    most_by_chance,
    targets_of,
    told,
)

# Rare enough together that one row in a naive store has them all.
ENOUGH = 5


@pytest.fixture(scope="module")
def known(showing):
    """What the connector reads of everybody who did not take it back."""
    return release_attack.of(showing)


def test_the_connector_reads_what_people_show_and_of_nobody_else(showing, known):
    left = {place for place in showing.shown if place not in showing.erased}
    assert {one.place for one in known} == left
    assert len(left) > 50
    for one in known:
        truth = {q: attack.truth(showing.people[one.place], q) for q in one.said}
        assert truth == one.said
        assert {q[0] for q in one.said} <= {"p", "h"}


@pytest.fixture(scope="module")
def joint(showing, known, figures):
    """Every way, and those that begin at what is shown."""
    loot = loot_of(showing, "server", "office")
    targets = targets_of(showing, loot)
    figures.append(f"releases read by name ({len(known)} people), disk and server's keys:")
    _, outcomes = told(showing, loot, targets, figures)
    return targets, outcomes, _told(showing, loot, known, figures)


def test_who_reads_all_releases_reads_no_other_answer_of_anybody(joint):
    _, outcomes, beside = joint
    assert [(o.way, dict(o.read)) for o in [*outcomes, *beside] if o.read] == []


def test_who_reads_all_releases_guesses_no_better_than_a_reader(showing, known, joint):
    targets, outcomes, beside = joint
    most = most_by_chance(showing, targets)
    assert max(hits(showing, each.guessed) for each in outcomes) <= most
    most = most_by_chance(showing, [one.place for one in known])
    assert max(hits(showing, each.guessed) for each in beside) <= most


def test_with_both_keys_what_bernd_reads_leads_to_no_row_with_the_rest(showing, known, figures):
    """Without the connector's pseudonyms: a name, words, and every answer without a name."""
    loot = loot_of(showing, "server", "evaluator")
    words = [Known(place=one.place, said=one.said) for one in known]
    figures.append("releases read by name, disk, server's and evaluator's keys, no pseudonyms:")
    outcomes = _told(showing, loot, words, figures)
    assert [(each.way, dict(each.read)) for each in outcomes if each.read] == []


def _told(season, loot, known, figures):
    outcomes = release_attack.run(loot, known)
    for outcome in outcomes:
        figures.append(
            f"  {outcome.way:28} claimed {outcome.claimed:5}  read {len(outcome.read):5}  "
            f"guessed {hits(season, outcome.guessed):5} of {len(known)}"
        )
    return outcomes


# The same program on stores as one would build them at first.


def one_row(season, folder):
    """All of a person in one row under one key; a release points at it."""
    store = naive.Store(folder, "id BLOB PRIMARY KEY, body BLOB", without_rowid=True)
    store.run("CREATE TABLE shown (id BLOB PRIMARY KEY, answer BLOB) WITHOUT ROWID")
    known = []
    for rank, place in enumerate(season.order):
        one = season.people[place]
        row, release = keyed(b"row", str(rank)), keyed(b"release", str(rank))
        said = {name: json.loads(attack.truth(one, name)) for name in one.plan.answers}
        store.add(row, seal(store.key, json.dumps(said).encode()))
        if place in season.shown:
            store.run("INSERT INTO shown VALUES (?, ?)", release, row)
            known.append(_shown(season, place, release_attack._id(release)))
    return store.loot(season), known


def one_domain(season, folder):
    """All of a person in one row, and nothing that points at it: her answers do."""
    store = naive.Store(folder, "id BLOB PRIMARY KEY, body BLOB", without_rowid=True)
    for rank, place in enumerate(season.order):
        one = season.people[place]
        said = {name: json.loads(attack.truth(one, name)) for name in one.plan.answers}
        store.add(keyed(b"row", str(rank)), seal(store.key, json.dumps(said).encode()))
    known = [_shown(season, place) for place in season.shown]
    return store.loot(season), [one for one in known if len(one.said) >= ENOUGH]


def _shown(season, place, *ids):
    one = season.people[place]
    blocks = {"plan": "p", "help": "h"}
    starts = tuple(blocks[name] for name in season.shown[place])
    said = {
        q: attack.truth(one, q)
        for q in one.plan.answers
        if q.startswith(starts) and q != "h5-health"
    }
    return Known(place=place, said=said, release_ids=ids)


@pytest.mark.parametrize(
    ("store", "way"),
    [(one_row, "release, points at"), (one_domain, "release, known answers")],
    ids=["one row", "one domain"],
)
def test_the_same_program_reads_nearly_all_of_a_naive_store(showing, tmp_path, store, way, figures):
    loot, known = store(showing, tmp_path / "naive")
    outcome = next(each for each in release_attack.run(loot, known) if each.way == way)
    answered = [k.place for k in known if QUESTION in showing.people[k.place].plan.answers]
    right = hits(showing, outcome.read)
    figures.append(f"naive store, {way}: read {right} of {len(answered)}")
    assert len(answered) > 20
    assert right >= 0.9 * len(answered)


# On disk.


def release_rows(copy):
    return copy.rows["release"]


def test_before_the_slot_no_key_but_the_evaluators_opens_a_row(showing):
    waiting = showing.late[0]
    rows = release_rows(waiting)
    assert len(rows) == 4 * len(showing.order)
    assert {row.values["sealed"] for row in rows} == {None}
    held = showing.keys("server", "office").values()
    for row in rows[:200]:
        block = row.values["block"]
        for key in (*held, fresh_key()):
            with pytest.raises(NotSealedForUs):
                releases.open_held(key, "w1", block, row.values["body"])


def test_the_evaluator_alone_learns_who_waits_and_never_the_words(showing):
    rows = release_rows(showing.late[0])
    held = showing.keys("evaluator")
    pair = next(key for name, key in held.items() if name.endswith(" pair"))
    row = rows[0]
    loosened = releases.open_held(pair, "w1", row.values["block"], row.values["body"])
    opened = attack._opening(
        [attack.ChaCha20Poly1305(key) for key in held.values()], loosened.inner, [("inner", "w1")]
    )
    assert list(opened) == []


def test_after_the_slot_the_server_and_its_keys_open_nothing_made_for_the_connector(showing):
    rows = [row for row in release_rows(showing.late[-1]) if row.values["sealed"]]
    assert rows
    held = [*showing.keys("server", "evaluator").values()]
    assert not any(release_attack.opens(row, held) for row in rows[:60])
    assert all(
        release_attack.opens(row, [release_attack.exchange_key(showing.world)]) for row in rows[:60]
    )


def test_rows_of_who_shows_and_who_does_not_look_alike_until_the_slot(showing):
    rows = release_rows(showing.late[0])
    looks = Counter(
        (row.values["block"], row.values["slot_on"], len(row.values["body"])) for row in rows
    )
    assert len(looks) == 4
    assert set(looks.values()) == {len(showing.order)}


def test_what_lies_at_the_slot_has_one_length_for_each_block(showing):
    sealed = {}
    for row in release_rows(showing.late[1]):
        sealed.setdefault(row.values["block"], set()).add(len(row.values["sealed"]))
    assert {block: len(found) for block, found in sealed.items()} == {"plan": 1, "help": 1}
