"""A house of commit 2849fe3 goes on with today's code: its database is migrated, its forms stay.

`house-2849fe3.tar.xz` is what `make_house_2849fe3.py` made with the code of that commit: invented
people, keys that open nothing else, a closed wave `w1` whose 66 people declined by the codes `no`
and `na`, and an open wave `w2` with unused codes and one unfinished questionnaire. `facts.json`
holds what they said. The database is SQLite; the frozen forms in it are from before forms held
their reserved codes.
"""

import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from litestar.testing import TestClient

from survey import settings as settings_file
from survey.app import create_app
from survey.cli.main import main
from survey.errors import DatabaseError
from survey.form import domains, load, options
from survey.home import Home
from survey.model.answers import Answer, Chosen, Declined, NotApplicable
from survey.model.estimates import Estimate
from survey.report import make
from survey.report.measure import open_waves
from survey.settings import Settings
from survey.store import forms, waves

ARCHIVE = Path(__file__).parent / "house-2849fe3.tar.xz"
TAG = re.compile(r'name="_tag" value="([0-9a-f]{32})"')
# Fewer answers than this are never opened.
CROWD = 10
WORDS = {"declined": Declined(), "not applicable": NotApplicable()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The house as it was left, its keys where its settings say."""
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(tmp_path, filter="data")
    home = tmp_path / "server"
    text = (home / settings_file.FILE).read_text()
    moved = re.sub(r'"[^"]*/(server-keys|evaluator-keys)"', rf'"{tmp_path}/\1"', text)
    (home / settings_file.FILE).write_text(moved)
    assert settings_file.load(home, Settings, prefix="NO_").tenant == "musterstadt"
    return home


@pytest.fixture
def facts(home: Path) -> dict:
    return json.loads((home.parent / "facts.json").read_text())


@pytest.fixture
def migrated(home: Path) -> Home:
    run(home, "migrate", "--yes")
    return Home.enter(home)


def run(home: Path, *args: str) -> str:
    done = CliRunner().invoke(main, ["--home", str(home), *args])
    assert done.exit_code == 0, done.output
    return done.output


def said(home: Home, wave_id: str) -> dict[str, Counter[Answer]]:
    """What a closed wave's people answered, by question."""
    found = open_waves.open_wave(home.services(), wave_id, lambda _: None)
    answers: dict[str, Counter[Answer]] = {}
    for domain in domains.domains(found.published.form, found.programme.level):
        if domain.name != domains.CIRCUMSTANCES:
            for sheet in found.sheets(domain.name):
                for question_id, answer in sheet.answers.items():
                    answers.setdefault(question_id, Counter())[answer] += 1
    return answers


def counted(truth: dict[str, int]) -> Counter[Answer]:
    return Counter({WORDS.get(word) or Chosen(codes=(word,)): n for word, n in truth.items()})


class Browser:
    """A person at the pages; posts to questions as a browser does."""

    def __init__(self, home: Home) -> None:
        self.client = TestClient(create_app(home), base_url="http://testserver.local")
        self.client.follow_redirects = False

    def page(self, question_id: str) -> str:
        reply = self.client.get(f"/de/question/{question_id}")
        assert reply.status_code == 200
        return reply.text

    def checked(self, question_id: str) -> list[str]:
        return re.findall(r'value="(\S+) *" checked', self.page(question_id))

    def answer(self, question_id: str, value: str) -> int:
        tag = TAG.findall(self.page(question_id))[0]
        form = {"_tag": tag, question_id: value}
        return self.client.post(f"/de/question/{question_id}", data=form).status_code

    def send(self) -> None:
        tag = TAG.findall(self.client.get("/de/check").text)[0]
        reply = self.client.post("/de/check", data={"_tag": tag})
        assert reply.headers["location"] == "/de/thanks"


def test_the_database_is_refused_until_it_is_migrated(home):
    with pytest.raises(DatabaseError, match="older version"):
        Home.enter(home)
    run(home, "migrate", "--yes")
    entered = Home.enter(home)
    with entered.database.read() as tx:
        assert {wave.wave_id: wave.state for wave in waves.list_all(tx)} == {
            "w1": "closed",
            "w2": "open",
        }


def test_old_forms_keep_their_version_and_the_codes_they_were_frozen_with(migrated):
    with migrated.database.read() as tx:
        wave = waves.find(tx, "w1")
        body = forms.find(tx, wave.form_version).body
    assert "reserved" not in body
    published = load.published(body)
    assert published.version == wave.form_version
    assert published.form.reserved == options.FORMER
    today = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "default")
    assert today.form.reserved == options.RESERVED
    assert load.published(today.text).form.reserved == options.RESERVED


def test_every_answer_of_the_closed_wave_is_read_as_it_was_given(migrated, facts):
    assert said(migrated, "w1") == {
        question_id: counted(truth) for question_id, truth in facts["answers"].items()
    }


def test_a_report_counts_who_declined_and_whom_it_did_not_fit(migrated, facts):
    snapshot = make.freeze(migrated.services(), "w1", "satisfaction", lambda _: None).snapshot
    assert len(snapshot.rated) == 10
    for item in (*snapshot.rated, *snapshot.grades, *snapshot.helps):
        truth = facts["answers"][item.question_id]
        assert isinstance(item.refused, Estimate)
        everybody = sum(truth.values())
        assert item.refused.value == pytest.approx(truth["declined"] / everybody, abs=0.0051)
    for item in snapshot.rated:
        truth = facts["answers"][item.question_id]
        assert isinstance(item.not_applicable, Estimate)
        unfitting = truth["not applicable"] / sum(truth.values())
        assert item.not_applicable.value == pytest.approx(unfitting, abs=0.0051)


def answer_letter(home: Home, code: str, answers: dict[str, str]) -> None:
    person = Browser(home)
    person.client.post("/de/code", data={"code": code})
    for question_id, value in answers.items():
        assert person.answer(question_id, value) == 303
    person.send()


def test_an_unfinished_questionnaire_goes_on_where_it_was_left(migrated, facts):
    amira = Browser(migrated)
    amira.client.cookies.update(facts["draft"]["cookies"])
    assert amira.checked("k1") == ["4"]
    assert amira.checked("k2") == ["no"]
    assert amira.checked("w1") == ["na"]
    assert amira.answer("w2", "no") == 303
    assert amira.answer("l1", "na") == 303
    amira.send()
    for code in facts["unused_codes"][:CROWD]:
        answer_letter(migrated, code, {"k1": "5"})
    run(migrated.directory, "wave", "close", "w2", "--because", "Test", "--yes")
    assert said(migrated, "w2") == {
        "k1": Counter({Chosen(codes=("4",)): 1, Chosen(codes=("5",)): CROWD}),
        "k2": Counter([Declined()]),
        "w1": Counter([NotApplicable()]),
        "w2": Counter([Declined()]),
        "l1": Counter([NotApplicable()]),
    }


def test_letters_of_an_open_wave_are_answered_by_the_codes_of_its_own_form(migrated, facts):
    bernd, *others = facts["unused_codes"][: CROWD + 1]
    at_the_page = Browser(migrated)
    at_the_page.client.post("/de/code", data={"code": bernd})
    assert at_the_page.answer("k1", options.RESERVED.declined) == 422
    assert at_the_page.answer("k1", options.RESERVED.not_applicable) == 422
    for code in others:
        answer_letter(migrated, code, {"k1": "no", "k2": "na", "w1": "5"})
    run(migrated.directory, "wave", "close", "w2", "--because", "Test", "--yes")
    assert said(migrated, "w2") == {
        "k1": Counter({Declined(): CROWD}),
        "k2": Counter({NotApplicable(): CROWD}),
        "w1": Counter({Chosen(codes=("5",)): CROWD}),
    }
