"""From a house to its PDF: a report of nine people is a report of nobody, byte by byte."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from survey.cli.main import main
from survey.form import load
from survey.home import Home
from survey.model import snapshots as encoding
from survey.model.answers import Written
from survey.report import make
from survey.report.render import satisfaction
from survey.report_types import SATISFACTION, EditionKind
from survey.store import documents
from tests.report import papers, worlds
from tests.report.test_freezing import kiosk, silent
from tests.world import answered
from tests.world.answered import Person

DAYS = (date(2026, 9, 7), date(2026, 10, 2))
UNITS = {f"u{i}": 60 for i in range(4)}


def answering(count: int) -> list[Person]:
    """People who say everything, words of their own too."""
    answers = worlds.answered(answered.FORM, count)
    for place, said in enumerate(answers):
        said["g2"] = Written(text=f"Danke, Nummer {place}.", quotable=True)
    return answered.people(answers, list(UNITS))


def built(folder: Path, people: list[Person], visitors: list[Person]) -> Home:
    home = answered.build(folder)
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    before = (DAYS[0] - timedelta(days=20), DAYS[0] - timedelta(days=10))
    answered.wave(home, "k", 3, visitors, days=before, invited={}, form=form)
    answered.wave(home, "a", 2, people, days=DAYS, invited=UNITS)
    return home


@pytest.fixture(scope="module")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return built(tmp_path_factory.mktemp("nobody") / "house", [], [])


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return built(tmp_path_factory.mktemp("nine") / "house", answering(9), kiosk(9))


def test_snapshots_of_nine_and_of_nobody_are_one_text(nine: Home, nobody: Home) -> None:
    texts = [
        encoding.text(make.freeze(home.services(), "a", SATISFACTION.name, silent).snapshot)
        for home in (nine, nobody)
    ]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(("edition", "language"), [("council", "de"), ("internal", "en")])
def test_reports_of_nine_and_of_nobody_have_the_same_bytes(
    nine: Home, nobody: Home, edition: EditionKind, language: str
) -> None:
    made = [
        make.document(
            home,
            "a",
            papers.request(edition, language),
            silent,
        )
        for home in (nine, nobody)
    ]
    assert made[0] == made[1]
    assert b"<<" in made[0]


def test_editions_and_languages_are_views_of_one_snapshot(nine: Home) -> None:
    frozen = make.find(nine, "a", SATISFACTION.name)
    for edition, language in (("council", "de"), ("internal", "de"), ("council", "en")):
        make.document(
            nine,
            "a",
            papers.request(edition, language),
            silent,
        )  # type: ignore[arg-type]
    assert make.find(nine, "a", SATISFACTION.name) == frozen


def run(home: Home, *args: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(
        main, ["--home", str(home.directory), "report", "satisfaction", *args]
    )
    return done.exit_code, done.stdout, done.stderr


def test_the_command_writes_the_edition_asked_for_and_tells_on_stderr(
    nine: Home, tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    wanted = ("--wave", "a", "--edition", "internal", "--language", "en", "--out", str(out))
    code, said, told = run(nine, *wanted)
    assert (code, said) == (0, "")
    assert "written" in told
    assert out.read_bytes().startswith(b"%PDF-")
    expected = make.document(
        nine,
        "a",
        papers.request("internal", "en"),
        silent,
    )
    assert out.read_bytes() == expected


def test_what_the_command_writes_lies_on_the_staff_pages_too(nine: Home, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    for _ in range(2):
        run(nine, "--wave", "a", "--edition", "council", "--out", str(out))
    with nine.database.read() as tx:
        kept = [documents.find(tx, one.document_id) for one in documents.of_wave(tx, "a")]
    files = {one.name: one.body for one in kept if one}
    assert files["satisfaction-a-council-de.pdf"] == out.read_bytes()


@pytest.mark.parametrize("wave", ["w1", "zz", "k"])
def test_the_command_says_why_there_is_no_report(nine: Home, tmp_path: Path, wave: str) -> None:
    out = tmp_path / "report.pdf"
    code, _, told = run(nine, "--wave", wave, "--out", str(out))
    assert code != 0
    assert "Traceback" not in told
    assert not out.exists()
    assert wave in told


def test_another_edition_or_language_is_refused_by_name(nine: Home, tmp_path: Path) -> None:
    for option, value in (("--edition", "press"), ("--language", "fr")):
        code, _, told = run(nine, "--wave", "a", option, value, "--out", str(tmp_path / "x.pdf"))
        assert code == 2
        assert value in told


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_is_promised_about_later_waves(language: str) -> None:
    """Small waves are not added up with later ones, so no page says they are."""
    told = satisfaction.document(
        papers.nobody(), language=language, edition=papers.edition("council")
    ).html
    for promise in ("nächsten Welle", "next wave", "zusammen ausgewertet", "evaluated together"):
        assert promise not in told
