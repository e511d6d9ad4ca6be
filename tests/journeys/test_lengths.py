"""What a browser sends is as long whatever was chosen: measured at the browser, not computed.

Every question of the whole form and one of every type, with a script and without. Without one the
button itself stands for a tick that is not there; what it cannot stand for is measured too, so that
nobody claims more: a second tick, and every sign that is typed.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from survey.form import load
from survey.form.load import Published
from tests.journeys import served
from tests.journeys.browsers import Script
from tests.journeys.people import GO, Person
from tests.journeys.served import Served
from tests.web.pages import TO_SHOW
from tests.world import forms

BOTH = pytest.mark.parametrize("script", ["script", "no-script"])
TYPED = {"number": "7", "day": "24.12.2026"}


def whole() -> Published:
    return load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "full")


@pytest.fixture(scope="module")
def asking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house that asks everything the form has."""
    folder = tmp_path_factory.mktemp("whole")
    with served.serving(folder, published=whole(), letters=20) as running:
        yield running


class Wire:
    """Takes what a page sends and lets it stay where it is."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.route("**/*", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=204)
        else:
            route.continue_()

    def press(self, selector: str = GO) -> int:
        """How many bytes go out when this button is pressed."""
        with self._page.expect_request(lambda request: request.method == "POST") as found:
            self._page.locator(selector).first.click()
        return len(found.value.post_data or "")


def of_choosing(amira: Person, wire: Wire, question: str) -> dict[str, int]:
    """Bytes for nothing, then for each box alone, as far as a box can be alone."""
    amira.open(f"question/{question}")
    bytes_of = {"": wire.press()}
    for field in amira.page.locator("main .o input").all():
        name = f"{field.get_attribute('name')}={(field.get_attribute('value') or '').strip()}"
        label = amira.page.locator(f"label[for='{field.get_attribute('id')}']")
        label.click()
        bytes_of[name] = wire.press()
        if field.get_attribute("type") == "checkbox":
            label.click()
    return bytes_of


@BOTH
def test_a_choice_of_the_whole_form_sends_as_much_as_any_other_and_as_none(
    browser: Browser, asking: Served, script: Script
) -> None:
    amira = Person(browser, asking, script=script)
    amira.enter(asking.code())
    wire = Wire(amira.page)
    for question in whole().form.questions:
        bytes_of = of_choosing(amira, wire, question.id)
        assert len(bytes_of) > 1
        assert len(set(bytes_of.values())) == 1, (question.id, bytes_of)
    amira.leave()


@BOTH
def test_so_does_a_choice_of_every_type_of_question(
    browser: Browser, types: Served, script: Script
) -> None:
    amira = Person(browser, types, script=script)
    amira.enter(types.code())
    wire = Wire(amira.page)
    for question in forms.TYPES[:-1]:
        bytes_of = of_choosing(amira, wire, question)
        assert len(set(bytes_of.values())) == 1, (question, bytes_of)
    amira.leave()


def test_with_a_script_several_ticks_and_typed_words_send_as_much_as_nothing(
    browser: Browser, types: Served
) -> None:
    amira = Person(browser, types)
    amira.enter(types.code())
    wire = Wire(amira.page)
    for question, typed in TYPED.items():
        amira.open(f"question/{question}")
        nothing = wire.press()
        amira.page.fill("main .field", typed)
        assert wire.press() == nothing
    amira.open("question/choice-many")
    nothing = wire.press()
    for code in ("german", "arabic"):
        amira.choose(code)
    assert wire.press() == nothing
    amira.open("question/text")
    nothing = wire.press()
    for words in ("Danke", "شكرا جزيلا", "Zwei\nZeilen & <mehr>"):
        amira.page.fill("textarea", words)
        assert wire.press() == nothing
    amira.page.locator("label[for='text-quote']").click()
    assert wire.press() == nothing
    amira.leave()


def test_with_a_script_every_button_sends_as_much_with_a_choice_as_without(
    browser: Browser, asking: Served
) -> None:
    amira = Person(browser, asking)
    amira.enter(asking.code())
    wire = Wire(amira.page)
    amira.open("question/k1")
    buttons = [f"[name=_go][value={go}]" for go in ("back", "stop", "help", "notice")]
    nothing = [wire.press(button) for button in [*buttons, "header .lang"]]
    amira.choose("4")
    assert [wire.press(button) for button in [*buttons, "header .lang"]] == nothing
    amira.leave()


def test_without_a_script_a_second_tick_each_sign_and_a_tick_on_the_way_back_are_seen(
    browser: Browser, types: Served
) -> None:
    """What `survey.web.answer.lengths` says it cannot hide."""
    amira = Person(browser, types, script="no-script")
    amira.enter(types.code())
    wire = Wire(amira.page)
    amira.open("question/choice-many")
    nothing = wire.press()
    ticks = []
    for code in ("german", "arabic", "turkish"):
        amira.choose(code)
        ticks.append(wire.press())
    assert ticks[0] == nothing < ticks[1] < ticks[2]
    assert ticks[2] - ticks[1] == ticks[1] - ticks[0]
    amira.open("question/text")
    nothing = wire.press()
    for words in ("Danke", "Fragen"):
        amira.page.fill("textarea", words)
        assert wire.press() - nothing == len(words)
    # Whether something was ticked when she went another way than on.
    amira.open("question/rating")
    left = wire.press("[name=_go][value=back]")
    amira.choose("3")
    assert wire.press("[name=_go][value=back]") > left
    amira.leave()


@BOTH
def test_the_page_of_what_may_be_shown_sends_as_much_whatever_is_ticked_or_offered(
    browser: Browser, showing: Served, script: Script
) -> None:
    seen = set()
    for answered, offered in (
        (TO_SHOW, ("plan", "benefits", "help", "health")),
        ({"p1": "4"}, ("plan",)),
        ({"h1": "2", "l1": "1"}, ("help", "benefits")),
    ):
        amira = Person(browser, showing, script=script)
        amira.enter(showing.code())
        for question, code in answered.items():
            amira.open(f"question/{question}")
            amira.choose(code)
            amira.press()
        wire = Wire(amira.page)
        amira.open("share")
        seen.add(wire.press())
        for block in offered:
            amira.show(block)
            seen.add(wire.press())
        amira.leave()
    assert len(seen) == 1
