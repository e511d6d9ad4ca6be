"""The journey: nothing is lost, nothing is kept where it does not belong."""

from litestar.testing import TestClient

from tests.web.people import answer, chosen, enter, send, tag
from tests.world.world import World


def browser(world: World) -> TestClient:
    made = TestClient(world.app, base_url="http://testserver.local")
    made.follow_redirects = False
    return made


def walk(amira: TestClient, language: str = "de") -> list[str]:
    """Answer everything with the fourth code or with words; gives the addresses."""
    address, seen = f"/{language}/question/k1", []
    while "/question/" in address:
        seen.append(address)
        question = address.rpartition("/")[2]
        value = {"g": "2", "h": "got"}.get(question[0], "4")
        if question.startswith("h1"):
            value = "4"
        address = answer(amira, address, **{question: value}).headers["location"]
    assert address == f"/{language}/check"
    return seen


def test_from_code_to_thank_you(amira: TestClient, world: World) -> None:
    assert enter(amira, world.code()).headers["location"] == "/de/notice"
    notice = amira.get("/de/notice")
    assert 'href="/de/question/k1"' in notice.text
    assert len(walk(amira)) == 20
    assert "trifft eher zu" in amira.get("/de/check").text
    assert send(amira).headers["location"] == "/de/thanks"
    assert "Ihre Antworten sind angekommen." in amira.get("/de/thanks").text


def test_a_second_submit_shows_the_same_thank_you_page(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    form_tag = tag(amira.get("/de/check"))
    first = amira.post("/de/check", data={"_tag": form_tag})
    again = amira.post("/de/check", data={"_tag": form_tag})
    assert (first.status_code, first.headers) == (again.status_code, again.headers)
    assert amira.get("/de/question/k1").headers["location"] == "/de/thanks"


def test_going_on_without_an_answer_skips(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    assert answer(amira, "/de/question/k1").headers["location"] == "/de/question/k2"
    assert "nicht beantwortet" in amira.get("/de/check").text


def test_going_back_keeps_what_was_chosen(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    back = answer(amira, "/de/question/k2", k2="5", _go="back")
    assert back.headers["location"] == "/de/question/k1"
    assert chosen(amira.get("/de/question/k2")) == ["5"]
    assert answer(amira, "/de/question/k1", _go="back").headers["location"] == "/de/notice"


def test_switching_the_language_keeps_what_was_chosen(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    switch = answer(amira, "/de/question/k2", k2="1", _language="choose")
    assert switch.headers["location"] == "/de/languages?to=question%2Fk2"
    assert 'href="/ar/question/k2"' in amira.get(switch.headers["location"]).text
    page = amira.get("/ar/question/k2")
    assert chosen(page) == ["1"]
    german = answer(amira, "/ar/question/k2", k2="2", _language="de")
    assert german.headers["location"] == "/de/question/k2"
    assert chosen(amira.get("/de/question/k2")) == ["2"]


def test_a_change_from_the_check_page_leads_back_there(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    assert 'href="/de/question/k1?then=check"' in amira.get("/de/check").text
    changed = answer(amira, "/de/question/k1?then=check", k1="3")
    assert changed.headers["location"] == "/de/check"
    switch = answer(amira, "/de/question/k1?then=check", k1="3", _language="choose")
    page = amira.get(switch.headers["location"])
    assert 'href="/en/question/k1?then=check"' in page.text


def test_another_device_resumes_without_showing_what_was_answered(
    amira: TestClient, world: World
) -> None:
    code = world.code()
    enter(amira, code)
    answer(amira, "/de/question/k1", k1="2")
    answer(amira, "/de/question/g2", g2="Ein Satz von mir")
    with browser(world) as second:
        enter(second, code)
        page = second.get("/de/question/k1")
        assert chosen(page) == []
        assert "auf einem anderen Gerät gekommen" in page.text
        check = second.get("/de/check").text
        assert "auf einem anderen Gerät" in check
        assert "Ein Satz von mir" not in check + second.get("/de/question/g2").text
        # An empty page does not wipe what could not be seen.
        answer(second, "/de/question/k1")
        assert 'href="/de/question/h1"' not in second.get("/de/notice").text
    assert chosen(amira.get("/de/question/k1")) == ["2"]


def test_a_stale_tab_of_another_person_stores_nothing(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    stale = tag(amira.get("/de/question/k1"))
    enter(amira, world.code())
    refused = amira.post("/de/question/k1", data={"_tag": stale, "k1": "5"})
    assert refused.status_code == 409
    assert "nichts gespeichert" in refused.text
    assert chosen(amira.get("/de/question/k1")) == []


def test_emptying_the_page_forgets_the_person(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    send(amira)
    emptied = answer(amira, "/de/thanks")
    assert emptied.headers["location"] == "/de/emptied"
    assert "Max-Age=0" in emptied.headers["set-cookie"]
    assert amira.get("/de/thanks").status_code == 403


def test_stopping_asks_first_and_then_deletes(amira: TestClient, world: World) -> None:
    code = world.code()
    enter(amira, code)
    answer(amira, "/de/question/k1", k1="2")
    stop = answer(amira, "/de/question/k2", _go="stop")
    assert stop.headers["location"] == "/de/stop?to=question%2Fk2"
    assert "Möchten Sie aufhören?" in amira.get("/de/stop").text
    assert answer(amira, "/de/stop").headers["location"] == "/de/stopped"
    enter(amira, code)
    assert chosen(amira.get("/de/question/k1")) == []


def test_words_of_ones_own_are_shown_as_typed_and_escaped(amira: TestClient, world: World) -> None:
    enter(amira, world.code())
    answer(amira, "/de/question/g2", **{"g2": "<b>Ruhe & Zeit</b>", "g2-quote": "yes"})
    page = amira.get("/de/question/g2")
    assert "&lt;b&gt;Ruhe &amp; Zeit&lt;/b&gt;" in page.text
    assert chosen(page) == ["yes"]
    assert "&lt;b&gt;Ruhe" in amira.get("/de/check").text


def test_the_same_device_goes_on_seeing_its_own_answers(amira: TestClient, world: World) -> None:
    code = world.code()
    enter(amira, code)
    answer(amira, "/de/question/k1", k1="2")
    enter(amira, code)
    assert chosen(amira.get("/de/question/k1")) == ["2"]
