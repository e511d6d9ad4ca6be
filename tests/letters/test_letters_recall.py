"""After an import the house is told which printed letters must not be posted any more."""

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from msgspec import structs
from pypdf import PdfReader

from connector.cli.main import main
from connector.imports import pseudonyms, run
from connector.imports.outcome import ImportRequest
from connector.imports.questions import Agreed
from connector.letters import print_run, recall
from connector.state import database, invitations, waves
from survey import settings as settings_file
from survey.engine import migrate, sqlite
from survey.staff.store import audit
from survey.staff.store.audit import Filter
from tests.letters.letter_house import CASE, OFFER, PEOPLE, TODAY, WAVE, House, export, wish
from tests.terminal import CONNECTOR, Terminal, screen

LATER = TODAY + timedelta(days=7)
NOON = datetime.combine(LATER, datetime.min.time(), UTC) + timedelta(hours=12)
BLOCKED = CASE.removesuffix("N") + "J"
OTHER_CASE = "FM-9;c 2;Probe;Emil;01.02.1990;Herr;Am Testberg 3;12345;Musterstadt;deu"


def later(house: House, *, blocked: str = "FM-2", more: str = ""):
    """A week later one of the four has a block, here or in another case of hers."""
    rows = [f"{row};{BLOCKED if case == blocked else CASE}" for case, row in PEOPLE.items()]
    path = export(house.home.directory / "later.csv", {})
    head = path.read_text("cp1252").splitlines()[0]
    path.write_text("\r\n".join([head, *rows, *([more] if more else []), ""]), "cp1252")
    return path


def take(house: House, path, *, as_of: date = LATER) -> None:
    asked = ImportRequest(
        source=house.loaded.mapping.source(path),
        loaded=house.loaded,
        as_of=as_of,
        today=as_of,
        agreed=Agreed(changes=True, older=True),
    )
    outcome = run.take(house.state, pseudonyms.read_keys(house.home.keys), asked)
    assert outcome.status == 0, outcome.found


def due(house: House, *, today: date = LATER) -> list[recall.Recall]:
    return recall.due(house.state, pseudonyms.read_keys(house.home.keys).case, today=today)


def named(*numbers: str, pages: tuple[int, ...] = ()) -> list[recall.Recall]:
    """The letters of these cases; unless said otherwise each on the page of its case."""
    pages = pages or tuple(list(PEOPLE).index(number) + 1 for number in numbers)
    pieces = tuple(
        recall.Piece(page=page, printed_on=TODAY, case_number=number)
        for page, number in zip(pages, numbers, strict=True)
    )
    return [recall.Recall(wave_id=WAVE, pieces=pieces)]


def command(house: House, *words: str, **options: object):
    if not (house.home.directory / settings_file.FILE).exists():
        settings_file.write(house.home.directory, house.home.settings)
    with house.state.write() as tx:
        # The command goes by the clock of this machine.
        waves.learn(tx, [structs.replace(OFFER, closes_on=date(2199, 12, 31))])
    runner = options.pop("runner", CliRunner)
    home = ["--home", str(house.home.directory)]
    return runner().invoke(main, [*home, "recall", *words], catch_exceptions=False, **options)


def test_a_letter_is_named_by_its_page_in_the_printed_files(posted: House):
    take(posted, later(posted, blocked="FM-3"))
    ((piece,),) = [one.pieces for one in due(posted)]
    for file in (posted.out(), posted.out("reminders.pdf")):
        page = PdfReader(file).pages[piece.page - 1].extract_text()
        assert "Ida Entwurf" in page
        assert page.split()[-1] == str(piece.page)


def test_nobody_is_named_again_once_somebody_says_the_letter_is_out(posted: House):
    take(posted, later(posted))
    said = command(posted, WAVE, "--taken-out")
    assert said.exit_code == 1
    assert "Blatt 2 (Druck vom 02.11.2026)" in said.output
    assert "mit --yes wiederholen" in said.output
    for word in ("FM-2", "Emil", "Probe"):
        assert word not in said.output
    assert due(posted) == named("FM-2")
    declined = command(posted, WAVE, "--taken-out", runner=Terminal, input="n\n")
    assert "Nicht zugestimmt" in declined.output
    assert due(posted) == named("FM-2")
    assert "Herausgenommen: 1" in command(posted, WAVE, "--taken-out", "--yes").output
    assert due(posted) == []
    with posted.state.read() as tx:
        (entry,) = audit.matching(tx, Filter(action="letter.taken_out"), skip=0, most=9)
    assert (entry.actor, entry.subject) == ("shell", WAVE)
    assert "nichts im Haus" in command(posted).output


def test_only_what_was_shown_counts_as_taken_out(posted: House):
    take(posted, later(posted))
    (shown,) = due(posted)
    take(posted, later(posted, more=f"{PEOPLE['FM-3'].replace('FM-3', 'FM-8')};{BLOCKED}"))
    key = pseudonyms.read_keys(posted.home.keys).case
    assert recall.taken_out(posted.state, shown, key, today=LATER, at=NOON) == 1
    assert due(posted) == named("FM-3")


def test_a_letter_that_is_printed_once_more_is_in_the_pile_once_more(posted: House):
    take(posted, later(posted))
    key = pseudonyms.read_keys(posted.home.keys).case
    recall.taken_out(posted.state, due(posted)[0], key, today=LATER, at=NOON)
    asked = ImportRequest(
        source=posted.loaded.mapping.source(later(posted, blocked="")),
        loaded=posted.loaded,
        as_of=LATER + timedelta(days=1),
        today=LATER + timedelta(days=1),
        agreed=Agreed(changes=True, older=True, lift=1),
    )
    lifted = run.take(posted.state, pseudonyms.read_keys(posted.home.keys), asked)
    assert lifted.status == 0, lifted.found
    print_run.write(posted.state, posted.home, wish(posted))
    assert due(posted) == []
    take(posted, later(posted), as_of=LATER + timedelta(days=2))
    assert due(posted) == named("FM-2")


def test_a_wave_that_nobody_knows_is_told(house: House):
    assert command(house, "wave-9").exit_code == 1
    assert command(house, "--taken-out").exit_code == 2


@pytest.mark.parametrize(
    "change", [{}, {"blocked": "", "more": f"{OTHER_CASE};{BLOCKED}"}], ids=["her case", "another"]
)
def test_a_printed_letter_of_somebody_who_is_protected_now_is_named(posted: House, change):
    assert due(posted) == []
    take(posted, later(posted, **change))
    assert due(posted) == named("FM-2")


def test_who_was_protected_before_the_printing_has_no_letter_to_take_out(house: House):
    take(house, later(house))
    print_run.write(house.state, house.home, wish(house, leave_out=True))
    assert due(house) == []
    take(house, later(house, more=f"{PEOPLE['FM-3'].replace('FM-3', 'FM-8')};{BLOCKED}"))
    # The second sheet: the letter before hers was not printed.
    assert due(house) == named("FM-3", pages=(2,))


def test_printing_again_without_her_does_not_take_the_first_letter_out(posted: House):
    take(posted, later(posted))
    print_run.write(posted.state, posted.home, wish(posted, leave_out=True))
    assert due(posted) == named("FM-2")


@pytest.mark.parametrize("over", ["last day", "closed", "ended"])
def test_of_a_wave_that_is_over_nothing_lies_in_the_house(posted: House, over: str):
    take(posted, later(posted))
    assert due(posted, today=OFFER.closes_on) == named("FM-2")
    if over == "last day":
        assert due(posted, today=OFFER.closes_on + timedelta(days=1)) == []
        return
    changes = {"state": "closed"} if over == "closed" else {"ended": True}
    with posted.state.write() as tx:
        waves.learn(tx, [structs.replace(OFFER, **changes)])
    assert due(posted) == []


def test_the_import_says_so_and_names_no_case_where_a_log_may_be(posted: House):
    with posted.state.write() as tx:
        # The command goes by the clock of this machine.
        waves.learn(tx, [structs.replace(OFFER, closes_on=date(2199, 12, 31))])
    path = later(posted)
    settings_file.write(posted.home.directory, posted.home.settings)
    mapping = posted.home.directory / "m.toml"
    shutil.copy("connector/mappings/fallmanagement.toml", mapping)
    words = ["--home", str(posted.home.directory), "import", str(path), "--mapping", str(mapping)]
    words += ["--as-of", LATER.isoformat(), "--accept-changes"]
    said = CliRunner().invoke(main, words, catch_exceptions=False)
    assert f"Welle {WAVE}: 1 gedruckte" in said.output
    assert "FM-2" not in said.output
    assert "FM-2" in screen([*CONNECTOR, *words])[0]
    again = subprocess.run(
        [*CONNECTOR, *words], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert b"schon eingelesen" in again.stdout
    assert f"Welle {WAVE}: 1 gedruckte" in again.stderr.decode()
    assert "FM-2" not in again.stderr.decode()


def test_letters_printed_before_printing_was_noted_count_as_printed(tmp_path):
    folder = tmp_path / "migrations"
    folder.mkdir()
    for file in sorted(database.MIGRATIONS.glob("00[1-4]_*.sql")):
        shutil.copy(file, folder)
    opened = sqlite.open_database(tmp_path / "old.db", tenant="t")
    migrate.migrate(opened, folder)
    with opened.write() as tx:
        for wave_id, finished in (("w1", "2026-03-02"), ("w2", None), ("w3", None)):
            values = {"wave": wave_id, "run": f"run-{wave_id}", "finished": finished}
            tx.run("INSERT INTO wave VALUES (:tenant, :wave, 'p', x'7b7d')", values)
            tx.run(
                "INSERT INTO print_run VALUES (:tenant, :run, :wave, 1, '2026-03-01', :finished)",
                values,
            )
            tx.run("INSERT INTO reporting_unit VALUES (:tenant, :wave, 'u', 'U')", values)
            tx.run(
                "INSERT INTO invitation (tenant, print_run_id, number, wave_id, case_index, "
                "unit_id, cell) VALUES (:tenant, :run, 0, :wave, x'00', 'u', 'all')",
                values,
            )
        tx.run("INSERT INTO letter_file VALUES (:tenant, 'w2', '/letters.pdf')")
    opened.close()
    now = database.made(tmp_path / "old.db", tenant="t")
    with now.read() as tx:
        assert invitations.printed_waves(tx) == ["w1", "w2"]
    now.close()
