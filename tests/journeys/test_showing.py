"""Somebody shows her plan, and makes herself a note of it, in the browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import Device, Script
from tests.journeys.people import Person
from tests.journeys.served import Served

WORDS = {"de": "Danke für die Hilfe.", "ar": "شكرا على المساعدة."}
PLAN = {"de": "Mein Plan", "ar": "خطتي"}


@pytest.mark.parametrize(
    ("device", "language", "script"),
    [("phone", "ar", "no-script"), ("desktop", "de", "script")],
)
def test_a_person_makes_a_note_then_shows_her_plan_and_nothing_else(
    browser: Browser, showing: Served, device: Device, language: str, script: Script
) -> None:
    amira = Person(browser, showing, language=language, device=device, script=script)
    amira.begin(showing.code())
    amira.answer_all(WORDS[language])
    amira.at("check")
    amira.press()
    amira.at("share")
    assert amira.shown() == []
    amira.show("help")
    amira.press("main [name=_go][value=note]")
    amira.show("plan")
    amira.press()
    assert "show-plan=1" in amira.page.url
    expect(amira.page.locator("h2")).to_have_count(1)
    expect(amira.page.locator("h2")).to_contain_text(PLAN[language])
    amira.press("main a.go")
    amira.at("share")
    # What was ticked before the note is ticked still, and can be changed.
    assert amira.shown() == ["help"]
    amira.show("help", yes=False)
    amira.show("plan")
    amira.press("header .lang")
    other = {"de": "ar", "ar": "de"}[language]
    amira.choose_language(other)
    assert amira.shown() == ["plan"]
    amira.press()
    amira.at("thanks")
    expect(amira.page.locator(".facts dd").first).to_have_text(PLAN[other])
    amira.open("note?show-plan=1")
    amira.at("thanks")
    amira.leave()


def test_the_keyboard_ticks_a_box_and_a_changed_answer_is_asked_about_again(
    browser: Browser, showing: Served
) -> None:
    amira = Person(browser, showing, device="desktop", script="no-script")
    amira.begin(showing.code())
    amira.answer_all(WORDS["de"])
    amira.press()
    # Tab comes to what is chosen, an arrow goes on to the other.
    amira.page.locator("[name=show-plan][value='0']").focus()
    amira.page.keyboard.press("ArrowDown")
    assert amira.shown() == ["plan"]
    other = amira.context.new_page()
    other.goto("/de/question/p1?then=check")
    other.locator("label[for='p1']").click()
    with other.expect_navigation():
        other.locator("main .go:visible").click()
    amira.press()
    expect(amira.page.locator(".err")).to_be_visible()
    assert amira.shown() == []
    amira.leave()


def test_paper_shows_the_note_and_nothing_around_it(browser: Browser, showing: Served) -> None:
    amira = Person(browser, showing, language="ar", device="phone", script="no-script")
    amira.begin(showing.code())
    amira.answer_all(WORDS["ar"])
    amira.open("note?show-plan=1&show-help=1")
    amira.page.emulate_media(media="print")
    for around in (".foot", ".top .in", "main .off"):
        expect(amira.page.locator(around)).to_be_hidden()
    expect(amira.page.locator("main h2")).to_have_count(2)
    expect(amira.page.get_by_text("Mein Plan")).to_be_visible()
    amira.leave()
