"""Facts about the demo's answers: counted in the database, tried through the pages."""

from collections.abc import Iterator

from survey.demo import commands, letters_reader, opinions, people
from survey.demo.browser import Browser
from survey.demo.homes import FIRST, PAPERS, SECOND
from survey.demo.world import World
from survey.form import domains
from survey.home import Home
from survey.store import responses
from tests.demo.checks import zones
from tests.demo.checks.facts import Fact


def answers(world: World) -> Iterator[Fact]:
    """Whoever was thanked is there once, whoever erased is not, and nothing is in clear."""
    sent, erased = world.codes("send"), world.codes("erase")
    yield Fact("every thanked person's answer is there once", stored(world) == len(sent))
    used, unknown = zones.knock(world, sent[0]), zones.knock(world, zones.NOBODYS)
    yield Fact("a used code opens nothing", used.status == 409)
    alike = used.text.replace(sent[0], "") == unknown.text.replace(zones.NOBODYS, "")
    yield Fact("a used code looks like a wrong one", alike)
    yield Fact(
        "so does an erased one", all(zones.knock(world, code).status == 409 for code in erased[:1])
    )
    yield from _resumed(world)
    yield from _erased(world)
    kept = zones.stored_bytes(world.place.survey)
    written = [
        text for asked in opinions.WORDS.values() for texts in asked.values() for text in texts
    ]
    yield Fact("no text is stored in clear", not any(text.encode() in kept for text in written))


def closed(world: World) -> Iterator[Fact]:
    """Codes stop, and no answer is lost by it."""
    yield Fact(
        "a code opens nothing any more",
        zones.knock(world, world.letters[FIRST][-1].code).status == 409,
    )
    listed = commands.survey(world.place, "wave", "list").text
    yield Fact("the wave is closed", "closed" in listed)
    yield Fact("the answers are still there", stored(world) == len(world.codes("send")) - 1)


def report(world: World) -> Iterator[Fact]:
    """They are whole, agree, and come out the same again."""
    yield from report_is_whole(world)
    again = world.place.own / "again.pdf"
    words = ["--edition", "council", "--language", "de", "--out", str(again)]
    commands.survey(world.place, "report", "satisfaction", "--wave", FIRST, *words)
    same = again.read_bytes() == world.place.report("council", "de").read_bytes()
    again.unlink()
    yield Fact("a second run gives the same bytes", same)


def report_is_whole(world: World) -> Iterator[Fact]:
    """Each opens, carries its tables, and says to which standards it keeps."""
    for edition, language in PAPERS:
        out = world.place.report(edition, language)
        said = f"the {edition} edition in {language}"
        yield Fact(f"{said} has the pages of a report", letters_reader.pages(out) >= 4)
        tables = letters_reader.attachments(out)
        yield Fact(f"{said} has its tables attached", bool(tables) and all(tables.values()))
        yield Fact(f"{said} says what it is", _declares(out.read_bytes()))


def ready(world: World) -> Iterator[Fact]:
    """The code to try opens, in every language offered."""
    code = world.letters[SECOND][0].code
    for tag in zones.LANGUAGES:
        with Browser(world.place.base_url, tag) as browser:
            notice = people.enter(browser, tag, code)
            page = browser.open(people.start(notice))
            yield Fact(
                f"the first question comes in {tag}", page.status == 200 and bool(page.form.inputs)
            )


def stored(world: World) -> int:
    """How many submissions of the first wave are there and not erased."""
    domain = f"recipient.{domains.MAIN}"
    home = Home.enter(world.place.survey)
    try:
        with home.database.read() as tx:
            return sum(1 for row in responses.sealed(tx, FIRST, domain) if row.body)
    finally:
        home.database.close()


def _resumed(world: World) -> Iterator[Fact]:
    """Who left half way goes on where she was, on another device, without seeing her answers."""
    left = next((each.mind for each in world.done if each.mind.course == "leave"), None)
    if left is None:
        return
    with Browser(world.place.base_url, left.tag) as browser:
        notice = people.enter(browser, left.tag, left.code)
        page = browser.open(people.start(notice))
        yield Fact("another device goes on at the first open question", "/question/" in page.path)
        check = browser.open(f"/{left.tag}/check")
        chosen = [each for each in check.form.inputs if each.on]
        yield Fact("and shows no earlier answer", check.status == 200 and not chosen)


def _erased(world: World) -> Iterator[Fact]:
    """One more answer is deleted by its code; the page says the same for a code of nobody."""
    before = stored(world)
    code = world.codes("send")[-1]
    with Browser(world.place.base_url) as browser:
        done = people.erase(browser, "de", code)
        yield Fact("deleting leaves one answer less", stored(world) == before - 1)
        nothing = people.erase(browser, "de", zones.NOBODYS)
        yield Fact("deleting nothing looks the same", done.text == nothing.text)


def _declares(document: bytes) -> bool:
    return b"pdfaid:part" in document and b"pdfuaid:part" in document
