"""Snapshots out of thin air: a report of any size without a wave, for the tests of its pages."""

from collections.abc import Sequence
from datetime import date
from random import Random

import msgspec

from survey.form import load
from survey.form.load import Published
from survey.model.estimates import Estimate, Figure, Suppressed
from survey.model.form import Choice, Question, Rating, Text
from survey.model.participation import Represented, Response
from survey.model.series import Break, Point, Series
from survey.model.snapshots import (
    Comments,
    Declared,
    Graded,
    Help,
    Mix,
    Part,
    Quote,
    Rated,
    SatisfactionSnapshot,
    Setting,
    Topic,
    Unit,
    UnitRow,
    UnitTable,
    WithoutCode,
)
from survey.model.waves import Thresholds
from survey.report.render.context import Edition
from survey.report_types import SATISFACTION, EditionKind, ReportRequest
from survey.statistics import proportion

HIDDEN = Suppressed(reason="too-few")
LIKED = {"w1": 0.84, "w2": 0.66, "k1": 0.82, "k2": 0.6, "l1": 0.52, "p1": 0.55, "h1": 0.42}
NAMES = (
    "Team Nord",
    "Team Süd",
    "Team Ost",
    "Team West",
    "Außenstelle Hafen",
    "U25",
    "Selbständige",
    "Reha und Schwerbehinderung",
    "Team Mitte",
    "Neuantrag",
)
SAID = (
    "Dass Frau [Name entfernt] dran geblieben ist, auch als ich zweimal nicht gekommen bin.",
    "Jemand ist mit mir zur Schuldnerberatung gegangen. Allein hätte ich das nicht geschafft.",
    "Ich durfte sagen, dass der Plan zu schnell ist. Dann haben wir ihn geändert.",
    "Bitte ans Telefon gehen.",
    "Ich lese den Bescheid dreimal und weiß nicht, warum es 84 Euro weniger sind. Das macht mir "
    "Angst, weil ich nicht weiß, ob im nächsten Monat die Miete bezahlt ist.",
    "Als [Krankheit entfernt] dazukam, hat es drei Monate gedauert, bis das Geld stimmte.",
    "لم يشرح لي أحد الرسالة بلغة أفهمها.",
    "Nobody called back 😀😀, I waited three weeks.",
    "Die Eingliederungsmaßnahmenkoordinierungsstelle hat nie geantwortet.",
)
WAVES = ((1, date(2025, 9, 1)), (2, date(2026, 3, 2)), (3, date(2026, 9, 7)))


def edition(kind: EditionKind) -> Edition:
    return Edition(
        kind=kind, issued=date(2026, 11, 2), example=True, contact="befragung@musterstadt.example"
    )


def request(kind: EditionKind, language: str = "de") -> ReportRequest:
    return ReportRequest(report=SATISFACTION.name, edition=kind, language=language)


def snapshot(
    *,
    selection: str = "default",
    answered: int = 800,
    units: int = 10,
    small: int = 2,
    quotes: int = 30,
    kiosk: int = 40,
    seed: int = 5,
) -> SatisfactionSnapshot:
    """A wave of so many answers, the units of which are of very different sizes.

    Args:
        small: how many of the units are not shown
        quotes: texts to each of the two open questions; the same few again and again
        kiosk: answers without a code; 0 for no such wave
    """
    random = Random(seed)
    form = load.publish(load.form("satisfaction"), load.wordings("satisfaction"), selection)
    found = _figures(form, answered, random)
    invited = 3 * answered if answered else 800
    labels = tuple(
        Unit(
            unit_id=f"u{i}",
            label=NAMES[i],
            invited=five(invited / units),
            rate=_exact(0.28 + 0.02 * (i % 5), five(invited / units)),
        )
        for i in range(units)
    )
    return msgspec.structs.replace(
        found,
        response=Response(
            invited=five(invited),
            answered=five(answered) if answered else None,
            rate=_exact(answered / invited, invited) if answered else HIDDEN,
            complete_rate=_exact(0.9 * answered / invited, invited) if answered else HIDDEN,
            cells=_cells(invited) if answered else (),
        ),
        units=labels,
        by_unit=_by_unit(found, labels, small, random) if answered else (),
        trend=_trend(found, random) if answered else (),
        comments=tuple(
            Comments(question_id=q.id, n=five(1.4 * quotes), texts=_texts(quotes, q.id))
            for q in form.form.questions
            if isinstance(q, Text) and quotes
        ),
        redaction="finished" if quotes else "none",
        without_code=(_kiosk(kiosk, random),) if kiosk else (),
    )


def nobody() -> SatisfactionSnapshot:
    """What is left when too few answered: words of the form, and nothing else."""
    return snapshot(answered=0, quotes=0, kiosk=0)


def hiding(given: SatisfactionSnapshot, *question_ids: str) -> SatisfactionSnapshot:
    """The same with some statements hidden, for a reason that changes from one to the next."""
    reasons = ("too-few", "secondary", "complement")
    rated = []
    for each in given.rated:
        if each.question_id in question_ids:
            reason = reasons[question_ids.index(each.question_id) % 3]
            each = _hidden(each, Suppressed(reason=reason))  # type: ignore[arg-type]
        rated.append(each)
    return msgspec.structs.replace(given, rated=tuple(rated))


def unanimous(given: SatisfactionSnapshot, *question_ids: str) -> SatisfactionSnapshot:
    """The same where nearly everybody agrees: only bounds are left."""
    bounds = Suppressed(reason="unanimous", low=0.9, high=1.0)
    rated = [
        _hidden(each, bounds) if each.question_id in question_ids else each for each in given.rated
    ]
    return msgspec.structs.replace(given, rated=tuple(rated))


def _hidden(each: Rated, figure: Suppressed) -> Rated:
    return msgspec.structs.replace(
        each,
        favourable=figure,
        parts=(),
        refused=Suppressed(reason="secondary"),
        not_applicable=Suppressed(reason="secondary"),
    )


def five(n: float) -> int:
    return 5 * round(n / 5)


def share(value: float, n: int) -> Figure:
    """A share of so many answers, rounded as it is published."""
    if n < 10:
        return HIDDEN
    found = proportion.proportion(round(value * n), n)
    assert isinstance(found, Estimate)
    value, low, high = (round(x, 2) for x in (found.value, found.low, found.high))
    return Estimate(value=value, low=low, high=high, n=five(n))


def _exact(value: float, n: float) -> Estimate:
    return Estimate(value=round(value, 2), low=round(value, 2), high=round(value, 2), n=five(n))


def _cells(invited: int) -> tuple[Represented, ...]:
    parts = (("from-12-months", 0.62, 0.36), ("under-12-months", 0.38, 0.29))
    return tuple(
        Represented(cell=cell, invited=five(part * invited), rate=_exact(rate, part * invited))
        for cell, part, rate in parts
    )


def _mean(value: float, n: int) -> Figure:
    half = 2.4 / max(n, 1) ** 0.5
    if n < 30:
        return HIDDEN
    low, high = round(value - half, 1), round(value + half, 1)
    return Estimate(value=round(value, 1), low=low, high=high, n=five(n))


def _parts(
    codes: Sequence[str], weights: Sequence[float], favourable: float, sides: Sequence[int]
) -> tuple[Part, ...]:
    """Whole per cents that add up to 100, so that the favourable ones make the share."""
    percents = []
    for side, quota in ((False, 100 - round(100 * favourable)), (True, round(100 * favourable))):
        mine = [w for w, s in zip(weights, sides, strict=True) if (s > 0) == side]
        whole = [int(quota * w / sum(mine)) for w in mine]
        whole[-1] += quota - sum(whole)
        percents += whole
    ordered = [
        *(i for i, s in enumerate(sides) if s <= 0),
        *(i for i, s in enumerate(sides) if s > 0),
    ]
    by_code = dict(zip(ordered, percents, strict=True))
    return tuple(
        Part(codes=(code,), percent=by_code[i], side=sides[i]) for i, code in enumerate(codes)
    )


def _figures(form: Published, n: int, random: Random) -> SatisfactionSnapshot:
    questions = form.form.questions
    rated = tuple(
        _rated(q, n, random) for q in questions if isinstance(q, Rating) and q.scale == "agreement"
    )
    names = dict.fromkeys(each.construct for each in rated)
    return SatisfactionSnapshot(
        setting=Setting(
            programme_id="musterstadt-2026",
            programme="Befragung im Jobcenter Musterstadt",
            controller="Jobcenter Musterstadt",
            operator="Rechenzentrum Musterland",
            key_holder="Statistikstelle der Stadt Musterstadt",
            jobcenter_cannot_look=True,
            level="linked",
            wave_id="w3",
            wave_number=3,
            opens_on=date(2026, 9, 7),
            closes_on=date(2026, 10, 2),
            form_id="satisfaction",
            form_version=form.version,
            thresholds=Thresholds(),
        ),
        codes=CODES,
        response=Response(invited=0, answered=None, rate=HIDDEN, complete_rate=HIDDEN),
        topics=tuple(_topic(name, rated) for name in names),
        rated=rated,
        grades=tuple(_graded(q, n) for q in questions if getattr(q, "scale", "") == "grade"),
        helps=tuple(_help(q, n, random) for q in questions if getattr(q, "scale", "") == "help"),
        declared=tuple(_declared(q, n) for q in questions if isinstance(q, Choice)),
        mixes=_mixes(n),
        wordings={tag: form.wordings[tag] for tag in ("de", "en")},
    )


CODES = {
    "agreement": ("1", "2", "3", "4", "5"),
    "grade": ("6", "5", "4", "3", "2", "1"),
    "help": ("got", "late", "not_got", "not_needed"),
}


def _rated(question: Rating, n: int, random: Random) -> Rated:
    valid = round(n * random.uniform(0.86, 0.95))
    figure = share(LIKED.get(question.id, random.uniform(0.45, 0.72)), valid)
    shown = isinstance(figure, Estimate)
    codes = ("5", "4", "3", "2", "1") if question.reversed else ("1", "2", "3", "4", "5")
    value = figure.value if isinstance(figure, Estimate) else 0.5
    return Rated(
        question_id=question.id,
        construct=question.construct,
        reversed=question.reversed,
        favourable=figure,
        parts=_parts(codes, (3, 4, 5, 5, 6), value, (-1, -1, 0, 1, 1)) if shown else (),
        refused=_exact(random.uniform(0.01, 0.05), n) if shown else Suppressed(reason="secondary"),
        not_applicable=_exact(0.05, n) if shown else Suppressed(reason="secondary"),
    )


def _topic(construct: str, rated: Sequence[Rated]) -> Topic:
    shares = [each.favourable for each in rated if each.construct == construct]
    shown = [each for each in shares if isinstance(each, Estimate)]
    figure: Figure = HIDDEN
    if len(shown) == len(shares):
        value, low, high = (
            round(sum(getattr(each, name) for each in shown) / len(shown), 2)
            for name in ("value", "low", "high")
        )
        figure = Estimate(value=value, low=low, high=high, n=min(each.n for each in shown))
    return Topic(construct=construct, statements=len(shares), favourable=figure)


def _graded(question: Question, n: int) -> Graded:
    figure = share(0.44, round(0.9 * n))
    sides, weights = (-1, -1, 0, 0, 1, 1), (1, 2, 4, 8, 9, 3)
    parts = (
        _parts(CODES["grade"], weights, figure.value, sides) if isinstance(figure, Estimate) else ()
    )
    return Graded(
        question_id=question.id,
        mean=_mean(2.8, round(0.9 * n)),
        favourable=figure,
        parts=parts,
        refused=_exact(0.04, n) if parts else Suppressed(reason="secondary"),
        not_applicable=_exact(0.06, n)
        if question.applicable and parts
        else Suppressed(reason="not-asked"),
    )


def _help(question: Question, n: int, random: Random) -> Help:
    need = random.uniform(0.25, 0.7)
    needed, unmet = share(need, n), share(random.uniform(0.3, 0.6), round(need * n))
    parts: tuple[Part, ...] = ()
    if isinstance(unmet, Estimate):
        parts = _parts(("not_got", "late", "got"), (5, 4, 9), 1 - unmet.value, (-1, -1, 1))
    refused = _exact(0.03, n) if parts else Suppressed(reason="secondary")
    sensitive = question.id == "h5-health"
    return Help(
        question_id=question.id,
        sensitive=sensitive,
        needed=needed,
        unmet=unmet,
        parts=parts,
        refused=refused,
    )


def _declared(question: Choice, n: int) -> Declared:
    return Declared(
        question_id=question.id,
        code=question.options[0],
        construct=question.construct,
        sensitive=True,
        share=share(0.11, n),
        refused=_exact(0.08, n) if n else Suppressed(reason="secondary"),
    )


def _mixes(n: int) -> tuple[Mix, ...]:
    if not n:
        return ()
    languages = ((("de",), 58), (("ar",), 17), (("uk",), 14), (("en", "tr", "fa"), 11))
    media = ((("screen",), 71), (("paper",), 29))
    return tuple(
        Mix(kind=kind, n=five(n), parts=tuple(Part(codes=c, percent=p) for c, p in rows))
        for kind, rows in (("language", languages), ("medium", media))
    )


def _by_unit(
    found: SatisfactionSnapshot, units: Sequence[Unit], small: int, random: Random
) -> tuple[UnitTable, ...]:
    """Units of very different sizes; the last ones are hidden, one of them for another reason."""
    tables = []
    for kind, subject, whole in _subjects(found):
        rows = []
        for i, unit in enumerate(units):
            if i >= len(units) - small:
                reason = "secondary" if i % 2 else "too-few"
                hidden = Suppressed(reason=reason)  # type: ignore[arg-type]
                rows.append(UnitRow(unit_id=unit.unit_id, n=hidden, favourable=hidden))
                continue
            n = 25 + 15 * i
            value = whole.value + random.gauss(0, 0.4) / n**0.5
            figure = share(min(0.98, max(0.05, value)), n)
            mean = _mean(2.8 + random.gauss(0, 0.2), n) if kind == "grade" else None
            rows.append(UnitRow(unit_id=unit.unit_id, n=five(n), favourable=figure, mean=mean))
        tables.append(UnitTable(kind=kind, subject=subject, whole=whole, rows=tuple(rows)))  # type: ignore[arg-type]
    return tuple(tables)


def _subjects(found: SatisfactionSnapshot) -> list[tuple[str, str, Estimate]]:
    every = [("statement", each.question_id, each.favourable) for each in found.rated]
    every += [
        ("topic", each.construct, each.favourable) for each in found.topics if each.statements > 1
    ]
    every += [("grade", each.question_id, each.favourable) for each in found.grades]
    return [(k, s, figure) for k, s, figure in every if isinstance(figure, Estimate)]


def _trend(found: SatisfactionSnapshot, random: Random) -> tuple[Series, ...]:
    """Three waves; the law changed between the last two, the plan's questions after the first."""
    law = Break(
        on=date(2026, 7, 1),
        reason="law",
        text={"de": "Plan auch als Verwaltungsakt (SGB II).", "en": "Plan also as an order."},
    )
    series = []
    for topic in found.topics:
        breaks = [law] if topic.construct in ("plan", "benefits") else []
        if topic.construct == "plan":
            breaks.append(Break(on=WAVES[1][1], reason="wording"))
        points = _points(topic.favourable, random, hidden=topic.construct == "access")
        series.append(
            Series(kind="topic", subject=topic.construct, points=points, breaks=tuple(breaks))
        )
    for grade in found.grades:
        points = _points(grade.mean, random)
        series.append(Series(kind="grade", subject=grade.question_id, points=points))
    return tuple(series)


def _points(last: Figure, random: Random, *, hidden: bool = False) -> tuple[Point, ...]:
    points = []
    for number, first in WAVES:
        figure = last
        if number < 3 and isinstance(last, Estimate):
            digits, drift = (1, 0.1) if last.value > 1 else (2, 0.03)
            shift = random.gauss(0, drift)
            value, low, high = (round(x + shift, digits) for x in (last.value, last.low, last.high))
            figure = Estimate(value=value, low=low, high=high, n=last.n)
        if hidden and number == 2:
            figure = HIDDEN
        closes = first.replace(day=27)
        points.append(
            Point(wave_id=f"w{number}", number=number, first=first, last=closes, figure=figure)
        )
    return tuple(points)


def _texts(quotes: int, question_id: str) -> tuple[Quote, ...]:
    shift = len(question_id) + ord(question_id[-1])
    return tuple(
        Quote(text=SAID[(i + shift) % len(SAID)], translated=i % 7 == 3) for i in range(quotes)
    )


def _kiosk(n: int, random: Random) -> WithoutCode:
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    found = _figures(form, n, random)
    return WithoutCode(
        wave_id="k1",
        form_id="kiosk",
        form_version=form.version,
        opens_on=date(2026, 9, 7),
        closes_on=date(2026, 10, 2),
        n=five(n) if n >= 10 else HIDDEN,
        codes=CODES,
        rated=found.rated,
        grades=found.grades,
        declared=found.declared,
        wordings={tag: form.wordings[tag] for tag in ("de", "en")},
    )
