"""What somebody with a copy of her code sees of a questionnaire that is under way elsewhere.

Amira goes through her questions on one phone in every manner there is. On another device, with the
same code, every page must then be the same to the last byte: which questions she left out, whether
she wrote something, and what was asked because of an answer must not be told. How far she has come
is told, and the notice says so.
"""

import re

import pytest
from litestar.testing import TestClient

from survey import paths
from survey.form import load
from survey.language.translator import translator
from tests.web import people
from tests.world import homes
from tests.world.programmes import RELEASED

TAG = re.compile(r"[0-9a-f]{32}")
WORDS = "Es hat mir jemand zugehört."
AHEAD = {"_go": "back"}


def of(form_id):
    """A small form of the tests, whole."""
    folder = paths.ROOT / "tests" / "forms"
    words = load.wordings(form_id, folder=folder)
    return load.publish(load.form(form_id, folder=folder), words, "full")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    return homes.build(folder, programme=RELEASED, letters=60)


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    """A form in which one answer decides what is asked next."""
    return homes.build(tmp_path_factory.mktemp("chain"), published=of("chain"), letters=30)


def browser(world):
    client = TestClient(world.app, base_url="http://testserver.local")
    client.follow_redirects = False
    return client


def form_of(world):
    services = world.app.dependencies["site"].dependency().services
    with world.database.read() as tx:
        return services.wave_context(tx, "w1").published.form


def walked(world, code, said, *, upto):
    """Go through the questions with these answers, as far as one of them, on a device."""
    form = form_of(world)
    with browser(world) as phone:
        people.enter(phone, code)
        for question in form.questions:
            address = f"/de/question/{question.id}"
            if phone.get(address).status_code == 200:
                people.answer(phone, address, **said(question))
            if question.id == upto:
                break


def seen_elsewhere(world, code, *, tag="de"):
    """Every page of another device of the same code, and where its buttons lead."""
    form = form_of(world)
    places = [
        *(f"question/{each.id}" for each in form.questions),
        *(f"question/{each.id}?then=check" for each in form.questions),
        *("notice", "help", "accessibility", "check", "share", "note", "stop", "thanks"),
        *("languages", "unchanged", "erase", "code"),
    ]
    seen = []
    with browser(world) as other:
        seen.append(_reply(people.enter(other, code, tag)))
        seen += [_reply(other.get(f"/{tag}/{place}")) for place in places]
        # Going on without an answer, everywhere; then one answer of her own, and all again.
        for question in form.questions:
            page = other.get(f"/{tag}/question/{question.id}")
            if page.status_code == 200:
                sent = {"_tag": people.tag(page)}
                seen.append(_reply(other.post(f"/{tag}/question/{question.id}", data=sent)))
        first = form.questions[0].id
        people.answer(other, f"/{tag}/question/{first}", **{first: "never"})
        seen += [_reply(other.get(f"/{tag}/{place}")) for place in places]
    return seen


def _reply(reply):
    """All but what is drawn for each code: the form's tag and the cookie, of one length for all."""
    headers = sorted(
        (name, f"{len(value)} long" if name == "set-cookie" else value)
        for name, value in reply.headers.items()
    )
    return reply.status_code, headers, TAG.sub("TAG", reply.text)


def first_of(question):
    return {question.id: "4"} if question.id in {"k1", "k2", "p1", "p2", "l1", "h1"} else {}


MANNERS = {
    "everything": lambda q: {q.id: WORDS} if q.type == "text" else first_of(q),
    "nothing": lambda _: {},
    "declined": lambda q: {q.id if q.type != "text" else f"{q.id}-way": "_declined"},
    "words only": lambda q: {q.id: WORDS, f"{q.id}-quote": "yes"} if q.type == "text" else {},
    "ticks only": first_of,
    "cannot be read": lambda q: {q.id: "not an option"} if q.type != "text" else {},
}


def kind(question):
    return type(question).__struct_config__.tag


class Asked:
    """A question with the name of its type beside it."""

    def __init__(self, question):
        self.id, self.type = question.id, kind(question)


@pytest.mark.parametrize("upto", ["p2", "g2", "g3"])
def test_a_second_device_sees_the_same_whatever_was_answered_left_out_or_written(world, upto):
    looks = {}
    for name, said in MANNERS.items():
        code = world.code()
        walked(world, code, lambda question, said=said: said(Asked(question)), upto=upto)
        looks[name] = seen_elsewhere(world, code)
    # Somebody who stands at what cannot be read has not gone on from it.
    stuck = looks.pop("cannot be read")
    assert all(look == looks["nothing"] for look in looks.values())
    assert [page[0] for page in stuck] == [page[0] for page in looks["nothing"]]


def test_a_text_too_long_to_be_sent_is_not_seen_on_a_second_device(world):
    looks = []
    for words in ("", WORDS, "zu lang " * 900):
        code = world.code()
        walked(world, code, lambda _: {}, upto="g1")
        with browser(world) as phone:
            people.enter(phone, code)
            people.answer(phone, "/de/question/g2", g2=words, **AHEAD)
        looks.append(seen_elsewhere(world, code))
    assert looks[0] == looks[1] == looks[2]


@pytest.mark.parametrize("tag", ["de", "ar"])
def test_what_was_asked_because_of_an_answer_is_not_told_apart(chain, tag):
    looks = []
    for answers in (
        {"c1": "yes", "c2": "never", "n1": "3"},
        {"c1": "never", "n1": "3"},
        {"c1": "yes", "c2": "yes", "c3": "never", "n1": ""},
        {},
    ):
        code = chain.code()
        said = {name: {name: value} for name, value in answers.items()}
        walked(chain, code, lambda question, said=said: said.get(question.id, {}), upto="n1")
        looks.append(seen_elsewhere(chain, code, tag=tag))
    assert looks[0] == looks[1] == looks[2] == looks[3]


def test_how_far_somebody_has_come_is_told_and_the_notice_says_so(world):
    looks = []
    for upto in ("k1", "p2"):
        code = world.code()
        walked(world, code, lambda _: {}, upto=upto)
        looks.append(seen_elsewhere(world, code))
    assert looks[0] != looks[1]
    with browser(world) as anybody:
        for tag in ("de", "de-simple", "en", "ar"):
            said = translator(tag).gettext(
                "Wer Ihren Code hat, kann sehen, ob er benutzt ist und wie weit Sie gekommen sind, "
                "und damit antworten oder löschen. Was Sie geantwortet haben, kann er nicht lesen."
            )
            assert said in anybody.get(f"/{tag}/notice").text
