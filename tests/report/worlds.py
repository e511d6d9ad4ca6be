"""A seeded wave: what a jobcenter of invented people might answer."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from random import Random

from survey.form import domains
from survey.form.load import Published
from survey.model.answers import Answer, Answers, Chosen, Declined, NotApplicable
from survey.model.form import Choice, Question, Rating
from survey.model.programmes import Body, Programme
from survey.model.snapshots import Snapshot
from survey.model.waves import SampleCell, Unit, Wave
from survey.report.measure import satisfaction
from survey.report.measure.columns import DomainAnswers
from survey.report.measure.measured import Measured
from survey.report.measure.open_waves import OpenWave
from survey.report.measure.programme_context import ALONE, ProgrammeContext
from survey.statistics.disclosure.registry import Registry
from tests.world import programmes, waves

NOTHING = Registry()
# By domain: a sheet as (unit, answers), its place in the list standing for who wrote it.
Rows = dict[str, list[tuple[str, Answers]]]

# How likely a favourable answer is, by question; the rest lies around 0.6.
LIKED = {"k1": 0.82, "k2": 0.6, "w1": 0.84, "w2": 0.66, "l1": 0.52, "p1": 0.55, "h1": 0.42}
MISSED = {"h5-money": 0.45, "h5-housing": 0.62, "h5-health": 0.5, "h5-work": 0.3}
NEEDED = {"h5-money": 0.5, "h5-housing": 0.4, "h5-family": 0.25, "h5-health": 0.35, "h5-work": 0.7}


def programme(**changes: object) -> Programme:
    facts: dict[str, object] = {
        "programme_id": "musterstadt-2026",
        "title": "Befragung im Jobcenter Musterstadt",
        "operator": Body(name="Rechenzentrum Musterland"),
        "key_holder": Body(name="Statistikstelle der Stadt Musterstadt"),
        "created_on": date(2026, 1, 5),
    }
    return programmes.programme(**(facts | changes))


def wave(form: Published, **changes: object) -> Wave:
    facts: dict[str, object] = {
        "programme_id": "musterstadt-2026",
        "title": "",
        "opens_on": date(2026, 9, 7),
        "closes_on": date(2026, 10, 2),
        "state": "closed",
    }
    facts |= changes
    return waves.wave(form=form, **facts)  # type: ignore[arg-type]


def units(count: int = 4) -> tuple[Unit, ...]:
    return tuple(Unit(unit_id=f"u{i}", label=f"Team {i + 1}") for i in range(count))


def sample(invited: int = 800, *, units: int = 4) -> tuple[SampleCell, ...]:
    each = invited // units
    return tuple(SampleCell(unit_id=f"u{i}", cell="all", invited=each) for i in range(units))


def answered(form: Published, people: int, *, seed: int = 7) -> list[Answers]:
    """What `people` invented people say, some of them leaving things out."""
    random = Random(seed)
    every = []
    for _ in range(people):
        mood = random.gauss(0, 0.14)
        stops = random.random() < 0.07
        answers: Answers = {}
        for i, question in enumerate(form.form.questions):
            if stops and i > 11:
                break
            said = _said(question, form, random, mood)
            if said is not None:
                answers[question.id] = said
        every.append(answers)
    return every


def _said(question: Question, form: Published, random: Random, mood: float) -> Answer | None:
    if not isinstance(question, Rating | Choice) or random.random() < 0.015:
        return None
    if random.random() < 0.025:
        return Declined()
    if question.applicable and random.random() < 0.06:
        return NotApplicable()
    if isinstance(question, Choice):
        return Chosen(codes=(question.options[0 if random.random() < 0.12 else 1],))
    return Chosen(codes=(_code(question, form, random, mood),))


def _code(question: Rating, form: Published, random: Random, mood: float) -> str:
    kind = form.form.scales[question.scale].kind
    if kind == "help":
        if random.random() > NEEDED.get(question.id, 0.3):
            return "not_needed"
        missed = random.random() < MISSED.get(question.id, 0.4)
        return random.choice(("late", "not_got")) if missed else "got"
    good = min(0.97, max(0.03, LIKED.get(question.id, 0.6) + mood))
    if kind == "grade":
        return random.choices("123456", (good, 3 * good, 2, 1, 0.6, 0.3))[0]
    bad = 1 - good
    weights = [bad * 0.35, bad * 0.35, bad * 0.45, good * 0.5, good * 0.5]
    return random.choices("12345", weights[::-1] if question.reversed else weights)[0]


def rows(
    form: Published,
    answers: Sequence[Answers],
    *,
    seed: int = 7,
    weights: Sequence[float] = (1,) * 4,
    sizes: Sequence[int] = (),
) -> Rows:
    """The same by domain, as they come out of the sealed rows: in any order.

    Args:
        weights: how likely each unit is
        sizes: or how many people of each unit answer, one unit after the other
    """
    random = Random(seed)
    places = random.choices(range(len(weights)), weights, k=len(answers))
    if sizes:
        places = [place for place, size in enumerate(sizes) for _ in range(size)]
    elif len(set(weights)) == 1:
        places = [place % len(weights) for place in range(len(answers))]
    languages = random.choices(("de", "ar", "uk", "en", "tr"), (60, 18, 14, 5, 3), k=len(answers))
    found: Rows = {d.name: [] for d in domains.domains(form.form, "linked")}
    for said, language, unit in zip(answers, languages, places, strict=True):
        how: Answers = {
            "language": Chosen(codes=(language,)),
            "medium": Chosen(codes=(random.choice(("screen", "screen", "paper")),)),
        }
        for name, part in domains.split(form.form, "linked", said, how).items():
            found[name].append((f"u{unit}", part))
    return found


def opened(
    form: Published, found: Rows, *, invited: int = 800, units_count: int = 4, **changes: object
) -> OpenWave:
    """A closed wave with these sheets."""
    asked = wave(form, **changes)

    def sheets(name: str) -> Iterator[DomainAnswers]:
        for place, (unit_id, answers) in enumerate(found.get(name, [])):
            member = sha256(f"{asked.wave_id} {name} {place}".encode()).digest()
            yield DomainAnswers(member=member, unit_id=unit_id, cell="all", answers=answers)

    return OpenWave(
        wave=asked,
        programme=programme(),
        published=form,
        units=units(units_count),
        sample=sample(invited, units=units_count),
        sheets=sheets,
    )


def published_from(
    found: OpenWave,
    known: Registry = NOTHING,
    context: ProgrammeContext = ALONE,
) -> Measured:
    """What may be said of it, and the registry afterwards."""
    return satisfaction.measure(found, known, context)


def measured(form: Published, answers: Sequence[Answers], *, invited: int = 800) -> Snapshot:
    """The snapshot of these answers."""
    return published_from(opened(form, rows(form, answers), invited=invited)).snapshot


def saying(question_id: str, codes: Sequence[str]) -> list[Answers]:
    """People who answer only this question, each with one of these codes."""
    return [{question_id: Chosen(codes=(code,))} for code in codes]
