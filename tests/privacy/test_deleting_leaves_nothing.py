"""What was deleted is gone from the file: cells, free pages, overflow pages and, after the log was
emptied, the log. And once a wave is closed, where rows lie tells no order any more.
"""

import time

import pytest
from scipy.stats import spearmanr

from survey.actions import drafts as actions
from survey.actions import erasure
from survey.linkage import codes
from survey.model.answers import Chosen
from tests.privacy.disks import take
from tests.world import answering

# So many that chance does not decide: of 300 bodies 0 to 4 leave traces, one in 300 on average.
PEOPLE = 180
TRACES = 0.01


def bodies(world, table):
    with world.services.database.read() as tx:
        rows = tx._connection.execute(f"SELECT body FROM {table}").fetchall()
    return [body for (body,) in rows]


def pieces(body):
    """A body may lie in two places: its head in a cell, its end on an overflow page."""
    return body[:48], body[-48:]


def left(world, gone):
    """How many of these lie somewhere in the file.

    secure_delete overwrites cells and pages; when SQLite moves cells between pages, a few in
    a thousand leave a trace in the room between cells until the file is written anew.
    """
    world.services.database.truncate_wal()
    data = (world.server / "survey.db").read_bytes()
    return sum(any(piece in data for piece in pieces(body)) for body in gone)


def test_deleted_answers_texts_and_drafts_are_in_no_byte_of_the_file(world):
    assert len(world.invited) >= PEOPLE
    for one in world.invited[:PEOPLE]:
        answering.through_the_actions(world, one)
    gone = [*bodies(world, "response"), *bodies(world, "free_text")]
    assert left(world, gone) == len(gone)
    for one in world.invited[:PEOPLE]:
        erasure.erase(world.services, codes.digest(one.code))
    assert left(world, gone) <= TRACES * len(gone)
    world.services.database.rewrite()
    assert left(world, gone) == 0


def test_what_a_code_deletes_is_gone_from_every_file_when_the_reply_comes(world):
    """The page says "now": also in the write-ahead log, which a copy would take along."""
    for one in world.invited[:3]:
        answering.through_the_actions(world, one)
    before = bodies(world, "response")
    erasure.erase(world.services, codes.digest(world.amira.code))
    now = set(bodies(world, "response"))
    gone = [body for body in before if body not in now]
    data = b"".join(path.read_bytes() for path in world.server.glob("survey.db*"))
    assert len(gone) == 3
    assert [body for body in gone if any(piece in data for piece in pieces(body))] == []


def test_older_versions_of_a_draft_are_in_no_byte_of_the_file(world):
    older = []
    for one in world.invited[:PEOPLE]:
        entered = actions.enter(world.services, codes.digest(one.code), before=None, language="de")
        for code in ("1", "2", "3"):
            older += bodies(world, "draft")[-1:]
            answer = Chosen(codes=(code,))
            actions.keep(world.services, entered.session, "k1", answer, language="de")
        now = set(bodies(world, "draft"))
        older = [body for body in older if body not in now]
    assert left(world, older) <= TRACES * len(older)
    world.services.database.rewrite()
    assert left(world, older) == 0


def test_sent_drafts_are_in_no_byte_of_the_file(world):
    for one in world.invited[:PEOPLE]:
        answering.through_the_actions(world, one, send=False)
    gone = bodies(world, "draft")
    for one in world.invited[:PEOPLE]:
        answering.through_the_actions(world, one)
    assert left(world, gone) <= TRACES * len(gone)
    world.services.database.rewrite()
    assert left(world, gone) == 0


def test_closing_a_wave_leaves_no_draft_and_no_invitation_in_any_file(season):
    drafts = season.late[0].rows["draft"]
    gone = [row.values["body"] for row in drafts]
    gone += [row.values["ticket"] for row in season.late[0].rows["invitation"]]
    assert len(drafts) == len(season.begun)
    data = season.late[-1].raw()
    assert [body for body in gone if any(piece in data for piece in pieces(body))] == []


def test_where_rows_lie_after_the_close_tells_no_order(season, figures):
    """The order of the waiting room must not be the order of the file."""
    owners = season.owners()
    places = season.late[-1].places(set(owners))
    # Texts of a wave closed early stay until the day that letters name: their places count as well.
    rows = season.late[-1].rows
    keys = {row.key for table in ("response", "free_text") for row in rows[table]}
    found = {}
    for key in keys & set(places):
        found.setdefault(owners[key], places[key])
    ranks = [(season.order.index(person), place) for person, place in found.items()]
    agreement, _ = spearmanr(ranks)
    figures.append(f"order of answering kept by response after the close: {agreement:+.2f}")
    assert abs(agreement) < 0.25


def test_an_erasure_tells_no_moment_beside_the_keys(world):
    """The log of deletions is a file: when it was written last is when somebody deleted."""
    answering.through_the_actions(world, world.amira)
    erasure.erase(world.services, codes.digest(world.amira.code))
    [log] = world.server_keys.rglob("erasures.log")
    assert time.time() - log.stat().st_mtime > 24 * 3600


def test_deleting_a_code_with_nothing_to_delete_touches_the_log_alike(world, tmp_path):
    erasure.erase(world.services, codes.digest(codes.derive(b"n" * 32, 0)))
    [log] = world.server_keys.rglob("erasures.log")
    assert log.read_bytes() == b""


@pytest.mark.parametrize("again", [1, 2])
def test_copies_around_a_deletion_show_only_that_somebody_deleted(world, tmp_path, again):
    """Rows go empty; the mark stays and points to nobody without the evaluator's keys."""
    for one in world.invited[:3]:
        answering.through_the_actions(world, one)
    for _ in range(again):
        erasure.erase(world.services, codes.digest(world.amira.code))
    rows = take(world.server, tmp_path / "copy").rows["response"]
    empty = [row for row in rows if not row.values["body"]]
    assert len(empty) == 3
    assert {row.values["handle"] for row in empty} == {b""}
