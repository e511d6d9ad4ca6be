"""A report from its wave to its PDF: frozen by whoever asks first, a view of that ever after."""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from survey.actions import fieldwork, house, snapshots
from survey.actions.comments import redaction
from survey.actions.desk import Desk
from survey.actions.house import House
from survey.actions.snapshots import Frozen, Known
from survey.engine.database import Transaction
from survey.errors import Refused
from survey.form import load
from survey.model import modes
from survey.model import previews as encoded
from survey.model import snapshots as encoding
from survey.model.form import Text
from survey.model.waves import Wave
from survey.report.measure import open_waves
from survey.report.measure import preview as foreseen
from survey.report.measure import satisfaction as measurement
from survey.report.measure.satisfaction import Around, Measured
from survey.report.measure.trend import Earlier
from survey.report.render import satisfaction
from survey.report.render.context import Edition
from survey.report.render.context import Kind as Kind
from survey.statistics.disclosure import registry
from survey.store import comments, documents, forms, previews, waves
from survey.store import snapshots as stored
from survey.store.documents import Document

NAME = "satisfaction"
# Reports of one programme published at the same moment: each makes the others measure once more.
TURNS = 5

Told = Callable[[str], None]


def make(
    here: House, wave_id: str, *, edition: Kind, language: str, told: Told, by: str = ""
) -> bytes:
    """The satisfaction report of a closed wave as PDF.

    The first call opens the answers and freezes every figure; each later one, whatever its edition
    and language, is a view of that.

    Args:
        told: hears what is being done
        by: who asked for it; without, whoever runs the process
    Raises:
        NotFound: no such wave, or no reports are written in this language
        WaveNotReady: it is not closed
        Refused: the wave is reported as a chapter of another
    """
    frozen = snapshots.frozen(here.database, wave_id, NAME)
    if frozen is None:
        frozen = freeze(house.desk(here), wave_id, told, by=by)
    else:
        told(f"figures as frozen on {frozen.frozen_on}")
    return satisfaction.render(
        frozen.snapshot,
        language=language,
        edition=edition_of(edition, frozen_on=frozen.frozen_on, example=here.settings.demo),
        progress=lambda name: told("pages" if name == "pdf" else f"chapter {name}"),
    )


def frozen_first(here: House, wave_id: str) -> list[Wave]:
    """The waves whose figures the next report of a closed wave will freeze; empty when none."""
    with here.database.read() as tx:
        wave = waves.find(tx, wave_id)
        if wave.state != "closed" or stored.find(tx, wave_id, NAME) is not None:
            return []
        others = _others(tx, wave)
        return [wave, *_without_code(tx, wave, others)]


def make_file(
    here: House,
    wave_id: str,
    *,
    edition: Kind,
    language: str,
    made_on: date,
    told: Told,
    by: str = "",
) -> bytes:
    """The same, also kept among the files of the wave, where the staff pages hand it out.

    Raises:
        as `make`; nothing is kept then
    """
    body = make(here, wave_id, edition=edition, language=language, told=told, by=by)
    document = Document(
        document_id=secrets.token_hex(16),
        wave_id=wave_id,
        name=f"{NAME}-{wave_id}-{edition}-{language}.pdf",
        media_type="application/pdf",
        body=body,
        made_on=made_on,
    )
    with here.database.write() as tx:
        documents.keep(tx, document)
    return body


def preview(here: House, wave_id: str, told: Told) -> None:
    """Measure what a report would show, and keep which figures those are: none of them, and once.

    Raises:
        WaveNotReady: the wave is not closed
    """
    desk = house.desk(here)
    with desk.database.read() as tx:
        wave = waves.find(tx, wave_id)
        if previews.find(tx, wave_id, NAME) is not None:
            return
    measured, _ = _measured(desk, wave, told)
    with desk.database.write() as tx:
        answered = fieldwork.rounded(tx, wave)
        body = encoded.text(foreseen.of(measured.snapshot, answered=answered))
        row = previews.Stored(wave_id=wave_id, report=NAME, body=body, made_on=desk.today())
        previews.keep(tx, row)


def edition_of(kind: Kind, *, frozen_on: date, example: bool) -> Edition:
    """An edition as printed: its date is the day the figures were frozen."""
    return Edition(kind=kind, issued=frozen_on, example=example)


def freeze(desk: Desk, wave_id: str, told: Told, *, by: str = "") -> Frozen:
    """Open the answers, ask what may be said, keep that; or take what somebody faster has kept.

    Args:
        by: who asked for it; without, whoever runs the process

    Raises:
        WaveNotReady: the wave is not closed
        Refused: the wave is reported as a chapter of another, or too many publish at once
    """
    with desk.database.read() as tx:
        wave = waves.find(tx, wave_id)
    if not modes.has_report(wave.mode):
        raise Refused(
            wave=wave_id,
            reason="nobody was invited by letter",
            cure="its answers are a chapter of the report of the next wave by letter",
        )
    # What a crash after the close may have left in the urn is to be seen as not yet read.
    redaction.take_out(desk, wave_id, actor=house.actor(), at=datetime.now(UTC))
    for _ in range(TURNS):
        frozen = _once(desk, wave, told, by or house.actor())
        if frozen is not None:
            return frozen
        told("another report was published meanwhile: figures anew")
    raise Refused(wave=wave_id, reason="other reports are being published", cure="run it again")


def _once(desk: Desk, wave: Wave, told: Told, actor: str) -> Frozen | None:
    measured, known = _measured(desk, wave, told)
    return snapshots.freeze(
        desk,
        NAME,
        measured.snapshot,
        known,
        registry.dumps(measured.registry),
        actor=actor,
        at=datetime.now(UTC),
    )


def _measured(desk: Desk, wave: Wave, told: Told) -> tuple[Measured, Known]:
    """The figures beside what was published before, which stands in the second."""
    found = open_waves.open_wave(desk, wave.wave_id, lambda domain: told(f"answers of {domain}"))
    known = snapshots.known(desk, wave.programme_id)
    around = _around(desk, wave, told)
    told("figures and disclosure control")
    return measurement.measure(found, registry.loads(known.plain), around), known


def _around(desk: Desk, wave: Wave, told: Told) -> Around:
    """What the programme's other waves and the texts add to a report."""
    with desk.database.read() as tx:
        others = _others(tx, wave)
        kiosks = _without_code(tx, wave, others)
        earlier = [_earlier(tx, one) for one in others if one.last_day < wave.opens_on]
        counted = [one for one in comments.counts(tx) if one.wave_id == wave.wave_id]
        form = load.published(forms.find(tx, wave.form_version).body).form
        unread = sum(one.texts for one in counted if one.state in ("open", "proposed"))
    return Around(
        earlier=tuple(one for one in earlier if one is not None),
        approved=tuple(redaction.approved(desk, wave.wave_id)),
        unread=unread,
        waiting=not counted
        and desk.today() < wave.texts_leave_on
        and any(isinstance(question, Text) for question in form.questions),
        uncoded=tuple(
            open_waves.open_wave(desk, one.wave_id, lambda domain: told(f"answers of {domain}"))
            for one in kiosks
        ),
    )


def _others(tx: Transaction, wave: Wave) -> list[Wave]:
    """The programme's other waves."""
    return [
        one
        for one in waves.every(tx)
        if one.programme_id == wave.programme_id and one.wave_id != wave.wave_id
    ]


def _earlier(tx: Transaction, wave: Wave) -> Earlier | None:
    row = stored.find(tx, wave.wave_id, NAME)
    if row is None:
        return None
    version = forms.find(tx, wave.form_version)
    return Earlier(snapshot=encoding.read(row.body), published=load.published(version.body))


def _without_code(tx: Transaction, wave: Wave, others: list[Wave]) -> list[Wave]:
    """Closed waves without letters whose days overlap this one's or lie since the one before.

    Each is a chapter of one report only, of that which is frozen first: printed twice, the same
    answers would count as two waves. Who freezes at the same moment measures once more.
    """
    before = [
        one.last_day
        for one in others
        if modes.has_report(one.mode) and one.last_day < wave.opens_on
    ]
    since = max(before) + timedelta(days=1) if before else None
    told = _told_elsewhere(tx, others)
    return [
        one
        for one in others
        if not modes.has_report(one.mode)
        and one.state == "closed"
        and one.wave_id not in told
        and one.opens_on <= wave.last_day
        and (since is None or one.last_day >= since)
    ]


def _told_elsewhere(tx: Transaction, others: list[Wave]) -> set[str]:
    """Waves without letters that a frozen report of another wave holds already."""
    frozen = (stored.find(tx, one.wave_id, NAME) for one in others if modes.has_report(one.mode))
    return {chapter.wave_id for row in frozen if row for chapter in encoding.read(row.body).uncoded}
