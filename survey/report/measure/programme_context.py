"""The context of a wave in its programme: earlier reports, comments, waves without a code.

Read when a report is measured; nothing of it is counted together with the answers of the wave.
"""

from datetime import timedelta

from msgspec import Struct

from survey.actions.comments import redaction
from survey.engine.database import Transaction
from survey.form import load
from survey.home import Services
from survey.model import comments as texts
from survey.model import modes, snapshot_heads
from survey.model import snapshots as encoding
from survey.model.form import Text
from survey.model.jobs import Progress
from survey.model.waves import Wave
from survey.report.measure import open_waves
from survey.report.measure.open_waves import OpenWave
from survey.report.measure.trend import Earlier
from survey.report_types import SATISFACTION
from survey.store import comments, forms, snapshots, waves


class ProgrammeContext(Struct, frozen=True, kw_only=True):
    """The parts of a programme that a report of one of its waves speaks of.

    Args:
        earlier: frozen reports of the programme's earlier waves, oldest first
        approved: texts two people agreed on
        unread: how many nobody has decided on yet
        waiting: people can still delete their texts, so that nobody has seen any
        without_code: closed waves of the programme that needed no code
    """

    earlier: tuple[Earlier, ...] = ()
    approved: tuple[texts.Comment, ...] = ()
    unread: int = 0
    waiting: bool = False
    without_code: tuple[OpenWave, ...] = ()


ALONE = ProgrammeContext()


def read(services: Services, wave: Wave, progress: Progress) -> ProgrammeContext:
    """The context of a closed wave, as it is at this moment."""
    with services.database.read() as tx:
        earlier = [
            _earlier(tx, other) for other in _others(tx, wave) if other.last_day < wave.opens_on
        ]
        kiosks = without_code(tx, wave)
        counts = [count for count in comments.counts(tx) if count.wave_id == wave.wave_id]
        form = load.published(forms.find(tx, wave.form_version).body).form
    return ProgrammeContext(
        earlier=tuple(report for report in earlier if report is not None),
        approved=tuple(redaction.approved(services, wave.wave_id)),
        unread=sum(count.texts for count in counts if count.state in ("open", "proposed")),
        waiting=not counts
        and services.today() < wave.texts_leave_on
        and any(isinstance(question, Text) for question in form.questions),
        without_code=tuple(
            open_waves.open_wave(
                services, kiosk.wave_id, lambda domain: progress(f"answers of {domain}")
            )
            for kiosk in kiosks
        ),
    )


def without_code(tx: Transaction, wave: Wave) -> list[Wave]:
    """Closed waves without letters whose days overlap this one's or lie since the one before.

    Each is a chapter of one report only, of that which is frozen first: printed twice, the same
    answers would count as two waves. Who freezes at the same moment measures once more.
    """
    others = _others(tx, wave)
    before = [
        other.last_day
        for other in others
        if modes.has_report(other.mode) and other.last_day < wave.opens_on
    ]
    since = max(before) + timedelta(days=1) if before else None
    reported = _reported_elsewhere(tx, others)
    return [
        other
        for other in others
        if not modes.has_report(other.mode)
        and other.state == "closed"
        and other.wave_id not in reported
        and other.opens_on <= wave.last_day
        and (since is None or other.last_day >= since)
    ]


def _others(tx: Transaction, wave: Wave) -> list[Wave]:
    """The programme's other waves."""
    return [
        other
        for other in waves.list_all(tx)
        if other.programme_id == wave.programme_id and other.wave_id != wave.wave_id
    ]


def _earlier(tx: Transaction, wave: Wave) -> Earlier | None:
    row = snapshots.find(tx, wave.wave_id, SATISFACTION.name)
    if row is None:
        return None
    version = forms.find(tx, wave.form_version)
    snapshot = encoding.read_satisfaction(row.body)
    return Earlier(snapshot=snapshot, published=load.published(version.body))


def _reported_elsewhere(tx: Transaction, others: list[Wave]) -> set[str]:
    """Waves without letters that a frozen report of another wave holds already."""
    rows = (
        snapshots.find(tx, other.wave_id, SATISFACTION.name)
        for other in others
        if modes.has_report(other.mode)
    )
    return {
        chapter.wave_id
        for row in rows
        if row
        for chapter in snapshot_heads.read(row.body).without_code
    }
