"""What earlier waves of the programme published, beside this one; nothing is computed anew."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import msgspec
from msgspec import Struct

from survey.form.load import Published
from survey.model.estimates import Estimate, Figure
from survey.model.form import Rating
from survey.model.series import Break, Known, Point, Series
from survey.model.snapshots import Graded, SatisfactionSnapshot, Topic
from survey.model.wording import QuestionWords
from survey.report.measure import laws, questions
from survey.report.measure.open_waves import OpenWave
from survey.statistics import difference


class Earlier(Struct, frozen=True, kw_only=True):
    """A frozen report with the form its wave asked."""

    snapshot: SatisfactionSnapshot
    published: Published


class _Wave(Struct, frozen=True, kw_only=True):
    point: Point
    asked: bytes


def series(
    opened: OpenWave, earlier: Sequence[Earlier], now: SatisfactionSnapshot
) -> tuple[Series, ...]:
    """Every topic and grade of this wave that an earlier one has published too."""
    before = [
        report for report in earlier if report.snapshot.setting.form_id == opened.published.form.id
    ]
    every = [_topic(opened, before, now, topic) for topic in now.topics]
    every += [_grade(opened, before, grade) for grade in now.grades]
    return tuple(line for line in every if len(line.points) > 1)


def _topic(
    opened: OpenWave, reports: Sequence[Earlier], now: SatisfactionSnapshot, topic: Topic
) -> Series:
    construct, waves = topic.construct, []
    for report in reports:
        earlier = next((t for t in report.snapshot.topics if t.construct == construct), None)
        if earlier is not None:
            asked = _asked(report.published, questions.rated(report.published.form, construct))
            known = _of_topic(report.snapshot, earlier)
            waves.append(_Wave(point=_earlier(report, earlier.favourable, known), asked=asked))
    asked = _asked(opened.published, questions.rated(opened.published.form, construct))
    last = _now(opened, topic.favourable, _of_topic(now, topic))
    waves.append(_Wave(point=last, asked=asked))
    return Series(
        kind="topic",
        subject=construct,
        points=tuple(wave.point for wave in waves),
        breaks=_breaks(waves),
    )


def _grade(opened: OpenWave, reports: Sequence[Earlier], grade: Graded) -> Series:
    waves = []
    for report in reports:
        earlier = next(
            (g for g in report.snapshot.grades if g.question_id == grade.question_id), None
        )
        if earlier is not None:
            asked = _asked(report.published, [grade.question_id])
            point = _earlier(report, earlier.mean, _of_grade(earlier))
            waves.append(_Wave(point=point, asked=asked))
    now = _asked(opened.published, [grade.question_id])
    waves.append(_Wave(point=_now(opened, grade.mean, _of_grade(grade)), asked=now))
    return Series(
        kind="grade",
        subject=grade.question_id,
        points=tuple(wave.point for wave in waves),
        breaks=_breaks(waves),
    )


def _of_topic(snapshot: SatisfactionSnapshot, topic: Topic) -> Known | None:
    """What its statements as printed tell of a topic; None where only its interval is known."""
    shares = [
        statement.favourable.value
        for statement in snapshot.rated
        if statement.construct == topic.construct and isinstance(statement.favourable, Estimate)
    ]
    if not isinstance(topic.favourable, Estimate) or len(shares) < topic.statements:
        return None
    if topic.statements > 1 and topic.effective is None:
        return None
    return difference.of_shares(shares, topic.effective or topic.favourable.n)


def _of_grade(grade: Graded) -> Known | None:
    """What the grades as printed tell of their mean; None where some of them are joined."""
    if not isinstance(grade.mean, Estimate) or any(len(part.codes) > 1 for part in grade.parts):
        return None
    percents = {float(part.codes[0]): float(part.percent) for part in grade.parts}
    return difference.of_distribution(percents, grade.mean.n) if percents else None


def _earlier(report: Earlier, figure: Figure, known: Known | None) -> Point:
    setting = report.snapshot.setting
    return Point(
        wave_id=setting.wave_id,
        number=setting.wave_number,
        first=setting.opens_on,
        last=setting.last_day,
        figure=figure,
        known=known,
    )


def _now(opened: OpenWave, figure: Figure, known: Known | None) -> Point:
    wave = opened.wave
    return Point(
        wave_id=wave.wave_id,
        number=wave.number,
        first=wave.opens_on,
        last=wave.last_day,
        figure=figure,
        known=known,
    )


def _asked(published: Published, question_ids: Sequence[str]) -> bytes:
    """A digest of these questions as they were put, in every language: what people read alone."""
    form = published.form
    questions = [q for q in form.questions if q.id in question_ids]
    scales = {q.scale: form.scales[q.scale] for q in questions if isinstance(q, Rating)}
    words = {
        tag: (
            [_read(wording.questions[q.id]) for q in questions],
            {name: wording.scales[name] for name in scales},
        )
        for tag, wording in published.wordings.items()
    }
    return sha256(msgspec.json.encode((questions, scales, words), order="sorted")).digest()


def _read(words: QuestionWords) -> QuestionWords:
    return msgspec.structs.replace(words, short="", finding="", status=None)


def _breaks(waves: Sequence[_Wave]) -> tuple[Break, ...]:
    """Other words than the wave before; laws that came into force since the first wave began."""
    breaks = [
        Break(on=now.point.first, reason="wording")
        for before, now in pairwise(waves)
        if now.asked != before.asked
    ]
    first, last = waves[0].point.first, waves[-1].point.last
    breaks += [
        Break(on=law.on, reason="law", text=law.text) for law in laws.LAWS if first < law.on <= last
    ]
    return tuple(sorted(breaks, key=lambda divided: (divided.on, divided.reason)))
