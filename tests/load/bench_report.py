"""A report against what cannot be avoided: reading the same rows, and setting the same pages.

The data part (opening, counting, disclosure control over twelve units) is compared with one pass of
fetch, decrypt and decode over the same rows; the whole PDF with WeasyPrint alone on the same HTML.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import msgspec
import weasyprint

from survey import paths
from survey.actions import responses
from survey.document import pdf
from survey.form import domains, encode
from survey.home import Services
from survey.linkage import inner_layer
from survey.linkage.closed_waves import ClosedWave
from survey.model.answers import Answers, Chosen
from survey.model.form import Form, Rating
from survey.model.snapshots import Snapshot
from survey.report.make import edition_of
from survey.report.measure import open_waves
from survey.report.measure import satisfaction as measurement
from survey.report.render import satisfaction
from survey.statistics.disclosure.registry import Registry
from survey.store import closings
from survey.store import responses as stored_responses
from tests.load.lines import Line
from tests.world import answered
from tests.world.answered import Person

SIZES = (10_000, 65_000)
UNITS = tuple(f"u{number}" for number in range(12))
DAYS = (date(2026, 9, 7), date(2026, 10, 2))
RUNS = 3


def lines(folder: Path) -> Iterator[Line]:
    """Time both parts; every figure is the median of three."""
    made = None
    for answers in SIZES:
        services = _filled(folder / str(answers), answers)
        once = _median(lambda services=services: one_pass(services))
        before = _memory()
        part = _median(lambda services=services: data_part(services))
        made = data_part(services)
        yield Line(f"fetch, decrypt, decode {answers} answers, CPU", once * 1e3, "ms")
        yield Line(f"data part of the report of {answers} answers, CPU", part * 1e3, "ms")
        yield Line(f"data part / one pass, {answers} answers", part / once, "times", 4)
        yield Line(f"memory it needs besides, {answers} answers", _memory() - before, "MB", 300)
    if made is not None:
        yield from _pages(made)


def _filled(folder: Path, answers: int) -> Services:
    """A closed wave with that many submissions, written as sending one writes it."""
    home = answered.build(folder)
    random = Random(7)
    people = (
        Person(
            pseudonym=number.to_bytes(16),
            unit_id=UNITS[number % len(UNITS)],
            language=random.choice(["de", "de", "ar", "en"]),
            answers=_opinion(answered.SHORT.form, random),
        )
        for number in range(answers)
    )
    invited = dict.fromkeys(UNITS, answers // 4)
    answered.wave(home, "big", 2, people, days=DAYS, invited=invited, form=answered.SHORT)
    return home.services()


def data_part(services: Services) -> Snapshot:
    """Everything of a report but its pages."""
    found = open_waves.open_wave(services, "big", lambda _: None)
    return measurement.measure(found, Registry()).snapshot


def one_pass(services: Services) -> int:
    """The least that must be done: every row fetched, both layers off, decoded."""
    with services.database.read() as tx:
        asked = services.wave_context(tx, "big")
    programme_id = asked.programme.programme_id
    inner = msgspec.msgpack.Decoder(responses.Inner)
    seen = 0
    for domain in domains.domains(asked.published.form, asked.programme.level):
        with services.database.read() as tx:
            label = f"{asked.published.form.perspective}.{domain.name}"
            closing = closings.find(tx, "big")
            assert closing is not None
            wave = ClosedWave(
                wave_id="big",
                invited=closing.invited,
                noted=closing.noted,
                rows=[(row.mark, row.body) for row in stored_responses.sealed(tx, "big", label)],
            )
        key = responses.inner_key(services.keys[programme_id], domain)
        for part in services.evaluator.open_answers(programme_id, label, [wave]):
            encode.decode(inner.decode(inner_layer.open_inner(key, "big", part.inner)).answers)
            seen += 1
    return seen


def _pages(snapshot: Snapshot) -> Iterator[Line]:
    """The PDF with everything, and WeasyPrint alone on what it was given."""
    edition = edition_of("internal", frozen_on=DAYS[1], example=True)
    given: list[str] = []
    real = pdf.render

    def heard(html: str, **more: object) -> bytes:
        given.append(html)
        return real(html, **more)  # type: ignore[arg-type]

    pdf.render = heard
    try:
        satisfaction.render(snapshot, language="de", edition=edition)
    finally:
        pdf.render = real
    alone = _median(lambda: _set(given[0]))
    whole = _median(lambda: satisfaction.render(snapshot, language="de", edition=edition))
    yield Line("WeasyPrint alone on the HTML of the report, CPU", alone * 1e3, "ms")
    yield Line("report from snapshot to PDF, CPU", whole * 1e3, "ms")
    yield Line("whole PDF / WeasyPrint alone", whole / alone, "times", 1.3)


def _set(html: str) -> None:
    page = weasyprint.HTML(
        string=html, base_url=f"{paths.STATIC.as_uri()}/", url_fetcher=pdf.OwnFilesOnly()
    )
    page.write_pdf(font_config=pdf.fonts(), pdf_variant="pdf/a-3a")


def _opinion(form: Form, random: Random) -> Answers:
    said: Answers = {}
    for question in form.questions:
        if isinstance(question, Rating) and random.random() < 0.95:
            code = random.choice(form.scales[question.scale].codes)
            said[question.id] = Chosen(codes=(code,))
    return said


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_timed(work) for _ in range(RUNS))


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _memory() -> float:
    """The most this process has held so far, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
