"""Releases: sealed when their Monday has come, for the key a connector has now, gone when asked."""

from datetime import date

from msgspec.structs import replace

from survey.model.rows import Release
from survey.store import releases

MONDAY = date(2026, 11, 23)
ROW = Release(handle=b"h" * 32, wave_id="w1", block="plan", slot_on=MONDAY, body=b"\0body")
OLD, NEW = b"o" * 32, b"n" * 32


def due(tx, today: date, *, key: bytes = NEW, after: bytes = b"", most: int = 10) -> list[bytes]:
    found = releases.due(tx, "w1", today, key=key, after=after, most=most)
    return [each.handle for each in found]


def test_a_block_is_kept_once(planned):
    with planned.write() as tx:
        assert releases.keep(tx, ROW)
        assert not releases.keep(tx, replace(ROW, body=b"other"))
        assert releases.has_handle(tx, ROW.handle)


def test_nothing_is_due_before_its_monday(planned):
    with planned.write() as tx:
        releases.keep(tx, ROW)
        assert due(tx, date(2026, 11, 22)) == []
        assert due(tx, MONDAY) == [ROW.handle]


def test_what_is_sealed_to_another_key_is_due_again(planned):
    with planned.write() as tx:
        releases.keep(tx, ROW)
        assert releases.seal(tx, ROW.handle, slot_on=MONDAY, to=OLD, sealed=b"box")
        assert due(tx, MONDAY, key=OLD) == []
        assert due(tx, MONDAY, key=NEW) == [ROW.handle]


def test_rows_come_by_handle_some_at_a_time(planned):
    handles = [bytes([number]) * 32 for number in (200, 3, 127, 128)]
    with planned.write() as tx:
        for handle in handles:
            releases.keep(tx, replace(ROW, handle=handle))
        first = due(tx, MONDAY, most=3)
        assert first + due(tx, MONDAY, after=first[-1]) == sorted(handles)


def test_a_sealed_release_is_listed_with_what_decides_how_long(planned):
    with planned.write() as tx:
        releases.keep(tx, ROW)
        assert releases.sealed(tx, MONDAY) == []
        releases.seal(tx, ROW.handle, slot_on=MONDAY, to=NEW, sealed=b"box")
        assert releases.sealed(tx, date(2026, 11, 22)) == []
        (listed,) = releases.sealed(tx, MONDAY)
    assert (listed.programme_id, listed.letters_say, listed.sealed) == (
        "p",
        date(2026, 11, 30),
        b"box",
    )


def test_what_was_taken_back_is_not_sealed(planned):
    with planned.write() as tx:
        releases.keep(tx, ROW)
        assert releases.erase(tx, ROW.handle)
        assert not releases.erase(tx, ROW.handle)
        assert not releases.seal(tx, ROW.handle, slot_on=MONDAY, to=NEW, sealed=b"box")


def test_empty_rows_and_rows_past_their_end_are_dropped(planned):
    with planned.write() as tx:
        for number in range(3):
            releases.keep(tx, replace(ROW, handle=bytes([number]) * 32))
        assert releases.drop(tx, [bytes(32), b"x" * 32]) == 1
        assert releases.drop_wave(tx, "w1") == 2
