"""Every page of every route in every language, in the browser: what a checker and we can see."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import audits, browsers, page_checkers, visits
from tests.journeys.audits import Watch
from tests.journeys.served import Served
from tests.web.pages import TO_SHOW, Sample, State, cookies, missing
from tests.world import forms

QUESTIONS = tuple(each.id for each in forms.satisfaction().form.questions)
TYPES = tuple(each.id for each in forms.of_every_type().form.questions)
PAGES = [(tag, each) for tag in visits.LANGUAGES for each in visits.every(tag, QUESTIONS)]
# The other checkers look at one language of each direction.
CHECKED = {"de", "ar"}
# The first pages have no language yet; German stands there until one is chosen.
UNDECIDED = {"first", "qr", "unknown-language"}


@pytest.fixture(scope="module")
def tab(browser: Browser, house: Served) -> Iterator[Page]:
    context = browsers.person(browser, house.origin)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def watch(tab: Page) -> Watch:
    return audits.watched(tab)


@pytest.fixture(scope="module")
def held(house: Served) -> dict[str, dict[State, str]]:
    return {tag: cookies(house.world, tag, "k1") for tag in visits.LANGUAGES}


@pytest.fixture(scope="module")
def held_of_types(types: Served) -> dict[State, str]:
    return cookies(types.world, "de", "rating")


def look(
    tab: Page, watch: Watch, house: Served, tag: str, sample: Sample, known: dict[State, str]
) -> list[str]:
    """Everything that is wrong with a page."""
    watch.begin()
    reply = visits.visit(tab, house.origin, sample, known)
    found = [] if reply.status == sample.status else [f"status {reply.status}"]
    found += audits.weight(reply)
    # The QR's page and questions bring a script; what only a form leads to is asked for after it.
    scripted = sample.name == "qr" or sample.name.startswith("question")
    most = (1 + scripted) * (1 + bool(sample.fields))
    audits.prepare(tab)
    found += audits.fields(tab) + audits.words(tab, "de" if sample.name in UNDECIDED else tag)
    if tag in CHECKED:
        found += page_checkers.found(tab)
    found += audits.axe(tab) + audits.reflow(tab)
    return found + audits.quiet(watch, house.origin, most=most)


def test_every_route_has_a_page_to_visit(house: Served) -> None:
    every = [*visits.every("de", QUESTIONS), *visits.showing("de")]
    assert missing(house.world.app, every) == set()


@pytest.mark.parametrize(
    ("tag", "sample"), PAGES, ids=[f"{tag}-{each.name}" for tag, each in PAGES]
)
def test_a_page_is_accessible_narrow_and_quiet(
    tab: Page,
    watch: Watch,
    house: Served,
    held: dict[str, dict[State, str]],
    tag: str,
    sample: Sample,
) -> None:
    found = look(tab, watch, house, tag, sample, held[tag])
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def held_to_show(showing: Served) -> dict[str, dict[State, str]]:
    return {tag: cookies(showing.world, tag, "k1", TO_SHOW) for tag in visits.LANGUAGES}


@pytest.mark.parametrize("tag", visits.LANGUAGES)
@pytest.mark.parametrize("sample", visits.showing("de"), ids=lambda each: each.name)
def test_so_is_a_page_where_something_may_be_shown(
    tab: Page,
    watch: Watch,
    showing: Served,
    held_to_show: dict[str, dict[State, str]],
    tag: str,
    sample: Sample,
) -> None:
    own = next(each for each in visits.showing(tag) if each.name == sample.name)
    found = look(tab, watch, showing, tag, own, held_to_show[tag])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("sample", visits.types(TYPES), ids=lambda each: each.name)
def test_a_question_of_every_type_is_too(
    tab: Page, watch: Watch, types: Served, held_of_types: dict[State, str], sample: Sample
) -> None:
    found = look(tab, watch, types, "de", sample, held_of_types)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("tag", visits.LANGUAGES)
def test_so_is_the_page_before_a_survey_opens(
    tab: Page, watch: Watch, closed: Served, tag: str
) -> None:
    for sample in visits.shut(tag):
        found = look(tab, watch, closed, tag, sample, {"nobody": ""})
        assert not found, "\n".join(found)
