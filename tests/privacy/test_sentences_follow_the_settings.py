"""Promise 10: what people are told about who could look follows from the same facts everywhere.

On the notice in each language, in the letter, in what the exchange offers.
"""

import re
from html import unescape
from itertools import product

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from connector import letters_words
from survey.actions import exchanging, house
from survey.language import formats
from survey.language.translator import translator
from survey.model.programmes import Body
from survey.model.waves import released_until, slot
from survey.store import waves
from tests.web.houses import PROGRAMME, build
from tests.web.people import answer, enter

CANNOT = "Das Jobcenter kann Ihre Antworten nicht zuordnen."
COULD = (
    "Technisch wäre es möglich, Antworten einem Brief zuzuordnen. Alle Beteiligten haben sich "
    "verpflichtet, das nicht zu tun."
)
LANGUAGES = ("de", "de-simple", "en", "ar")
WHO = {False: "Rechenzentrum Nord", True: "Jobcenter Musterstadt"}


def of(operator_is_jobcenter, holder_is_jobcenter):
    """A programme run by these."""
    return replace(
        PROGRAMME,
        operator=Body(name=WHO[operator_is_jobcenter], is_jobcenter=operator_is_jobcenter),
        key_holder=Body(name="Hochschule" if not holder_is_jobcenter else WHO[True],
                        is_jobcenter=holder_is_jobcenter),
    )  # fmt: skip


@pytest.fixture(scope="module", params=list(product((False, True), repeat=2)), ids=str)
def street(request, tmp_path_factory):
    programme = of(*request.param)
    street = build(tmp_path_factory.mktemp("street"), programme=programme, letters=20)
    return street, programme, not any(request.param)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_that_nobody_can_look_only_where_that_is_so(street, language):
    street, _, nobody = street
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        text = _plain(browser.get(f"/{language}/notice").text)
    words = translator(language).gettext
    assert (_plain(words(CANNOT)) in text) is nobody
    assert (_plain(words(COULD)) in text) is not nobody


UNLESS = "Außer Sie zeigen am Ende selbst etwas."
NOBODY = "Ohne Haken sieht im Jobcenter niemand Ihre Antworten."
WE_SHOW = "Ohne Haken zeigen wir im Jobcenter niemandem Ihre Antworten."


@pytest.fixture(scope="module", params=["anonymous", "linked", "released"])
def of_level(request, tmp_path_factory):
    programme = replace(of(False, False), level=request.param)
    street = build(tmp_path_factory.mktemp("level"), programme=programme, letters=20)
    return street, request.param == "released"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_where_something_may_be_shown_the_notice_and_the_letter_speak_of_it(
    of_level, language
):
    street, may_show = of_level
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        text = _plain(browser.get(f"/{language}/notice").text)
    # Beside the promise that nobody can look, and beside what a case manager sees.
    assert text.count(_plain(translator(language).gettext(UNLESS))) == 2 * may_show
    evaluator = house.evaluator(street.here)
    with street.here.database.read() as tx:
        [offer] = exchanging.offers(tx, evaluator)
        last = released_until(waves.find(tx, street.wave_id).closes_on)
    assert (formats.day(last, language) in text) is may_show
    words = letters_words.languages()[language]
    column = letters_words.column(words, offer, offer.told, reminder=False, phone="0800 1")
    said = _plain(" ".join(column.answers))
    assert (_plain(words.answers.released) in said) is may_show


@pytest.mark.parametrize("nobody_can_look", [True, False])
def test_the_page_that_asks_what_to_show_promises_only_what_is_so(tmp_path, nobody_can_look):
    programme = replace(of(not nobody_can_look, False), level="released")
    folder = tmp_path / "house"
    folder.mkdir()
    street = build(folder, programme=programme, letters=20)
    with TestClient(street.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, street.code())
        answer(browser, "/de/question/p1", p1="4")
        text = _plain(browser.get("/de/share").text)
    assert (NOBODY in text) is nobody_can_look
    assert (WE_SHOW in text) is not nobody_can_look
    with street.here.database.read() as tx:
        wave = waves.find(tx, street.wave_id)
    assert formats.weekday(slot(house.today()), "de") in text
    assert formats.day(released_until(wave.closes_on), "de") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_the_same_as_the_notice(street, language):
    street, programme, nobody = street
    evaluator = house.evaluator(street.here)
    with street.here.database.read() as tx:
        [offer] = exchanging.offers(tx, evaluator)
    words = letters_words.languages()[language]
    column = letters_words.column(words, offer, offer.told, reminder=False, phone="0800 1")
    said = _plain(" ".join(column.answers))
    bodies = ", ".join(dict.fromkeys((programme.operator.name, programme.key_holder.name)))
    assert (_plain(words.answers.cannot_look) in said) is nobody
    assert (_plain(words.answers.could_look.format(bodies=bodies)) in said) is not nobody


def test_the_exchange_offers_what_the_programme_says(street):
    street, programme, nobody = street
    evaluator = house.evaluator(street.here)
    with street.here.database.read() as tx:
        [offer] = exchanging.offers(tx, evaluator)
    told = offer.told
    assert told.jobcenter_cannot_look is nobody is programme.jobcenter_cannot_look
    assert (told.operator, told.key_holder) == (programme.operator.name, programme.key_holder.name)


def _plain(text):
    """Words without marks, tags and breaks."""
    return " ".join(unescape(re.sub(r"<[^>]+>|\*\*", "", text)).split())
