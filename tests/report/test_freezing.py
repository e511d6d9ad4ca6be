"""The first report decides every figure, however many begin at once; the registry goes with it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from survey import clock, paths
from survey.actions import snapshots
from survey.errors import NotFound, Refused, WaveNotReady
from survey.form import load
from survey.home import Home
from survey.model import snapshots as encoding
from survey.model.answers import Chosen
from survey.model.estimates import Estimate
from survey.report import make
from survey.report_types import SATISFACTION
from survey.statistics.disclosure import registry
from survey.store import registry as stored
from survey.store import responses
from survey.store import snapshots as frozen
from survey.store.snapshots import Frozen
from tests import databases
from tests.report import papers, worlds
from tests.world import answered
from tests.world.answered import Person

FIRST = (date(2026, 2, 2), date(2026, 3, 1))
SECOND = (date(2026, 9, 7), date(2026, 10, 2))
UNITS = {"u0": 100, "u1": 100, "u2": 100}
PROGRAMME = "zufriedenheit"
TODAY = date(2026, 11, 2)


def silent(_: str) -> None:
    pass


def answering(count: int, seed: int = 7) -> list[Person]:
    return answered.people(worlds.answered(answered.FORM, count, seed=seed), list(UNITS))


def built(folder: Path, engine: str = "sqlite") -> Home:
    made = answered.build(folder / "house", database=databases.place(engine))
    answered.wave(made, "a", 2, answering(150), days=FIRST, invited=UNITS)
    answered.wave(made, "b", 3, answering(140, seed=8), days=SECOND, invited=UNITS)
    return made


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return built(tmp_path)


@pytest.fixture(params=databases.ENGINES)
def either(tmp_path: Path, request: pytest.FixtureRequest) -> Home:
    """The same on one engine and the other."""
    return built(tmp_path, request.param)


def published(home: Home) -> tuple[int, registry.Registry]:
    services = home.services()
    with home.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
    assert row is not None
    return row.version, registry.loads(services.evaluator.open_registry(PROGRAMME, row.body))


def test_two_publishers_of_one_wave_get_one_snapshot(either: Home) -> None:
    def publish(_: int) -> str:
        own = Home.enter(either.directory)
        report = make.freeze(own.services(), "a", SATISFACTION.name, silent)
        return encoding.text(report.snapshot)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(publish, range(4)))
    assert len(set(made)) == 1
    version, known = published(either)
    assert version == 1
    assert known.entries


def test_two_waves_published_at_once_both_stand_in_the_registry(either: Home) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from survey.home import Home\n"
        "from survey.report import make\n"
        "services = Home.enter(Path(sys.argv[1])).services()\n"
        "make.freeze(services, sys.argv[2], sys.argv[3], lambda _: None)\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(either.directory), wave_id, SATISFACTION.name],
            cwd=paths.ROOT,
        )
        for wave_id in ("a", "b")
    ]
    assert [each.wait(120) for each in running] == [0, 0]
    version, known = published(either)
    assert version == 2
    whole = [e for e in known.entries if e.variable == "satisfaction/w1"]
    assert len(whole) == 2


def test_whoever_is_overtaken_keeps_nothing_and_measures_again(home: Home) -> None:
    services = home.services()
    before = snapshots.known(services, PROGRAMME)
    winner = make.freeze(services, "a", SATISFACTION.name, silent)
    row = Frozen(wave_id="a", report="other", body=encoding.text(winner.snapshot), frozen_on=TODAY)
    late = snapshots.freeze(services, PROGRAMME, row, before, b"", actor="test", at=clock.now())
    assert late is None
    with home.database.read() as tx:
        assert frozen.find(tx, "a", "other") is None
    assert published(home)[0] == 1


def test_a_withdrawal_after_the_freeze_makes_no_new_edition(home: Home) -> None:
    services = home.services()
    first = make.freeze(services, "a", SATISFACTION.name, silent)
    with home.database.write() as tx:
        rows = list(responses.sealed(tx, "a", "recipient.main"))[:3]
        for row in rows:
            tx.run(
                "UPDATE response SET body = :empty, handle = :empty "
                "WHERE tenant = :tenant AND mark = :mark",
                {"mark": row.mark, "empty": b""},
            )
    again = make.document(home, "a", papers.request("council", "de"), silent)
    assert again == make.document(home, "a", papers.request("council", "de"), silent)
    assert make.find(home, "a", SATISFACTION.name) == first


def test_the_registry_is_sealed(home: Home) -> None:
    make.freeze(home.services(), "a", SATISFACTION.name, silent)
    with home.database.read() as tx:
        row = stored.find(tx, PROGRAMME)
    assert row is not None
    assert b"satisfaction" not in row.body


def test_an_open_wave_has_no_report(home: Home) -> None:
    with pytest.raises(WaveNotReady):
        make.freeze(home.services(), "w1", SATISFACTION.name, silent)


def test_no_wave_has_no_report(home: Home) -> None:
    with pytest.raises(NotFound):
        make.freeze(home.services(), "z", SATISFACTION.name, silent)


def test_a_trend_shows_what_was_frozen_and_nothing_else(home: Home) -> None:
    services = home.services()
    alone = make.freeze(services, "a", SATISFACTION.name, silent).snapshot
    assert alone.trend == ()
    both = make.freeze(services, "b", SATISFACTION.name, silent).snapshot
    topic = next(s for s in both.trend if s.kind == "topic" and s.subject == "contact")
    frozen = next(t.favourable for t in alone.topics if t.construct == "contact")
    now = next(t.favourable for t in both.topics if t.construct == "contact")
    assert [point.figure for point in topic.points] == [frozen, now]
    assert [point.wave_id for point in topic.points] == ["a", "b"]
    # The law of 1 July 2026 lies between the two waves.
    assert [(b.on, b.reason) for b in topic.breaks] == [(date(2026, 7, 1), "law")]
    assert topic.breaks[0].text["de"]


def test_other_words_break_the_line_of_their_topic_only(tmp_path: Path) -> None:
    made = answered.build(tmp_path / "house")
    words = load.wordings("satisfaction")
    german = words["de"]
    question = german.questions["w1"]
    changed = encoding.msgspec.structs.replace(
        german,
        questions={
            **german.questions,
            "w1": encoding.msgspec.structs.replace(question, label="Man achtet mich."),
        },
    )
    other = load.publish(load.form("satisfaction"), {**words, "de": changed}, "full")
    days = (FIRST[1] + timedelta(days=8), FIRST[1] + timedelta(days=30))
    answered.wave(made, "a", 2, answering(150), days=FIRST, invited=UNITS)
    answered.wave(made, "b", 3, answering(140, 8), days=days, invited=UNITS, form=other)
    services = made.services()
    make.freeze(services, "a", SATISFACTION.name, silent)
    trend = {
        one.subject: one
        for one in make.freeze(services, "b", SATISFACTION.name, silent).snapshot.trend
    }
    assert [b.reason for b in trend["dignity"].breaks] == ["wording"]
    assert trend["contact"].breaks == ()


def kiosk(count: int) -> list[Person]:
    codes = ("1", "2", "3", "4", "5")
    return [
        Person(
            pseudonym=(9000 + place).to_bytes(16),
            unit_id="kiosk",
            answers={
                **{q: Chosen(codes=(codes[place % 5],)) for q in ("t1", "t2", "t3", "t4")},
                "t5": Chosen(codes=(codes[place % 4],)),
            },
        )
        for place in range(count)
    ]


def test_answers_without_a_code_are_a_chapter_of_their_own(home: Home) -> None:
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    during = (SECOND[0] + timedelta(days=3), SECOND[1] + timedelta(days=30))
    between = (FIRST[1] + timedelta(days=3), FIRST[1] + timedelta(days=30))
    answered.wave(home, "k1", 4, kiosk(60), days=between, invited={}, form=form)
    answered.wave(home, "k2", 5, kiosk(9), days=during, invited={}, form=form)
    answered.wave(home, "k3", 6, kiosk(50), days=during, invited={}, form=form, closed=False)
    services = home.services()
    assert make.freeze(services, "a", SATISFACTION.name, silent).snapshot.without_code == ()
    said = make.freeze(services, "b", SATISFACTION.name, silent).snapshot
    assert [one.wave_id for one in said.without_code] == ["k1", "k2"]
    assert said.without_code[0].n == 60
    assert isinstance(said.without_code[0].rated[0].favourable, Estimate)
    assert not isinstance(said.without_code[1].n, int)
    assert not isinstance(said.without_code[1].rated[0].favourable, Estimate)
    assert {rated.question_id for rated in said.rated}.isdisjoint({"t1", "t2", "t3", "t4"})
    with pytest.raises(Refused):
        make.freeze(services, "k1", SATISFACTION.name, silent)


@pytest.mark.parametrize("first", ["a", "b"])
def test_answers_without_a_code_are_in_one_report_only(home: Home, first: str) -> None:
    """A device that stood there during two waves, whichever of them is reported first."""
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    both = (FIRST[1] - timedelta(days=3), SECOND[0] + timedelta(days=3))
    answered.wave(home, "k1", 4, kiosk(60), days=both, invited={}, form=form)
    services, second = home.services(), {"a": "b", "b": "a"}[first]
    assert [one.wave_id for one in make.frozen_first(home, first, SATISFACTION.name)] == [
        first,
        "k1",
    ]
    told = make.freeze(services, first, SATISFACTION.name, silent).snapshot
    assert [one.wave_id for one in told.without_code] == ["k1"]
    assert [one.wave_id for one in make.frozen_first(home, second, SATISFACTION.name)] == [second]
    assert make.freeze(services, second, SATISFACTION.name, silent).snapshot.without_code == ()
    again = make.freeze(services, first, SATISFACTION.name, silent).snapshot
    assert again == told
