"""From the urn to the report: two people, no handle, and nobody overwritten."""

import threading
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from survey.actions import drafts, erasure, responses, wave_close
from survey.actions.comments import redaction, review
from survey.engine.inspection import inspect
from survey.errors import WaveNotReady
from survey.linkage import codes
from survey.model.answers import Written
from survey.model.comments import Proposal
from survey.staff.store import audit
from survey.store import comments, free_texts
from survey.store import snapshots as frozen_snapshots
from survey.store.snapshots import Frozen
from tests.actions.conftest import AT
from tests.actions.test_answering import enter

DILAN, EMRE = "account-dilan", "account-emre"
HELP = "Frau Beispiel hat mir sehr geholfen."
FORM = "Das Formular ist schwer."
# The day after the one until which people were told that they can delete what they wrote.
OVER = date(2026, 12, 1)


def write(services, code, words, *, quotable=True):
    session = enter(services, code)
    drafts.keep(services, session, "g2", Written(text=words, quotable=quotable), language="ar")
    assert responses.submit(services, session) == "sent"


@pytest.fixture
def closed(opened, printed):
    write(opened, printed[0], HELP)
    write(opened, printed[1], FORM, quotable=False)
    write(opened, printed[2], "   \n ")
    wave_close.close(opened, "w1", actor="test", at=AT)
    return replace(opened, today=lambda: OVER)


@pytest.fixture
def taken(closed):
    assert redaction.open_texts(closed, "w1", actor="test", at=AT) == 2
    return closed


def read(services):
    return {each.original: each for each in review.read(services, "w1", actor=DILAN, at=AT)}


def propose(services, each, text, *, actor=DILAN, **more):
    return review.propose(
        services, each.comment_id, each.version, Proposal(text=text, **more), actor=actor, at=AT
    )


def approve(services, each, *, actor=EMRE):
    return review.approve(services, each.comment_id, each.version, actor=actor, at=AT)


def entries(services):
    with services.database.read() as tx:
        return [(each.action, each.actor, each.details) for each in audit.list_all(tx)]


def test_texts_with_words_leave_the_urn_and_the_urn_is_empty(taken):
    assert set(read(taken)) == {HELP, FORM}
    assert inspect(taken.database)["free_text"].count == 0


def test_taking_out_again_changes_nothing(taken):
    before = sorted(each.comment_id for each in read(taken).values())
    assert redaction.open_texts(taken, "w1", actor="test", at=AT) == 0
    assert sorted(each.comment_id for each in read(taken).values()) == before


def test_an_open_wave_keeps_its_urn(opened, printed):
    write(opened, printed[0], HELP)
    with pytest.raises(WaveNotReady):
        redaction.open_texts(opened, "w1", actor="test", at=AT)
    assert inspect(opened.database)["comment"].count == 0


def test_what_a_crash_left_in_the_urn_is_taken_out_later(closed):
    redaction.take_out_rest(closed, actor="worker", at=AT)
    assert set(read(closed)) == {HELP, FORM}


def test_a_text_deleted_before_it_is_taken_out_is_gone(closed, printed):
    erasure.erase(closed, codes.digest(printed[0]))
    redaction.open_texts(closed, "w1", actor="test", at=AT)
    assert set(read(closed)) == {FORM}


def test_a_text_deleted_while_the_urn_is_read_is_gone(closed, printed, monkeypatch):
    slow = free_texts.of_wave
    turns = []

    def of_wave(tx, wave_id):
        found = slow(tx, wave_id)
        turns.append(len(found))
        if len(turns) == 1:
            eraser = threading.Thread(target=erasure.erase, args=(closed, codes.digest(printed[0])))
            eraser.start()
            eraser.join()
        return found

    monkeypatch.setattr(free_texts, "of_wave", of_wave)
    redaction.open_texts(closed, "w1", actor="test", at=AT)
    assert set(read(closed)) == {FORM}


def test_no_code_finds_a_text_on_the_table(taken, printed):
    erasure.erase(taken, codes.digest(printed[0]))
    assert set(read(taken)) == {HELP, FORM}


def test_nothing_on_the_table_tells_which_text_is_whose(taken):
    with taken.database.read() as tx:
        rows = comments.of_wave(tx, "w1")
    assert len({len(row.original) for row in rows}) == 1
    assert not any(HELP.encode() in row.original for row in rows)
    assert [row.comment_id for row in rows] == sorted(row.comment_id for row in rows)


def test_a_reader_sees_no_language(taken):
    shown = read(taken)[HELP]
    assert "ar" not in {getattr(shown, name) for name in shown.__struct_fields__}


def test_two_people_bring_a_text_into_the_report(taken):
    assert propose(taken, read(taken)[HELP], "[Person] hat mir sehr geholfen.") == "kept"
    assert redaction.approved(taken, "w1") == []
    assert approve(taken, read(taken)[HELP]) == "kept"
    (comment,) = redaction.approved(taken, "w1")
    assert (comment.question, comment.text) == ("g2", "[Person] hat mir sehr geholfen.")
    assert comment.quotable


def test_one_account_cannot_be_both_people(taken):
    propose(taken, read(taken)[HELP], HELP)
    assert approve(taken, read(taken)[HELP], actor=DILAN) == "same-person"
    assert read(taken)[HELP].state == "proposed"


def test_the_table_itself_refuses_one_account_twice(taken):
    propose(taken, read(taken)[HELP], HELP)
    with pytest.raises(Exception, match="CHECK"), taken.database.write() as tx:
        tx.run("UPDATE comment SET second_by = first_by WHERE tenant = :tenant AND first_by <> ''")


def test_a_text_kept_back_by_two_people_is_not_printed(taken):
    propose(taken, read(taken)[HELP], None, reason="nennt eine seltene Krankheit")
    approve(taken, read(taken)[HELP])
    assert read(taken)[HELP].state == "withheld"
    assert redaction.approved(taken, "w1") == []


def test_the_second_person_can_send_it_back_with_a_word(taken):
    propose(taken, read(taken)[HELP], HELP)
    shown = read(taken)[HELP]
    sent = review.send_back(
        taken, shown.comment_id, shown.version, "Der Name steht noch da.", actor=EMRE, at=AT
    )
    again = read(taken)[HELP]
    assert (sent, again.state) == ("kept", "open")
    assert again.proposal.returned == "Der Name steht noch da."
    assert again.proposal.text == HELP


def test_the_second_of_two_editors_at_once_is_told_and_overwrites_nothing(taken):
    shown = read(taken)[HELP]
    assert propose(taken, shown, "von Dilan") == "kept"
    assert propose(taken, shown, "von Emre", actor=EMRE) == "stale"
    assert read(taken)[HELP].proposal.text == "von Dilan"


def test_an_approval_of_an_older_version_approves_nothing(taken):
    propose(taken, read(taken)[HELP], "erste Fassung")
    old = read(taken)[HELP]
    review.send_back(taken, old.comment_id, old.version, "noch einmal", actor=EMRE, at=AT)
    propose(taken, read(taken)[HELP], "zweite Fassung")
    assert approve(taken, old) == "stale"


def test_reading_is_written_down_without_a_word_of_the_texts(taken):
    read(taken)
    action, actor, details = entries(taken)[-1]
    assert (action, actor, details) == ("remarks-read", DILAN, '{"texts":2}')
    assert not any(HELP in each[2] for each in entries(taken))


def frozen(services, on):
    with services.database.write() as tx:
        frozen_snapshots.freeze(
            tx, Frozen(wave_id="w1", report="satisfaction", body="{}", frozen_on=on)
        )


def test_texts_go_thirty_days_after_the_report_was_frozen(taken):
    day = date(2026, 12, 1)
    frozen(taken, day)
    last = day + timedelta(days=29)
    assert redaction.drop_originals(taken.database, last, actor="worker", at=AT) == 0
    assert (
        redaction.drop_originals(taken.database, day + redaction.ORIGINALS, actor="w", at=AT) == 2
    )
    assert read(taken) == {}


def test_texts_without_a_report_stay(taken):
    late = date(2030, 1, 1)
    assert redaction.drop_originals(taken.database, late, actor="worker", at=AT) == 0
