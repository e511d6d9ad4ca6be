"""From an export to letters in the post: what the jobcenter does before each wave."""

import re
from collections.abc import Callable

from survey.demo import commands, export, letters_reader
from survey.demo.errors import DemoStopped
from survey.demo.homes import PROGRAMME, TITLES
from survey.demo.progress import Line
from survey.demo.world import World

Do = Callable[[World, Line], None]


def make_export(wave: str, cases: int) -> Do:
    """A list as a case-management system writes it."""

    def do(world: World, line: Line) -> None:
        path = world.place.export(wave)
        world.records[wave] = export.write(path, as_of=world.today, cases=cases)
        line.say(f"{world.records[wave]} records, 23 columns, Windows-1252, planted faults")

    return do


def take_import(wave: str) -> Do:
    """Run the import of an export, and check its counts."""

    def do(world: World, line: Line) -> None:
        output = _imported(world, wave)
        world.imported[wave] = output.text
        taken = re.search(r"(\d+) Fälle übernommen: (\d+) neu", output.text)
        refused = re.search(r"(\d+) Datensätze zurückgewiesen, (\d+) ausg", output.text)
        if not taken or not refused:
            raise DemoStopped("the import says nothing that can be understood", said=output.text)
        line.say(
            f"{taken[1]} cases ({taken[2]} new), {refused[1]} rows refused, {refused[2]} excl."
        )

    return do


def _imported(world: World, wave: str) -> commands.CommandOutput:
    place = world.place
    return commands.connector(
        place,
        "import",
        str(place.export(wave)),
        *("--mapping", str(place.mapping)),
        *("--as-of", world.today.isoformat()),
        *("--report", str(place.findings(wave))),
        fine=(0, 1),
    )


def draw_sample(wave: str, number: int) -> Do:
    """A wave, its sample, and the batch on the server."""

    def do(world: World, line: Line) -> None:
        place = world.place
        days = ["--opens", world.today.isoformat(), "--closes", world.closes_on(wave).isoformat()]
        about = ["--programme", PROGRAMME, "--number", str(number)]
        about += ["--title", TITLES.get(wave, "")]
        commands.survey(place, "wave", "create", wave, *about, *days)
        invited = commands.connector(place, "invite", wave, "--yes").text.splitlines()[0]
        commands.connector(place, "push")
        line.say(invited.removesuffix("."))

    return do


def print_letters(wave: str, *, reminders: bool) -> Do:
    """A page for everybody in the sample."""

    def do(world: World, line: Line) -> None:
        place = world.place
        source = ["--source", str(place.export(wave)), "--mapping", str(place.mapping)]
        out = ["--out", str(place.letters(wave))]
        if reminders:
            out += ["--reminders", str(place.reminders(wave))]
        commands.connector(place, "letters", wave, *source, *out)
        world.letters[wave] = letters_reader.read(place.letters(wave))
        more = ", as many reminders" if reminders else ""
        line.say(f"{len(world.letters[wave])} letters{more}")

    return do


def post_letters(wave: str) -> Do:
    """Post the letters, destroy the key of the codes, open the wave."""

    def do(world: World, line: Line) -> None:
        place = world.place
        place.posted(wave).write_bytes(place.letters(wave).read_bytes())
        commands.connector(place, "letters", wave, "--finish", "--yes")
        commands.survey(place, "wave", "open", wave, "--yes")
        line.say("key of the codes destroyed, then opened")

    return do
