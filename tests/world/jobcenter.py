"""A synthetic jobcenter with both its zones: homes, keys apart, import, draw, push, an open wave.

Everything is made by the real commands and actions; only the PDF of the letters is a list of codes,
which the attacker has copied before `letters --finish` destroyed what made them.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import msgspec
import uvicorn
from click.testing import CliRunner
from litestar import Litestar
from msgspec import Struct

from connector import settings as office_settings
from connector.cli.main import main as connector
from connector.imports.pseudonyms import case_index
from connector.state import database as office_database
from connector.state import invitations, letter_files, links, print_runs
from connector.state.letter_files import LetterFile
from survey import clock
from survey import settings as settings_file
from survey.app import create_app
from survey.cli.main import main as survey
from survey.form.load import Published
from survey.home import HOUSE_KEYS, Home, Services
from survey.linkage import codes, keys
from survey.linkage.drafts import Session
from survey.model.programmes import Level
from survey.paths import ROOT
from survey.settings import Settings
from tests.facts import filled
from tests.world import people, plans
from tests.world.people import Person
from tests.world.plans import Plan

MAPPING = ROOT / "connector" / "mappings" / "fallmanagement.toml"
PROGRAMME = "zufriedenheit"
WAVE = "w1"
SYSTEM = "fallmanagement"
BASE = "http://testserver.local"


class Invited(Struct, frozen=True, kw_only=True):
    """Somebody with a letter, as the jobcenter knows her."""

    person: Person
    pseudonym: bytes
    code: str
    unit_id: str
    cell: str
    plan: Plan


class Jobcenter(Struct, kw_only=True, dict=True):
    """The homes of one jobcenter; `invited` in the order of the export, Amira first."""

    folder: Path
    seed: int
    people: list[Person]
    level: Level = "linked"
    invited: list[Invited] = []
    letters: bytes = b""
    printed: list[str] = []

    @property
    def server(self) -> Path:
        return self.folder / "server"

    @property
    def server_keys(self) -> Path:
        return self.folder / "server-keys"

    @property
    def evaluator_keys(self) -> Path:
        return self.folder / "evaluator-keys"

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def amira(self) -> Invited:
        return self.invited[0]

    @property
    def participants(self) -> list[Invited]:
        return [one for one in self.invited if one.plan.takes_part]

    @cached_property
    def published(self) -> Published:
        return plans.published()

    @cached_property
    def home(self) -> Home:
        return Home.enter(self.server)

    @cached_property
    def services(self) -> Services:
        return self.home.services()

    def app(self) -> Litestar:
        return create_app(Home.enter(self.server))

    def survey(self, *args: str) -> str:
        """Run `survey` in this world; gives what it printed."""
        return self._heard(_run(survey, "--home", str(self.server), *args))

    def connector(self, *args: str) -> str:
        """Run `connector` in this world; gives what it printed."""
        return self._heard(_run(connector, "--home", str(self.office), *args))

    def _heard(self, said: str) -> str:
        self.printed.append(said)
        return said


def build(
    folder: Path,
    *,
    count: int = 600,
    seed: int = 7,
    share: float = plans.SHARE,
    level: Level = "linked",
) -> Jobcenter:
    """The world up to its open wave; nobody has answered yet."""
    known = people.people(count, seed=seed)
    world = Jobcenter(folder=folder, seed=seed, people=known, level=level)
    _server(world)
    _office(world)
    with serving(world) as address:
        _address(world, address)
        world.connector("invite", WAVE, "--as-of", people.AS_OF.isoformat(), "--yes")
        world.connector("push")
        world.invited = _invited(world, share)
        _print_letters(world)
        world.connector("letters", WAVE, "--finish", "--yes")
    world.survey("wave", "open", WAVE, "--yes")
    return world


def again(world: Jobcenter, folder: Path) -> Jobcenter:
    """The same world at another place, its files as they are: two worlds that can part."""
    twin = Jobcenter(
        folder=folder,
        seed=world.seed,
        people=world.people,
        level=world.level,
        invited=world.invited,
        letters=world.letters,
    )
    world.home.database.truncate_wal()
    for path in world.folder.rglob("*"):
        if path.is_file() and not path.name.endswith(("-wal", "-shm")):
            copy = folder / path.relative_to(world.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    told = settings_file.load(twin.server, Settings, prefix="NO_")
    (twin.server / settings_file.FILE).unlink()
    settings_file.write(twin.server, _moved(twin, told))
    return twin


def _moved(world: Jobcenter, told: Settings) -> Settings:
    return msgspec.structs.replace(
        told, server_keys=str(world.server_keys), evaluator_keys=str(world.evaluator_keys)
    )


def _server(world: Jobcenter) -> None:
    world.survey(
        "init", "--tenant", "musterstadt", "--name", "Jobcenter Musterstadt", "--base-url", BASE,
        "--help-name", "Beratungsstelle", "--help-phone", "0800 000 00 00",
        "--barrier-address", "barriere@musterstadt.example",
    )  # fmt: skip
    told = settings_file.load(world.server, Settings, prefix="NO_")
    (world.server / settings_file.FILE).unlink()
    settings_file.write(world.server, _moved(world, told))
    shutil.rmtree(world.server / "keys")
    keys.create(world.evaluator_keys / HOUSE_KEYS, keys.EVALUATOR_HOUSE)
    keys.create(world.server_keys / HOUSE_KEYS, keys.SERVER_HOUSE)
    facts = world.folder / "programme.toml"
    example = world.survey("programme", "example")
    facts.write_text(
        filled(example).replace('level = "linked"', f'level = "{world.level}"'), "utf-8"
    )
    world.survey("programme", "create", str(facts))
    world.survey("keys", "confirm", PROGRAMME, "--yes")
    opens, closes = clock.today() - timedelta(days=1), clock.today() + timedelta(days=30)
    world.survey(
        "wave", "create", WAVE, "--programme", PROGRAMME, "--number", "1",
        "--opens", opens.isoformat(), "--closes", closes.isoformat(),
    )  # fmt: skip


def _office(world: Jobcenter) -> None:
    world.connector("init", "--tenant", "musterstadt")
    _address(world, "http://127.0.0.1:1")
    world.survey("keys", "trust", str(world.office / "public-keys.toml"))
    export = world.folder / "export.csv"
    export.write_bytes(people.export(world.people))
    world.connector(
        "import", str(export), "--mapping", str(MAPPING), "--as-of", people.AS_OF.isoformat()
    )
    export.unlink()


def _address(world: Jobcenter, address: str) -> None:
    path = world.office / settings_file.FILE
    told = settings_file.load(world.office, office_settings.Settings, prefix="NO_")
    path.unlink()
    settings_file.write(
        world.office,
        msgspec.structs.replace(
            told,
            server_url=address,
            evaluator_fingerprint=world.survey("keys", "fingerprint").strip(),
            server_fingerprint=world.survey("keys", "fingerprint", "--server").strip(),
        ),
    )


def _invited(world: Jobcenter, share: float) -> list[Invited]:
    """Everything the jobcenter can know of its sample before the print key is gone."""
    here = office_settings.read(world.office)
    state = office_database.opened(here.database, tenant="musterstadt")
    index = keys.read(here.keys, "index")
    places = {}
    with state.read() as tx:
        known = links.of_programme(tx, PROGRAMME)
        for run in print_runs.of_wave(tx, WAVE):
            key = keys.read(here.print_keys, run.print_run_id)
            for place in _places(tx, run.print_run_id):
                places[place.case_index] = (place, codes.derive(key, place.number))
    state.close()
    found = []
    for number, person in enumerate(world.people):
        case = case_index(index, SYSTEM, person.case_number)
        if case in places:
            place, code = places[case]
            plan = plans.plan(world.published, number, seed=world.seed, share=share)
            found.append(
                Invited(
                    person=person,
                    pseudonym=known[case],
                    code=code,
                    unit_id=place.unit_id,
                    cell=place.cell,
                    plan=msgspec.structs.replace(plan, takes_part=True) if number == 0 else plan,
                )
            )
    return found


def _places(tx, print_run_id: str) -> list[invitations.Invitation]:
    return tx.all(
        """
        SELECT print_run_id, number, wave_id, case_index, unit_id, cell FROM invitation
        WHERE tenant = :tenant AND print_run_id = :run
        """,
        {"run": print_run_id},
        into=invitations.Invitation,
    )


def _print_letters(world: Jobcenter) -> None:
    path = (world.folder / "letters.pdf").absolute()
    world.letters = "\n".join(
        f"{one.person.family_name} {one.code}" for one in world.invited
    ).encode()
    here = office_settings.read(world.office)
    state = office_database.opened(here.database, tenant="musterstadt")
    with state.write() as tx:
        letter_files.keep(tx, LetterFile(wave_id=WAVE, path=str(path)))
    path.write_bytes(world.letters)
    state.close()


@contextmanager
def serving(world: Jobcenter) -> Iterator[str]:
    """The survey server on a free port, in a thread, as `survey serve` would start it."""
    config = uvicorn.Config(
        world.app(), host="127.0.0.1", port=0, access_log=False, log_config=None, date_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def session(secret: bytes) -> Session:
    """The session of this secret, on no device."""
    return Session(programme_id=PROGRAMME, secret=secret, device=bytes(16))


def _run(command, *args: str) -> str:
    ran = CliRunner().invoke(command, list(args))
    if ran.exit_code != 0:
        raise AssertionError(f"{args}: {ran.output}") from ran.exception
    return ran.output
