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

from tests.privacy import attack
from tests.privacy.attack import Loot
from tests.privacy.test_joint_attack import QUESTION, hits, most_by_chance

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
    """

    coalition: str
    read: float
    guessed: float
    reader: float
    nameless: float
    drafts: float


@pytest.fixture(scope="module")
def matrix(season, figures):
    table = [_learned(season, name, *what) for name, what in COALITIONS.items()]
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
        return Learned(coalition=name, read=0, guessed=usual, reader=usual, nameless=0, drafts=0)
    _, outcomes = attack.run(loot, targets)
    owner = season.owners()
    # Without the jobcenter's data nothing computed from it, and no waiting room, leads to anybody.
    named = outcomes
    if not knows_people:
        ways = ("order", "commit") if "order" in holds else ("no link",)
        named = [outcome for outcome in outcomes if outcome.way.startswith(ways)]
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
        " reader of the report | read, nobody's name |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.coalition} | {one.read:.1%} | {one.drafts:.1%} | {one.guessed:.1%} |"
        f" {one.reader:.1%} | {one.nameless:.1%} |"
        for one in table
    ]
    return "\n".join(lines)


def _write(folder, table):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adversary-matrix.md").write_text(_markdown(table) + "\n", "utf-8")
    facts = [{name: getattr(one, name) for name in one.__struct_fields__} for one in table]
    (folder / "adversary-matrix.json").write_text(json.dumps(facts, indent=2) + "\n", "utf-8")


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


def test_all_three_together_can_always_look_and_the_table_says_so(matrix):
    assert matrix[ALL].read > 0.9
    assert matrix[ALL].drafts > 0.9
    assert matrix[BOTH_KEYS].nameless > 0.9
