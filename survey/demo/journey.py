"""The journey in its order, every step by the real commands; each says what came of it."""

import re
from collections.abc import Callable, Iterator

import msgspec
import tomli_w
from msgspec import Struct

from survey.demo import checks, checks_answers, commands, export, homes, letters, opinions, people
from survey.demo.commands import Server
from survey.demo.errors import DemoStopped
from survey.demo.homes import FIRST, NAME, PROGRAMME, SECOND, TENANT, Lived, Place
from survey.demo.telling import Fact, Line
from survey.demo.world import OPEN, World
from survey.model.programmes import Body, Contact, Programme

HELP = Contact(
    name="Beratungsstelle Lotse (erfunden)",
    phone="0800 000 00 00",
    hours="Montag bis Freitag, 9 bis 15 Uhr",
    address="Lindenplatz 1, Musterstadt",
)
# What a letter needs to say; these bodies and offices are invented.
LETTER = {
    "house": NAME,
    "town": "Musterstadt",
    "sender": "Qualitätsmanagement",
    "co_signer": "Vorsitz des Personalrats",
    "return_line": "Postfach 00 00, 00010 Musterstadt",
    "help_name": HELP.name,
    "help_phone": HELP.phone,
    "help_hours": HELP.hours,
    "help_address": HELP.address,
}
SEED = 1816
SPARE_CODES = 12


class Step(Struct, frozen=True, kw_only=True):
    """What is done, and what must hold then."""

    title: str
    do: Callable[[World, Line], None]
    check: Callable[[World], Iterator[Fact]]


def _found_survey(world: World, line: Line) -> None:
    place = world.place
    words = ["--tenant", TENANT, "--name", NAME, "--base-url", place.base_url]
    contact = ["--help-name", HELP.name, "--help-phone", HELP.phone]
    commands.survey(place, "init", *words, *contact, "--demo")
    facts = Programme(
        programme_id=PROGRAMME,
        title="Wie ist das Jobcenter für Sie?",
        level="linked",
        purpose="Das Jobcenter soll sehen, was den Menschen hilft und was es besser machen muss.",
        controller=NAME,
        operator=Body(name="Rechenzentrum Musterland (erfunden)"),
        key_holder=Body(name="Hochschule Musterland, Institut für Statistik (erfunden)"),
        help=HELP,
        complaint="Ombudsstelle, Lindenplatz 3, Musterstadt (erfunden)",
        legal_basis="§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e DSGVO",
        privacy_officer="Datenschutz, Lindenplatz 2, Musterstadt (erfunden)",
        created_on=world.today,
    )
    file = place.own / "programme.toml"
    told = msgspec.to_builtins(facts, builtin_types=(type(world.today),))
    file.write_text(tomli_w.dumps(told), "utf-8")
    commands.survey(place, "programme", "create", str(file))
    commands.survey(place, "keys", "confirm", PROGRAMME)
    line.say("level linked, keys with another body")


def _found_connector(world: World, line: Line) -> None:
    place = world.place
    url = ["--server-url", place.base_url]
    commands.connector(place, "init", "--tenant", TENANT, *url, "--demo")
    commands.survey(place, "keys", "trust", str(place.connector / "public-keys.toml"))
    fingerprint = commands.survey(place, "keys", "fingerprint").text.strip()
    path = place.connector / "settings.toml"
    settings = msgspec.toml.decode(path.read_bytes(), type=dict[str, object])
    settings["evaluator_fingerprint"] = fingerprint
    path.write_text(tomli_w.dumps(settings | LETTER), "utf-8")
    line.say("fingerprints compared, both trust each other")


def _export(wave: str, cases: int) -> Callable[[World, Line], None]:
    def do(world: World, line: Line) -> None:
        path = world.place.export(wave)
        world.records[wave] = export.write(path, as_of=world.today, cases=cases)
        line.say(f"{world.records[wave]} records, 23 columns, Windows-1252, planted faults")

    return do


def _import(wave: str) -> Callable[[World, Line], None]:
    def do(world: World, line: Line) -> None:
        said = _imported(world, wave)
        world.imported[wave] = said.text
        taken = re.search(r"(\d+) Fälle übernommen: (\d+) neu", said.text)
        refused = re.search(r"(\d+) Datensätze zurückgewiesen, (\d+) ausg", said.text)
        if not taken or not refused:
            raise DemoStopped("the import says nothing that can be understood", said=said.text)
        line.say(
            f"{taken[1]} cases ({taken[2]} new), {refused[1]} rows refused, {refused[2]} excl."
        )

    return do


def _imported(world: World, wave: str) -> commands.Said:
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


def _serve(world: World, line: Line) -> None:
    world.server.start()
    line.say(world.place.base_url)


def _sample(wave: str, number: int) -> Callable[[World, Line], None]:
    def do(world: World, line: Line) -> None:
        place = world.place
        days = ["--opens", world.today.isoformat(), "--closes", world.closes_on(wave).isoformat()]
        about = ["--programme", PROGRAMME, "--number", str(number)]
        commands.survey(place, "wave", "create", wave, *about, *days)
        invited = commands.connector(place, "invite", wave).text.splitlines()[0]
        commands.connector(place, "push")
        line.say(invited.removesuffix("."))

    return do


def _print(wave: str, *, reminders: bool) -> Callable[[World, Line], None]:
    def do(world: World, line: Line) -> None:
        place = world.place
        source = ["--source", str(place.export(wave)), "--mapping", str(place.mapping)]
        out = ["--out", str(place.letters(wave))]
        if reminders:
            out += ["--reminders", str(place.reminders(wave))]
        commands.connector(place, "letters", wave, *source, *out)
        world.letters[wave] = letters.read(place.letters(wave))
        more = ", as many reminders" if reminders else ""
        line.say(f"{len(world.letters[wave])} letters{more}")

    return do


def _post(wave: str) -> Callable[[World, Line], None]:
    def do(world: World, line: Line) -> None:
        place = world.place
        place.posted(wave).write_bytes(place.letters(wave).read_bytes())
        commands.connector(place, "letters", wave, "--finish")
        commands.survey(place, "wave", "open", wave)
        line.say("key of the codes destroyed, then opened")

    return do


def _answer(world: World, line: Line) -> None:
    known = export.addressees(world.place.export(FIRST))
    posted = [(known.get((each.name, each.street)), each.code) for each in world.letters[FIRST]]
    invited = [(person, code) for person, code in posted if person]
    minds = opinions.minds(invited, SEED)

    def heard(count: int) -> None:
        line.say(f"{count} of {len(minds)} people")

    world.done = people.answer(world.place.base_url, minds, heard)
    went = world.counted()
    line.say(
        f"{len(minds)} of {len(invited)} people, {sum(each.pages for each in world.done)} pages: "
        f"{went['send']} sent, {went['erase']} sent and erased, {went['leave'] + went['stop']} not"
    )


def _close(world: World, line: Line) -> None:
    commands.survey(world.place, "wave", "close", FIRST, "--yes")
    line.say("codes stop, drafts and invitations are gone")


def _report(world: World, line: Line) -> None:
    out = world.place.report
    commands.survey(world.place, "report", "satisfaction", "--wave", FIRST, "--out", str(out))
    line.say(f"{letters.pages(out)} pages, PDF/A-3a and PDF/UA-1")


def _remember(world: World, line: Line) -> None:
    codes = tuple(each.code for each in world.letters[SECOND][:SPARE_CODES])
    lived = Lived(port=world.place.port, closes_on=world.closes_on(SECOND), codes=codes)
    homes.save(world.place, lived)
    line.say(f"wave {SECOND} is open until {world.closes_on(SECOND)}")


STEPS: tuple[Step, ...] = (
    Step(title="Survey server: home, programme, keys", do=_found_survey, check=checks.keys),
    Step(title="Connector: home, keys, trust", do=_found_connector, check=checks.trust),
    Step(title="Server starts", do=_serve, check=checks.pages),
    Step(
        title="Export is made up", do=_export(FIRST, export.EARLIER), check=checks.export_of(FIRST)
    ),
    Step(title="Import", do=_import(FIRST), check=checks.import_of(FIRST)),
    Step(title="Wave 1: sample, push", do=_sample(FIRST, 1), check=checks.sample_of(FIRST)),
    Step(
        title="Wave 1: letters", do=_print(FIRST, reminders=False), check=checks.letters_of(FIRST)
    ),
    Step(title="Wave 1: finish, open", do=_post(FIRST), check=checks.opened(FIRST)),
    Step(title="People answer", do=_answer, check=checks_answers.answers),
    Step(title="Wave 1: close", do=_close, check=checks_answers.closed),
    Step(title="Report", do=_report, check=checks_answers.report),
    Step(title="Later export", do=_export(SECOND, export.EPISODES), check=checks.export_of(SECOND)),
    Step(title="Import", do=_import(SECOND), check=checks.import_of(SECOND)),
    Step(title="Wave 2: sample, push", do=_sample(SECOND, 2), check=checks.sample_of(SECOND)),
    Step(
        title="Wave 2: letters", do=_print(SECOND, reminders=True), check=checks.letters_of(SECOND)
    ),
    Step(title="Wave 2: finish, open", do=_post(SECOND), check=checks.opened(SECOND)),
    Step(title="Ready", do=_remember, check=checks_answers.ready),
)

# What can be verified of a demo that was lived before.
STANDING: tuple[tuple[str, checks.Check], ...] = (
    ("Keys", checks.keys),
    ("Trust", checks.trust),
    ("Pages", checks.pages),
    ("Report", checks_answers.report_is_whole),
    ("Wave 2", checks.opened(SECOND)),
    ("Questions", checks_answers.ready),
)


def standing(place: Place, server: Server, before: Lived, code: str) -> World:
    """The world as an earlier demo left it; `code` is still unused."""
    world = World(place=place, server=server, today=before.closes_on - OPEN[SECOND])
    posted = letters.read(place.posted(SECOND))
    world.letters[SECOND] = [each for each in posted if each.code == code]
    return world
