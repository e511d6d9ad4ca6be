"""Between typing a code and the thank-you page."""

import threading
from datetime import date

import msgspec
import pytest

from survey.actions import drafts, erasure, responses, wave_close, waves
from survey.actions.drafts import OpenDraft, Sent
from survey.engine.inspection import inspect
from survey.engine.sqlite import SqliteDatabase
from survey.errors import WaveNotReady
from survey.home import Services
from survey.linkage import codes
from survey.linkage.drafts import Session
from survey.model.answers import Chosen, Written
from tests.actions.conftest import AT

YES = Chosen(codes=("5",))
NO = Chosen(codes=("1",))


def enter(services: Services, code: str, before: str | None = None) -> Session:
    entered = drafts.enter(services, codes.digest(code), before=before, language="de")
    assert entered is not None
    return entered.session


def sheet(services: Services, session: Session) -> OpenDraft:
    found = drafts.open_draft(services, session)
    assert isinstance(found, OpenDraft)
    return found


def rows(services: Services, table: str) -> int:
    assert isinstance(services.database, SqliteDatabase)
    return inspect(services.database)[table].count


def test_an_answer_is_there_when_the_page_is_opened_again(opened, printed):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "w1", YES, language="de")
    assert sheet(opened, amira).answers["w1"] == YES


def test_another_device_goes_on_without_seeing_what_was_answered(opened, printed):
    phone = enter(opened, printed[0])
    drafts.keep(opened, phone, "w1", YES, language="de")
    library = enter(opened, printed[0])
    assert sheet(opened, library).answers == {}
    assert sheet(opened, library).elsewhere == {"k1", "k2", "w1"}
    drafts.keep(opened, library, "w1", None, language="de")
    assert sheet(opened, phone).answers == {"w1": YES}


def test_the_same_device_goes_on_seeing_its_own_answers(opened, printed):
    first = drafts.enter(opened, codes.digest(printed[0]), before=None, language="de")
    drafts.keep(opened, first.session, "w1", YES, language="de")
    again = enter(opened, printed[0], before=first.cookie)
    assert sheet(opened, again).answers == {"w1": YES}


def test_two_people_on_one_phone_do_not_meet(opened, printed):
    first = drafts.enter(opened, codes.digest(printed[0]), before=None, language="de")
    drafts.keep(opened, first.session, "w1", YES, language="de")
    second = enter(opened, printed[1], before=first.cookie)
    assert sheet(opened, second).answers == {}
    assert second.device != first.session.device


def test_an_answer_can_be_taken_back(opened, printed):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "w1", YES, language="de")
    drafts.keep(opened, amira, "w1", None, language="de")
    assert sheet(opened, amira).answers == {}


def test_sending_twice_stores_once_and_says_thank_you_twice(opened, printed):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "g2", Written(text="Danke"), language="de")
    assert [responses.submit(opened, amira) for _ in range(3)] == [
        "sent",
        "repeated",
        "repeated",
    ]
    assert isinstance(drafts.open_draft(opened, amira), Sent)
    assert (rows(opened, "response"), rows(opened, "free_text"), rows(opened, "draft")) == (3, 2, 0)


def test_an_empty_questionnaire_writes_as_many_rows_of_the_same_length(opened, printed):
    full, empty = enter(opened, printed[0]), enter(opened, printed[1])
    for question in sheet(opened, full).context.published.form.questions:
        if question.id.startswith("w"):
            drafts.keep(opened, full, question.id, YES, language="de")
    drafts.keep(opened, full, "g2", Written(text="Sehr viele Worte " * 20), language="de")
    for session in (full, empty):
        assert responses.submit(opened, session) == "sent"
    database = inspect(opened.database)
    for table, group in (("response", "domain"), ("free_text", "wave_id")):
        lengths = list(
            database.query(
                f"SELECT {group}, count(DISTINCT length(body)) AS kinds FROM {table} GROUP BY 1"
            )
        )
        assert {row["kinds"] for row in lengths} == {1}


def test_two_threads_that_send_at_once_store_once(opened, printed):
    amira = enter(opened, printed[0])
    said: list[str] = []
    threads = [
        threading.Thread(target=lambda: said.append(responses.submit(opened, amira)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["repeated"] * 5 + ["sent"]
    assert rows(opened, "response") == 3


def test_what_another_device_was_told_is_kept_is_sent_too(opened, printed, monkeypatch):
    """It saves between the moment in which sending reads the draft and that in which it goes."""
    phone, library = enter(opened, printed[0]), enter(opened, printed[0])
    wrapped, sent = responses.releases.wrapped, []

    def slowly(services, session, asked, ticket, ticked):
        content = responses.draft_content.unpack(
            services.of(session), session, drafts.open_draft(services, session).draft
        )
        sent.append(set(content.answers))
        if len(sent) == 1:
            drafts.keep(services, library, "w1", YES, language="de")
        return wrapped(services, session, asked, ticket, ticked)

    monkeypatch.setattr(responses.releases, "wrapped", slowly)
    assert responses.submit(opened, phone) == "sent"
    assert sent == [set(), {"w1"}]
    assert rows(opened, "response") == 3
    assert rows(opened, "draft") == 0


def test_what_is_sent_while_it_is_deleted_does_not_stay(opened, printed, monkeypatch):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "w1", YES, language="de")
    find, said = erasure._handles, []

    def slowly(services, session):
        found = find(services, session)
        said.append(responses.submit(opened, amira))
        return found

    monkeypatch.setattr(erasure, "_handles", slowly)
    erasure.erase(opened, codes.digest(printed[0]))
    assert said == ["not-open"]
    assert rows(opened, "response") == 0


def test_a_used_code_an_unknown_code_and_a_closed_wave_all_give_nothing(opened, printed, home):
    responses.submit(opened, enter(opened, printed[0]))
    digest = codes.digest(printed[0])
    assert drafts.enter(opened, digest, before=None, language="de") is None
    unknown = codes.digest(codes.derive(bytes(32), 1))
    assert drafts.enter(opened, unknown, before=None, language="de") is None
    amira = enter(opened, printed[1])
    wave_close.close(home.services(), "w1", actor="test", at=AT)
    assert drafts.enter(opened, codes.digest(printed[2]), before=None, language="de") is None
    assert drafts.open_draft(opened, amira) is None
    with pytest.raises(WaveNotReady):
        drafts.keep(opened, amira, "w1", YES, language="de")
    assert responses.submit(opened, amira) == "not-open"


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 12, 1)])
def test_codes_work_from_the_first_to_the_last_day_only(opened, printed, day):
    other_day = msgspec.structs.replace(opened, today=lambda: day)
    assert drafts.enter(other_day, codes.digest(printed[0]), before=None, language="de") is None


def test_a_withdrawn_form_is_not_asked_on_and_loses_nothing(opened, printed, home):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "w1", NO, language="de")
    version = sheet(opened, amira).context.published.version
    waves.withdraw_form(home.database, version, actor="test", at=AT)
    assert drafts.open_draft(opened, amira) is None
    assert drafts.enter(opened, codes.digest(printed[1]), before=None, language="de") is None
    assert rows(opened, "draft") == 1


def test_stopping_deletes_the_draft_and_leaves_the_code_open(opened, printed):
    amira = enter(opened, printed[0])
    drafts.keep(opened, amira, "w1", NO, language="de")
    drafts.stop(opened, amira)
    assert rows(opened, "draft") == 0
    assert sheet(opened, enter(opened, printed[0])).answers == {}


def test_the_code_deletes_the_answers_and_cannot_answer_again(opened, printed, home):
    for code in printed[:3]:
        responses.submit(opened, enter(opened, code))
    erasure.erase(opened, codes.digest(printed[0]))
    emptied = list(
        inspect(opened.database).query(
            "SELECT count(*) AS n FROM response WHERE handle = x'' AND body = x''"
        )
    )
    assert emptied == [{"n": 3}]
    assert rows(opened, "response") == 9
    assert rows(opened, "free_text") == 4
    assert drafts.enter(opened, codes.digest(printed[0]), before=None, language="de") is None
    log = home.server_keys / "p" / erasure.LOG
    assert len(log.read_text("ascii").splitlines()) == 5


def test_deleting_with_a_code_that_never_answered_changes_no_row(opened, printed):
    responses.submit(opened, enter(opened, printed[0]))
    erasure.erase(opened, codes.digest(printed[1]))
    assert rows(opened, "response") == 3
    assert rows(opened, "free_text") == 2
