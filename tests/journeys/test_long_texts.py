"""A text far over its limit, in the browser: counted with a script and without, and never lost."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import Script
from tests.journeys.people import Person
from tests.journeys.served import Served

BOTH = pytest.mark.parametrize("script", ["script", "no-script"])
TEXTS = {
    "de": "Ich möchte das alles in Ruhe erzählen.\n" * 513,
    "ar": "أريد أن أحكي كل هذا بهدوء.\n" * 741,
}
OVER = {"de": "Zu viel: {} Zeichen", "ar": "أكثر من اللازم: {} حرفًا"}
FREE = {"de": "Noch frei: {} Zeichen"}


@BOTH
@pytest.mark.parametrize("language", TEXTS)
def test_a_text_of_twenty_thousand_characters_goes_along_everywhere(
    browser: Browser, house: Served, script: Script, language: str
) -> None:
    text = TEXTS[language].strip()
    assert len(text) >= 20_000 - 2
    amira = Person(browser, house, language=language, script=script)
    amira.enter(house.code())
    amira.open("question/g2")
    field = amira.page.locator("textarea")
    field.fill(text)
    # "Zurück", and there again.
    amira.press("[name=_go][value=back]")
    amira.at("question/g1")
    amira.press()
    amira.at("question/g2")
    expect(field).to_have_value(text)
    # "Aufhören", and on after all.
    amira.press("[name=_go][value=stop]")
    amira.press("main .mid a")
    amira.at("question/g2")
    expect(field).to_have_value(text)
    # "Hilfe", and back.
    amira.press("[name=_go][value=help]")
    amira.press()
    amira.at("question/g2")
    expect(field).to_have_value(text)
    # "Sprache".
    amira.press("header .lang")
    amira.choose_language("ar" if language == "de" else "de")
    amira.at("question/g2")
    expect(field).to_have_value(text)
    # "Weiter" says what is to be done, and loses nothing.
    amira.press()
    expect(field).to_be_focused()
    expect(field).to_have_value(text)
    amira.leave()


@BOTH
def test_what_is_left_is_counted_alike_with_a_script_and_without(
    browser: Browser, house: Served, script: Script
) -> None:
    amira = Person(browser, house, script=script)
    amira.enter(house.code())
    amira.open("question/g2")
    field, told = amira.page.locator("textarea"), amira.page.locator("#n")
    count = amira.page.locator("[name=_go][value=count]")
    for text, left in (
        ("Danke.", 994),
        ("شكرا جزيلا", 990),
        (" ü\u0308 \n", 998),
        ("é" * 1003, -3),
    ):
        field.fill(text)
        if script == "no-script":
            amira.press("[name=_go][value=count]")
            amira.at("question/g2")
        else:
            expect(count).to_have_count(0)
        expect(told).to_have_text((FREE if left >= 0 else OVER)["de"].format(abs(left)))
    amira.leave()
