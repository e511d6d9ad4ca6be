"""What people do in a browser, in the words of the journeys; each step waits for its page."""

from playwright.sync_api import Browser, Page, expect

from tests.journeys import browsers
from tests.journeys.browsers import Device, Script
from tests.journeys.served import Served

# The button that goes on, in whatever language.
GO = "main .go:visible"
NAMES = {"de": "Deutsch", "ar": "العربية"}


class Person:
    """Somebody with a browser and a language."""

    def __init__(
        self,
        browser: Browser,
        house: Served,
        *,
        language: str = "de",
        device: Device = "phone",
        script: Script = "script",
    ) -> None:
        self.house = house
        self.language = language
        self.context = browsers.person(browser, house.origin, device=device, script=script)
        self.page: Page = self.context.new_page()

    def open(self, place: str) -> None:
        """Type an address of her language."""
        self.page.goto(f"/{self.language}/{place}")

    def at(self, place: str) -> None:
        """Is she there?"""
        expect(self.page).to_have_url(f"{self.house.origin}/{self.language}/{place}")

    def press(self, selector: str = GO) -> None:
        """Press a button or link and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def choose_language(self, language: str) -> None:
        """Press the tile with its own name."""
        with self.page.expect_navigation():
            self.page.get_by_text(NAMES[language], exact=True).click()
        self.language = language

    def enter(self, code: str) -> None:
        """Type the code of a letter."""
        self.open("code")
        self.page.fill("#c", code)
        self.press()

    def begin(self, code: str) -> None:
        """Type the code and go to the first question."""
        self.enter(code)
        self.at("notice")
        self.press()

    def choose(self, code: str) -> None:
        """Choose an option by its code, on its words, as a finger does."""
        # Values are filled with blanks to the length of the longest.
        field = self.page.locator(f"xpath=//main//input[normalize-space(@value)='{code}']")
        self.page.locator(f"label[for='{field.get_attribute('id')}']").click()
        expect(field).to_be_checked()

    def show(self, block: str, *, yes: bool = True) -> None:
        """Choose whether a block is to be shown, or to stand on the note."""
        field = self.page.locator(f"[name='show-{block}'][value='{int(yes)}']")
        self.page.locator("label").filter(has=field).click()
        expect(field).to_be_checked()

    def shown(self) -> list[str]:
        """The blocks that are chosen to be shown."""
        found = self.page.locator("[name^='show-'][value='1']:checked").all()
        return [(each.get_attribute("name") or "").removeprefix("show-") for each in found]

    def chosen(self) -> list[str]:
        """The codes shown as chosen."""
        return [
            (each.get_attribute("value") or "").strip()
            for each in self.page.locator("main input:checked").all()
        ]

    def answer_all(self, words: str) -> list[str]:
        """Answer every question from the first, write these words where words are asked.

        Gives the ids of the questions in the order they came.
        """
        seen: list[str] = []
        while "/question/" in self.page.url:
            seen.append(self.page.url.rpartition("/")[2])
            self.page.locator("h1").wait_for()
            if self.page.locator("textarea").count():
                self.page.fill("textarea", words)
            else:
                offered = self.page.locator("main .scale input").all()
                code = offered[len(seen) % len(offered)].get_attribute("value")
                self.choose((code or "").strip())
            self.press()
        return seen

    def problem(self) -> str:
        """The heading of the page that tells what stopped her."""
        return self.page.locator("h1").inner_text()

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()
