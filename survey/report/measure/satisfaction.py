"""The satisfaction snapshot: answers in, what disclosure control lets through out.

Every figure in it is one that `channel` gave back, or computed from such figures as printed.
"""

from msgspec import Struct
from msgspec.structs import replace

from survey.form.load import Published
from survey.model import comments as texts
from survey.model.programmes import Programme
from survey.model.setting import Setting
from survey.model.snapshots import Snapshot
from survey.model.waves import Wave
from survey.report.measure import comments, questions, response, trend, units, without_code
from survey.report.measure.disclosed import Channel
from survey.report.measure.open_waves import Opened
from survey.report.measure.trend import Earlier
from survey.statistics.disclosure.registry import Registry


class Around(Struct, frozen=True, kw_only=True):
    """What stands beside the answers of a wave.

    Args:
        earlier: frozen reports of the programme's earlier waves, oldest first
        approved: texts two people agreed on
        unread: how many nobody has decided on yet
        waiting: people can still delete their texts, so that nobody has seen any
        uncoded: closed waves of the programme that needed no code
    """

    earlier: tuple[Earlier, ...] = ()
    approved: tuple[texts.Remark, ...] = ()
    unread: int = 0
    waiting: bool = False
    uncoded: tuple[Opened, ...] = ()


class Measured(Struct, frozen=True, kw_only=True):
    """A snapshot, and the registry to be kept before anybody sees it."""

    snapshot: Snapshot
    registry: Registry


ALONE = Around()


def measure(found: Opened, known: Registry, around: Around = ALONE) -> Measured:
    """Everything the satisfaction report of one closed wave may say.

    Args:
        known: everything published of this programme before
    """
    form = found.published.form
    channel = Channel(found.wave.thresholds, known)
    sheets = questions.read(found)
    core = sheets[questions.main(found)]
    taken = response.response(channel, found.wave.wave_id, core, found.units, found.sample)
    asked = questions.ask(channel, form, sheets, taken.units)
    rated, grades = asked.statements(), asked.grades()
    topics = asked.topics(rated)
    snapshot = Snapshot(
        setting=_setting(found.published, found.wave, found.programme),
        codes=questions.codes(form),
        response=taken.response,
        topics=topics,
        rated=rated,
        grades=grades,
        helps=asked.helps(),
        declared=asked.declared(),
        mixes=asked.mixes(),
        wordings=questions.wordings(found.published),
        units=taken.units.compared,
        by_unit=units.tables(taken.units, asked.items, asked.results, rated, topics, grades),
        remarks=comments.remarks(channel, form, around.approved),
        redaction="waiting"
        if around.waiting
        else comments.state(channel, form, around.approved, around.unread),
        uncoded=tuple(without_code.chapter(channel, each) for each in around.uncoded),
    )
    snapshot = replace(snapshot, trend=trend.series(found, around.earlier, snapshot))
    return Measured(snapshot=snapshot, registry=channel.registry)


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
