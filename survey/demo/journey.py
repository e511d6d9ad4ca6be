"""The steps of the demo in their order, all by the real commands; each says what came of it."""

from collections.abc import Callable

from msgspec import Struct

from survey.demo import export, first_wave, foundation, invitations, letters_reader, releases
from survey.demo.commands import Server
from survey.demo.homes import FIRST, SECOND, Lived, Place
from survey.demo.progress import Line
from survey.demo.world import OPEN, World


class Step(Struct, frozen=True, kw_only=True):
    """One step of the demo; `name` is for whoever verifies what must hold after it."""

    name: str
    title: str
    do: Callable[[World, Line], None]


def _serve(world: World, line: Line) -> None:
    world.server.start()
    line.say(f"{world.place.base_url}, staff {world.place.staff_url}")


STEPS: tuple[Step, ...] = (
    Step(name="survey", title="Survey server: home, programme, keys", do=foundation.found_survey),
    Step(name="connector", title="Connector: home, keys, trust", do=foundation.found_connector),
    Step(name="staff", title="Logins of staff", do=foundation.give_logins),
    Step(name="serve", title="Server starts", do=_serve),
    Step(
        name="export", title="Export is made up", do=invitations.make_export(FIRST, export.EARLIER)
    ),
    Step(name="import", title="Import", do=invitations.take_import(FIRST)),
    Step(name="sample", title="Wave 1: sample, push", do=invitations.draw_sample(FIRST, 1)),
    Step(
        name="letters",
        title="Wave 1: letters",
        do=invitations.print_letters(FIRST, reminders=False),
    ),
    Step(name="open", title="Wave 1: finish, open", do=invitations.post_letters(FIRST)),
    Step(name="device", title="Device in the entrance", do=foundation.place_device),
    # Before the weeks of both waves are counted.
    Step(name="visits", title="People come by", do=first_wave.come_by),
    Step(name="answers", title="People answer", do=first_wave.answer),
    Step(name="close", title="Wave 1: close", do=first_wave.close),
    Step(name="texts", title="Texts are read by two", do=first_wave.redact),
    Step(name="reports", title="Reports", do=first_wave.report),
    Step(
        name="later-export",
        title="Later export",
        do=invitations.make_export(SECOND, export.EPISODES),
    ),
    Step(name="later-import", title="Import", do=invitations.take_import(SECOND)),
    Step(name="later-sample", title="Wave 2: sample, push", do=invitations.draw_sample(SECOND, 2)),
    Step(
        name="later-letters",
        title="Wave 2: letters",
        do=invitations.print_letters(SECOND, reminders=True),
    ),
    Step(name="later-open", title="Wave 2: finish, open", do=invitations.post_letters(SECOND)),
    Step(name="later-device", title="Next device in the entrance", do=foundation.place_next_device),
    Step(name="later-answers", title="The first of wave 2 answer", do=releases.answer),
    Step(name="hand-over", title="What they show is handed over", do=releases.hand_over),
    Step(name="case-managers", title="Logins of case managers", do=releases.give_logins),
    Step(name="cases", title="Case pages start", do=releases.serve),
    Step(name="ready", title="Ready", do=releases.remember),
)


def standing(place: Place, server: Server, cases: Server, before: Lived, code: str) -> World:
    """The world as an earlier demo left it; `code` is still unused."""
    world = World(place=place, server=server, cases=cases, today=before.closes_on - OPEN[SECOND])
    posted = letters_reader.read(place.posted(SECOND))
    world.letters[SECOND] = [letter for letter in posted if letter.code == code]
    world.passwords, world.signs, world.token = before.passwords, before.signs, before.token
    return world
