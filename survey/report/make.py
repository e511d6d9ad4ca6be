"""A report from its wave to its file: frozen by whoever asks first, a view of that ever after."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from msgspec import Struct

from survey.actions import fieldwork, snapshots
from survey.actions.comments import redaction
from survey.actions.snapshots import Known
from survey.errors import Refused
from survey.home import Home, Services, shell_actor
from survey.model import modes
from survey.model import previews as encoded
from survey.model.jobs import Progress
from survey.model.waves import Wave
from survey.report import registry
from survey.report.measure.measured import Measured
from survey.report.registry import Report
from survey.report.render.context import Edition
from survey.report_types import EditionKind, ReportRequest
from survey.statistics.disclosure import registry as published
from survey.store import documents, previews, waves
from survey.store import snapshots as stored
from survey.store.documents import Document

# Reports of one programme published at the same moment: each makes the others measure once more.
TURNS = 5


class Frozen(Struct, frozen=True, kw_only=True):
    """The snapshot of a report and the day it was frozen, which every view prints."""

    snapshot: Any
    frozen_on: date


def document(
    home: Home, wave_id: str, request: ReportRequest, progress: Progress, *, by: str = ""
) -> bytes:
    """A report of a closed wave as a file.

    The first call opens the answers and freezes every figure; each later one, whatever its edition,
    language and format, is a view of that.

    Args:
        progress: called with a message at each step
        by: who asked for it; without, whoever runs the process
    Raises:
        NotFound: no such wave or report, or it is not written in this language or format
        WaveNotReady: the wave is not closed
        Refused: the wave is reported as a chapter of another
    """
    report = registry.find(request.report)
    render = report.render[report.type.file_format(request.file_format).name]
    frozen = find(home, wave_id, request.report)
    if frozen is None:
        frozen = freeze(home.services(), wave_id, request.report, progress, by=by)
    else:
        progress(f"figures as frozen on {frozen.frozen_on}")
    return render(
        frozen.snapshot,
        language=request.language,
        edition=edition_of(request.edition, frozen_on=frozen.frozen_on, example=home.settings.demo),
        progress=progress,
    )


def file(
    home: Home,
    wave_id: str,
    request: ReportRequest,
    progress: Progress,
    *,
    made_on: date,
    by: str = "",
) -> bytes:
    """A report of a closed wave, also kept among its documents, which the staff pages hand out.

    Raises:
        as `document`; nothing is kept then
    """
    body = document(home, wave_id, request, progress, by=by)
    file_format = registry.find(request.report).type.file_format(request.file_format)
    name = f"{request.report}-{wave_id}-{request.edition}-{request.language}{file_format.ending}"
    row = Document(
        document_id=secrets.token_hex(16),
        wave_id=wave_id,
        name=name,
        media_type=file_format.media_type,
        body=body,
        made_on=made_on,
    )
    with home.database.write() as tx:
        documents.keep(tx, row)
    return body


def frozen_first(home: Home, wave_id: str, report_name: str) -> list[Wave]:
    """The waves whose figures the next report of a closed wave will freeze; empty when none."""
    with home.database.read() as tx:
        wave = waves.find(tx, wave_id)
        frozen_on = stored.frozen_on(tx, wave_id, report_name)
        if wave.state != "closed" or frozen_on is not None:
            return []
        return [wave, *registry.find(report_name).frozen_with(tx, wave)]


def preview(home: Home, wave_id: str, report_name: str, progress: Progress) -> None:
    """Measure what a report would show, and keep which figures those are: none of them, and once.

    Raises:
        WaveNotReady: the wave is not closed
    """
    report, services = registry.find(report_name), home.services()
    with services.database.read() as tx:
        wave = waves.find(tx, wave_id)
        if previews.find(tx, wave_id, report_name) is not None:
            return
    measured, _ = _measured(services, wave, report, progress)
    with services.database.write() as tx:
        seen = report.preview(measured.snapshot, fieldwork.rounded(tx, wave))
        row = previews.Stored(
            wave_id=wave_id, report=report_name, body=encoded.text(seen), made_on=services.today()
        )
        previews.keep(tx, row)


def find(home: Home, wave_id: str, report_name: str) -> Frozen | None:
    """The frozen report, None before its first run."""
    with home.database.read() as tx:
        row = stored.find(tx, wave_id, report_name)
    return _read(row) if row else None


def edition_of(kind: EditionKind, *, frozen_on: date, example: bool) -> Edition:
    """An edition as printed: its date is the day the figures were frozen."""
    return Edition(kind=kind, issued=frozen_on, example=example)


def freeze(
    services: Services, wave_id: str, report_name: str, progress: Progress, *, by: str = ""
) -> Frozen:
    """Open the answers, ask what may be said, keep that; or take what somebody faster has kept.

    Args:
        by: who asked for it; without, whoever runs the process

    Raises:
        WaveNotReady: the wave is not closed
        Refused: the wave is reported as a chapter of another, or too many publish at once
    """
    report = registry.find(report_name)
    with services.database.read() as tx:
        wave = waves.find(tx, wave_id)
    if not modes.has_report(wave.mode):
        raise Refused(
            wave=wave_id,
            reason="nobody was invited by letter",
            cure="its answers are a chapter of the report of the next wave by letter",
        )
    # What a crash after the close may have left in the urn is to be seen as not yet read.
    redaction.open_texts(services, wave_id, actor=shell_actor(), at=datetime.now(UTC))
    for _ in range(TURNS):
        row = _once(services, wave, report, progress, by or shell_actor())
        if row is not None:
            return _read(row)
        progress("another report was published meanwhile: figures anew")
    raise Refused(wave=wave_id, reason="other reports are being published", cure="run it again")


def _once(
    services: Services, wave: Wave, report: Report[Any], progress: Progress, actor: str
) -> stored.Frozen | None:
    measured, known = _measured(services, wave, report, progress)
    row = stored.Frozen(
        wave_id=wave.wave_id,
        report=report.type.name,
        body=report.text(measured.snapshot),
        frozen_on=services.today(),
    )
    return snapshots.freeze(
        services,
        wave.programme_id,
        row,
        known,
        published.dumps(measured.registry),
        actor=actor,
        at=datetime.now(UTC),
    )


def _measured(
    services: Services, wave: Wave, report: Report[Any], progress: Progress
) -> tuple[Measured[Any], Known]:
    """The figures beside what was published before, which stands in the second."""
    known = snapshots.known(services, wave.programme_id)
    return report.measure(services, wave, published.loads(known.plain), progress), known


def _read(row: stored.Frozen) -> Frozen:
    snapshot = registry.find(row.report).read(row.body)
    return Frozen(snapshot=snapshot, frozen_on=row.frozen_on)
