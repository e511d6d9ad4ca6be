"""Before anything is frozen: how many answered, roughly, and what the report will not show."""

import json
import re
import secrets

import msgspec
import pytest
from msgspec.structs import replace

from survey import clock
from survey.actions import erasure, jobs, reports, wave_close, waves
from survey.actions.comments import sealing as sealing
from survey.actions.responses import FreeTextContent
from survey.linkage import codes
from survey.model import previews as encoded
from survey.model.comments import Proposal
from survey.model.estimates import Suppressed
from survey.model.form import Text
from survey.report import make
from survey.report.measure import preview as foreseen
from survey.report_types import SATISFACTION
from survey.staff.store import audit
from survey.store import comments, previews, responses, snapshots
from survey.store import jobs as job_rows
from tests.report import papers
from tests.world import answers, forms, staff

CONFIRMED = {"edition": "internal", "language": "de", "name": "Zufriedenheit w3", "read": "1"}


@pytest.fixture
def world(tmp_path):
    world = staff.build(tmp_path, letters=20)
    world.closed("w3", 3)
    return world


@pytest.fixture
def dilan(world):
    return world.browser("dilan")


def looked(world):
    make.preview(world.home, "w3", SATISFACTION.name, lambda _: None)
    with world.database.read() as tx:
        return previews.find(tx, "w3", SATISFACTION.name)


def test_nothing_is_frozen_blindly(world, dilan):
    assert 'name="read"' not in dilan.get("/reports/w3").text
    reply = staff.send(dilan, "/reports/w3", CONFIRMED)
    assert (reply.status_code, "Sehen Sie erst die Vorschau an" in reply.text) == (422, True)
    looked(world)
    assert 'name="read"' in dilan.get("/reports/w3").text
    assert staff.send(dilan, "/reports/w3", CONFIRMED).headers["location"].startswith("/jobs/")


def test_looking_freezes_nothing_and_is_asked_for_once(world, dilan):
    for _ in range(3):
        staff.send(dilan, "/reports/w3/preview", {})
    with world.database.read() as tx:
        (job,) = job_rows.of_subject(tx, reports.PREVIEW, "w3")
        noted = [each.action for each in audit.list_all(tx)]
    assert noted.count("preview-requested") == 1
    assert "wird gerechnet" in dilan.get("/reports/w3").text
    claimed = jobs.claim(world.database, at=clock.now())
    while claimed and claimed.job_id != job.job_id:
        claimed = jobs.claim(world.database, at=clock.now())
    looked(world)
    with world.database.read() as tx:
        assert snapshots.find(tx, "w3", SATISFACTION.name) is None


def test_the_page_says_roughly_how_many_answered_and_what_stays_hidden(world, dilan):
    looked(world)
    page = dilan.get("/reports/w3").text
    assert "Mindestens 10 von 60 Eingeladenen" in page
    assert "14" not in page.split('id="preview"')[1].split("</section>")[0]
    # One statement was answered by enough people; nobody gave a grade.
    rows = re.findall(r'<th scope="row">([^<]+)</th><td[^>]*>.*?<span>([^<]+)</span>', page)
    assert dict(rows)["Aussagen"].startswith("1 von ")
    assert dict(rows)["Noten"] == "keine"


def test_it_is_measured_once_so_that_two_cannot_be_compared(tmp_path):
    """Else whoever looked before and after somebody deleted her answers would learn of it."""
    world = staff.build(tmp_path, letters=20)
    world.plan("w3", 3)
    printed = world.invite("w3")
    waves.open_wave(world.database, "w3", actor="test", at=clock.now())
    services = world.home.services()
    for code in printed[:10]:
        answers.send(services, code, 4)
    wave_close.close(world.home.services(), "w3", actor="test", at=clock.now())
    first = looked(world)
    erasure.erase(services, codes.digest(printed[0]))
    with services.database.read() as tx:
        rows = responses.sealed(tx, "w3", "recipient.main")
        assert sorted(bool(row.body) for row in rows) == [False, *[True] * 9]
    assert looked(world) == first
    assert encoded.read(first.body).answered == 10


def test_every_gap_is_named_and_no_figure_and_no_reason_is_kept():
    snapshot = papers.snapshot(selection="full")
    seen = foreseen.of(snapshot, answered=20)
    hidden = {each.subject for each in seen.lines if not each.shown}
    for each in snapshot.rated:
        assert (each.question_id in hidden) == isinstance(each.favourable, Suppressed)
    for each in snapshot.topics:
        assert (each.construct in hidden) == isinstance(each.favourable, Suppressed)
    for each in snapshot.helps:
        assert (each.question_id in hidden) == isinstance(each.needed, Suppressed)
    assert {each.label for each in seen.units} == {each.label for each in snapshot.units}
    for unit, line in zip(snapshot.units, seen.units, strict=True):
        rows = [r for t in snapshot.by_unit for r in t.rows if r.unit_id == unit.unit_id]
        gaps = sum(
            isinstance(r.favourable, Suppressed)
            and (r.mean is None or isinstance(r.mean, Suppressed))
            for r in rows
        )
        gaps += isinstance(unit.rate, Suppressed)
        assert (line.figures, line.figures - line.shown) == (1 + len(rows), gaps)
    kept = json.loads(encoded.text(seen))
    assert set(kept["lines"][0]) == {"kind", "subject", "shown"}
    assert set(kept["units"][0]) == {"label", "shown", "figures"}


def test_the_rate_of_a_unit_counts_though_nothing_else_of_it_is_shown():
    snapshot = papers.snapshot(selection="full")
    hidden = Suppressed(reason="secondary")
    tables = [
        replace(each, rows=tuple(replace(r, favourable=hidden, mean=None) for r in each.rows))
        for each in snapshot.by_unit
    ]
    first, second, *others = snapshot.units
    units = (first, replace(second, rate=hidden), *others)
    seen = foreseen.of(replace(snapshot, by_unit=tuple(tables), units=units), answered=20)
    assert [line.shown for line in seen.units[:2]] == [1, 0]


def approved(world, wave_id, question, texts, *, quotable=True):
    """Texts that two people agreed on, without the way there through the urn and the two."""
    services = world.home.services()
    with services.database.write() as tx:
        context = services.wave_context(tx, wave_id)
        rows = []
        for text in texts:
            slip = FreeTextContent(question=question, text=text, quotable=quotable, language="de")
            proposal = sealing.of_proposal(services, context, Proposal(text=text))
            rows.append(
                comments.Row(
                    comment_id=secrets.token_hex(16),
                    wave_id=wave_id,
                    original=sealing.of_slip(services, context, msgspec.msgpack.encode(slip)),
                    edited=proposal,
                    state="approved",
                    first_by="staff:a",
                    second_by="staff:b",
                    version=2,
                )
            )
        comments.add(tx, rows)


def test_it_is_said_by_question_which_texts_will_be_printed(tmp_path):
    world = staff.build(tmp_path, letters=20)
    world.closed("w3", 3, answered=0)
    form = forms.satisfaction()
    asked = [each.id for each in form.form.questions if isinstance(each, Text)]
    words = form.wordings["de"].questions
    named = {each: words[each].short or words[each].label for each in asked}
    first, *others = asked
    approved(world, "w3", first, [f"Text {i}" for i in range(14)])
    looked(world)
    dilan = world.browser("dilan")
    page = dilan.get("/reports/w3").text
    few = "weniger als 15 freigegebene Texte: nicht gedruckt"
    for each in asked:
        assert f"{named[each]}: {few}" in page
    assert re.search(rf">Kommentare</th>.*?<span>keine</span>.*?{named[first]}", page, re.DOTALL)
    approved(world, "w3", first, ["Text 14", "Text 15"])
    page = dilan.get("/reports/w3").text
    assert f"{named[first]}: rund 15 freigegebene Texte, werden gedruckt" in page
    assert page.count(few) == len(others)
    frozen = make.freeze(world.home.services(), "w3", SATISFACTION.name, lambda _: None).snapshot
    assert {each.question_id: bool(each.texts) for each in frozen.comments} == {
        each: each == first for each in asked
    }


def test_texts_that_may_not_be_quoted_are_said_not_to_be_printed(tmp_path):
    world = staff.build(tmp_path, letters=20)
    world.closed("w3", 3, answered=0)
    approved(world, "w3", "g2", [f"Text {i}" for i in range(18)], quotable=False)
    page = world.browser("dilan").get("/reports/w3").text
    assert "rund 20 freigegebene Texte, keiner darf wörtlich erscheinen: nicht gedruckt" in page


def test_only_who_plans_asks_for_it_and_only_of_a_closed_wave(world, dilan):
    for login in ("enno", "farah", "gerd"):
        assert staff.send(world.browser(login), "/reports/w3/preview", {}).status_code == 403
    assert staff.send(dilan, "/reports/w1/preview", {}).status_code == 409
