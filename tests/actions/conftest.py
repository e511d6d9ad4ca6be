"""A small house with one open wave: Amira and fifty-nine others are invited."""

import secrets
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from survey.actions import exchange, house, programmes, waves
from survey.actions.desk import Desk
from survey.actions.house import House
from survey.engine import migrate, sqlite
from survey.form import load
from survey.linkage import codes, envelopes, keys, pseudonyms
from survey.model.exchange import (
    Batch,
    Envelope,
    InvitedCell,
    InvitedCode,
    InvitedUnit,
    PrintDestroyed,
)
from survey.model.programmes import Body, Contact, Level, Programme
from survey.model.waves import Thresholds, Wave
from survey.settings import Settings
from survey.store.exchange import Connector

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
TODAY = date(2026, 11, 10)
PROGRAMME = Programme(
    programme_id="p",
    title="Wie ist das Jobcenter für Sie?",
    level="linked",
    purpose="Das Jobcenter soll besser werden.",
    controller="Jobcenter Musterstadt",
    operator=Body(name="Rechenzentrum"),
    key_holder=Body(name="Hochschule"),
    help=Contact(name="Beratungsstelle", phone="0800 000 00 00"),
    complaint="Beschwerdestelle",
    legal_basis="§ 67c Abs. 4 SGB X",
    privacy_officer="Datenschutz",
    created_on=date(2026, 10, 1),
)


class Office(Struct, frozen=True):
    """The connector's side of a test: its keys and what a push needs."""

    directory: Path

    def envelope(self, desk: Desk, batch: Batch, *, connector_id: str = "office") -> Envelope:
        sealed = envelopes.seal(
            desk.evaluator.public_key, envelopes.PUSH, msgspec.msgpack.encode(batch)
        )
        parts = (connector_id, batch.batch_id, batch.wave_id, sealed)
        signature = envelopes.sign(
            keys.signing_pair(self.directory).private, envelopes.PUSH, *parts
        )
        return Envelope(
            connector_id=connector_id,
            batch_id=batch.batch_id,
            wave_id=batch.wave_id,
            sealed=sealed,
            signature=signature,
        )

    def destroyed(self, wave_id: str, *, letters: int = 60) -> PrintDestroyed:
        private = keys.signing_pair(self.directory).private
        signature = envelopes.sign(private, envelopes.PRINTS, "office", wave_id, str(letters))
        return PrintDestroyed(
            connector_id="office", wave_id=wave_id, letters=letters, signature=signature
        )


def batch(wave_id: str, printed: list[str], *, batch_id: str = "b1", per_cell: int = 30) -> Batch:
    units = tuple(f"team-{1 + at // per_cell}" for at in range(len(printed)))
    return Batch(
        batch_id=batch_id,
        wave_id=wave_id,
        units=tuple(InvitedUnit(unit_id=u, label=u.title()) for u in sorted(set(units))),
        cells=tuple(
            InvitedCell(unit_id=u, cell="all", invited=units.count(u)) for u in sorted(set(units))
        ),
        codes=tuple(
            InvitedCode(
                code_digest=codes.digest(code),
                pseudonym=pseudonyms.fresh(),
                unit_id=unit,
                cell="all",
            )
            for code, unit in zip(printed, units, strict=True)
        ),
    )


def plan(here: House, wave_id: str = "w1", number: int = 1) -> None:
    published = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "default")
    wave = Wave(
        wave_id=wave_id,
        programme_id="p",
        number=number,
        form_id="satisfaction",
        form_version=published.version,
        opens_on=date(2026, 11, 2),
        closes_on=date(2026, 11, 30),
        state="planned",
        thresholds=Thresholds(),
    )
    waves.create(here.database, wave, published, actor="test", at=AT)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    keys.create(tmp_path / "office", keys.CONNECTOR)
    return Office(tmp_path / "office")


@pytest.fixture
def level() -> Level:
    """Of the programme; modules that want another say so."""
    return "linked"


@pytest.fixture
def here(tmp_path: Path, office: Office, level: Level) -> House:
    """A house with one planned wave."""
    home = tmp_path / "survey"
    home.mkdir()
    settings = Settings(
        tenant="musterstadt", name="Jobcenter Musterstadt", base_url="http://127.0.0.1:8000"
    )
    database = sqlite.open_database(home / settings.database, tenant="musterstadt")
    migrate.migrate(database, house.MIGRATIONS)
    here = House(home=home, settings=settings, database=database)
    keys.create(here.evaluator_keys / house.EXCHANGE, keys.EVALUATOR_HOUSE)
    keys.create(here.server_keys / house.EXCHANGE, keys.SERVER_HOUSE)
    programmes.create(
        database,
        msgspec.structs.replace(PROGRAMME, level=level),
        server_keys=here.server_keys,
        evaluator_keys=here.evaluator_keys,
        barrier_address="barriere@musterstadt.example",
        actor="test",
        at=AT,
    )
    connector = Connector(
        connector_id="office",
        signature_key=keys.signing_pair(office.directory).public,
        exchange_key=keys.sealing_pair(office.directory).public,
    )
    exchange.trust(database, connector, actor="test", at=AT)
    plan(here)
    return here


@pytest.fixture
def desk(here: House) -> Desk:
    return msgspec.structs.replace(house.desk(here), today=lambda: TODAY)


@pytest.fixture
def printed() -> list[str]:
    """Sixty codes; the first is Amira's."""
    key = secrets.token_bytes(32)
    return [codes.derive(key, number) for number in range(60)]


@pytest.fixture
def opened(here: House, desk: Desk, office: Office, printed: list[str]) -> Desk:
    """The desk of a house whose wave is open."""
    exchange.open_batch(
        here.database, desk.evaluator, office.envelope(desk, batch("w1", printed)), at=AT
    )
    programmes.confirm_keys(here.database, "p", actor="test", at=AT)
    exchange.print_destroyed(here.database, office.destroyed("w1"), at=AT)
    waves.open_wave(here.database, "w1", actor="test", at=AT)
    return desk
