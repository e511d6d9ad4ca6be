"""What may be shown to a case manager, and the note for the next talk, page by page."""

import re
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest
from litestar.testing import TestClient

from survey import clock
from survey.actions import house, releasing
from survey.engine.inspection import inspect
from survey.linkage import keys, releases
from survey.model.exchange import ReleasedBlock
from survey.model.waves import slot
from tests.web.houses import PROGRAMME, Street, build
from tests.web.pages import TO_SHOW
from tests.web.people import answer, enter, send, tag

LANGUAGES = ("de", "de-simple", "en", "ar")
TICKED = re.compile(r"<input[^>]* checked")
SEEN = re.compile(r'name="_seen" value="([0-9a-f]+)"')


@pytest.fixture
def amira(released: Street):
    with TestClient(released.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        yield client


def answers(browser, street, language="de", *, code="", more=TO_SHOW):
    """Type a code and answer what may be shown."""
    enter(browser, code or street.code(), language)
    for question_id, said in more.items():
        answer(browser, f"/{language}/question/{question_id}", **{question_id: said})


def posted(page, **fields):
    return {"_tag": tag(page), "_seen": SEEN.search(page.text)[1], **fields}


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def count(street, table):
    return inspect(street.here.database)[table].count


class Boxes(HTMLParser):
    """The German text of each block on a page: what stands in elements marked as German."""

    def __init__(self, html, *, german_page):
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._in_main = False
        self._block = ""
        self._german = 0
        self._own = german_page
        self.feed(html)

    def handle_starttag(self, name, attributes):
        known = dict(attributes)
        if known.get("name") == "show":
            self._block = known["value"]
            self.found[self._block] = []
        elif name == "fieldset":
            self._in_main = True
        if name in {"p", "span"} and (known.get("lang") == "de" or self._german):
            self._german += 1

    def handle_endtag(self, name):
        if name in {"p", "span"} and self._german:
            self._german -= 1
        if name == "fieldset":
            self._block = ""

    def handle_data(self, text):
        if self._block and text.strip() and (self._german or self._own):
            self.found[self._block].append(text.strip())


def handed_over(street):
    """(block, words) of everything released in this house, as its connector reads it."""
    on = slot(clock.today())
    desk = msgspec.structs.replace(house.desk(street.here), today=lambda: on)
    releasing.deliver(desk, on)
    private = keys.sealing_pair(street.here.home / "connector").private
    found = []
    for row in inspect(street.here.database)["release"].rows:
        if row["sealed"]:
            addressed, words = releases.open_addressed(private, row["sealed"])
            found.append((addressed.block, msgspec.json.decode(words, type=ReleasedBlock)))
    return dict(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_german_on_the_page_is_word_for_word_what_is_handed_over(tmp_path, language):
    """She answers in one language, looks in another, and sends."""
    folder = tmp_path / "house"
    folder.mkdir()
    street = build(folder, programme=msgspec.structs.replace(PROGRAMME, level="released"))
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        answers(browser, street, "en", more={k: v for k, v in TO_SHOW.items() if k != "p2"})
        page = browser.get(f"/{language}/share")
        ticked = ["benefits", "plan", "help", "health"]
        reply = browser.post(f"/{language}/share", data=posted(page, show=ticked))
        assert reply.headers["location"] == f"/{language}/thanks"
    boxes = Boxes(page.text, german_page=language == "de").found
    given = handed_over(street)
    assert list(boxes) == ticked
    assert set(given) == set(ticked)
    for name, block in given.items():
        shown = [text for text in boxes[name] if "willigen" not in text]
        lines = [text for line in block.lines for text in (line.question, line.answer)]
        # In easy German a title that is the same stands there once.
        assert shown in ([block.title, *lines], lines)
    assert given["plan"].lines[1].answer == "nicht beantwortet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_ticked_and_health_asks_for_a_consent_of_its_own(released, amira, language):
    answers(amira, released, language)
    page = amira.get(f"/{language}/share")
    assert page.status_code == 200
    assert not TICKED.search(page.text)
    assert 'id="health" aria-describedby="health-c"' in page.text
    assert page.text.count('id="health-c"') == 1
    assert page.text.count('-c"') == 2


def test_the_page_names_who_from_when_until_when_and_what_is_never_shown(released, amira):
    answers(amira, released)
    said = plain(amira.get("/de/share").text)
    assert "wer es zu Beginn der Befragung war" in said
    assert "Montag, " in said
    assert "oder bis jemand anderes zuständig wird" in said
    assert "Nie zu sehen sind: Kontakt, Respekt, Zugang und Sprache, Ergebnis und die Note." in said
    assert "Was gelesen ist, ist gelesen." in said


def test_the_check_page_sends_nothing_before_it_is_asked_what_to_show(released, amira):
    answers(amira, released)
    before = count(released, "response")
    reply = send(amira)
    assert reply.headers["location"] == "/de/share"
    assert count(released, "response") == before
    reply = answer(amira, "/de/share")
    assert reply.headers["location"] == "/de/thanks"
    assert count(released, "response") > before
    assert "zurücknehmen, was Sie zeigen" in amira.get("/de/thanks").text


def test_who_has_nothing_to_show_sends_from_the_check_page(released, amira):
    answers(amira, released, more={"k1": "4", "w1": "4"})
    assert "Antworten absenden" in amira.get("/de/check").text
    assert amira.get("/de/share").headers["location"] == "/de/check"
    assert amira.get("/de/note").headers["location"] == "/de/check"
    assert send(amira).headers["location"] == "/de/thanks"


def test_sending_twice_stores_once(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    replies = [amira.post("/de/share", data=posted(page, show="plan")) for _ in range(3)]
    assert {reply.headers["location"] for reply in replies} == {"/de/thanks"}
    for place in ("share", "note", "check"):
        assert amira.get(f"/de/{place}").headers["location"] == "/de/thanks"


@pytest.mark.parametrize("show", ["contact", "overall", "words", "nonsense", "plan' OR 1=1"])
def test_a_form_that_ticks_what_is_not_offered_is_shown_again_and_sends_nothing(
    released, amira, show
):
    answers(amira, released)
    before = count(released, "response"), count(released, "release")
    page = amira.get("/de/share")
    again = amira.post("/de/share", data=posted(page, show=["plan", show]))
    assert again.status_code == 422
    assert "Noch nicht abgesendet" in again.text
    assert (count(released, "response"), count(released, "release")) == before


def test_a_stale_tab_shows_nothing_that_was_not_on_it(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    answer(amira, "/de/question/p1", p1="1")
    again = amira.post("/de/share", data=posted(page, show="plan"))
    assert again.status_code == 422
    assert not TICKED.search(again.text)
    assert SEEN.search(again.text)[1] != SEEN.search(page.text)[1]


def test_back_and_stop_send_nothing(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    before = count(released, "response")
    for go, place in (("back", "/de/check"), ("stop", "/de/stop")):
        reply = amira.post("/de/share", data=posted(page, show="plan", _go=go))
        assert reply.headers["location"] == place
    assert count(released, "response") == before


def test_a_form_of_another_session_releases_nothing(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    enter(amira, released.code())
    assert amira.post("/de/share", data=posted(page, show="plan")).status_code == 409


@pytest.mark.parametrize("level", ["anonymous", "linked"])
def test_at_other_levels_there_is_a_note_and_nothing_to_show(tmp_path, level):
    folder = tmp_path / "house"
    folder.mkdir()
    street = build(folder, programme=msgspec.structs.replace(PROGRAMME, level=level))
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        answers(browser, street)
        assert browser.get("/de/share").headers["location"] == "/de/check"
        assert 'href="/de/note"' in browser.get("/de/check").text
        assert browser.get("/de/note?show=plan").status_code == 200
        form = {"_tag": tag(browser.get("/de/check")), "_seen": "", "show": "plan"}
        assert browser.post("/de/share", data=form).headers["location"] == "/de/check"
        assert send(browser).headers["location"] == "/de/thanks"
        assert "zurücknehmen, was Sie zeigen" not in browser.get("/de/thanks").text
    assert count(street, "release") == 0


def test_a_note_holds_the_chosen_blocks_and_nothing_else(released, amira):
    answers(amira, released, more={**TO_SHOW, "w1": "2"})
    said = plain(amira.get("/de/note?show=plan&show=contact&show=dignity&show=%00").text)
    assert "Meine eigenen Wünsche stehen im Kooperationsplan." in said
    assert "Hilfe bei Geldsorgen" not in said
    assert "Respekt" not in said
    assert "drucken" in said


@pytest.mark.parametrize("query", ["", "?show=", "?show=contact", "?show=nonsense&x=1"])
def test_a_note_of_nothing_asks_what_is_to_stand_on_it(released, amira, query):
    answers(amira, released)
    page = amira.get(f"/de/note{query}")
    assert page.status_code == 200
    assert page.text.count('name="show"') == 4


def test_a_note_changes_nothing_on_the_disk(released, amira):
    answers(amira, released)
    tables = ("draft", "response", "free_text", "release", "audit")
    before = [list(inspect(released.here.database)[table].rows) for table in tables]
    amira.get("/ar/note?show=health&show=plan")
    after = [list(inspect(released.here.database)[table].rows) for table in tables]
    assert before == after


@pytest.mark.parametrize("language", ["de-simple", "en", "ar"])
def test_a_note_speaks_german_beside_ones_own_language(released, amira, language):
    answers(amira, released, language)
    page = amira.get(f"/{language}/note?show=health").text
    assert "Hilfe bei der Gesundheit" in page
    assert "<b>nicht bekommen</b>" in page
    assert page.count('lang="de" dir="ltr"') >= 1


def test_deleting_says_that_it_takes_back_only_where_something_can_be_shown(
    released, street, amira
):
    code = released.code()
    assert "nehmen Sie damit zurück" in amira.post("/de/erase", data={"code": code}).text
    with TestClient(street.app, base_url="http://testserver.local") as elsewhere:
        page = elsewhere.post("/de/erase", data={"code": street.code()})
        assert "nehmen Sie damit zurück" not in page.text
