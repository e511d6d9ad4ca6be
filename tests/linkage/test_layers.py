"""Tickets, drafts, bodies, envelopes: what opens, and what must not."""

import pytest

from survey.errors import KeyMissing, NotSealedForUs, Refused
from survey.linkage import (
    drafts,
    envelopes,
    handles,
    inner_layer,
    keys,
    outer_layer,
    pseudonyms,
    tickets,
)
from survey.linkage.closed_waves import ClosedWave
from survey.linkage.drafts import Session
from survey.linkage.evaluator import Evaluator
from survey.linkage.openings import Openings
from survey.linkage.primitives import fresh_key
from survey.linkage.tickets import Seat

KEY = bytes(32)
SEAT = Seat(pseudonym=bytes(16), unit_id="team-1", cell="all")


@pytest.fixture
def evaluator(tmp_path) -> Evaluator:
    keys.create(tmp_path / "p", keys.EVALUATOR)
    keys.create(tmp_path / "house", keys.EVALUATOR_HOUSE)
    return Evaluator(
        {"p": keys.evaluator_keys(tmp_path / "p")},
        keys.sealing_pair(tmp_path / "house"),
        Openings(tmp_path),
    )


@pytest.fixture
def ticket(evaluator) -> bytes:
    return tickets.issue(evaluator._programmes["p"].ticket, "w1", SEAT)


def session(secret: bytes = b"s" * 32) -> Session:
    return Session(programme_id="p", secret=secret, device=b"d" * 16)


def test_every_ticket_has_one_length_whoever_it_is_for():
    key = fresh_key()
    other = Seat(pseudonym=bytes(16), unit_id="a-very-long-team-name", cell="from-2-to-5-years")
    assert len(tickets.issue(key, "w1", SEAT)) == len(tickets.issue(key, "w1", other))


def test_a_ticket_of_another_wave_does_not_open():
    key = fresh_key()
    with pytest.raises(NotSealedForUs):
        tickets.inspect(key, "w2", tickets.issue(key, "w1", SEAT))


def test_a_changed_byte_is_noticed():
    key = fresh_key()
    ticket = bytearray(tickets.issue(key, "w1", SEAT))
    ticket[20] ^= 1
    with pytest.raises(NotSealedForUs):
        tickets.inspect(key, "w1", bytes(ticket))


def test_a_draft_opens_for_its_own_session_only():
    body = drafts.seal_draft(KEY, session(), "w1", b"half done", 100)
    assert drafts.open_draft(KEY, session(), "w1", body) == b"half done"
    with pytest.raises(NotSealedForUs):
        drafts.open_draft(KEY, session(b"t" * 32), "w1", body)


def test_a_draft_opens_to_nobody_without_the_servers_key():
    body = drafts.seal_draft(KEY, session(), "w1", b"half done", 100)
    with pytest.raises(NotSealedForUs):
        drafts.open_draft(fresh_key(), session(), "w1", body)


def test_an_empty_draft_is_as_long_as_a_full_one():
    assert len(drafts.seal_draft(KEY, session(), "w1", b"", 100)) == len(
        drafts.seal_draft(KEY, session(), "w1", b"x" * 96, 100)
    )


def test_what_does_not_fit_is_refused_and_never_cut():
    with pytest.raises(ValueError, match="do not fit"):
        inner_layer.seal_inner(fresh_key(), "w1", b"x" * 97, 100)


def test_the_rows_of_one_code_do_not_know_each_other():
    key = fresh_key()
    found = {handles.handle(key, session(), name) for name in ("answers a", "answers b", "text g2")}
    assert len(found) == 3


def test_the_same_episode_answers_once_in_a_wave_and_domain_by_whatever_code(evaluator, ticket):
    again = tickets.issue(evaluator._programmes["p"].ticket, "w1", SEAT)
    first = evaluator.cover("p", "w1", ticket, {"main": b"x"}, []).answers[0]
    second = evaluator.cover("p", "w1", again, {"main": b"x"}, []).answers[0]
    assert first.mark == second.mark
    assert first.body != second.body


def test_domains_and_waves_cannot_be_paired_by_their_marks(evaluator, ticket):
    later = tickets.issue(evaluator._programmes["p"].ticket, "w2", SEAT)
    one = evaluator.cover("p", "w1", ticket, {"main": b"x", "health": b"x"}, []).answers
    two = evaluator.cover("p", "w2", later, {"main": b"x"}, []).answers
    assert len({part.mark for part in (*one, *two)}) == 3


def test_stripping_gives_every_inner_part_in_another_order(evaluator):
    ticket_key = evaluator._programmes["p"].ticket
    rows = []
    for number in range(60):
        seat = Seat(pseudonym=number.to_bytes(16), unit_id="u", cell="c")
        ticket = tickets.issue(ticket_key, "w1", seat)
        part = evaluator.cover("p", "w1", ticket, {"main": bytes([number])}, []).answers[0]
        rows.append((part.mark, part.body))
    invited = evaluator.list_invited("p", "w1", [])
    noted = evaluator.note_close("p", "w1", invited, {"main": [mark for mark, _ in rows]})
    wave = ClosedWave(wave_id="w1", invited=invited, noted=noted, rows=rows)
    opened = [part.inner[0] for part in evaluator.open_answers("p", "main", [wave])]
    assert sorted(opened) == list(range(60))
    assert opened != list(range(60))


def test_a_body_under_another_mark_does_not_open(evaluator, ticket):
    part = evaluator.cover("p", "w1", ticket, {"main": b"x"}, []).answers[0]
    with pytest.raises(NotSealedForUs):
        outer_layer.unwrap(evaluator._programmes["p"], "w1", bytes(32), part.body)


@pytest.mark.parametrize("cookie", ["", "nonsense", "====", "AAAA" * 40, "ü" * 30, "a" * 5000])
def test_a_cookie_that_is_not_ours_opens_nothing(evaluator, cookie):
    assert evaluator.unlock(cookie) is None


def test_a_cookie_gives_its_session_back(evaluator):
    candidate = evaluator.candidates(b"c" * 32, b"d" * 16)[0]
    assert evaluator.unlock(candidate.cookie) == candidate.session


def test_a_push_for_another_evaluator_or_with_unknown_fields_is_refused(evaluator):
    with pytest.raises(NotSealedForUs):
        evaluator.admit("p", "w1", b"\0" * 200)
    sealed = envelopes.seal(evaluator.public_key, envelopes.PUSH, b"\x81\xa4name\xa5Amira")
    with pytest.raises(Refused):
        evaluator.admit("p", "w1", sealed)


def test_case_numbers_are_sealed_in_one_length_and_looked_up_by_key_only():
    case, index = fresh_key(), fresh_key()
    short, long = pseudonyms.seal_case(case, "A1"), pseudonyms.seal_case(case, "FM-2026-10001")
    assert len(short) == len(long)
    assert pseudonyms.open_case(case, long) == "FM-2026-10001"
    assert pseudonyms.index(index, "case", "A1") != pseudonyms.index(fresh_key(), "case", "A1")
    assert pseudonyms.index(index, "case", "A1") != pseudonyms.index(index, "person", "A1")


def test_keys_are_made_once_and_only_their_owner_may_read_them(tmp_path):
    directory = tmp_path / "keys"
    assert keys.create(directory, keys.SERVER) == list(keys.SERVER)
    before = keys.read(directory, "answer")
    assert keys.create(directory, keys.SERVER) == []
    assert keys.read(directory, "answer") == before
    assert (directory / "answer").stat().st_mode & 0o077 == 0
    assert directory.stat().st_mode & 0o077 == 0


def test_a_missing_or_cut_key_is_told_with_its_path(tmp_path):
    with pytest.raises(KeyMissing, match="answer"):
        keys.server_keys(tmp_path)
    (tmp_path / "answer").write_text("abcd", "ascii")
    with pytest.raises(KeyMissing, match="cut short"):
        keys.read(tmp_path, "answer")


def test_a_destroyed_key_is_gone(tmp_path):
    keys.create(tmp_path, {"print": "one run"})
    keys.destroy(tmp_path / "print")
    assert list(tmp_path.iterdir()) == []
