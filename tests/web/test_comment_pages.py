"""Comments under review: each place that may tell who is meant is decided on, and who waits."""

import re

import pytest
from argon2 import PasswordHasher

from survey.actions import drafts, responses, wave_close, waves
from survey.actions.comments import redaction
from survey.linkage import codes
from survey.model.answers import Written
from survey.model.roles import ZONE
from survey.staff import accounts
from survey.staff.store import audit
from tests.world import answers, staff
from tests.world.programmes import NOW

_ID = re.compile(r"/remarks/w1/([0-9a-f]{32})\"")
_LISTED = re.compile(r"id=([0-9a-f]{32})#one")


@pytest.fixture(scope="module", autouse=True)
def light_passwords():
    """Hashing is heavy on purpose; other tests measure it, these need not wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "survey.linkage.passwords._hasher",
            PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
        )
        yield


@pytest.fixture
def texts(tmp_path):
    """A house with two editors whose wave is closed, with four texts."""
    world = staff.build(tmp_path, letters=60)
    world.staff["jana"] = accounts.create(
        world.database,
        ZONE,
        login="jana",
        roles=("editor",),
        password=staff.PASSWORD,
        actor="test",
        at=NOW,
    )
    services = world.home.services()
    for place, text in enumerate(answers.TEXTS):
        answers.send(services, world.code(), 1 + place, text)
    wave_close.close(world.home.services(), "w1", actor="test", at=NOW)
    redaction.open_texts(services, "w1", actor="test", at=NOW, early=True)
    return world


def actions(world):
    with world.database.read() as tx:
        return [(each.action, each.actor) for each in audit.list_all(tx)]


def flagged(client, tab="open"):
    """The page of the text in which two places may tell who is meant."""
    comment_id = _LISTED.search(client.get(f"/remarks/w1?tab={tab}&q=Kita").text)[1]
    return client.get(f"/remarks/w1?id={comment_id}").text, comment_id


def decide(client, comment_id, **fields):
    sent = {"act": "propose", "version": "0", "decision": "print"}
    return staff.send(client, f"/remarks/w1/{comment_id}", {**sent, **fields}, page="/own")


def test_places_of_a_text_are_replaced_unless_somebody_decides_to_keep_them(texts):
    page, _ = flagged(texts.browser("enno"))
    assert "[Person] hat mir sehr geholfen, auch mit der [Einrichtung]." in page
    assert page.count('value="replace" checked') == 2


def test_a_place_left_in_the_text_is_asked_about_and_may_be_kept_on_purpose(texts):
    enno = texts.browser("enno")
    _, comment_id = flagged(enno)
    text = "Frau Beispiel hat mir sehr geholfen."
    refused = decide(enno, comment_id, text=text)
    assert refused.status_code == 422
    assert "Diese Stelle steht noch im Text." in refused.text
    assert 'aria-describedby="spot-1-problem"' in refused.text
    assert 'spot-2-problem"' not in refused.text
    kept = decide(enno, comment_id, text=text, **{"spot-1": "keep"})
    assert kept.status_code == 303
    jana, _ = flagged(texts.browser("jana"), "proposed")
    assert jana.count("so gelassen") == 1
    assert jana.count("nicht mehr da") == 1


def test_a_text_is_put_together_from_the_decisions_without_keeping_anything(texts):
    enno = texts.browser("enno")
    _, comment_id = flagged(enno)
    fields = {"act": "assemble", "text": "egal", "spot-1": "keep", "instead-2": "[Kita]"}
    shown = decide(enno, comment_id, **fields)
    assert shown.status_code == 200
    assert "Frau Beispiel hat mir sehr geholfen, auch mit der [Kita]." in shown.text
    assert ("remark-proposed", "staff:enno") not in actions(texts)


def test_the_list_says_how_many_places_a_text_has(texts):
    page = texts.browser("enno").get("/remarks/w1").text
    assert page.count("2 Stellen") == 1
    assert page.count("keine Stelle") == 3


def test_of_a_text_that_may_not_be_quoted_nobody_says_it_is_printed(texts):
    services = texts.home.services()
    texts.plan("w7", 7)
    code = texts.invite("w7")[0]
    waves.open_wave(texts.home.database, "w7", actor="test", at=NOW)
    entered = drafts.enter(services, codes.digest(code), before=None, language="de")
    kept = Written(text="Danke.", quotable=False)
    drafts.keep(services, entered.session, "g2", kept, language="de")
    assert responses.submit(services, entered.session) == "sent"
    wave_close.close(texts.home.services(), "w7", actor="test", at=NOW)
    redaction.open_texts(services, "w7", actor="test", at=NOW, early=True)
    page = texts.browser("enno").get("/remarks/w7").text
    assert "So würde er mitgezählt" in page
    assert "So würde er gedruckt" not in page
    assert "Gedruckt wird" not in page


def test_what_is_to_do_leads_to_texts_that_this_person_may_decide_on(texts):
    enno, jana, dilan = (texts.browser(each) for each in ("enno", "jana", "dilan"))
    assert "4 Kommentare prüfen" in enno.get("/").text
    for _ in answers.TEXTS:
        comment_id = _ID.search(enno.get("/remarks/w1").text)[1]
        assert decide(enno, comment_id, text="kurz").status_code == 303
    assert "Kommentare prüfen" not in enno.get("/").text
    assert "4 Kommentare warten auf andere." in enno.get("/").text
    assert "4 Kommentare prüfen" in jana.get("/").text
    opened_by_jana = jana.get("/remarks/w1").text
    assert "Freigeben und weiter" in opened_by_jana
    assert "Kommentare prüfen" not in dilan.get("/").text
    assert "4 Kommentare warten auf andere." in dilan.get("/").text


def test_looks_of_one_sitting_stand_in_one_line_of_the_log_and_every_one_in_the_chain(texts):
    enno, farah = texts.browser("enno"), texts.browser("farah")
    for _ in range(5):
        enno.get("/remarks/w1")
    assert actions(texts).count(("remarks-read", "staff:enno")) == 5
    page = farah.get("/audit?action=remarks-read").text
    assert page.count("Kommentare gelesen <") == 1
    assert "5-mal" in page
    jana = texts.browser("jana")
    jana.get("/remarks/w1")
    enno.get("/remarks/w1")
    page = farah.get("/audit?action=remarks-read").text
    assert page.split("<tbody>")[1].count("<tr>") == 3


def test_before_the_last_week_is_counted_the_page_says_so(texts):
    dilan = texts.browser("dilan")
    assert "Die letzte Woche wird erst am" in dilan.get("/reports/w1").text
    with texts.home.database.write() as tx:
        tx.run("UPDATE wave SET closed_on = '2026-11-02' WHERE tenant = :tenant")
    assert "Die letzte Woche" not in dilan.get("/reports/w1").text


def test_a_withdrawn_wave_leads_to_no_results(texts):
    texts.plan("w8", 8)
    with texts.home.database.write() as tx:
        tx.run(
            "UPDATE wave SET withdrawn_on = '2026-11-30' WHERE tenant = :tenant AND wave_id = 'w8'"
        )
    page = texts.browser("dilan").get("/").text
    assert 'href="/waves/w8"' in page
    assert "/results/w8" not in page
