"""The connector as a process: cases, accounts, what Amira shows Bernd, a published report."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace
from playwright.sync_api import BrowserContext

from survey.model import snapshots
from survey.model.estimates import Figure, Suppressed
from survey.model.exchange import HeldRelease, PublishedReport, ReleasedBlock, ReleasedLine
from survey.model.snapshots import Snapshot, Unit, UnitRow, UnitTable
from tests.connector import case_houses
from tests.connector.case_houses import AMIRA, CaseHouse, Row
from tests.load import servers
from tests.report import worlds
from tests.world import forms

# Who looks, and at what: an address, or the number of a case.
PAGES = {
    "login": ("", "/login"),
    "about": ("", "/about"),
    "list": ("bernd", "/cases"),
    "list-found": ("bernd", "/cases?q=2026-10&state=all&sort=-since"),
    "list-nothing": ("bernd", "/cases?q=nirgends"),
    "case": ("bernd", AMIRA),
    "case-empty": ("bernd", "FM-2"),
    "shown": ("bernd", "/shown"),
    "shown-nothing": ("clara", "/shown"),
    "team": ("bernd", "/team"),
    "team-withheld": ("clara", "/team"),
    "not-found": ("clara", AMIRA),
    "not-allowed": ("gerd", "/cases"),
    "audit": ("farah", "/audit"),
    "audit-checked": ("farah", "/audit?check=1"),
    "accounts": ("gerd", "/accounts"),
}
NEXT_STEP = ReleasedBlock(
    title="Mein nächster Schritt",
    lines=(
        ReleasedLine(
            question="Wissen Sie, was der nächste Schritt ist?", answer="Stimme eher nicht zu"
        ),
        ReleasedLine(
            question="Was soll Ihr Fallmanagement für das nächste Gespräch wissen?",
            answer="Ich brauche Hilfe bei einem Brief vom Vermieter. Am Vormittag kann ich besser.",
        ),
    ),
)


def shown(house: CaseHouse) -> list[HeldRelease]:
    """What Amira shows: one block from each of two topics."""
    today = house.now.date()
    days = (today - timedelta(days=3), today + timedelta(days=98))
    return [
        house.release(days=days),
        house.release(block="step", words=NEXT_STEP, days=days),
    ]


def report() -> PublishedReport:
    """A satisfaction report of wave 1 with the two units of the house, one of them hidden."""
    form = forms.satisfaction()
    snapshot = in_units(worlds.measured(form, worlds.answered(form, 300)))
    return PublishedReport(
        programme_id=case_houses.PROGRAMME,
        wave_id=case_houses.WAVE,
        report="satisfaction",
        frozen_on=datetime.now(UTC).date(),
        body=snapshots.text(snapshot),
    )


def in_units(snapshot: Snapshot) -> Snapshot:
    """The same figures for unit fm-1; of fm-2 nothing is shown."""
    units = (
        Unit(unit_id="fm-1", label="FM 1", invited=400, rate=snapshot.response.rate),
        Unit(unit_id="fm-2", label="FM 2", invited=400, rate=Suppressed(reason="too-few")),
    )
    tables = [
        UnitTable(
            kind="topic", subject=one.construct, whole=one.favourable, rows=_rows(one.favourable)
        )
        for one in snapshot.topics
    ]
    tables += [
        UnitTable(
            kind="statement",
            subject=one.question_id,
            whole=one.favourable,
            rows=_rows(one.favourable),
        )
        for one in snapshot.rated
    ]
    tables += [
        UnitTable(
            kind="grade",
            subject=one.question_id,
            whole=one.favourable,
            rows=_rows(one.favourable, one.mean),
        )
        for one in snapshot.grades
    ]
    return replace(snapshot, units=units, by_unit=tuple(tables))


def _rows(figure: Figure, mean: Figure | None = None) -> tuple[UnitRow, ...]:
    hidden = Suppressed(reason="too-few")
    return (
        UnitRow(unit_id="fm-1", n=145, favourable=figure, mean=mean),
        UnitRow(unit_id="fm-2", n=hidden, favourable=hidden),
    )


def caseload(each: int) -> list[Row]:
    """The cases of the house, with `each` for Bernd and some that have ended."""
    more = [
        Row(
            number=f"FM-2026-{10_000 + 37 * n}",
            team="FM 1",
            manager="BA",
            since=f"{n % 27 + 1:02}.{n % 9 + 1:02}.2025",
            until="31.10.2026" if n % 9 == 4 else "",
            kind=("Fallmanagement", "Betreuung", "Coaching §16k")[n % 3],
        )
        for n in range(each)
    ]
    return [*case_houses.rows(), *more]


@contextmanager
def standing(folder: Path, *, each: int = 70) -> Iterator[tuple[CaseHouse, str]]:
    """`connector serve` on a free port, with its house; stopped at the end."""
    port = servers.free_port()
    origin = f"http://127.0.0.1:{port}"
    with case_houses.standing(folder, base_url=origin) as house:
        house.now = datetime.now(UTC)
        house.take(caseload(each), as_of=house.now.date())
        house.pull(*shown(house), reports=[report()])
        command = ["connector.cli.main", "--home", str(house.home.directory), "serve"]
        with servers.running([*command, "--port", str(port)], port):
            yield house, origin


def come(house: CaseHouse, origin: str, context: BrowserContext, login: str) -> None:
    """Let this browser be logged in."""
    context.clear_cookies()
    if login:
        cookie = {"name": "cases", "value": house.session(login), "url": origin}
        context.add_cookies([cookie])


def place(house: CaseHouse, address: str) -> str:
    """The address of a page of PAGES."""
    return address if address.startswith("/") else house.address(address)


def speak(house: CaseHouse, login: str, language: str) -> None:
    """Let an account read this language."""
    with house.state.write() as tx:
        tx.run(
            "UPDATE account SET language = :language WHERE tenant = :tenant AND login = :login",
            {"language": language, "login": login},
        )
