"""What may be shown to a case manager, and the note for the next talk, page by page."""

import re
from html import unescape
from html.parser import HTMLParser

import msgspec
import pytest
from litestar.testing import TestClient

from survey import clock
from survey.actions import releases
from survey.engine.inspection import inspect
from survey.language import tags
from survey.linkage import keys
from survey.linkage import releases as sealing
from survey.model.exchange import ReleasedBlock
from survey.model.waves import slot
from tests.web.pages import TO_SHOW
from tests.web.people import answer, enter, send, showing, tag, to_show
from tests.world import homes
from tests.world.programmes import PROGRAMME
from tests.world.world import World

LANGUAGES = tags.available()
SEEN = re.compile(r'name="_seen" value="([0-9a-f]+)"')


@pytest.fixture
def amira(released: World):
    with TestClient(released.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        yield client


def answers(browser, world, language="de", *, code="", more=TO_SHOW):
    """Type a code and answer what may be shown."""
    enter(browser, code or world.code(), language)
    for question_id, said in more.items():
        answer(browser, f"/{language}/question/{question_id}", **{question_id: said})


def posted(page, **fields):
    return {"_tag": tag(page), "_seen": SEEN.search(page.text)[1], **fields}


def plain(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def count(world, table):
    return inspect(world.database)[table].count


class Boxes(HTMLParser):
    """The German text of each block on a page: what stands in elements marked as German."""

    def __init__(self, html, *, german_page):
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._words: list[str] | None = None
        self._german = 0
        self._own = german_page
        self.feed(html)

    def handle_starttag(self, name, attributes):
        known = dict(attributes)
        if known.get("name", "").startswith("show-"):
            # The block is named by its field, which stands below its words.
            self.found[known["name"].removeprefix("show-")] = self._words
        elif name == "fieldset":
            self._words = []
        if name in {"p", "span"} and (known.get("lang") == "de" or self._german):
            self._german += 1

    def handle_endtag(self, name):
        if name in {"p", "span"} and self._german:
            self._german -= 1
        if name == "fieldset":
            self._words = None

    def handle_data(self, text):
        if self._words is not None and text.strip() and (self._german or self._own):
            self._words.append(text.strip())


def handed_over(world):
    """(block, words) of everything released in this house, as its connector reads it."""
    on = slot(clock.today())
    services = msgspec.structs.replace(world.home.services(), today=lambda: on)
    releases.hand_over_due(services, on)
    private = keys.sealing_pair(world.home.directory / "connector").private
    found = []
    for row in inspect(world.database)["release"].rows:
        if row["sealed"]:
            addressed, words = sealing.open_addressed(private, row["sealed"])
            found.append((addressed.block, msgspec.json.decode(words, type=ReleasedBlock)))
    return dict(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_german_on_the_page_is_word_for_word_what_is_handed_over(tmp_path, language):
    """She answers in one language, looks in another, and sends."""
    folder = tmp_path / "house"
    folder.mkdir()
    world = homes.build(folder, programme=msgspec.structs.replace(PROGRAMME, level="released"))
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        answers(browser, world, "en", more={k: v for k, v in TO_SHOW.items() if k != "p2"})
        page = browser.get(f"/{language}/share")
        ticked = ["benefits", "plan", "help", "health"]
        reply = browser.post(f"/{language}/share", data=posted(page, **showing(*ticked)))
        assert reply.headers["location"] == f"/{language}/thanks"
    boxes = Boxes(page.text, german_page=language == "de").found
    given = handed_over(world)
    assert list(boxes) == ticked
    assert set(given) == set(ticked)
    for name, block in given.items():
        choice = ("Nicht zeigen", "Zeigen")
        shown = [t for t in boxes[name] if "willigen" not in t and t not in choice]
        lines = [text for line in block.lines for text in (line.question, line.answer)]
        # In easy German a title that is the same stands there once.
        assert shown in ([block.title, *lines], lines)
    assert given["plan"].lines[1].answer == "nicht beantwortet"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_ticked_and_health_asks_for_a_consent_of_its_own(released, amira, language):
    answers(amira, released, language)
    page = amira.get(f"/{language}/share")
    assert page.status_code == 200
    assert to_show(page) == []
    assert page.text.count('value="0" checked') == 4
    assert 'name="show-health" value="1" aria-describedby="health-c"' in page.text
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
    assert "Mit dem Code können Sie zurücknehmen, was Sie zeigen" in amira.get("/de/thanks").text


def test_who_has_nothing_to_show_sends_from_the_check_page(released, amira):
    answers(amira, released, more={"k1": "4", "w1": "4"})
    assert "Antworten absenden" in amira.get("/de/check").text
    assert amira.get("/de/share").headers["location"] == "/de/check"
    assert amira.get("/de/note").headers["location"] == "/de/check"
    assert send(amira).headers["location"] == "/de/thanks"


def test_sending_twice_stores_once(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    replies = [amira.post("/de/share", data=posted(page, **showing("plan"))) for _ in range(3)]
    assert {reply.headers["location"] for reply in replies} == {"/de/thanks"}
    for place in ("share", "note", "check"):
        assert amira.get(f"/de/{place}").headers["location"] == "/de/thanks"


@pytest.mark.parametrize("block", ["contact", "overall", "words", "nonsense", "plan' OR 1=1"])
def test_a_form_that_ticks_what_is_not_offered_is_shown_again_and_sends_nothing(
    released, amira, block
):
    answers(amira, released)
    before = count(released, "response"), count(released, "release")
    page = amira.get("/de/share")
    again = amira.post("/de/share", data=posted(page, **showing("plan", block)))
    assert again.status_code == 422
    assert "Noch nicht abgesendet" in again.text
    assert (count(released, "response"), count(released, "release")) == before


def test_a_stale_tab_shows_nothing_that_was_not_on_it(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    answer(amira, "/de/question/p1", p1="1")
    again = amira.post("/de/share", data=posted(page, **showing("plan")))
    assert again.status_code == 422
    assert to_show(again) == []
    assert SEEN.search(again.text)[1] != SEEN.search(page.text)[1]


def test_back_and_stop_send_nothing(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    before = count(released, "response")
    for go, place in (("back", "/de/check"), ("stop", "/de/stop?to=share")):
        reply = amira.post("/de/share", data=posted(page, **showing("plan"), _go=go))
        assert reply.headers["location"] == place
    assert count(released, "response") == before


def test_a_form_of_another_session_releases_nothing(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    enter(amira, released.code())
    assert amira.post("/de/share", data=posted(page, **showing("plan"))).status_code == 409


@pytest.mark.parametrize("level", ["anonymous", "linked"])
def test_at_other_levels_there_is_a_note_and_nothing_to_show(tmp_path, level):
    folder = tmp_path / "house"
    folder.mkdir()
    world = homes.build(folder, programme=msgspec.structs.replace(PROGRAMME, level=level))
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        answers(browser, world)
        assert browser.get("/de/share").headers["location"] == "/de/check"
        assert 'href="/de/note"' in browser.get("/de/check").text
        assert browser.get("/de/note?show-plan=1").status_code == 200
        form = {"_tag": tag(browser.get("/de/check")), "_seen": "", **showing("plan")}
        assert browser.post("/de/share", data=form).headers["location"] == "/de/check"
        assert send(browser).headers["location"] == "/de/thanks"
        assert "zurücknehmen, was Sie zeigen" not in browser.get("/de/thanks").text
    assert count(world, "release") == 0


def test_a_note_holds_the_chosen_blocks_and_nothing_else(released, amira):
    answers(amira, released, more={**TO_SHOW, "w1": "2"})
    said = plain(
        amira.get("/de/note?show-plan=1&show-contact=1&show-dignity=1&show-help=0&show-%00=1").text
    )
    assert "Meine eigenen Wünsche stehen im Kooperationsplan." in said
    assert "Hilfe bei Geldsorgen" not in said
    assert "Respekt" not in said
    assert "drucken" in said


@pytest.mark.parametrize(
    "query", ["", "?show-plan=", "?show-contact=1", "?show-nonsense=1&show-plan=0&x=1"]
)
def test_a_note_of_nothing_asks_what_is_to_stand_on_it(released, amira, query):
    answers(amira, released)
    page = amira.get(f"/de/note{query}")
    assert page.status_code == 200
    assert page.text.count('name="show-') == 8
    assert to_show(page) == []


def test_a_note_changes_nothing_on_the_disk(released, amira):
    answers(amira, released)
    tables = ("draft", "response", "free_text", "release", "audit")
    before = [list(inspect(released.home.database)[table].rows) for table in tables]
    amira.get("/ar/note?show-health=1&show-plan=1")
    after = [list(inspect(released.home.database)[table].rows) for table in tables]
    assert before == after


@pytest.mark.parametrize("language", ["de-simple", "en", "ar"])
def test_a_note_speaks_german_beside_ones_own_language(released, amira, language):
    answers(amira, released, language)
    page = amira.get(f"/{language}/note?show-health=1").text
    assert "Hilfe bei der Gesundheit" in page
    assert "<b>nicht bekommen</b>" in page
    assert page.count('lang="de" dir="ltr"') >= 1


def test_whoever_types_a_code_may_take_back_or_delete_where_something_can_be_shown(
    released, world, amira
):
    code = released.code()
    for page in (amira.post("/de/erase", data={"code": code}), amira.get("/de/erase")):
        assert "zurücknehmen" in page.text.lower()
    with TestClient(world.app, base_url="http://testserver.local") as elsewhere:
        for page in (
            elsewhere.post("/de/erase", data={"code": world.code()}),
            elsewhere.get("/de/erase"),
        ):
            assert "zurücknehmen" not in page.text.lower()


@pytest.mark.parametrize(
    ("button", "place"),
    [
        ({"_go": "note"}, "/de/note"),
        ({"_go": "back"}, "/de/check"),
        ({"_go": "stop"}, "/de/stop?to=share"),
        ({"_go": "help"}, "/de/help?to=share"),
        ({"_go": "notice"}, "/de/notice?to=share"),
        ({"_go": "accessibility"}, "/de/accessibility?to=share"),
        ({"_language": "choose"}, "/de/languages?to=share"),
        ({"_language": "ar"}, "/ar/share"),
    ],
)
def test_what_was_chosen_stays_chosen_whatever_button_is_pressed(released, amira, button, place):
    answers(amira, released)
    page = amira.get("/de/share")
    for name, value in button.items():
        assert f'name="{name}" value="{value}"' in page.text or value == "ar"
    reply = amira.post("/de/share", data=posted(page, **showing("plan", "health"), **button))
    assert reply.headers["location"] == place
    for language in ("de", "ar"):
        assert to_show(amira.get(f"/{language}/share")) == ["plan", "health"]
    # And can be chosen otherwise.
    amira.post("/de/share", data=posted(page, **showing("help"), _go="note"))
    assert to_show(amira.get("/de/share")) == ["help"]


def test_a_choice_is_of_the_words_it_was_made_for(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan", "help"), _go="back"))
    answer(amira, "/de/question/p1", p1="1")
    assert to_show(amira.get("/de/share")) == ["help"]
    answer(amira, "/de/question/p1", p1=TO_SHOW["p1"])
    assert to_show(amira.get("/de/share")) == ["plan", "help"]
    # The old page's choice is not kept for words that were not on it.
    answer(amira, "/de/question/p1", p1="2")
    amira.post("/de/share", data=posted(page, **showing("plan", "benefits"), _go="back"))
    assert to_show(amira.get("/de/share")) == ["help"]


def test_a_choice_is_of_the_device_it_was_made_on(released, amira):
    code = released.code()
    answers(amira, released, code=code)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan"), _go="back"))
    with TestClient(released.app, base_url="http://testserver.local") as thief:
        thief.follow_redirects = False
        answers(thief, released, code=code, more={"p1": TO_SHOW["p1"], "p2": TO_SHOW["p2"]})
        page = thief.get("/de/share")
        assert 'name="show-plan"' in page.text
        assert to_show(page) == []


def test_the_same_device_finds_its_choice_after_typing_the_code_again(released, amira):
    code = released.code()
    answers(amira, released, code=code)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan"), _go="back"))
    enter(amira, code)
    assert to_show(amira.get("/de/share")) == ["plan"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thank_you_page_says_what_is_shown_to_whom_from_when_and_until_when(
    released, amira, language
):
    answers(amira, released, language)
    page = amira.get(f"/{language}/share")
    amira.post(f"/{language}/share", data=posted(page, **showing("plan", "health")))
    said = plain(amira.get(f"/{language}/thanks").text)
    facts = re.findall(r"<dd>(.*?)</dd>", page.text)
    assert len(facts) == 3
    for fact in facts:
        assert plain(fact) in said
    titles = {"de": "Mein Plan und Gesundheit", "en": "My plan and Health"}
    if language in titles:
        assert titles[language] in said
    assert "Hilfen" not in said


@pytest.mark.parametrize("more", [TO_SHOW, {"k1": "4"}])
def test_the_thank_you_page_says_that_nothing_is_shown(released, amira, more):
    answers(amira, released, more=more)
    send(amira)
    if more is TO_SHOW:
        answer(amira, "/de/share")
    assert "Sie zeigen nichts." in amira.get("/de/thanks").text


def test_what_is_shown_is_told_to_the_browser_that_sent_it_and_to_no_other(released, amira):
    code = released.code()
    enter(amira, code)
    with TestClient(released.app, base_url="http://testserver.local") as other:
        other.follow_redirects = False
        enter(other, code)
        answers(amira, released, code=code)
        page = amira.get("/de/share")
        amira.post("/de/share", data=posted(page, **showing("plan")))
        assert "Mein Plan" in amira.get("/de/thanks").text
        told = other.get("/de/thanks").text
        assert "Mein Plan" not in told
        assert "was Sie vor dem Absenden dafür ausgewählt haben" in told
        # Its cookie tells nothing in another browser's session, though the code is the same.
        kept = f"session={other.cookies['session']}; shown={amira.cookies['shown']}"
        assert "Mein Plan" not in other.get("/de/thanks", headers={"cookie": kept}).text


def test_sending_again_says_what_was_sent_and_not_what_was_pressed_the_second_time(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan")))
    again = amira.post("/de/share", data=posted(page, **showing("help")))
    assert "set-cookie" not in again.headers
    said = amira.get("/de/thanks").text
    assert "Mein Plan" in said
    assert "Hilfen" not in said


def test_emptying_the_device_takes_what_it_was_told_along(released, amira):
    answers(amira, released)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan")))
    emptied = answer(amira, "/de/thanks")
    cleared = [each for each in emptied.headers.get_list("set-cookie") if "Max-Age=0" in each]
    assert [each.partition("=")[0] for each in cleared] == ["session", "shown"]


def test_taking_back_leaves_the_answers_and_deletes_what_was_shown(released, amira):
    code = released.code()
    answers(amira, released, code=code)
    page = amira.get("/de/share")
    amira.post("/de/share", data=posted(page, **showing("plan")))
    before = count(released, "response"), count(released, "release")
    done = amira.post("/de/erase", data={"code": code, "_go": "shown"})
    assert done.headers["location"] == "/de/unseen"
    assert "zurückgenommen" in amira.get("/de/unseen").text
    assert (count(released, "response"), count(released, "release")) == (before[0], before[1] - 4)
    bodies = [row["body"] for row in inspect(released.home.database)["response"].rows]
    assert all(bodies)


def test_who_thinks_better_of_deleting_is_where_she_was(released, amira):
    assert "nichts gelöscht" in amira.get("/de/unchanged").text
    code = released.code()
    answers(amira, released, code=code)
    assert 'href="/de/unchanged"' in amira.post("/de/erase", data={"code": code}).text
    assert amira.get("/de/unchanged").headers["location"] == "/de/question/z1"
    send(amira)
    answer(amira, "/de/share")
    assert amira.get("/de/unchanged").headers["location"] == "/de/thanks"
