"""Help and the statement on accessibility: whom to ask, in writing too, and the way back."""

import re
from html import unescape
from pathlib import Path

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from survey import settings as settings_file
from survey.app import create_app
from survey.errors import SettingsError
from survey.language import formats, tags
from survey.language.translator import translator
from survey.settings import Settings
from survey.web.notices import help as helping
from tests.web.people import answer, enter
from tests.world import homes
from tests.world.programmes import PROGRAMME
from tests.world.world import World

LANGUAGES = tags.available()
UNNAMED = (
    "Schriftlich: noch keine Adresse angegeben.",
    "Durchsetzungsstelle: noch nicht angegeben.",
)


def page(world: World, address: str, **changed: str) -> str:
    """A page of the house with these settings, as somebody without a code sees it."""
    home = replace(world.home, settings=replace(world.home.settings, **changed))
    with TestClient(create_app(home), base_url="http://testserver.local") as browser:
        return browser.get(address).text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("barriere@musterstadt.example", "mailto:barriere@musterstadt.example"),
        (
            "https://musterstadt.example/barriere?form=1",
            "https://musterstadt.example/barriere?form=1",
        ),
        ("https://a@musterstadt.example/x", "https://a@musterstadt.example/x"),
    ],
)
def test_a_barrier_can_be_reported_in_writing_in_every_language(world, language, address, link):
    """Deaf people cannot telephone (§ 12b BGG)."""
    text = page(world, f"/{language}/accessibility", barrier_address=address)
    assert f'href="{link}"' in text
    assert address in text
    assert PROGRAMME.help.phone in text
    assert world.home.settings.enforcement_body in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_house_has_not_named_is_said_and_not_left_out(world, language):
    text = page(world, f"/{language}/accessibility", barrier_address="", enforcement_body="")
    for sentence in UNNAMED:
        assert translator(language).gettext(sentence) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_says_its_date(world, language):
    text = page(world, f"/{language}/accessibility")
    assert formats.day(helping.STATED_ON, language) in text


@pytest.mark.parametrize("wrong", ["barriere", "barriere@haus", "ftp://x.example", "a b@x.example"])
def test_an_address_nobody_can_use_is_refused_by_the_name_of_the_setting(tmp_path: Path, wrong):
    settings = Settings(
        tenant="m", name="Jobcenter", base_url="https://u.example", barrier_address=wrong
    )
    with pytest.raises(SettingsError, match="barrier_address"):
        settings_file.write(tmp_path / "home", settings)


def test_who_cannot_read_well_finds_the_number_there(world):
    text = page(world, "/de/help")
    after = text[text.index("Ich kann nicht gut lesen") :]
    assert PROGRAMME.help.phone in after[: after.index("<h2>")]


@pytest.mark.parametrize("language", PROGRAMME.help.hours)
def test_help_is_there_at_hours_said_in_the_page_s_language(world, language):
    assert isinstance(PROGRAMME.help.hours, dict)
    assert f"<p>{PROGRAMME.help.hours[language]}</p>" in page(world, f"/{language}/help")


@pytest.mark.parametrize("place", ["help", "accessibility"])
def test_help_leads_back_to_the_question_somebody_came_from(world, amira, place):
    enter(amira, world.code())
    answer(amira, "/de/question/k1", k1="4")
    text = amira.get(f"/de/{place}").text
    assert re.search(r'class="go" href="/de/question/k2">\s*Weiter antworten', text)


BESIDE = ("help", "accessibility", "notice")
OPENED_FROM = ("question/k2", "question/k2?then=check", "check")


def hrefs(text: str, what: str) -> list[str]:
    """The addresses of links and of what leads on, as far as they name this page."""
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', text) if what in each]


@pytest.mark.parametrize("opened_from", OPENED_FROM)
@pytest.mark.parametrize("place", BESIDE)
def test_a_page_beside_leads_back_to_the_question_it_was_opened_from(
    world, amira, place, opened_from
):
    """Also to one before the last answered, and by way of the other pages and languages."""
    enter(amira, world.code())
    for question in ("k1", "k2", "w1", "w2"):
        answer(amira, f"/de/question/{question}", **{question: "4"})
    if opened_from == "check":
        address = hrefs(amira.get("/de/check").text, f"/de/{place}")[0]
    else:
        address = answer(amira, f"/de/{opened_from}", _go=place).headers["location"]
    for tag in ("de", "ar"):
        text = amira.get(address.replace("/de/", f"/{tag}/", 1)).text
        assert f'class="go" href="/{tag}/{opened_from}"' in text
        for other in {*BESIDE} - {place}:
            beside = amira.get(hrefs(text, f"/{tag}/{other}")[0]).text
            assert f'class="go" href="/{tag}/{opened_from}"' in beside
        tiles = amira.get(hrefs(text, f"/{tag}/languages")[0]).text
        switched = amira.get(hrefs(tiles, f"/en/{place}")[0]).text
        assert f'class="go" href="/en/{opened_from}"' in switched


@pytest.mark.parametrize("place", BESIDE)
@pytest.mark.parametrize(
    "written", ["//evil.example", "https://evil.example", "question/k1%0d%0aX: y", "languages"]
)
def test_an_address_somebody_else_wrote_leads_nowhere_but_here(world, amira, place, written):
    enter(amira, world.code())
    text = amira.get(f"/de/{place}?to={written}").text
    assert 'class="go" href="/de/question/k1"' in text
    assert "evil" not in text


@pytest.mark.parametrize("place", ["help", "accessibility"])
def test_without_a_code_a_page_leads_back_to_where_it_was_opened(world, amira, place):
    text = amira.get(f"/de/{place}?to=erase").text
    assert 'href="/de/erase">Zurück' in text
    # A question is nowhere without its session.
    assert 'href="/de/code">Zum Code' in amira.get(f"/de/{place}?to=question%2Fk1").text


@pytest.mark.parametrize("place", ["help", "accessibility"])
def test_without_a_code_help_leads_to_the_code(world, amira, place):
    assert 'href="/de/code">Zum Code' in amira.get(f"/de/{place}").text


@pytest.mark.parametrize("language", PROGRAMME.purpose)
def test_the_purpose_is_said_in_the_page_s_language(world, amira, language):
    assert isinstance(PROGRAMME.purpose, dict)
    text = amira.get(f"/{language}/notice").text
    assert f"<p>{PROGRAMME.purpose[language]}</p>" in text
    assert text.count(PROGRAMME.purpose["de"]) == (language == "de")


def test_a_purpose_without_a_translation_is_shown_as_german(tmp_path):
    programme = replace(PROGRAMME, purpose="Wir wollen besser werden.")
    world = homes.build(tmp_path, programme=programme, letters=20)
    said = {language: page(world, f"/{language}/notice") for language in ("de", "ar")}
    assert "<p>Wir wollen besser werden.</p>" in said["de"]
    assert '<p lang="de" dir="ltr">Wir wollen besser werden.</p>' in said["ar"]
