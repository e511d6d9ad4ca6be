"""Promise 10: what people are told follows from the same facts everywhere and never contradicts.

Who could look, who reads a text, until when what can be deleted: in the notice and beside a text in
each language, in help, in the letter, on the pages for data protection, in what the exchange
offers. The sentences stand here once more, in words, beside the facts that they must follow from.
"""

import re
from datetime import timedelta
from html import unescape
from itertools import product

import pytest
from litestar.testing import TestClient
from msgspec import Struct
from msgspec.structs import replace

from connector.letter_settings import LetterSettings
from connector.letters import page as letters_page
from connector.letters import words as letters_words
from survey import clock
from survey.actions import exchange
from survey.form import load
from survey.language import catalogues, formats, tags
from survey.language.translator import read, translator
from survey.model.programmes import Body, Contact, Programme
from survey.model.waves import slot
from survey.store import waves
from tests.web.people import answer, enter
from tests.world import homes, staff
from tests.world.programmes import RELEASED
from tests.world.world import World

LANGUAGES = tags.available()
JOBCENTER = "Jobcenter Musterstadt"
# Whether the jobcenter can tell whose an answer is, by whether neither server nor keys are its own.
LINKING = {
    True: "Das Jobcenter kann Ihre Antworten nicht zuordnen.",
    False: "Technisch wäre es möglich, Antworten einem Brief zuzuordnen. Alle Beteiligten haben "
    "sich verpflichtet, das nicht zu tun.",
}
# Who could read answers, by whether the jobcenter runs the server.
READING = {
    False: "Wer den Server betreibt, könnte Antworten lesen, aber nicht wissen, von wem.",
    True: "Das Jobcenter betreibt den Server und könnte Antworten lesen.",
}
TOGETHER = (
    "Wer die Antworten, die Schlüssel und die Daten des Jobcenters zusammenbringt, kann Antworten "
    "zuordnen. Verpflichtet, das nicht zu tun:"
)
UNTICKED = {
    True: "Ohne Ihr Ja sieht im Jobcenter niemand Ihre Antworten.",
    False: "Ohne Ihr Ja zeigen wir im Jobcenter niemandem Ihre Antworten.",
}
UNLESS = "Außer Sie zeigen am Ende selbst etwas."
READERS = "Mindestens zwei Menschen lesen Ihren Text vor dem Bericht und nehmen Namen heraus."
DELETION = "Mit dem Code löschen Sie Ihre Texte bis zum %(day)s, alles andere auch danach."
NO_TEXTS = "Mit dem Code können Sie Ihre Antworten auch später löschen."
BESIDE_A_TEXT = "Löschen können Sie ihn mit Ihrem Code bis zum %(day)s."
SHOWN = "Was Sie zeigen, ist bis zum %(day)s zu sehen."
SETTINGS = LetterSettings(
    house=JOBCENTER,
    town="Musterstadt",
    sender="Qualitätsmanagement",
    co_signer="Ombudsstelle",
    help=Contact(name="Beratungsstelle", phone="0800 1"),
    return_line="Postfach 00 00, 00010 Musterstadt",
)


class Case(Struct, frozen=True, kw_only=True):
    """Who runs the server, who holds the keys, in a house that is really there."""

    operator: bool
    holder: bool
    world: World
    programme: Programme

    @property
    def nobody(self) -> bool:
        """Whether neither is the jobcenter."""
        return not (self.operator or self.holder)


def of(operator: bool, holder: bool, *, one_body: bool = False) -> Programme:
    """A programme whose server, or whose keys, are the jobcenter's own or another body's."""
    other = "Rechenzentrum Nord" if one_body else "Hochschule Süd"
    return replace(
        RELEASED,
        operator=Body(name=JOBCENTER if operator else "Rechenzentrum Nord", is_jobcenter=operator),
        key_holder=Body(name=JOBCENTER if holder else other, is_jobcenter=holder),
    )


WHO = [(*pair, False) for pair in product((False, True), repeat=2)] + [(False, False, True)]


@pytest.fixture(scope="module", params=WHO, ids=str)
def case(request, tmp_path_factory) -> Case:
    operator, holder, one_body = request.param
    programme = of(operator, holder, one_body=one_body)
    world = staff.build(tmp_path_factory.mktemp("house"), programme=programme, letters=40)
    return Case(operator=operator, holder=holder, world=world, programme=programme)


def page(world: World, address: str) -> str:
    """The words of a page as somebody without a code sees it."""
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        return _plain(browser.get(address).text)


def said(sentence: str, language: str, **facts: str) -> str:
    """A sentence as people read it in a language."""
    return _plain(translator(language).gettext(sentence) % facts if facts else
                  translator(language).gettext(sentence))  # fmt: skip


def own(sentences: dict[bool, str], fact: bool, text: str, language: str) -> None:
    """The sentence that is true is there, the other is not."""
    assert said(sentences[fact], language) in text
    assert said(sentences[not fact], language) not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_who_could_look_as_it_is(case, language):
    text = page(case.world, f"/{language}/notice")
    own(LINKING, case.nobody, text, language)
    own(READING, case.operator, text, language)
    after = text[text.index(said(TOGETHER, language)) :]
    bodies = {case.programme.controller, case.programme.operator.name}
    for body in bodies | {case.programme.key_holder.name}:
        assert body in after


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_runs_the_server_is_not_said_to_see_results_only(case, language):
    """One line for one body: "nur Ergebnisse" beside "könnte lesen" would be two truths."""
    text = page(case.world, f"/{language}/notice")
    only = said("Nur Ergebnisse von mindestens %(k)s Menschen zusammen.", language, k="10")
    ours = said("Von uns nur Ergebnisse von mindestens %(k)s Menschen zusammen.", language, k="10")
    jobcenter = ours if case.operator else only
    line = f"{said('Das Jobcenter', language)} {jobcenter}"
    assert (f"{line} {said(READING[True], language)}" if case.operator else line) in text


@pytest.mark.parametrize("language", ["de", "en"])
def test_data_protection_reads_what_people_read(case, language):
    with case.world.browser("farah") as browser:
        browser.post(
            "/language", data={"_tag": staff.tag(browser.get("/").text), "language": language}
        )
        oversight = _plain(browser.get("/oversight").text)
        told = _plain(browser.get(f"/oversight/told/w1?in={language}").text)
    for text in (oversight, told):
        own(LINKING, case.nobody, text, language)
        own(READING, case.operator, text, language)
    assert said(TOGETHER, language) in oversight
    assert said(READERS, language) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_says_who_could_look_and_until_when_texts_can_be_deleted(case, language):
    run = _run(case.world)
    recipient = letters_page.Recipient(
        salutation="Frau", given_name="Amira", family_name="Beispiel", street="Weg 1",
        postcode="12345", city="Musterstadt", language=language,
    )  # fmt: skip
    text = _plain(letters_page.document(run, [(recipient, "0000-0000-0000")]))
    for shown in {"de", language}:
        own(LINKING, case.nobody, text, shown)
        day = formats.day(run.offer.closes_on, shown)
        assert said(DELETION, shown, day=day) in text
        assert said(UNLESS, shown) in text
    own(READING, case.operator, text, "de")


def test_who_shows_nothing_is_promised_only_what_is_so(case):
    world = case.world
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, world.code())
        answer(browser, "/de/question/p1", p1="4")
        text = _plain(browser.get("/de/share").text)
    own(UNTICKED, case.nobody, text, "de")
    with world.home.database.read() as tx:
        wave = waves.find(tx, "w1")
    assert formats.weekday(slot(clock.today()), "de") in text
    assert formats.day(wave.shown_until, "de") in text


def test_the_exchange_offers_what_the_programme_says(case):
    told = _run(case.world).told
    assert told.jobcenter_cannot_look is case.nobody is case.programme.jobcenter_cannot_look
    names = (case.programme.operator.name, case.programme.key_holder.name)
    assert (told.operator, told.key_holder) == names
    assert told.assured is not None
    assert told.assured.custody == case.programme.custody


def test_a_connector_that_does_not_ask_for_the_facts_gets_an_offer_as_before(case):
    """It would refuse a field that it does not know, and fetch nothing any more."""
    with TestClient(case.world.app, base_url="http://testserver.local") as browser:
        [old] = browser.get("/exchange/waves").json()
        [new] = browser.get("/exchange/waves", params={"assured": "1"}).json()
    assert new["told"].pop("assured")["custody"]["operator"] == case.programme.operator.name
    assert old == new


@pytest.fixture(scope="module", params=["anonymous", "linked", "released"])
def of_level(request, tmp_path_factory):
    programme = replace(of(False, False), level=request.param)
    world = homes.build(tmp_path_factory.mktemp("level"), programme=programme, letters=20)
    return world, request.param == "released"


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_where_something_may_be_shown_the_notice_and_the_letter_speak_of_it(
    of_level, language
):
    world, may_show = of_level
    text = page(world, f"/{language}/notice")
    # Beside the promise that nobody can look, and beside what a case manager sees.
    assert text.count(said(UNLESS, language)) == 2 * may_show
    with world.home.database.read() as tx:
        last = waves.find(tx, "w1").shown_until
    assert (said(SHOWN, language, day=formats.day(last, language)) in text) is may_show
    run = _run(world)
    words = letters_words.languages()[language]
    column = letters_words.column(words, run.offer, run.assured, reminder=False, phone="0800 1")
    assert (said(UNLESS, language) in _plain(" ".join(column.answers))) is may_show


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_the_same_day_for_deleting_a_text(case, language):
    """The day is the last one on which texts are still where a code finds them."""
    world = case.world
    with world.home.database.read() as tx:
        wave = waves.find(tx, "w1")
    day = formats.day(wave.texts_leave_on - timedelta(days=1), language)
    with TestClient(world.app, base_url="http://testserver.local") as browser:
        browser.follow_redirects = False
        enter(browser, world.code(), language)
        question = _plain(browser.get(f"/{language}/question/g2").text)
        notice = _plain(browser.get(f"/{language}/notice").text)
        helping = _plain(browser.get(f"/{language}/help").text)
    assert f"{said(READERS, language)} {said(BESIDE_A_TEXT, language, day=day)}" in question
    assert said(DELETION, language, day=day) in notice
    assert said(DELETION, language, day=day) in helping
    assert said(READERS, language) in notice


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_writes_a_text_none_is_spoken_of(tmp_path, language):
    form = replace(load.form("satisfaction"), selections={"short": ("k1", "w1", "g1")})
    published = load.publish(form, load.wordings("satisfaction"), "short")
    world = homes.build(tmp_path, published=published, letters=20)
    run = _run(world)
    words = letters_words.languages()[language]
    column = letters_words.column(words, run.offer, run.assured, reminder=False, phone="0800 1")
    day = formats.day(run.offer.closes_on, language)
    answering = said("Sie können bis zum %(day)s antworten.", language, day=day)
    notice, helping = (page(world, f"/{language}/{place}") for place in ("notice", "help"))
    for text in (notice.replace(answering, ""), helping, _plain(" ".join(column.answers))):
        assert said(NO_TEXTS, language) in text
        assert said(READERS, language) not in text
        assert day not in text


def test_no_page_says_that_one_person_alone_reads_a_text():
    """Two decide on each, and one alone brings none into the report (tests/actions)."""
    originals = [
        str(message.id) for domain in catalogues.SOURCES for message in catalogues.used(domain)
    ]
    assert [text for text in originals if re.search(r"\bEin Mensch liest\b", text)] == []
    one = {"en": r"\b[Oo]ne person reads|A person reads", "de-simple": r"Ein Mensch liest"}
    for tag, wrong in one.items():
        texts = [form for each in read(tag, tags.DOMAIN) for form in catalogues.forms(each.string)]
        assert [text for text in texts if re.search(wrong, text)] == []


def _run(world: World) -> letters_page.Run:
    """What the connector of this house prints letters with."""
    evaluator = world.home.evaluator()
    with world.home.database.read() as tx:
        [offer] = exchange.offers(tx, evaluator)
    assert offer.told is not None
    assert offer.told.assured is not None
    return letters_page.Run(
        offer=offer,
        told=offer.told,
        assured=offer.told.assured,
        settings=SETTINGS,
        survey_url="https://befragung.musterstadt.example",
        day=clock.today(),
        reminder=False,
    )


def _plain(text: str) -> str:
    """Words without marks, tags and breaks."""
    parts = re.sub(r"</?(?:p|h\d|li|dt|dd|div|section)\b[^>]*>", " ", text)
    return " ".join(unescape(re.sub(r"<[^>]+>|\*\*", "", parts)).split())
