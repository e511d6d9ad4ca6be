"""Who could learn what: every coalition tries with all it holds, and the table says so.

The table is written as Markdown and JSON. More than a reader of the report may learn only who has
the evaluator's keys, the server's keys and the jobcenter's data at once.
"""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from survey import clock
from survey.actions import exchange
from survey.web.staff import adversaries
from tests.privacy import administrator_attack, attack, release_attack, replacement_attack
from tests.privacy.attack import Loot
from tests.privacy.release_attack import Known
from tests.privacy.test_joint_attack import QUESTION, hits, most_by_chance
from tests.world import answering, jobcenter

COALITIONS = {
    "server's disk": (False, ("disk",)),
    "jobcenter (data, retained codes)": (True, ("office",)),
    "report's reader": (False, ()),
    "server's disk and keys": (False, ("disk", "server")),
    "evaluator's keys and server's disk": (False, ("disk", "evaluator")),
    "evaluator's and server's keys, disk": (False, ("disk", "server", "evaluator")),
    "both keys, disk, and who answered when": (False, ("disk", "server", "evaluator", "order")),
    "jobcenter and server's disk": (True, ("disk", "office")),
    "jobcenter, server's disk and keys": (True, ("disk", "office", "server")),
    "jobcenter, evaluator's keys, server's disk": (True, ("disk", "office", "evaluator")),
    "jobcenter, evaluator's and server's keys, disk": (
        True,
        ("disk", "office", "server", "evaluator"),
    ),
}
# The same where people show something to their case managers, and everything shown is read by name.
SHOWN = {
    "jobcenter, server's disk and keys, all that is shown": ("office", "server"),
    "what a case manager reads, both keys, disk": ("server", "evaluator"),
}
# What attacks of their own learn, each of which lands beside the others.
FRESH, ALONE = (
    "jobcenter with its connector's keys, fresh codes",
    "administrator of accounts, alone",
)
OWN_ATTACKS = (FRESH, ALONE)
TRIED = range(40)
# What tells who took part. Whoever goes by the order of rows has seen who came, and whoever deletes
# with somebody's code is told that it was used: both know it beforehand.
FOUND_BY = ("digests", "attributes")
# Whoever watches the waiting room and copies the disk of a running wave sees rows come one by one.
WATCHED = "both keys, disk, and who answered when"
ALL = "jobcenter, evaluator's and server's keys, disk"
BOTH_KEYS = "evaluator's and server's keys, disk"


class Learned(Struct, frozen=True, kw_only=True):
    """Shares over the people asked about.

    Args:
        read: answers read and known whose they are
        guessed: the answer said rightly, read or not
        reader: what somebody gets right who has only the published report
        nameless: answers read without knowing whose, per answer stored
        drafts: unfinished questionnaires read and known whose they are
        listed: of those who answered, how many are rightly said to have
    """

    coalition: str
    read: float
    guessed: float
    reader: float
    nameless: float
    drafts: float
    listed: float


@pytest.fixture(scope="module")
def matrix(season, showing, opened, figures, tmp_path_factory):
    table = [_learned(season, name, *what) for name, what in COALITIONS.items()]
    table += [_beside_what_is_shown(showing, name, holders) for name, holders in SHOWN.items()]
    table.append(_with_fresh_codes(opened, tmp_path_factory.mktemp("fresh"), table[0].reader))
    table.append(_administrator(tmp_path_factory.mktemp("alone"), table[0].reader))
    figures += ["", _markdown(table)]
    if folder := os.environ.get("RESONANZ_ARTEFACTS"):
        _write(Path(folder), table)
    return {line.coalition: line for line in table}


def _learned(season, name, knows_people, holds):
    holders = [holder for holder in holds if holder not in ("disk", "order")]
    loot = Loot(
        people=season.people,
        copies=season.copies if "disk" in holds else [],
        keys=season.keys(*holders),
        seen=season.seen if "disk" in holds else [],
        erased=season.erased if "disk" in holds else {},
        told={},
        published=Counter(attack.truth(season.people[p], QUESTION) for p in season.order),
        question=QUESTION,
    )
    targets = season.order
    usual = loot.published.most_common(1)[0][1] / len(targets)
    if not loot.copies:
        return _nothing(name, usual)
    ways, outcomes = attack.run(loot, targets)
    owner = season.owners()
    # Without the jobcenter's data nothing computed from it, and no waiting room, leads to anybody.
    named = outcomes
    if not knows_people:
        open_to = ("order", "commit") if "order" in holds else ("no link",)
        named = [outcome for outcome in outcomes if outcome.way.startswith(open_to)]
    best = max(named, key=lambda outcome: hits(season, outcome.read))
    rows = [row for row in loot.copies[-1].rows["response"] if row.key in owner]
    reader = attack.Reader(loot)
    main = [row for row in rows if row.values["domain"] == "recipient.main"]
    nameless = sum(reader.read(row, None) is not None for row in main) / len(main)
    return Learned(
        coalition=name,
        read=hits(season, best.read) / len(targets),
        guessed=max(hits(season, o.guessed) for o in named) / len(targets),
        reader=usual,
        nameless=nameless,
        drafts=_drafts(season, loot) if knows_people else 0,
        listed=_most_listed(ways, owner, targets) if knows_people else 0,
    )


def _nothing(name, usual):
    return Learned(
        coalition=name, read=0, guessed=usual, reader=usual, nameless=0, drafts=0, listed=0
    )


def _most_listed(ways, owner, targets):
    return max(_listed(claims, owner, targets) for claims in ways if claims.way in FOUND_BY)


def _listed(claims, owner, targets):
    """Of those who answered, how many a way gives an answer that is theirs, opened or not."""
    found = sum(
        any(row.table == "response" and owner.get(row.key) == place for row in rows)
        for place, rows in claims.rows.items()
        if place in set(targets)
    )
    return found / len(targets)


def _with_fresh_codes(opened, folder, usual):
    """The house pushes fresh codes for people of a running wave, and types each."""
    world = jobcenter.again(opened, folder / "world")
    taking = [place for place in TRIED if world.invited[place].plan.takes_part]
    for place in taking:
        answering.through_the_actions(world, world.invited[place])

    def push(envelope):
        exchange.open_batch(
            world.services.database, world.services.evaluator, envelope, at=clock.now()
        )

    with pytest.MonkeyPatch.context() as patience:
        patience.setattr("survey.wrong_codes.USUAL", 0.0)
        found = replacement_attack.run(world, push, TRIED)
    right = len(set(found.listed) & set(taking))
    return replace(_nothing(FRESH, usual), listed=right / len(taking))


def _administrator(folder, usual):
    """Texts are all that an account could read of somebody; of whom they are, nobody knows."""
    alone = administrator_attack.run(administrator_attack.building(folder))
    read = administrator_attack.read(alone.shown)
    return replace(_nothing(ALONE, usual), nameless=len(read) / len(administrator_attack.WORDS))


def _beside_what_is_shown(season, name, holders):
    """What people who show something did not show."""
    loot = Loot(
        people=season.people,
        copies=season.copies,
        keys=season.keys(*holders),
        seen=season.seen,
        erased={},
        told={},
        published=Counter(attack.truth(season.people[p], QUESTION) for p in season.order),
        question=QUESTION,
    )
    known = release_attack.of(season)
    if "office" not in holders:
        # A screen tells a name and words, never a pseudonym or the number of a row.
        known = [Known(place=one.place, said=one.said) for one in known]
    said = [attack.truth(season.people[one.place], QUESTION) for one in known]
    outcomes = release_attack.run(loot, known)
    reader = attack.Reader(loot)
    main = [r for r in loot.copies[-1].rows["response"] if r.values["domain"] == "recipient.main"]
    return Learned(
        coalition=name,
        read=max(hits(season, each.read) for each in outcomes) / len(known),
        guessed=max(hits(season, each.guessed) for each in outcomes) / len(known),
        reader=said.count(loot.published.most_common(1)[0][0]) / len(known),
        nameless=sum(reader.read(row, None) is not None for row in main) / len(main),
        drafts=0,
        listed=0,
    )


def _drafts(season, loot):
    """Shares of the unfinished questionnaires that are opened and given to the right person."""
    copies = [season.late[0]]
    late = Loot(
        people=loot.people,
        copies=copies,
        keys=loot.keys,
        seen=[[]],
        erased={},
        told={},
        published=Counter(attack.truth(one, QUESTION) for one in season.people),
        question=QUESTION,
    )
    begun = [p for p in season.begun if QUESTION in season.people[p].plan.answers]
    _, outcomes = attack.run(late, begun)
    return max(hits(season, outcome.read) for outcome in outcomes) / len(begun)


def _markdown(table):
    lines = [
        "| who, with all they hold | answers read, by name | drafts read, by name | guessed right |"
        " reader of the report | read, nobody's name | known to have answered |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.coalition} | {one.read:.1%} | {one.drafts:.1%} | {one.guessed:.1%} |"
        f" {one.reader:.1%} | {one.nameless:.1%} | {one.listed:.1%} |"
        for one in table
    ]
    return "\n".join(lines)


def _write(folder, table):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adversary-matrix.md").write_text(_markdown(table) + "\n", "utf-8")
    facts = [{name: getattr(one, name) for name in one.__struct_fields__} for one in table]
    (folder / "adversary-matrix.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


def test_the_table_that_staff_are_shown_says_what_was_learned(matrix):
    """Bring it up to date from RESONANZ_ARTEFACTS/adversary-matrix.json."""
    shown = {each.coalition: each for each in adversaries.list_all()}
    assert list(shown) == list(matrix)
    for name, line in matrix.items():
        for share in ("read", "drafts", "guessed", "reader", "nameless", "listed"):
            # Keys are new in every run: what is guessed among them moves a little.
            assert getattr(shown[name], share) == pytest.approx(getattr(line, share), abs=0.05)


@pytest.mark.parametrize("coalition", [n for n in COALITIONS if n not in (ALL, WATCHED)])
def test_only_all_three_together_read_anything_by_name(matrix, coalition):
    assert (matrix[coalition].read, matrix[coalition].drafts) == (0, 0)


@pytest.mark.parametrize("coalition", [n for n in COALITIONS if n not in (ALL, WATCHED)])
def test_only_all_three_together_guess_better_than_a_reader(season, matrix, coalition):
    most = most_by_chance(season, season.order) / len(season.order)
    assert matrix[coalition].guessed <= most


@pytest.mark.parametrize("coalition", [n for n in COALITIONS if n not in (ALL, BOTH_KEYS, WATCHED)])
def test_nobody_without_both_keys_reads_even_nameless_answers(matrix, coalition):
    assert matrix[coalition].nameless == 0


@pytest.mark.parametrize("coalition", SHOWN)
def test_what_is_shown_leads_to_nothing_that_is_not(matrix, coalition):
    assert matrix[coalition].read == 0
    assert matrix[coalition].guessed == matrix[coalition].reader


# Who holds K_link and the pseudonyms can make a mark and look whether it is there.
MARKS = ("jobcenter, evaluator's keys, server's disk", ALL)


@pytest.mark.parametrize("coalition", [*(n for n in COALITIONS if n not in MARKS), *OWN_ATTACKS])
def test_nobody_without_the_evaluators_keys_knows_who_took_part(matrix, coalition):
    assert matrix[coalition].listed == 0


@pytest.mark.parametrize("coalition", OWN_ATTACKS)
def test_attacks_of_their_own_read_nothing(matrix, coalition):
    line = matrix[coalition]
    assert (line.read, line.drafts, line.nameless) == (0, 0, 0)
    assert line.guessed == line.reader


def test_all_three_together_can_always_look_and_the_table_says_so(matrix):
    assert matrix[ALL].read > 0.9
    assert matrix[ALL].drafts > 0.9
    assert matrix[BOTH_KEYS].nameless > 0.9
    assert matrix[ALL].listed > 0.9
