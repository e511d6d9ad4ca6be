"""A whole house in a folder: programme, keys, an open wave and codes, by the real actions."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from litestar import Litestar
from msgspec import Struct, msgpack, to_builtins
from msgspec.structs import replace

from survey import clock, paths
from survey import settings as settings_file
from survey.actions import exchange, house, programmes, waves
from survey.actions.house import House
from survey.app import create_app
from survey.engine import migrate
from survey.form import load
from survey.form.load import Published
from survey.linkage import codes, envelopes, keys
from survey.model.exchange import (
    Batch,
    Envelope,
    InvitedCell,
    InvitedCode,
    InvitedUnit,
    PrintDestroyed,
)
from survey.model.programmes import Body, Contact, Programme
from survey.model.waves import Thresholds, Wave
from survey.settings import Settings
from survey.store.exchange import Connector

NOW = clock.now()
TITLE = "Zufriedenheit, erste Welle"
TYPES = ("rating", "choice-one", "choice-many", "ladder", "number", "day", "text", "note")
PROGRAMME = Programme(
    programme_id="zufriedenheit",
    title="Wie ist das Jobcenter für Sie?",
    level="linked",
    purpose={
        "de": "Das Jobcenter soll sehen, was den Menschen hilft und was es besser machen muss.",
        "de-simple": "Das Job-Center soll wissen, was den Menschen hilft.",
        "en": "The Jobcenter is to see what helps people and what it has to do better.",
        "ar": "ليرى الجوب سنتر ما الذي يساعد الناس وما الذي يجب أن يحسّنه.",
    },
    controller="Jobcenter Musterstadt",
    operator=Body(name="Rechenzentrum Nord"),
    key_holder=Body(name="Hochschule Musterstadt"),
    help=Contact(
        name="Beratungsstelle Musterhaus",
        phone="0800 000 00 00",
        hours={
            "de": "Montag bis Freitag, 9 bis 16 Uhr",
            "de-simple": "Montag bis Freitag von 9 bis 16 Uhr",
            "en": "Monday to Friday, 9 am to 4 pm",
            "ar": "من الاثنين إلى الجمعة، من الساعة 9 إلى 16",
        },
    ),
    complaint="Beschwerdestelle der Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt",
    legal_basis="§ 67c Abs. 4 SGB X in Verbindung mit Art. 6 Abs. 1 Buchst. e DSGVO",
    privacy_officer="Datenschutz der Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt",
    created_on=NOW.date(),
)
RELEASED = replace(PROGRAMME, level="released")


class Street(Struct, frozen=True, kw_only=True):
    """A house, its application, and letters not yet used."""

    here: House
    app: Litestar
    wave_id: str
    letters: list[str]

    def code(self) -> str:
        """A code nobody has used."""
        return self.letters.pop()


def written(programme: Programme) -> dict[str, object]:
    """The programme as its file tells it."""
    told = to_builtins(programme, builtin_types=(date,))
    assert isinstance(told, dict)
    return told


def satisfaction() -> Published:
    """The form people get."""
    return load.publish(load.form("satisfaction"), load.wordings("satisfaction"), "default")


def of_every_type() -> Published:
    """A form that asks one question of every type, made of the small forms of the tests."""
    folder = paths.ROOT / "tests" / "forms"
    forms = {name: load.form(name, folder=folder) for name in TYPES}
    words = {name: load.wordings(name, folder=folder)["de"] for name in TYPES}
    questions, said, scales, meant = [], {}, {}, {}
    for name, form in forms.items():
        for number, question in enumerate(form.questions):
            own = f"{name}{number or ''}"
            questions.append(replace(question, id=own, shown_if=None))
            said[own] = words[name].questions[question.id]
        scales |= form.scales
        meant |= words[name].scales
    form = replace(forms["text"], id="mixed", questions=tuple(questions), scales=scales)
    wording = replace(words["text"], questions=said, scales=meant)
    return load.publish(form, {"de": wording}, "full")


def build(
    folder: Path,
    *,
    published: Published | None = None,
    programme: Programme = PROGRAMME,
    base_url: str = "http://testserver.local",
    letters: int = 60,
    days: tuple[int, int] = (-1, 30),
    opened: bool = True,
    database: str = "survey.db",
) -> Street:
    """A house with one wave; `days` are its first and last, counted from today."""
    settings = Settings(
        tenant="musterstadt",
        name="Jobcenter Musterstadt",
        base_url=base_url,
        help_name="Beratungsstelle Musterhaus",
        help_phone="0800 000 00 00",
        barrier_address="barriere@musterstadt.example",
        enforcement_body="Schlichtungsstelle Musterland, Musterweg 2, 12345 Musterstadt",
        database=database,
        demo=True,
    )
    settings_file.write(folder, settings)
    keys.create(folder / settings.evaluator_keys / house.EXCHANGE, keys.EVALUATOR_HOUSE)
    keys.create(folder / settings.server_keys / house.EXCHANGE, keys.SERVER_HOUSE)
    ours = house.open_database(folder, settings)
    migrate.migrate(ours, house.MIGRATIONS)
    here = House(home=folder, settings=settings, database=ours)
    programmes.create(
        ours,
        programme,
        server_keys=here.server_keys,
        evaluator_keys=here.evaluator_keys,
        barrier_address="barriere@musterstadt.example",
        actor="test",
        at=NOW,
    )
    programmes.confirm_keys(ours, programme.programme_id, actor="test", at=NOW)
    made = _wave(here, programme, published or satisfaction(), letters, days=days, opened=opened)
    return Street(here=here, app=create_app(here), wave_id="w1", letters=made)


def _wave(
    here: House,
    programme: Programme,
    published: Published,
    letters: int,
    *,
    days: tuple[int, int],
    opened: bool,
) -> list[str]:
    wave = Wave(
        wave_id="w1",
        programme_id=programme.programme_id,
        number=1,
        form_id=published.form.id,
        form_version=published.version,
        opens_on=(NOW + timedelta(days=days[0])).date(),
        closes_on=(NOW + timedelta(days=days[1])).date(),
        state="planned",
        thresholds=Thresholds(),
        title=TITLE,
    )
    waves.create(here.database, wave, published, actor="test", at=NOW)
    print_key = secrets.token_bytes(32)
    made = [codes.derive(print_key, number) for number in range(letters)]
    folder = here.home / "connector"
    keys.create(folder, keys.CONNECTOR)
    _push(here, folder, made)
    if opened:
        waves.open_wave(here.database, "w1", actor="test", at=NOW)
    return made


def _push(here: House, folder: Path, made: Sequence[str]) -> None:
    signing = keys.signing_pair(folder)
    exchange.trust(
        here.database,
        Connector(
            connector_id="haus",
            signature_key=signing.public,
            exchange_key=keys.sealing_pair(folder).public,
        ),
        actor="test",
        at=NOW,
    )
    batch = Batch(
        batch_id="b1",
        wave_id="w1",
        units=(InvitedUnit(unit_id="u1", label="Team Nord"),),
        cells=(InvitedCell(unit_id="u1", cell="all", invited=len(made)),),
        codes=tuple(
            InvitedCode(
                code_digest=codes.digest(code),
                pseudonym=secrets.token_bytes(16),
                unit_id="u1",
                cell="all",
            )
            for code in made
        ),
    )
    evaluator = house.evaluator(here)
    sealed = envelopes.seal(evaluator.public_key, envelopes.PUSH, msgpack.encode(batch))
    signature = envelopes.sign(signing.private, envelopes.PUSH, "haus", "b1", "w1", sealed)
    envelope = Envelope(
        connector_id="haus", batch_id="b1", wave_id="w1", sealed=sealed, signature=signature
    )
    exchange.admit(here.database, evaluator, envelope, at=NOW)
    word = envelopes.sign(signing.private, envelopes.PRINTS, "haus", "w1", str(len(made)))
    exchange.print_destroyed(
        here.database,
        PrintDestroyed(connector_id="haus", wave_id="w1", letters=len(made), signature=word),
        at=NOW,
    )
