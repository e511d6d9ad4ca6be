"""Opening any page of the product in a browser, in any state, also those only a form leads to."""

from urllib.parse import urlsplit

from msgspec.structs import replace
from playwright.sync_api import Locator, Page, Response

from survey.language import tags
from tests.web.pages import Sample, State, samples, shown

LANGUAGES = tags.available()
# The form's questions for words of one's own.
TEXT = "g2"
TOO_LONG = "Wort " * 900
# What a person can get wrong on a page, in the form that has every type of question.
SLIPS = {
    "choice-many": "german,none",
    "number": "viele",
    "day": "31.2.2026",
    "text": "zu lang " * 9,
}


def every(language: str, questions: tuple[str, ...]) -> list[Sample]:
    """Every page of a language, and words of one's own that are too many."""
    known = samples(language, questions)
    text = next(each for each in known if each.name == f"question-{TEXT}")
    return [
        *known,
        replace(text, name="question-too-long", fields={TEXT: TOO_LONG}, status=422),
        # What somebody gets who sends a tab of who had the phone before.
        replace(text, name="question-stale", fields={"_tag": "0" * 32}, status=409),
    ]


def showing(language: str) -> list[Sample]:
    """Where something may be shown; and the page of a tab whose answers have changed since."""
    known = shown(language)
    share = next(each for each in known if each.name == "share-answering")
    stale = {"_seen": "0" * 16, "show-plan": "1"}
    return [*known, replace(share, name="share-changed", fields=stale, status=422)]


def types(questions: tuple[str, ...]) -> list[Sample]:
    """Every type of question, empty and, where a person can make one, with an error."""
    known = samples("de", questions)
    asked = [
        each for each in known if each.name.startswith("question-") and each.state == "answering"
    ]
    wrong = [
        replace(each, name=f"{each.name}-wrong", fields={own: SLIPS[own]}, status=422)
        for each in asked
        for own in [each.name.removeprefix("question-")]
        if own in SLIPS
    ]
    return [*asked, *wrong]


def shut(language: str) -> list[Sample]:
    """What is there before a survey opens."""
    return [Sample(name="notice-nobody", route="/{tag:str}/notice", address=f"/{language}/notice")]


def visit(page: Page, origin: str, sample: Sample, cookies: dict[State, str]) -> Response:
    """Open a page as somebody in the sample's state; forms are filled in and sent."""
    context = page.context
    context.clear_cookies()
    if sample.state != "nobody":
        host = urlsplit(origin).hostname
        context.add_cookies(
            [{"name": "session", "value": cookies[sample.state], "domain": host, "path": "/"}]
        )
    found = page.goto(origin + sample.address)
    if sample.fields:
        for name, value in sample.fields.items():
            _fill(page.locator(f"[name='{name}']"), value)
        with page.expect_navigation() as going:
            page.click("main .go:visible")
        found = going.value
    assert found is not None
    return found


def _fill(fields: Locator, value: str) -> None:
    """Type into a field, or choose the options of these values."""
    kind = fields.first.get_attribute("type")
    if kind == "hidden":
        fields.evaluate("(field, value) => { field.value = value }", value)
        return
    if kind not in {"checkbox", "radio"}:
        fields.fill(value)
        return
    for code in value.split(","):
        # Values are filled with blanks to the length of the longest.
        named = fields.page.locator(f"xpath=//input[normalize-space(@value)='{code}']")
        fields.and_(named).check()
