"""Whoever counts the bytes on the line learns nothing of what was chosen (D23).

Every question of every form there is, with every answer that can be chosen: what goes out and what
comes back are as long as for no answer. `tests/journeys/test_lengths.py` measures what browsers
really send, with a script and without; here a form is sent as browsers do that run none.
"""

import random
import re
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from litestar.testing import TestClient

from survey import paths
from survey.form import load, options
from survey.http.packing import STEP
from survey.language import tags
from survey.model.form import Choice, Day, Ladder, Note, Number, Rating, Text
from tests.web import people
from tests.web.pages import TO_SHOW
from tests.world import devices, homes
from tests.world.programmes import RELEASED

SMALL = sorted(each.name for each in (paths.ROOT / "tests" / "forms").iterdir())
LANGUAGES = tags.available()
WORDS = ("Ja.", "Danke, es war gut.", "شكرا جزيلا لكم جميعا")
WALK = 60
PLACE = re.compile("<progress max=.([0-9]+)")
FAULT = re.compile(r'class="err".*?<span>(.*?)</span>', re.DOTALL)


def small(name):
    folder = paths.ROOT / "tests" / "forms"
    return load.publish(load.form(name, folder=folder), load.wordings(name, folder=folder), "full")


def whole():
    return load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "full")


class Person:
    """Somebody in the middle of a questionnaire, whose bytes are counted."""

    def __init__(self, client, language="de"):
        self.client, self.language = client, language
        self.tag = ""

    def answer(self, question, fields):
        """Send an answer; gives all that comes back."""
        place = f"/{self.language}/question/{question.id}"
        self.tag = self.tag or people.tag(self.client.get(place))
        reply = self.client.post(place, data={"_tag": self.tag, **fields})
        assert reply.status_code == 303, (question.id, fields)
        return reply

    def length(self, place):
        """Bytes of a page, head and body, compressed and not."""
        address = f"/{self.language}/{place}"
        packed = self.client.get(address)
        plain = self.client.get(address, headers={"accept-encoding": "identity"})
        assert packed.status_code == plain.status_code == 200, address
        return whole_length(packed), whole_length(plain)


def whole_length(reply):
    head = sum(len(name) + len(value) for name, value in reply.headers.items())
    return head + int(reply.headers["content-length"])


@pytest.fixture
def visit(request):
    """A browser with a new code of a house, one at a time."""
    made = []

    def leave():
        while made:
            made.pop().__exit__(None, None, None)

    def begin(world, language="de"):
        leave()
        client = TestClient(world.app, base_url="http://testserver.local")
        client.follow_redirects = False
        made.append(client)
        client.__enter__()
        people.enter(client, world.code(), language)
        return Person(client, language)

    yield begin
    leave()


def choices(question, form):
    """What a browser sends for every answer that is ticked or of the shortest to type."""
    reserved = form.reserved
    ways = [reserved.declined, *([reserved.not_applicable] if question.applicable else [])]
    match question:
        case Rating() | Choice() | Ladder():
            alone = [*options.codes(question, form), *ways]
            return [{}, *({question.id: code} for code in alone)]
        case Number(least=least, most=most):
            typed = [{question.id: str(value)} for value in range(least, most + 1)]
        case Day():
            typed = [{question.id: f"{day}.{day}.2026"} for day in range(1, 13)]
        case Text(longest=longest):
            typed = [{question.id: words[:longest]} for words in WORDS]
        case Note():
            return []
    return [{}, *typed, *({f"{question.id}-way": way} for way in ways)]


def asked_of(form):
    return [each for each in form.questions if not isinstance(each, Note)]


def with_all_on_the_path(person, form):
    """Some forms ask a question only after an answer: give those that lead to most."""
    for question in asked_of(form):
        if "yes" in options.codes(question, form):
            person.answer(question, {question.id: "yes"})
        if isinstance(question, Number) and question.id == "t1":
            person.answer(question, {question.id: "3"})


def lengths_of(person, form):
    """By question and place on the path, the lengths of the replies and pages after each answer.

    What is asked because of an answer tells of it by being asked, whatever its length.
    """
    found = {}
    for question in asked_of(form):
        place = f"question/{question.id}"
        if person.client.get(f"/{person.language}/{place}").status_code != 200:
            continue
        for fields in choices(question, form):
            reply = person.answer(question, {**fields, "_go": "back"})
            total = PLACE.findall(person.client.get(f"/{person.language}/{place}").text)[0]
            known = (whole_length(reply), person.length(place))
            found.setdefault((question.id, total), set()).add(known)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_whole_form_is_as_long_with_every_answer(tmp_path, visit, language):
    published = whole()
    world = homes.build(tmp_path, published=published, letters=20)
    found = lengths_of(visit(world, language), published.form)
    assert {name for name, _ in found} == {each.id for each in asked_of(published.form)}
    assert {name: known for name, known in found.items() if len(known) != 1} == {}


@pytest.mark.parametrize("name", SMALL)
def test_so_is_a_page_of_every_small_form(tmp_path, visit, name):
    published = small(name)
    world = homes.build(tmp_path, published=published, letters=20)
    person = visit(world)
    with_all_on_the_path(person, published.form)
    found = lengths_of(person, published.form)
    assert found or name == "note"
    assert {name: known for name, known in found.items() if len(known) != 1} == {}


def drawn(chance, questions, form):
    """A question and something said to it; one in four is left out, and nothing is typed."""
    question = chance.choice([each for each in questions if not isinstance(each, Text)])
    offered = [each for each in choices(question, form) if each]
    return question, chance.choice(offered) if chance.random() < 0.75 else {}


@pytest.mark.parametrize("selection", ["default", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_all_answers_is_as_long_whatever_they_are(tmp_path, visit, language, selection):
    published = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), selection)
    world = homes.build(tmp_path, published=published, letters=20)
    person, chance = visit(world, language), random.Random(7)
    known = {person.length("check")}
    for _ in range(WALK):
        person.answer(*drawn(chance, published.form.questions, published.form))
        known.add(person.length("check"))
    assert len(known) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_shown_and_the_note_are_as_long_whatever_was_answered_and_ticked(
    tmp_path, visit, language
):
    published = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "default")
    world = homes.build(tmp_path, published=published, programme=RELEASED, letters=20)
    form = published.form
    may = {block.id for block in form.blocks if block.releasable}
    questions = [each for each in form.questions if each.block in may]
    person, chance = visit(world, language), random.Random(11)
    person.answer(questions[0], {questions[0].id: "1"})
    shares, notes, sheets, sent = set(), set(), set(), set()
    for _ in range(WALK):
        question, fields = drawn(chance, questions[1:], form)
        person.answer(question, fields)
        share = form_on(person.client.get(f"/{language}/share").text)
        ticked = {name for name in share.radios if chance.random() < 0.5}
        body = share.body(dict.fromkeys(ticked, "1"), button=("_go", "back"))
        sent.add(len(body))
        reply = person.client.post(
            f"/{language}/share",
            content=body,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert reply.headers["location"] == f"/{language}/check"
        shares.add(person.length("share"))
        notes.add(person.length("note"))
        choose = form_on(person.client.get(f"/{language}/note").text)
        query = choose.body(dict.fromkeys(sorted(choose.radios)[:1], "1"))
        sent.add(-len(query))
        sheets.add(person.length(f"note?{query}"))
    assert len(shares) == len(notes) == len(sheets) == 1
    # One length for each of the two forms.
    assert len(sent) == 2


@pytest.mark.parametrize("language", ["de", "ar"])
def test_sending_and_the_thanks_are_as_long_whatever_is_shown(tmp_path, visit, language):
    world = homes.build(tmp_path, programme=RELEASED, letters=20)
    known = set()
    for show in ((), ("plan",), ("benefits", "health"), ("benefits", "plan", "help", "health")):
        person = visit(world, language)
        for question_id, code in TO_SHOW.items():
            people.answer(
                person.client, f"/{language}/question/{question_id}", **{question_id: code}
            )
        share = form_on(person.client.get(f"/{language}/share").text)
        body = share.body({f"show-{block}": "1" for block in show})
        reply = person.client.post(
            f"/{language}/share",
            content=body,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        assert reply.headers["location"] == f"/{language}/thanks"
        known.add((len(body), whole_length(reply), person.length("thanks")))
    assert len(known) == 1


def test_words_are_as_long_as_none_until_they_are_many_and_then_tell_by_the_kilobyte(
    tmp_path, visit
):
    published = whole()
    world = homes.build(tmp_path, published=published, letters=20)
    person, chance = visit(world), random.Random(3)
    text = next(each for each in published.form.questions if isinstance(each, Text))
    place = f"question/{text.id}"
    none = person.length(place)[0]
    for length in (1, 40, 200, 300):
        person.answer(text, {text.id: written(chance, length)})
        assert person.length(place)[0] == none, length
    person.answer(text, {text.id: written(chance, text.longest)})
    longer = person.length(place)[0]
    assert longer > none
    assert (longer - none) % STEP == 0


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("number", ("99", "viele", "keine Ahnung, wirklich nicht")),
        ("day", ("31.2.2026", "gestern", "ungefähr im letzten Sommer")),
        ("choice-many", (["german", "none"], ["arabic", "none"], ["german", "arabic", "none"])),
    ],
)
def test_what_cannot_be_read_is_told_at_one_length_for_each_fault(tmp_path, visit, name, typed):
    published = small(name)
    world = homes.build(tmp_path, published=published, letters=20)
    person, question = visit(world), asked_of(published.form)[0]
    place, told = f"/de/question/{question.id}", {}
    for each in typed:
        tag = people.tag(person.client.get(place))
        reply = person.client.post(place, data={"_tag": tag, question.id: each})
        assert reply.status_code == 422
        said = FAULT.findall(reply.text)[0]
        known = (whole_length(reply), person.length(f"question/{question.id}"))
        told.setdefault(said, set()).add(known)
    assert all(len(known) == 1 for known in told.values())
    assert len(told) < len(typed)


def written(chance, length):
    """Words as dense as people's: no compressor makes nothing of them."""
    signs = "enisratdhulcgmobwfkzäüvöpj  ,."
    return "".join(chance.choice(signs) for _ in range(length - 1)) + "x"


class FormOn(HTMLParser):
    """The one form of a page, to be sent as a browser without a script would."""

    def __init__(self):
        super().__init__()
        self.fields, self.radios, self.boxes, self.buttons = [], {}, [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "button" and "name" in found and "none" in (found.get("class") or ""):
            self.buttons.append((found["name"], found["value"]))
        if tag == "textarea":
            self.fields.append((found["name"], ""))
        if tag != "input" or "name" not in found:
            return
        name, value = found["name"], found.get("value") or ""
        match found.get("type"):
            case "radio" if name.startswith("show-"):
                self.radios.setdefault(name, "0")
                self.fields.append((name, "0")) if value == "0" else None
            case "radio" | "checkbox":
                self.boxes.append((name, value))
            case _:
                self.fields.append((name, value))

    def body(self, chosen, *, button=()):
        """The fields as a form is written, with these radios chosen and this button pressed."""
        sent = [(name, chosen.get(name, value)) for name, value in self.fields]
        return urlencode([*sent, *([button] if button else [])])


def form_on(page):
    parser = FormOn()
    parser.feed(page)
    return parser


def requests_of(page):
    """Bytes for "Weiter" with nothing ticked, and with each box alone."""
    form = form_on(page)
    assert len(form.buttons) == 1
    nothing = urlencode([*form.fields, form.buttons[0]])
    return {len(nothing), *(len(urlencode([*form.fields, box])) for box in form.boxes)}


@pytest.mark.parametrize("name", ["satisfaction", *SMALL])
def test_what_is_sent_is_as_long_for_every_choice_and_for_none(tmp_path, visit, name):
    published = whole() if name == "satisfaction" else small(name)
    world = homes.build(tmp_path, published=published, letters=20)
    person = visit(world)
    with_all_on_the_path(person, published.form)
    for question in asked_of(published.form):
        page = person.client.get(f"/de/question/{question.id}")
        if page.status_code == 200:
            assert len(requests_of(page.text)) == 1, question.id


def test_a_device_in_the_building_sends_and_gets_as_much_for_every_answer(tmp_path):
    world = homes.build(tmp_path, letters=20)
    device = devices.opened(world)
    form = load.form("kiosk")
    with TestClient(world.app, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        client.post("/kiosk/device", data={"code": device.token})
        person = Person(client, "kiosk/de")
        begun = client.post("/kiosk/begin", data={"language": "de"})
        assert begun.headers["location"].startswith("/kiosk/de/question/")
        for question in asked_of(form):
            place = f"question/{question.id}"
            page = client.get(f"/kiosk/de/{place}").text
            assert len(requests_of(page)) == 1
            known = set()
            for fields in choices(question, form):
                reply = person.answer(question, fields)
                known.add((whole_length(reply), person.length(place)))
            assert len(known) == 1, question.id
