"""The two zones come into being: homes, keys, trust, logins, a device in the entrance."""

from pathlib import Path

import msgspec
import tomli_w

from survey.demo import commands
from survey.demo.homes import (
    DEVICE,
    KIOSK,
    NAME,
    OPEN_DEVICE,
    OPEN_KIOSK,
    PROGRAMME,
    TENANT,
    TITLES,
)
from survey.demo.progress import Line
from survey.demo.world import World
from survey.model.programmes import GERMAN, Body, Contact, Programme

HELP = Contact(
    name="Beratungsstelle Lotse",
    phone="0800 000 00 00",
    hours={
        "de": "Montag bis Freitag, 9 bis 15 Uhr",
        "de-simple": "Montag bis Freitag von 9 bis 15 Uhr",
        "en": "Monday to Friday, 9 am to 3 pm",
        "ar": "من الاثنين إلى الجمعة، من الساعة 9 إلى 15",
    },
    address="Lindenplatz 1, Musterstadt",
)
BARRIERS = "barriere@musterstadt.example"
PURPOSE = {
    "de": "Das Jobcenter soll sehen, was den Menschen hilft und was es besser machen muss.",
    "de-simple": "Das Job-Center soll wissen, was den Menschen hilft. Und was besser werden muss.",
    "en": "The Jobcenter is to see what helps people and what it has to do better.",
    "ar": "ليرى الجوب سنتر ما الذي يساعد الناس وما الذي يجب أن يحسّنه.",
}
LEGAL_BASIS = {
    "de": "§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e DSGVO",
    "de-simple": "Ein Gesetz erlaubt diese Befragung: § 67c SGB X, Absatz 4, und Artikel 6 DSGVO",
}
# What a letter needs to say; these bodies and offices are invented.
LETTER = {
    "house": NAME,
    "town": "Musterstadt",
    "sender": "Dilan Beispiel, Qualitätsmanagement",
    "co_signer": "Rosa Muster, Vorsitz des Personalrats",
    "return_line": "Postfach 00 00, 00010 Musterstadt",
    "help_name": HELP.name,
    "help_phone": HELP.phone,
    "help_hours": HELP.hours_in(GERMAN).text,
    "help_address": HELP.address,
}


# Who works at the survey server, and with what rights; two people decide on every text.
STAFF = {
    "dilan": ("quality_manager", "editor"),
    "erik": ("editor",),
    "frieda": ("privacy_officer",),
    "gerd": ("administrator",),
}


def found_survey(world: World, line: Line) -> None:
    """The survey server's home, its programme, its keys."""
    place = world.place
    words = ["--tenant", TENANT, "--name", NAME, "--base-url", place.base_url]
    contact = ["--help-name", HELP.name, "--help-phone", HELP.phone]
    contact += ["--barrier-address", BARRIERS]
    commands.survey(place, "init", *words, *contact, "--demo")
    _set(place.survey, staff_port=place.staff_port, staff_url=place.staff_url)
    facts = Programme(
        programme_id=PROGRAMME,
        title="Wie ist das Jobcenter für Sie?",
        level="released",
        purpose=PURPOSE,
        controller=NAME,
        operator=Body(name="Rechenzentrum Musterland"),
        key_holder=Body(name="Hochschule Musterland, Institut für Statistik"),
        help=HELP,
        complaint="Ombudsstelle, Lindenplatz 3, Musterstadt",
        legal_basis=LEGAL_BASIS,
        privacy_officer="Datenschutz, Lindenplatz 2, Musterstadt",
        created_on=world.today,
    )
    file = place.own / "programme.toml"
    content = msgspec.to_builtins(facts, builtin_types=(type(world.today),))
    file.write_text(tomli_w.dumps(content), "utf-8")
    commands.survey(place, "programme", "create", str(file))
    commands.survey(place, "keys", "confirm", PROGRAMME, "--yes")
    line.say("level released, keys with another body")


def found_connector(world: World, line: Line) -> None:
    """The connector's home, and that both trust each other."""
    place = world.place
    words = ["--tenant", TENANT, "--server-url", place.base_url]
    commands.connector(place, "init", *words, "--demo")
    commands.survey(place, "keys", "trust", str(place.connector / "public-keys.toml"))
    outputs = {
        "evaluator_fingerprint": commands.survey(place, "keys", "fingerprint"),
        "server_fingerprint": commands.survey(place, "keys", "fingerprint", "--server"),
    }
    compared = {name: output.text.strip() for name, output in outputs.items()}
    url = place.cases_url
    _set(place.connector, **compared, base_url=url, barrier_address=BARRIERS, **LETTER)
    line.say("fingerprints compared, both trust each other")


def give_logins(world: World, line: Line) -> None:
    """Accounts of the staff pages, with passwords made for this demo."""
    for login, roles in STAFF.items():
        rights = [word for role in roles for word in ("--role", role)]
        output = commands.survey(world.place, "account", "add", login, *rights, "--generate")
        world.passwords[login] = password(output)
    line.say(", ".join(STAFF))


def place_device(world: World, line: Line) -> None:
    """A wave without letters, and a device for it."""
    _place_device(world, KIOSK, 101, DEVICE)
    line.say("one token, shown this once")


def place_next_device(world: World, line: Line) -> None:
    """The device goes on asking beside the second wave; the first one's token has ended with it."""
    _place_device(world, OPEN_KIOSK, 102, OPEN_DEVICE)
    line.say("a wave of its own, open to whoever tries the demo")


def _place_device(world: World, wave: str, number: int, device: str) -> None:
    place = world.place
    days = ["--opens", world.today.isoformat(), "--closes", world.closes_on(wave).isoformat()]
    about = ["--programme", PROGRAMME, "--number", str(number), "--form", "kiosk"]
    about += ["--title", TITLES.get(wave, "")]
    commands.survey(place, "wave", "create", wave, *about, *days)
    commands.survey(place, "wave", "open", wave, "--yes")
    words = ["--wave", wave, "--place", "Eingang"]
    output = commands.survey(place, "kiosk", "add", device, *words).text.splitlines()
    world.token = output[0].split()[-1]


def password(output: commands.CommandOutput) -> str:
    """The password that `account add --generate` printed."""
    return next(line.split()[-1] for line in output.text.splitlines() if "assword" in line)


def _set(home: Path, **values: object) -> None:
    """Change settings as somebody does with an editor."""
    path = home / "settings.toml"
    settings = msgspec.toml.decode(path.read_bytes(), type=dict[str, object])
    path.write_text(tomli_w.dumps(settings | values), "utf-8")
