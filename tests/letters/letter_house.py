"""A connector home with four invited people, imported from an export as a jobcenter would."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from connector.imports import mapping, pseudonyms, run
from connector.imports.outcome import ImportRequest
from connector.letters import print_run
from connector.letters.print_run import PrintRequest
from connector.settings import Home, Settings
from connector.state import database, invitations, letter_files, print_runs, waves
from connector.state.invitations import Invitation
from connector.state.letter_files import LetterFile
from connector.state.print_runs import PrintRun
from survey.engine.sqlite import SqliteDatabase
from survey.linkage import codes, keys
from survey.model.assurances import Assurances
from survey.model.exchange import InvitedUnit, LetterFacts, WaveOffer
from survey.model.programmes import Custody

TODAY = date(2026, 11, 2)
WAVE = "wave-1"
RUN = "run-1"
HEADER = (
    "Aktenzeichen;Kundennummer;Name;Vorname;Geburtsdatum;Anrede;Straße;PLZ;Ort;Sprache;Fallart;"
    "Zugang am;Beendet am;Beendigungsgrund;Team;Fallmanager/in (Kürzel);Anzahl Hemmnisse;Maßnahme;"
    "Auskunftssperre"
)
PEOPLE = {
    "FM-1": "FM-1;C1;Beispiel;Amira;01.02.1990;Frau;Beispielweg 12;12345;Musterstadt;ara",
    "FM-2": "FM-2;C2;Probe;Emil;01.02.1990;Herr;Am Testberg 3;12345;Musterstadt;deu",
    "FM-3": "FM-3;C3;Entwurf;Ida;01.02.1990;;Musterallee 7;12347;Musterstadt;eng",
    "FM-4": "FM-4;C4;Vorlage;Ole;01.02.1990;Herr;Skizzenpfad 1;12349;Musterstadt;tur",
}
CASE = "Fallmanagement;01.03.2026;;;FM 1;B1;3;;N"
ASSURED = Assurances(
    custody=Custody(
        controller="Jobcenter Musterstadt",
        operator="Statistikamt Musterland",
        key_holder="Hochschule Musterstadt",
        operator_is_jobcenter=False,
        key_holder_is_jobcenter=False,
    ),
    k=10,
    texts_until=date(2026, 12, 4),
)
TOLD = LetterFacts(
    controller="Jobcenter Musterstadt",
    operator="Statistikamt Musterland",
    key_holder="Hochschule Musterstadt",
    jobcenter_cannot_look=True,
    legal_basis="§ 67c Abs. 4 SGB X, Art. 6 Abs. 1 Buchst. e DSGVO",
    privacy_officer="Rathausplatz 1, 12345 Musterstadt",
    complaint="Datenschutzaufsicht Musterland",
    k=10,
    assured=ASSURED,
)
OFFER = WaveOffer(
    programme_id="programme",
    programme_title="Befragung",
    level="linked",
    wave_id=WAVE,
    number=1,
    form_id="satisfaction",
    opens_on=date(2026, 11, 9),
    closes_on=date(2026, 12, 4),
    state="sampled",
    k_up=20,
    evaluator_key=bytes(32),
    told=TOLD,
)


class House(Struct):
    """What a test needs of a connector."""

    home: Home
    state: SqliteDatabase
    export: Path
    loaded: mapping.Loaded

    def out(self, name: str = "letters.pdf") -> Path:
        return self.home.directory / name


def export(path: Path, rows: dict[str, str], *, encoding: str = "cp1252") -> Path:
    lines = [HEADER, *(f"{row};{CASE}" for row in rows.values())]
    path.write_text("\r\n".join(lines) + "\r\n", encoding=encoding)
    return path


def made(directory: Path) -> House:
    """A home below `directory` whose sample is drawn."""
    settings = Settings(
        tenant="musterstadt",
        survey_url="https://befragung.musterstadt.test",
        house="Jobcenter Musterstadt",
        town="Musterstadt",
        sender="Dilan Beispiel, Qualitätsmanagement",
        co_signer="Rosa Muster, Ombudsstelle der Stadt Musterstadt",
        return_line="Postfach 00 00, 12345 Musterstadt",
        help_name="Unabhängige Sozialberatung Musterstadt",
        help_phone="0800 000 00 00",
    )
    home = Home(directory=directory, settings=settings)
    keys.create(home.keys, keys.CONNECTOR)
    keys.create(home.print_keys, {RUN: "makes the codes of one print run"})
    state = database.made(home.database, tenant=settings.tenant)
    loaded = mapping.load(mapping.SHIPPED / "fallmanagement.toml")
    file = export(directory / "export.csv", PEOPLE)
    request = ImportRequest(
        source=loaded.mapping.source(file), loaded=loaded, as_of=TODAY, today=TODAY
    )
    outcome = run.take(state, pseudonyms.read_keys(home.keys), request)
    assert outcome.status == 0, outcome.found
    _invite(home, state)
    return House(home, state, file, loaded)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    home = made(tmp_path)
    yield home
    home.state.close()


@pytest.fixture
def posted(printed: House, tmp_path: Path) -> Iterator[House]:
    """A house of one's own with the same letters and reminders printed."""
    printed.state.truncate_wal()
    shutil.copytree(printed.home.directory, tmp_path, dirs_exist_ok=True)
    home = Home(directory=tmp_path, settings=printed.home.settings)
    state = database.opened(home.database, tenant=home.settings.tenant)
    house = House(home, state, tmp_path / printed.export.name, printed.loaded)
    with state.write() as tx:
        for file in letter_files.of_wave(tx, WAVE):
            path = Path(file.path)
            letter_files.forget(tx, file)
            letter_files.keep(tx, LetterFile(wave_id=WAVE, path=str(tmp_path / path.name)))
    yield house
    state.close()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house whose letters and reminders are printed; not to be changed."""
    home = made(tmp_path_factory.mktemp("printed"))
    print_run.write(home.state, home.home, wish(home))
    yield home
    home.state.close()


def wish(house: House, **changes: object) -> PrintRequest:
    asked = PrintRequest(
        wave_id=WAVE,
        source=house.loaded.mapping.source(changes.pop("source", house.export)),
        loaded=house.loaded,
        out=house.out(),
        reminders=house.out("reminders.pdf"),
        today=TODAY,
    )
    return msgspec.structs.replace(asked, **changes)


def expected_codes(house: House) -> list[str]:
    key = keys.read(house.home.print_keys, RUN)
    return [codes.derive(key, number) for number in range(len(PEOPLE))]


def _invite(home: Home, state: SqliteDatabase) -> None:
    index = keys.read(home.keys, "index")
    with state.write() as tx:
        waves.learn(tx, [OFFER])
        print_runs.add(
            tx,
            PrintRun(print_run_id=RUN, wave_id=WAVE, letters=len(PEOPLE), drawn_on=TODAY),
        )
        invitations.add_units(tx, WAVE, [InvitedUnit(unit_id="unit-1", label="Team 1")])
        invitations.add(
            tx,
            (
                Invitation(
                    print_run_id=RUN,
                    number=number,
                    wave_id=WAVE,
                    case_index=pseudonyms.case_index(index, "fallmanagement", case),
                    unit_id="unit-1",
                    cell="all",
                )
                for number, case in enumerate(PEOPLE)
            ),
        )
