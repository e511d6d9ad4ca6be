"""The satisfaction snapshot: answers in, what disclosure control lets through out.

Every figure in it is one that disclosure control gave back, or computed from printed ones.
"""

from msgspec.structs import replace

from survey.form.load import Published
from survey.home import Services
from survey.model.jobs import Progress
from survey.model.programmes import Programme
from survey.model.setting import Setting
from survey.model.snapshots import SatisfactionSnapshot
from survey.model.waves import Wave
from survey.report.measure import (
    comments,
    kinds,
    open_waves,
    programme_context,
    questions,
    response,
    trend,
    units,
    without_code,
)
from survey.report.measure.disclosed import DisclosureControl
from survey.report.measure.measured import Measured
from survey.report.measure.open_waves import OpenWave
from survey.report.measure.programme_context import ALONE, ProgrammeContext
from survey.statistics.disclosure.registry import Registry


def of_wave(
    services: Services, wave: Wave, known: Registry, progress: Progress
) -> Measured[SatisfactionSnapshot]:
    """Open the answers of a closed wave and measure them.

    Raises:
        WaveNotReady: the wave is not closed
    """
    opened = open_waves.open_wave(
        services, wave.wave_id, lambda domain: progress(f"answers of {domain}")
    )
    context = programme_context.read(services, wave, progress)
    progress("figures and disclosure control")
    return measure(opened, known, context)


def measure(
    opened: OpenWave, known: Registry, context: ProgrammeContext = ALONE
) -> Measured[SatisfactionSnapshot]:
    """Everything the satisfaction report of one closed wave may say.

    Args:
        known: everything published of this programme before
    """
    form = opened.published.form
    control = DisclosureControl(opened.wave.thresholds, known)
    sheets = questions.read(opened)
    core = sheets[questions.main(opened)]
    taken = response.response(control, opened.wave.wave_id, core, opened.units, opened.sample)
    asked = questions.ask(control, form, sheets, taken.units)
    rated, grades = asked.statements(), asked.grades()
    topics = asked.topics(rated)
    snapshot = SatisfactionSnapshot(
        setting=_setting(opened.published, opened.wave, opened.programme),
        codes=questions.codes(form),
        response=taken.response,
        topics=topics,
        rated=rated,
        grades=grades,
        helps=asked.helps(),
        declared=asked.declared(),
        mixes=asked.mixes(),
        wordings=questions.wordings(opened.published),
        units=taken.units.compared,
        by_unit=units.tables(taken.units, asked.items, asked.results, rated, topics, grades),
        comments=comments.of_form(control, form, context.approved),
        redaction="waiting"
        if context.waiting
        else comments.state(control, form, context.approved, context.unread),
        not_reported=kinds.not_reported(form),
        without_code=tuple(without_code.chapter(control, wave) for wave in context.without_code),
    )
    snapshot = replace(snapshot, trend=trend.series(opened, context.earlier, snapshot))
    return Measured(snapshot=snapshot, registry=control.registry)


def _setting(published: Published, wave: Wave, programme: Programme) -> Setting:
    return Setting(
        programme_id=programme.programme_id,
        programme=programme.title,
        controller=programme.controller,
        operator=programme.operator.name,
        key_holder=programme.key_holder.name,
        jobcenter_cannot_look=programme.jobcenter_cannot_look,
        level=programme.level,
        wave_id=wave.wave_id,
        wave_number=wave.number,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        form_id=published.form.id,
        form_version=published.version,
        thresholds=wave.thresholds,
        title=wave.title,
        closed_on=wave.closed_on,
        prolonged_from=wave.prolonged_from,
    )
