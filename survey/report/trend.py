"""What earlier waves of the programme published, beside this one; nothing is computed anew."""

from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

import msgspec
from msgspec import Struct

from survey.form.load import Published
from survey.model.estimates import Figure
from survey.model.form import Rating
from survey.model.snapshots import Break, Graded, Point, Series, Snapshot, Topic
from survey.report import laws
from survey.report.opened import Opened


class Earlier(Struct, frozen=True, kw_only=True):
    """A frozen report with the form its wave asked."""

    snapshot: Snapshot
    published: Published


class _Wave(Struct, frozen=True, kw_only=True):
    point: Point
    asked: bytes


def series(
    found: Opened, earlier: Sequence[Earlier], topics: Sequence[Topic], grades: Sequence[Graded]
) -> tuple[Series, ...]:
    """Every topic and grade of this wave that an earlier one has published too."""
    before = [one for one in earlier if one.snapshot.setting.form_id == found.published.form.id]
    every = [_topic(found, before, topic) for topic in topics]
    every += [_grade(found, before, grade) for grade in grades]
    return tuple(one for one in every if len(one.points) > 1)


def _topic(found: Opened, before: Sequence[Earlier], topic: Topic) -> Series:
    waves = []
    for one in before:
        figure = next(
            (t.favourable for t in one.snapshot.topics if t.construct == topic.construct), None
        )
        if figure is not None:
            asked = _asked(one.published, _statements(one.published, topic.construct))
            waves.append(_Wave(point=_earlier(one, figure), asked=asked))
    now = _asked(found.published, _statements(found.published, topic.construct))
    waves.append(_Wave(point=_now(found, topic.favourable), asked=now))
    return Series(
        kind="topic",
        subject=topic.construct,
        points=tuple(wave.point for wave in waves),
        breaks=_breaks(waves),
    )


def _grade(found: Opened, before: Sequence[Earlier], grade: Graded) -> Series:
    waves = []
    for one in before:
        figure = next(
            (g.mean for g in one.snapshot.grades if g.question_id == grade.question_id), None
        )
        if figure is not None:
            asked = _asked(one.published, [grade.question_id])
            waves.append(_Wave(point=_earlier(one, figure), asked=asked))
    now = _asked(found.published, [grade.question_id])
    waves.append(_Wave(point=_now(found, grade.mean), asked=now))
    return Series(
        kind="grade",
        subject=grade.question_id,
        points=tuple(wave.point for wave in waves),
        breaks=_breaks(waves),
    )


def _earlier(one: Earlier, figure: Figure) -> Point:
    setting = one.snapshot.setting
    return Point(
        wave_id=setting.wave_id,
        number=setting.wave_number,
        first=setting.opens_on,
        last=setting.closes_on,
        figure=figure,
    )


def _now(found: Opened, figure: Figure) -> Point:
    wave = found.wave
    return Point(
        wave_id=wave.wave_id,
        number=wave.number,
        first=wave.opens_on,
        last=wave.closes_on,
        figure=figure,
    )


def _statements(published: Published, construct: str) -> list[str]:
    scales = published.form.scales
    return [
        q.id
        for q in published.form.questions
        if isinstance(q, Rating)
        and q.construct == construct
        and scales[q.scale].kind == "agreement"
    ]


def _asked(published: Published, question_ids: Sequence[str]) -> bytes:
    """A digest of these questions as they were put, in every language."""
    form = published.form
    questions = [q for q in form.questions if q.id in question_ids]
    scales = {q.scale: form.scales[q.scale] for q in questions if isinstance(q, Rating)}
    words = {
        tag: (
            [wording.questions[q.id] for q in questions],
            {name: wording.scales[name] for name in scales},
        )
        for tag, wording in published.wordings.items()
    }
    return sha256(msgspec.json.encode((questions, scales, words), order="sorted")).digest()


def _breaks(waves: Sequence[_Wave]) -> tuple[Break, ...]:
    """Other words than the wave before; laws that came into force since the first wave began."""
    found = [
        Break(on=now.point.first, reason="wording")
        for before, now in pairwise(waves)
        if now.asked != before.asked
    ]
    first, last = waves[0].point.first, waves[-1].point.last
    found += [
        Break(on=law.on, reason="law", text=law.text) for law in laws.LAWS if first < law.on <= last
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.reason)))
