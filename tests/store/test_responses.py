"""Responses: one for each mark, erased by handle, read in an order that tells nothing."""

import hashlib
import threading

from msgspec.structs import replace

from survey.model.rows import Response
from survey.store import responses


def response(number: int, domain: str = "recipient.main") -> Response:
    digest = hashlib.sha256(f"{domain} {number}".encode()).digest()
    return Response(
        wave_id="w1", domain=domain, mark=digest, handle=digest[::-1], body=b"\0sealed" + digest
    )


def test_an_episode_answers_once_by_whatever_code(planned):
    first = response(1)
    with planned.write() as tx:
        assert responses.keep(tx, first)
        assert not responses.keep(tx, replace(first, handle=bytes(32), body=b"other"))
    with planned.read() as tx:
        assert [each.body for each in responses.sealed(tx, "w1", first.domain)] == [first.body]


def test_of_two_codes_of_one_episode_sent_at_once_one_is_kept(planned):
    kept = []

    def send(handle: bytes) -> None:
        with planned.save() as tx:
            kept.append(responses.keep(tx, replace(response(1), handle=handle)))

    devices = [threading.Thread(target=send, args=[bytes([each]) * 32]) for each in range(6)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    assert sorted(kept) == [False] * 5 + [True]


def test_mark_and_handle_are_known_once_there(planned):
    with planned.write() as tx:
        responses.keep(tx, response(1))
        assert responses.has_mark(tx, response(1).mark)
        assert responses.has_handle(tx, response(1).handle)
        assert not responses.has_mark(tx, response(2).mark)
        assert not responses.has_handle(tx, response(2).handle)


def test_an_erased_answer_leaves_its_mark_and_nothing_else(planned):
    with planned.write() as tx:
        responses.keep(tx, response(1))
        assert responses.erase(tx, response(1).handle)
        assert not responses.erase(tx, response(1).handle)
        assert responses.has_mark(tx, response(1).mark)
        assert not responses.has_handle(tx, response(1).handle)
        assert [row.body for row in responses.sealed(tx, "w1", response(1).domain)] == [b""]
        assert responses.marks(tx, "w1") == {response(1).domain: [response(1).mark]}


def test_rows_are_read_by_their_random_marks_without_holding_them_all(planned):
    kept = [response(number) for number in range(40)]
    with planned.write() as tx:
        for each in [*kept, response(1, "recipient.health")]:
            responses.keep(tx, each)
    with planned.read() as tx:
        rows = responses.sealed(tx, "w1", "recipient.main")
        first = next(rows)
        # Something else may be asked for in between.
        assert responses.has_mark(tx, first.mark)
        marks = [first.mark, *(each.mark for each in rows)]
    assert marks == sorted(each.mark for each in kept)
