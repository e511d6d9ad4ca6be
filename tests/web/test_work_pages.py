"""Waves, comments and reports on the pages of staff: what is done there, and what is refused."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from survey import worker
from survey.actions import fieldwork, jobs, reports, waves
from survey.errors import DocumentError
from survey.model.roles import ZONE
from survey.report import make
from survey.report_types import SATISFACTION
from survey.staff import accounts
from survey.staff.store import audit
from survey.store import jobs as job_rows
from survey.store import waves as wave_rows
from tests.report import papers
from tests.web import work_pages
from tests.web.work_pages import DRAFT
from tests.world import answers, staff
from tests.world.programmes import NOW
from tests.world.waves import TITLE

CLOSE = {"name": TITLE, "because": "Umzug des Hauses"}
_ID = re.compile(r"/remarks/w1/([0-9a-f]{32})\"")
_VERSION = re.compile(r'name="version" value="(\d+)"')


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
def world(tmp_path):
    world = staff.build(tmp_path, letters=60)
    made = accounts.create(
        world.database,
        ZONE,
        login="jana",
        roles=("editor",),
        password=staff.PASSWORD,
        actor="test",
        at=NOW,
    )
    world.staff["jana"] = made
    return world


@pytest.fixture
def dilan(world):
    return world.browser("dilan")


@pytest.fixture
def texts(world):
    """The house after its wave was closed, with four texts."""
    services = world.home.services()
    for place, text in enumerate(answers.TEXTS):
        answers.send(services, world.code(), 1 + place, text)
    staff.send(world.browser("dilan"), "/waves/w1/close", CLOSE)
    return world


@pytest.fixture
def looked(texts):
    """The same after somebody looked at what its report would show."""
    make.preview(texts.home, "w1", SATISFACTION.name, lambda _: None)
    return texts


def actions(world):
    with world.database.read() as tx:
        return [(each.action, each.actor) for each in audit.list_all(tx)]


def state(world, wave_id="w1"):
    with world.database.read() as tx:
        return wave_rows.find(tx, wave_id).state


def draft(**changes):
    fields = {
        "programme": "zufriedenheit",
        "chosen": "satisfaction/default",
        "wave": "w2",
        "number": "2",
        "opens": "2031-03-01",
        "closes": "31.3.2031",
        "label": ["Team Nord", "Team West"],
        "invited": ["268", "61"],
        "k": "15",
    }
    return {**fields, **changes}


def test_every_page_says_what_its_sample_expects(world):
    for sample in work_pages.samples(world):
        client = world.browser(sample.who)
        page = client.get(sample.address)
        if sample.action:
            assert page.status_code == 200, sample.name
            sent = {"_tag": staff.tag(page.text), **sample.fields}
            page = client.post(sample.address, data=sent)
        assert page.status_code == sample.status, sample.name
        assert "<h1" in page.text, sample.name


def test_a_withdrawn_wording_is_told_wherever_its_wave_stands(world, dilan):
    with world.database.read() as tx:
        version = wave_rows.find(tx, "w1").form_version
    waves.withdraw_form(world.database, version, actor="test", at=NOW)
    for address in ("/", "/waves", "/waves/w1", "/waves/w1/fieldwork"):
        page = dilan.get(address).text
        assert "Fragebogen zurückgezogen" in page, address
        assert "im Feld" not in page, address
    assert "niemand mehr antworten" in dilan.get("/waves/w1").text
    assert f"„{TITLE}“ schließen" in dilan.get("/").text
    refused = staff.send(dilan, "/waves/new", draft(), page="/waves")
    assert refused.status_code == 422
    assert "Wählen Sie einen anderen" in refused.text


# A new wave.


def test_a_wave_is_planned_with_its_days_its_threshold_and_an_entry(world, dilan):
    sent = staff.send(dilan, "/waves/new", draft(), page="/waves")
    assert sent.headers["location"] == "/waves/w2?done=created"
    with world.database.read() as tx:
        wave = wave_rows.find(tx, "w2")
    assert (wave.number, wave.thresholds.k, wave.thresholds.k_sensitive) == (2, 15, 20)
    assert str(wave.closes_on) == "2031-03-31"
    assert ("wave-created", "staff:dilan") in actions(world)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"closes": "2031-02-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"opens": "gestern"}, "Tragen Sie den ersten Tag ein"),
        ({"opens": "2020-01-01", "closes": "2020-02-01"}, "schon vorbei"),
        ({"number": "1"}, "Diese Nummer hat schon"),
        ({"number": "²"}, "ganze Zahl ab 1"),
        ({"number": "0"}, "ganze Zahl ab 1"),
        ({"wave": "w1"}, "Diesen Kurznamen hat schon"),
        ({"wave": "../w"}, "Im Feld steht jetzt einer, der geht."),
        ({"wave": "опрос"}, "Der Kurzname beginnt"),
        ({"title": "x" * 101}, "höchstens 100 Zeichen"),
        ({"title": TITLE}, "So heißt schon eine andere Welle."),
        ({"label": ["A", "A"]}, "zweimal"),
        ({"label": ["A", ""]}, "Jede Einheit braucht einen Namen"),
        ({"invited": ["viele", "1"]}, "Zahl der Eingeladenen"),
        ({"label": [], "invited": []}, "mindestens eine Einheit"),
        ({"programme": "nichts"}, "Wählen Sie ein Programm."),
        ({"chosen": "nichts/default"}, "Wählen Sie einen Fragebogen."),
        ({"chosen": "satisfaction/nichts"}, "wie viel gefragt wird"),
        ({"k": "3"}, "eine der drei Schwellen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(world, dilan, changes, said):
    sent = staff.send(dilan, "/waves/new", draft(**changes), page="/waves")
    assert sent.status_code == 422
    assert said in sent.text
    assert "aria-invalid" in sent.text or "units-problem" in sent.text
    with world.database.read() as tx:
        assert [wave.wave_id for wave in wave_rows.list_all(tx)] == ["w1"]


def test_an_ended_programme_is_not_offered(world, dilan):
    with world.database.write() as tx:
        tx.run("UPDATE programme SET ended_on = '2026-11-01' WHERE tenant = :tenant")
    assert 'value="zufriedenheit"' not in dilan.get("/waves/new").text
    assert staff.send(dilan, "/waves/new", draft(), page="/waves").status_code == 422


def test_of_two_who_plan_the_same_wave_at_once_one_is_told(world):
    browsers = [world.browser("dilan"), world.browser("dilan")]
    with ThreadPoolExecutor(2) as both:
        replies = both.map(
            lambda one: staff.send(one, "/waves/new", draft(), page="/waves").status_code, browsers
        )
    assert sorted(replies) == [303, 422]


def test_the_preview_says_what_the_notice_says(world, dilan):
    shown = dilan.get(f"/waves/new?step=outlook&{DRAFT}").text
    for sentence in (
        "Ihr Geld bleibt gleich.",
        "Das Jobcenter kann Ihre Antworten nicht zuordnen.",
        "Nur Ergebnisse von mindestens 10 Menschen zusammen.",
        "Hochschule Musterstadt",
    ):
        assert sentence in shown
    raised = dilan.get(f"/waves/new?step=outlook&k=20&{DRAFT}").text
    assert "mindestens 20 Menschen zusammen" in raised


def test_the_preview_speaks_the_languages_of_the_people_asked(dilan):
    shown = dilan.get(f"/waves/new?step=outlook&told=ar&{DRAFT}").text
    assert '<div class="told" lang="ar" dir="rtl">' in shown


def test_what_a_unit_can_show_stands_beside_it(dilan):
    shown = dilan.get(f"/waves/new?step=outlook&{DRAFT}").text
    assert "Team Klein hat weniger als 20 Eingeladene" in shown
    assert "zu wenige" in shown


def test_typed_words_are_never_markup(dilan):
    shown = dilan.get("/waves/new?step=people&programme=zufriedenheit&wave=<script>x</script>").text
    assert "<script>x" not in shown


# Opening and closing.


def test_a_wave_without_a_sample_is_not_opened_and_says_what_is_missing(world, dilan):
    world.plan("w2", 2)
    reply = staff.send(dilan, "/waves/w2/open", {})
    assert reply.status_code == 409
    assert "Es ist noch niemand eingeladen." in reply.text
    assert state(world, "w2") == "planned"


def test_a_wave_with_everything_opens(world, dilan):
    world.plan("w2", 2)
    world.invite("w2")
    assert staff.send(dilan, "/waves/w2/open", {}).status_code == 303
    assert state(world, "w2") == "open"


def test_closing_needs_the_name_and_says_what_was_typed(world, dilan):
    reply = staff.send(dilan, "/waves/w1/close", {**CLOSE, "name": "w<2"})
    assert reply.status_code == 422
    assert "Da steht „w&lt;2“. Tippen Sie „Zufriedenheit, erste Welle“." in reply.text
    assert state(world) == "open"


def test_of_two_people_who_close_at_once_one_closes_and_the_other_is_told(world):
    browsers = [world.browser("dilan"), world.browser("dilan")]
    with ThreadPoolExecutor(2) as both:
        replies = both.map(
            lambda one: staff.send(one, "/waves/w1/close", CLOSE).status_code, browsers
        )
    assert sorted(replies) == [303, 409]
    assert [each[0] for each in actions(world)].count("wave-closed") == 1


def test_closing_before_the_last_day_needs_a_reason_and_says_what_stays_as_told(world, dilan):
    page = dilan.get("/waves/w1/close").text
    assert "als letzter Tag gesagt" in page
    assert "geplant bis" in page
    reply = staff.send(dilan, "/waves/w1/close", {**CLOSE, "because": " "})
    assert reply.status_code == 422
    assert "Schreiben Sie den Grund" in reply.text
    assert state(world) == "open"


def test_a_wave_that_was_closed_early_says_so_wherever_it_is_named(world, dilan):
    staff.send(dilan, "/waves/w1/close", CLOSE)
    with world.database.read() as tx:
        last = wave_rows.find(tx, "w1").closes_on
    planned = f"geplant bis {last:%d.%m.%Y}"
    for place in ("/", "/waves", "/waves/w1", "/waves/w1/fieldwork", "/reports/w1"):
        assert planned in dilan.get(place).text, place


def test_closing_in_a_demo_brings_the_texts_to_the_table_and_asks_for_a_rewrite(texts):
    assert ("texts-taken-out", "staff:dilan") in actions(texts)
    with texts.home.database.read() as tx:
        assert jobs.latest(tx, "rewrite", "w1")


def test_the_close_page_of_a_demo_says_that_texts_come_at_once(world, dilan):
    assert world.home.settings.demo
    page = dilan.get("/waves/w1/close").text
    assert "In einer Demo kommen die Texte sofort zu den Kommentaren" in page
    assert "Was über das Löschen gesagt wurde, gilt weiter" not in page


def test_each_of_two_missing_days_is_named(dilan):
    page = dilan.get("/waves/new", params={"step": "outlook", **draft(opens="", closes="")}).text
    faults = page.split('id="problems"')[1].split("</ul>")[0]
    assert "Tragen Sie den ersten Tag ein" in faults
    assert "Tragen Sie den letzten Tag ein" in faults


def test_a_published_wave_says_how_many_answered_by_its_report(world, dilan):
    world.plan("w5", 5)
    with world.database.write() as tx:
        work_pages.freeze(tx, "w5")
        tx.run(
            "UPDATE wave SET state = 'closed' WHERE tenant = :tenant AND wave_id = :wave_id",
            {"wave_id": "w5"},
        )
    row = dilan.get("/").text.split("Zufriedenheit w5")[1].split("</tr>")[0]
    assert "rund 800" in row


# Who may what.


@pytest.mark.parametrize("login", ["enno", "farah", "gerd"])
@pytest.mark.parametrize(
    ("place", "fields"),
    [
        ("/waves/new", draft()),
        ("/waves/w1/open", {}),
        ("/waves/w1/close", CLOSE),
        ("/reports/w1", {"edition": "internal", "language": "de"}),
    ],
)
def test_what_planners_do_is_refused_to_others(world, login, place, fields):
    assert staff.send(world.browser(login), place, fields).status_code == 403
    assert state(world) == "open"


@pytest.mark.parametrize(
    ("login", "allowed"),
    [
        ("dilan", {"/waves", "/programmes", "/remarks", "/reports"}),
        ("enno", {"/remarks", "/reports", "/remarks/w1"}),
        ("farah", {"/waves", "/programmes", "/remarks", "/reports"}),
        ("gerd", set()),
    ],
)
def test_everybody_sees_what_is_hers(world, login, allowed):
    client = world.browser(login)
    places = {"/waves", "/programmes", "/remarks", "/reports", "/remarks/w1"}
    assert {place for place in places if client.get(place).status_code == 200} == allowed


def test_waves_with_texts_are_found_by_name_and_sorted_by_what_is_left(world):
    work_pages.prepare(world)
    dilan = world.browser("dilan")
    found = dilan.get("/remarks?q=w4").text
    assert ">Zufriedenheit w4<" in found
    assert ">Zufriedenheit w3<" not in found
    assert "Keine Welle heißt so." in dilan.get("/remarks?q=nirgends").text
    most_first = dilan.get("/remarks?sort=-open").text
    assert most_first.index(">Zufriedenheit w4<") < most_first.index(">Zufriedenheit w3<")


def test_only_editors_read_texts(texts):
    for login in ("dilan", "farah", "gerd"):
        assert texts.browser(login).get("/remarks/w1").status_code == 403
    assert answers.TEXTS[1] in texts.browser("enno").get("/remarks/w1").text


def test_who_only_watches_finds_no_button_that_writes(world):
    page = world.browser("farah").get("/waves/w1").text
    assert "Welle schließen" not in page


# Fieldwork.


def field(client):
    return re.sub(r'name="_tag" value="[0-9a-f]+"', "", client.get("/waves/w1/fieldwork").text)


def test_the_page_of_the_field_never_counts(world, dilan):
    before = field(dilan)
    services = world.home.services()
    for _ in range(20):
        answers.send(services, world.code(), 3)
    assert field(dilan) == before
    assert dilan.get("/waves").text.count("mindestens") == 0


def test_worlds_that_differ_within_a_step_show_the_same_page(world, dilan):
    services = world.home.services()
    for _ in range(12):
        answers.send(services, world.code(), 3)
    fieldwork.note(world.database, NOW.date() + fieldwork.WEEK)
    one = field(dilan)
    with world.database.write() as tx:
        tx.run("DELETE FROM fieldwork WHERE tenant = :tenant")
    for _ in range(7):
        answers.send(services, world.code(), 3)
    fieldwork.note(world.database, NOW.date() + fieldwork.WEEK)
    assert field(dilan) == one
    assert "≥ 10" in one


# Comments.


def opened(client, tab="open"):
    page = client.get(f"/remarks/w1?tab={tab}").text
    return page, _ID.search(page)[1], _VERSION.search(page)[1]


def propose(client, **changes):
    _, comment_id, version = opened(client)
    fields = {"act": "propose", "version": version, "decision": "print", "text": "kurz"}
    sent = {**fields, **changes}
    return staff.send(client, f"/remarks/w1/{comment_id}", sent, page="/remarks/w1")


def test_two_people_approve_a_text(texts):
    assert propose(texts.browser("enno")).status_code == 303
    jana = texts.browser("jana")
    _, comment_id, version = opened(jana, "proposed")
    reply = staff.send(
        jana, f"/remarks/w1/{comment_id}", {"act": "approve", "version": version}, page="/own"
    )
    assert reply.headers["location"].endswith("done=approve")
    assert "Fertig 1" in jana.get("/remarks/w1").text


def test_the_first_person_has_no_button_for_the_second_review_and_cannot_press_it(texts):
    enno = texts.browser("enno")
    propose(enno)
    page = enno.get("/remarks/w1?tab=proposed").text
    assert "Freigeben und weiter" not in page
    assert "Die zweite macht ein anderer Mensch." in page
    comment_id = re.search(r"id=([0-9a-f]{32})", page)[1]
    reply = staff.send(
        enno, f"/remarks/w1/{comment_id}", {"act": "approve", "version": "1"}, page="/own"
    )
    assert reply.status_code == 409
    assert "Die erste Prüfung war Ihre." in reply.text


def test_a_decision_on_an_older_version_is_refused_and_shown_again(texts):
    enno, jana = texts.browser("enno"), texts.browser("jana")
    _, comment_id, version = opened(enno)
    place = f"/remarks/w1/{comment_id}"
    fields = {"act": "propose", "version": version, "decision": "print"}
    first = staff.send(enno, place, {**fields, "text": "von Enno"}, page="/own")
    second = staff.send(jana, place, {**fields, "text": "von Jana"}, page="/own")
    assert (first.status_code, second.status_code) == (303, 409)
    assert "Jemand war schneller." in second.text
    assert "von Jana" in second.text
    assert "von Enno" in second.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decision": ""}, "Wählen Sie, ob der Text gedruckt wird."),
        ({"text": "  "}, "Schreiben Sie, was gedruckt werden soll"),
        ({"text": "x" * 1001}, "länger, als das Feld"),
        ({"decision": "withhold"}, "Schreiben Sie den Grund"),
        ({"decision": "withhold", "reason": "x" * 301}, "mehr als 300 Zeichen"),
        ({"act": "return", "why": ""}, "Schreiben Sie den Grund"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_at_its_field(texts, changes, said):
    enno = texts.browser("enno")
    if changes.get("act") == "return":
        propose(texts.browser("jana"))
        _, comment_id, version = opened(enno, "proposed")
        reply = staff.send(
            enno, f"/remarks/w1/{comment_id}", {"version": version, **changes}, page="/own"
        )
    else:
        reply = propose(enno, **changes)
    assert reply.status_code == 422
    assert said in reply.text
    assert "aria-invalid" in reply.text


def test_a_text_of_another_wave_is_not_there(texts):
    texts.closed("w3", 3)
    enno = texts.browser("enno")
    _, comment_id, _ = opened(enno)
    reply = staff.send(
        enno, f"/remarks/w3/{comment_id}", {"act": "approve", "version": "0"}, page="/own"
    )
    assert reply.status_code == 404


def test_each_look_at_the_texts_is_in_the_audit(texts):
    enno = texts.browser("enno")
    enno.get("/remarks/w1")
    enno.get("/remarks/w1?q=Formular")
    assert actions(texts).count(("remarks-read", "staff:enno")) == 2


def test_a_search_finds_words_of_a_text(texts):
    page = texts.browser("enno").get("/remarks/w1?q=formular").text
    assert page.count('<bdi class="t"') == 1


def test_a_text_is_marked_by_its_letters_whatever_language_somebody_chose(texts):
    """Amira chose German, like all here, and wrote in Arabic."""
    page = texts.browser("enno").get("/remarks/w1").text
    assert page.count('<bdi class="t" lang="ar" dir="rtl">') == 1
    assert page.count('<bdi class="t" lang="de" dir="ltr">') == 3


# Reports.


def test_a_report_of_an_open_wave_is_refused(world, dilan):
    assert dilan.get("/reports/w1").status_code == 409
    fields = {"edition": "internal", "language": "de", "name": TITLE, "read": "1"}
    assert staff.send(dilan, "/reports/w1", fields).status_code == 409
    with world.database.read() as tx:
        assert job_rows.of_subject(tx, "report", "w1") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "w2"}, "Da steht „w2“. Tippen Sie „Zufriedenheit, erste Welle“."),
        ({"name": ""}, "Tippen Sie „Zufriedenheit, erste Welle“."),
        ({"read": ""}, ""),
        ({"edition": "all"}, "Wählen Sie eine Ausgabe."),
        ({"language": "ar"}, "Wählen Sie eine Sprache."),
    ],
)
def test_the_first_report_freezes_only_when_everything_is_confirmed(looked, changes, said):
    fields = {"edition": "internal", "language": "de", "name": TITLE, "read": "1", **changes}
    if changes.get("read") == "":
        del fields["read"]
    reply = staff.send(looked.browser("dilan"), "/reports/w1", fields)
    assert reply.status_code == 422
    assert said in reply.text


def test_a_report_asked_for_twice_is_made_once(looked):
    dilan = looked.browser("dilan")
    fields = {"edition": "internal", "language": "de", "name": TITLE, "read": "1"}
    places = {staff.send(dilan, "/reports/w1", fields).headers["location"] for _ in range(3)}
    assert len(places) == 1
    assert [each[0] for each in actions(looked)].count("report-requested") == 1


def test_a_job_says_where_it_is_and_stops_asking_when_it_is_over(texts):
    dilan = texts.browser("dilan")
    database = texts.home.database
    job_id = reports.order(
        database,
        "w1",
        papers.request("internal", "de"),
        actor="staff:dilan",
        at=NOW,
    )
    waiting = dilan.get(f"/jobs/{job_id}").text
    assert "Wartet auf den Rechner" in waiting
    assert "hx-trigger" in waiting
    job = jobs.claim(database, at=NOW)
    jobs.step(database, job, "figures and disclosure control", at=NOW)
    running = dilan.get(f"/jobs/{job_id}").text
    assert "<b>Zahlen rechnen und schützen</b>" in running
    with database.write() as tx:
        job_rows.end(tx, job, "failed", "key-missing", at=NOW)
    failed = dilan.get(f"/jobs/{job_id}").text
    assert "Ein Schlüssel fehlt." in failed
    assert "hx-trigger" not in failed


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (
            {"fault": "character", "character": "U+0378", "chapter": "Einheiten"},
            (
                "in keiner Schrift des Servers vorkommt: U+0378",
                "im Kapitel „Einheiten“",
                "eine Schrift mit diesem Zeichen zu installieren",
            ),
        ),
        (
            {"fault": "picture", "chapter": "Verlauf"},
            ("Ein Bild lässt sich nicht zeichnen, im Kapitel „Verlauf“", "Sagen Sie der IT"),
        ),
        ({"reason": "unknown"}, ("Die Seiten lassen sich nicht setzen", "Sagen Sie der IT")),
    ],
)
def test_a_report_that_cannot_be_drawn_says_what_where_and_what_to_do(texts, fault, said):
    database = texts.home.database
    job_id = reports.order(
        database,
        "w1",
        papers.request("internal", "de"),
        actor="staff:dilan",
        at=NOW,
    )

    def drawn(*_):
        raise DocumentError(**fault)

    job = jobs.claim(database, at=NOW)
    worker.do(texts.home, job, lambda: NOW, threading.Event(), kinds={"report": drawn})
    page = texts.browser("dilan").get(f"/jobs/{job_id}").text
    assert "Der Bericht ist nicht fertig geworden" in page
    assert all(words in page for words in said)
    assert "Die Zahlen des Berichts sind festgeschrieben" in page
    assert "Der Grund steht im Protokoll" not in page


def test_other_jobs_have_no_page(texts):
    with texts.home.database.read() as tx:
        rewrite = jobs.latest(tx, "rewrite", "w1")
    assert texts.browser("dilan").get(f"/jobs/{rewrite.job_id}").status_code == 404


def test_a_file_is_handed_out_under_its_name(world):
    work_pages.prepare(world)
    reply = world.browser("farah").get("/documents/d4")
    assert reply.headers["content-disposition"] == f'attachment; filename="{work_pages.FILE}"'
    assert reply.headers["content-type"] == "application/pdf"
    assert world.browser("gerd").get("/documents/d4").status_code == 403
    assert world.browser("farah").get("/documents/nothing").status_code == 404


def test_results_show_no_figure_below_the_threshold(world):
    work_pages.prepare(world)
    page = world.browser("dilan").get("/results/w4").text
    assert "nicht gezeigt" in page
    # One question was answered by enough people, the others by nobody.
    assert page.count('<svg class="chart spread"') == 1
    assert "style=" not in page


def test_a_wave_that_closed_meanwhile_is_not_opened_again(texts):
    assert staff.send(texts.browser("dilan"), "/waves/w1/open", {}).status_code == 409
