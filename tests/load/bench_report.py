"""The data part of a report against one pass of fetch, decrypt and decode over the same rows."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec

from survey.actions import house, submitting, waves
from survey.actions.desk import Desk
from survey.actions.sheets import Content, Noted
from survey.form import domains, encode
from survey.linkage import bodies, tickets
from survey.linkage.tickets import Seat
from survey.model.answers import Chosen
from survey.model.form import Form, Rating
from survey.model.rows import Response
from survey.report import build, opened
from survey.statistics.disclosure.registry import Registry
from survey.store import responses
from survey.store import waves as stored
from tests.load.lines import Line
from tests.web import houses

ANSWERS = 10_000


def lines(folder: Path) -> Iterator[Line]:
    """Time both, three times each, and give their ratio."""
    folder.mkdir()
    street = houses.build(folder, base_url="http://127.0.0.1")
    desk = house.desk(street.here)
    fill(desk, street.wave_id, ANSWERS)
    waves.close(street.here.database, street.wave_id, actor="bench", at=houses.NOW)
    once = statistics.median(_timed(lambda: one_pass(desk, street.wave_id)) for _ in range(3))
    part = statistics.median(_timed(lambda: data_part(desk, street.wave_id)) for _ in range(3))
    yield Line(f"fetch, decrypt, decode {ANSWERS} answers, CPU", once * 1e3, "ms")
    yield Line(f"data part of the report of {ANSWERS} answers, CPU", part * 1e3, "ms")
    yield Line("data part / one pass", part / once, "times", 4)


def data_part(desk: Desk, wave_id: str) -> None:
    """Everything of a report but its pages."""
    found = opened.open_wave(desk, wave_id, lambda _: None)
    build.measure(found, Registry())


def one_pass(desk: Desk, wave_id: str) -> int:
    """The least that must be done: every row fetched, both layers off, decoded."""
    with desk.database.read() as tx:
        asked = desk.asked(tx, wave_id)
    keys = desk.keys[asked.programme.programme_id]
    inner = msgspec.msgpack.Decoder(submitting.Inner)
    seen = 0
    for domain in domains.domains(asked.published.form, asked.programme.level):
        with desk.database.read() as tx:
            label = f"{asked.published.form.perspective}.{domain.name}"
            rows = [(row.mark, row.body) for row in responses.sealed(tx, wave_id, label)]
        key = submitting.inner_key(keys, domain)
        for part in desk.evaluator.strip(asked.programme.programme_id, wave_id, rows):
            encode.decode(inner.decode(bodies.open_inner(key, wave_id, part.inner)).answers)
            seen += 1
    return seen


def fill(desk: Desk, wave_id: str, answers: int) -> None:
    """Write that many submissions as `submit` would, in one transaction."""
    random = Random(7)
    with desk.database.read() as tx:
        asked = desk.asked(tx, wave_id)
        stored.find(tx, wave_id)
    ticket_key = desk.evaluator._programmes[asked.programme.programme_id].ticket
    with desk.database.write() as tx:
        for number in range(answers):
            seat = Seat(pseudonym=number.to_bytes(16), unit_id="u1", cell="all")
            ticket = tickets.issue(ticket_key, wave_id, seat)
            content = Content(
                code_hash=b"",
                unit_id="u1",
                cell="all",
                language=random.choice(["de", "de", "ar", "en"]),
                answers=_opinion(asked.published.form, random),
            )
            covered = desk.evaluator.cover(
                asked.programme.programme_id,
                wave_id,
                ticket,
                dict(submitting._inner_parts(desk, asked, content)),
                [],
            )
            for part in covered.answers:
                handle = random.randbytes(32)
                row = Response(
                    wave_id=wave_id,
                    domain=part.domain,
                    mark=part.mark,
                    handle=handle,
                    body=part.body,
                )
                responses.keep(tx, row)


def _opinion(form: Form, random: Random) -> dict[str, Noted]:
    said = {}
    for question in form.questions:
        if isinstance(question, Rating) and random.random() < 0.95:
            code = random.choice(form.scales[question.scale].codes)
            said[question.id] = Noted(answer=Chosen(codes=(code,)), device=bytes(8))
    return said


def _timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before
