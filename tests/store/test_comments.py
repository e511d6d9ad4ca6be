"""Texts under redaction: of two people who change one at once, one is told."""

from datetime import date

import pytest
from msgspec.structs import replace

from survey.errors import NotFound, RuleBroken
from survey.store import comments, snapshots
from survey.store.comments import Counted, Row
from survey.store.snapshots import Frozen

ROW = Row(
    comment_id="r1",
    wave_id="w1",
    original=b"\0sealed",
    edited=None,
    state="open",
    first_by="",
    second_by="",
    version=0,
)
PROPOSED = replace(ROW, edited=b"shorter", state="proposed", first_by="a1")


@pytest.fixture
def table(planned):
    with planned.write() as tx:
        comments.add(tx, [replace(ROW, comment_id="r2"), ROW])
    return planned


def test_texts_come_back_in_the_order_of_their_random_ids(table):
    with table.read() as tx:
        assert comments.of_wave(tx, "w1") == [ROW, replace(ROW, comment_id="r2")]


def test_a_change_needs_the_version_that_was_read(table):
    with table.write() as tx:
        assert comments.change(tx, ROW, PROPOSED)
        assert not comments.change(tx, ROW, replace(PROPOSED, edited=None))
        assert comments.find(tx, "r1") == replace(PROPOSED, version=1)


def test_nobody_is_the_second_person_to_herself(table):
    with pytest.raises(RuleBroken), table.write() as tx:
        comments.change(tx, ROW, replace(PROPOSED, state="approved", second_by="a1"))


def test_texts_are_counted_by_state(table):
    with table.write() as tx:
        comments.change(tx, ROW, PROPOSED)
        assert comments.counts(tx) == [
            Counted(wave_id="w1", state="open", texts=1),
            Counted(wave_id="w1", state="proposed", texts=1),
        ]


def test_texts_of_reported_waves_are_found_and_dropped(table):
    frozen = Frozen(wave_id="w1", report="satisfaction", body="{}", frozen_on=date(2026, 12, 1))
    with table.write() as tx:
        snapshots.freeze(tx, frozen)
        assert comments.reported(tx, "satisfaction", by=date(2026, 11, 30)) == []
        assert comments.reported(tx, "satisfaction", by=date(2026, 12, 1)) == ["w1"]
        assert comments.reported(tx, "another", by=date(2026, 12, 1)) == []
        assert comments.drop(tx, "w1") == 2


def test_an_unknown_text_is_told(table):
    with pytest.raises(NotFound, match="comment=r9"), table.read() as tx:
        comments.find(tx, "r9")
