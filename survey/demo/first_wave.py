"""The first wave from the first answer to the report: people, weeks, editors, figures."""

from collections.abc import Sequence
from datetime import timedelta

from survey.actions import fieldwork
from survey.actions.comments import review
from survey.demo import commands, export, kiosk_visits, letters_reader, opinions, people
from survey.demo.errors import DemoStopped
from survey.demo.homes import FIRST, KIOSK, PAPERS
from survey.demo.opinions import Mind
from survey.demo.progress import Line
from survey.demo.world import World
from survey.home import Home
from survey.model.comments import Proposal
from survey.report_types import SATISFACTION

SEED = 1816
# The wave lasts four weeks, and each brings its share of the answers.
WEEKS = 4
VISITS = 60
# A text with one of these stays unprinted: it may tell who wrote it.
TELLING = ("Kinder",)
# Nobody waits four weeks for a demo.
EARLY = ("--yes", "--because", "Vorführung")


def answer(world: World, line: Line) -> None:
    """Everybody who takes part, week by week, and after each week the count of the week."""
    invited = addressed(world, FIRST)
    minds = opinions.minds(invited, SEED)
    for week, some in enumerate(_parts(minds, WEEKS), 1):
        heard = _heard(line, len(world.done), len(minds))
        world.done += people.answer(world.place.base_url, some, heard)
        _count_the_week(world, week)
    went = world.counted()
    pages = sum(outcome.pages for outcome in world.done)
    line.say(
        f"{len(minds)} of {len(invited)} people, {pages} pages: "
        f"{went['send']} sent, {went['erase']} sent and erased, {went['leave'] + went['stop']} not"
    )


def addressed(world: World, wave: str) -> list[tuple[export.Addressee, str]]:
    """Who got a letter, with the code on it."""
    known = export.addressees(world.place.export(wave))
    posted = [
        (known.get((letter.name, letter.street)), letter.code) for letter in world.letters[wave]
    ]
    return [(person, code) for person, code in posted if person]


def come_by(world: World, line: Line) -> None:
    """Visits at the device in the entrance."""
    world.visits = kiosk_visits.come(world.place.base_url, world.token, VISITS, SEED)
    line.say(f"{world.visits} of {VISITS} visits sent")


def close(world: World, line: Line) -> None:
    """Both waves end."""
    commands.survey(world.place, "wave", "close", FIRST, *EARLY)
    commands.survey(world.place, "wave", "close", KIOSK, *EARLY)
    line.say("codes stop, drafts and invitations are gone")


def redact(world: World, line: Line) -> None:
    """Two editors go through all texts, as they would on the staff pages."""
    home = Home.enter(world.place.survey)
    try:
        services, at = home.services(), home.now()
        texts = review.read(services, FIRST, actor="staff:erik", at=at)
        for text in texts:
            identifying = any(word in text.original for word in TELLING)
            proposal = Proposal(
                text=None if identifying else text.original, reason="Kinder" if identifying else ""
            )
            review.propose(
                services, text.comment_id, text.version, proposal, actor="staff:erik", at=at
            )
        agreed = [
            review.approve(
                services, comment.comment_id, comment.version, actor="staff:dilan", at=at
            )
            for comment in review.read(services, FIRST, actor="staff:dilan", at=at)
        ]
    finally:
        home.database.close()
    if set(agreed) - {"kept"}:
        raise DemoStopped("a text was not decided", outcomes=sorted(set(agreed)))
    line.say(f"{len(texts)} texts, each read by two people")


def report(world: World, line: Line) -> None:
    """Write the reports of the first wave: both editions, and one in English."""
    for edition, language in PAPERS:
        out = world.place.report(edition, language)
        words = ["--edition", edition, "--language", language, "--out", str(out), "--yes"]
        commands.survey(world.place, "report", SATISFACTION.name, "--wave", FIRST, *words)
    counts = (
        f"{edition} {language}: {letters_reader.pages(world.place.report(edition, language))} pages"
        for edition, language in PAPERS
    )
    line.say(", ".join(counts))


def _parts(minds: Sequence[Mind], count: int) -> list[Sequence[Mind]]:
    size = -(-len(minds) // count)
    return [minds[at : at + size] for at in range(0, len(minds), size)]


def _heard(line: Line, before: int, total: int) -> people.Heard:
    return lambda count: line.say(f"{before + count} of {total} people")


def _count_the_week(world: World, week: int) -> None:
    """Run the worker's weekly count, because the demo does not wait for a Monday."""
    home = Home.enter(world.place.survey)
    try:
        fieldwork.note(home.database, world.today + week * timedelta(days=7))
    finally:
        home.database.close()
