"""The journey in its order, every step by the real commands; each says what came of it."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from survey.demo import (
    asking,
    checks,
    checks_answers,
    checks_cases,
    checks_staff,
    export,
    founding,
    inviting,
    letters_reader,
    showing,
)
from survey.demo.commands import Server
from survey.demo.homes import FIRST, SECOND, Lived, Place
from survey.demo.progress import Fact, Line
from survey.demo.world import OPEN, World


class Step(Struct, frozen=True, kw_only=True):
    """What is done, and what must hold then."""

    title: str
    do: Callable[[World, Line], None]
    check: Callable[[World], Iterator[Fact]]


def _serve(world: World, line: Line) -> None:
    world.server.start()
    line.say(f"{world.place.base_url}, staff {world.place.staff_url}")


STEPS: tuple[Step, ...] = (
    Step(title="Survey server: home, programme, keys", do=founding.found_survey, check=checks.keys),
    Step(title="Connector: home, keys, trust", do=founding.found_connector, check=checks.trust),
    Step(title="Logins of staff", do=founding.give_logins, check=checks_staff.accounts),
    Step(title="Server starts", do=_serve, check=checks.pages),
    Step(
        title="Export is made up",
        do=inviting.make_export(FIRST, export.EARLIER),
        check=checks.export_of(FIRST),
    ),
    Step(title="Import", do=inviting.take_import(FIRST), check=checks.import_of(FIRST)),
    Step(
        title="Wave 1: sample, push",
        do=inviting.draw_sample(FIRST, 1),
        check=checks.sample_of(FIRST),
    ),
    Step(
        title="Wave 1: letters",
        do=inviting.print_letters(FIRST, reminders=False),
        check=checks.letters_of(FIRST),
    ),
    Step(title="Wave 1: finish, open", do=inviting.post_letters(FIRST), check=checks.opened(FIRST)),
    Step(title="Device in the entrance", do=founding.place_device, check=checks_staff.device),
    # Before the weeks of both waves are counted.
    Step(title="People come by", do=asking.come_by, check=checks_staff.visited),
    Step(title="People answer", do=asking.answer, check=checks_answers.answers),
    Step(title="Wave 1: close", do=asking.close, check=checks_answers.closed),
    Step(title="Texts are read by two", do=asking.redact, check=checks_staff.redacted),
    Step(title="Reports", do=asking.report, check=checks_answers.report),
    Step(
        title="Later export",
        do=inviting.make_export(SECOND, export.EPISODES),
        check=checks.export_of(SECOND),
    ),
    Step(title="Import", do=inviting.take_import(SECOND), check=checks.import_of(SECOND)),
    Step(
        title="Wave 2: sample, push",
        do=inviting.draw_sample(SECOND, 2),
        check=checks.sample_of(SECOND),
    ),
    Step(
        title="Wave 2: letters",
        do=inviting.print_letters(SECOND, reminders=True),
        check=checks.letters_of(SECOND),
    ),
    Step(
        title="Wave 2: finish, open", do=inviting.post_letters(SECOND), check=checks.opened(SECOND)
    ),
    Step(
        title="Next device in the entrance",
        do=founding.place_next_device,
        check=checks_staff.next_device,
    ),
    Step(title="The first of wave 2 answer", do=showing.answer, check=checks_staff.watched),
    Step(title="What they show is handed over", do=showing.hand_over, check=checks_cases.sealed),
    Step(title="Logins of case managers", do=showing.give_logins, check=checks_cases.accounts),
    Step(title="Case pages start", do=showing.serve, check=checks_cases.shown),
    Step(title="Ready", do=showing.remember, check=checks_answers.ready),
)

# What can be verified of a demo that was lived before.
STANDING: tuple[tuple[str, checks.Check], ...] = (
    ("Keys", checks.keys),
    ("Trust", checks.trust),
    ("Pages", checks.pages),
    ("Staff pages", checks_staff.accounts),
    ("Reports", checks_answers.report_is_whole),
    ("Wave 2", checks.opened(SECOND)),
    ("Case pages", checks_cases.shown),
    ("Questions", checks_answers.ready),
)


def standing(place: Place, server: Server, cases: Server, before: Lived, code: str) -> World:
    """The world as an earlier demo left it; `code` is still unused."""
    world = World(place=place, server=server, cases=cases, today=before.closes_on - OPEN[SECOND])
    posted = letters_reader.read(place.posted(SECOND))
    world.letters[SECOND] = [each for each in posted if each.code == code]
    world.passwords, world.signs, world.token = before.passwords, before.signs, before.token
    return world
