"""A form as a spreadsheet writes it: ids with capitals, and `no` and `na` as answers of its own."""

from collections import Counter

import pytest
from litestar.testing import TestClient

from survey import paths
from survey.actions import wave_close
from survey.form import load
from survey.model.answers import Answer, Chosen, Declined, NotApplicable
from survey.model.estimates import Estimate
from survey.report import make
from survey.report.measure import open_waves
from tests.web.people import answer, chosen, enter, send
from tests.world import homes
from tests.world.world import World

FORM = "Tabelle_1"
# What twelve times two people post to the first question, and what it means.
POSTED: dict[str, Answer] = {
    "no": Chosen(codes=("no",)),
    "refused": Chosen(codes=("refused",)),
    "Yes": Chosen(codes=("Yes",)),
    "_declined": Declined(),
    "_not_applicable": NotApplicable(),
}
EACH = 12


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = paths.ROOT / "tests" / "forms"
    form, words = load.form(FORM, folder=folder), load.wordings(FORM, folder=folder)
    published = load.publish(form, words, "full")
    return homes.build(tmp_path_factory.mktemp("spreadsheet"), published=published, letters=70)


def begun(asked: World) -> TestClient:
    browser = TestClient(asked.app, base_url="http://testserver.local")
    browser.follow_redirects = False
    enter(browser, asked.code())
    return browser


def test_an_answer_called_no_is_kept_apart_from_declining(asked: World) -> None:
    clara = begun(asked)
    address = "/de/question/HH-Size_2"
    shown = {"no": "Nein", "_declined": "möchte ich nicht sagen", "-99": "Anderes"}
    for code, words in shown.items():
        assert answer(clara, address, **{"HH-Size_2": code}).status_code == 303
        assert chosen(clara.get(address)) == [code]
        assert words in clara.get("/de/check").text


def test_a_question_after_an_answer_called_no_is_asked(asked: World) -> None:
    clara = begun(asked)
    assert answer(clara, "/de/question/HH-Size_2", **{"HH-Size_2": "no"}).headers["location"] == (
        "/de/question/q3"
    )
    away = answer(clara, "/de/question/HH-Size_2", **{"HH-Size_2": "_declined"})
    assert away.headers["location"] == "/de/check"


def test_pages_beside_a_question_lead_back_to_it(asked: World) -> None:
    clara = begun(asked)
    address = "/de/question/HH-Size_2"
    to_help = answer(clara, address, **{"HH-Size_2": "na", "_go": "help"})
    assert "/de/question/HH-Size_2" in clara.get(to_help.headers["location"]).text
    assert chosen(clara.get(address)) == ["na"]


def test_sealed_answers_and_the_report_tell_them_apart(asked: World) -> None:
    for code in POSTED:
        for _ in range(EACH):
            browser = begun(asked)
            answer(browser, "/de/question/Q1_Weg", Q1_Weg=code)
            assert send(browser).headers["location"] == "/de/thanks"
    wave_close.close(asked.services, "w1", actor="test", at=asked.at)
    sheets = open_waves.open_wave(asked.services, "w1", lambda _: None).sheets("main")
    kept = Counter(sheet.answers["Q1_Weg"] for sheet in sheets)
    assert kept == Counter(dict.fromkeys(POSTED.values(), EACH))
    snapshot = make.freeze(asked.services, "w1", "satisfaction", lambda _: None).snapshot
    rated = next(rated for rated in snapshot.rated if rated.question_id == "Q1_Weg")
    shares = (rated.favourable, rated.refused, rated.not_applicable)
    assert all(isinstance(share, Estimate) for share in shares)
    assert [round(share.value, 2) for share in shares] == [0.33, 0.2, 0.2]
