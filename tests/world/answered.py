"""Waves that many people answered: sheets written as sending writes them, then closed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from secrets import token_bytes as random_bytes

from msgspec import Struct

from survey.actions import responses, wave_close, waves
from survey.actions.draft_content import Content, Noted
from survey.form.load import Published
from survey.home import Home, Services
from survey.linkage import pseudonyms, tickets
from survey.linkage.tickets import Seat
from survey.model.answers import Answers
from survey.model.rows import FreeText, Invitation, Response
from survey.model.waves import SampleCell, Unit
from survey.store import free_texts, invitations
from survey.store import responses as stored_responses
from survey.store import waves as stored
from tests.world import forms, homes
from tests.world.programmes import NOW
from tests.world.waves import wave as planned_wave

FORM = forms.satisfaction("full")
SHORT = forms.satisfaction()


class Person(Struct, frozen=True, kw_only=True):
    """Somebody who answers; the same pseudonym in every wave."""

    pseudonym: bytes
    unit_id: str
    answers: Answers
    language: str = "de"
    cell: str = "all"


def build(folder: Path, **more: object) -> Home:
    """A house with a programme whose first wave (of the fixture, open) nobody answers."""
    folder.mkdir(parents=True, exist_ok=True)
    return homes.build(folder, letters=30, **more).home  # type: ignore[arg-type]


def wave(
    home: Home,
    wave_id: str,
    number: int,
    people: Iterable[Person],
    *,
    days: tuple[date, date],
    invited: Mapping[str, int],
    form: Published = FORM,
    closed: bool = True,
) -> None:
    """A wave that these people answered."""
    planned = planned_wave(wave_id, number, form, title="", opens_on=days[0], closes_on=days[1])
    waves.create(home.database, planned, form, actor="test", at=NOW)
    with home.database.write() as tx:
        units = [Unit(unit_id=u, label=f"Team {place + 1}") for place, u in enumerate(invited)]
        stored.add_units(tx, wave_id, units)
        cells = [SampleCell(unit_id=u, cell="all", invited=n) for u, n in invited.items()]
        stored.add_sample(tx, wave_id, cells)
        stored.move(tx, wave_id, old="planned", new="open")
    people = list(people)
    invite(home.services(), wave_id, people, invited)
    write(home.services(), wave_id, people)
    if closed:
        wave_close.close(home.services(), wave_id, actor="test", at=NOW)


def invite(
    services: Services, wave_id: str, people: Iterable[Person], invited: Mapping[str, int]
) -> None:
    """Invitations of those who answer, and in each unit of as many others as were invited."""
    seats = [Seat(pseudonym=one.pseudonym, unit_id=one.unit_id, cell=one.cell) for one in people]
    counted = Counter(seat.unit_id for seat in seats)
    seats += [
        Seat(pseudonym=pseudonyms.fresh(), unit_id=unit_id, cell="all")
        for unit_id, number in invited.items()
        for _ in range(number - counted[unit_id])
    ]
    with services.database.read() as tx:
        programme_id = services.wave_context(tx, wave_id).programme.programme_id
    ticket_key = services.evaluator._programmes[programme_id].ticket
    rows = [
        Invitation(
            code_hash=random_bytes(32),
            wave_id=wave_id,
            ticket=tickets.issue(ticket_key, wave_id, seat),
        )
        for seat in seats
    ]
    with services.database.write() as tx:
        invitations.add(tx, rows)


def write(services: Services, wave_id: str, people: Iterable[Person]) -> None:
    """The rows of their submissions, in one transaction."""
    random = Random(7)
    with services.database.read() as tx:
        context = services.wave_context(tx, wave_id)
    programme_id = context.programme.programme_id
    ticket_key = services.evaluator._programmes[programme_id].ticket
    with services.database.write() as tx:
        for person in people:
            seat = Seat(pseudonym=person.pseudonym, unit_id=person.unit_id, cell=person.cell)
            noted = {q: Noted(answer=a, device=bytes(8)) for q, a in person.answers.items()}
            content = Content(code_hash=b"", language=person.language, answers=noted)
            covered = services.evaluator.cover(
                programme_id,
                wave_id,
                tickets.issue(ticket_key, wave_id, seat),
                dict(responses._inner_parts(services, context, content)),
                responses._slips(services, context, content),
            )
            for part in covered.answers:
                row = Response(
                    wave_id=wave_id,
                    domain=part.domain,
                    mark=part.mark,
                    handle=random.randbytes(32),
                    body=part.body,
                )
                assert stored_responses.keep(tx, row)
            for body in covered.texts:
                handle = random.randbytes(32)
                free_texts.keep(tx, FreeText(wave_id=wave_id, handle=handle, body=body))


def people(answers: Sequence[Answers], units: Sequence[str]) -> list[Person]:
    """Persons with these answers, unit by unit in turn."""
    return [
        Person(pseudonym=place.to_bytes(16), unit_id=units[place % len(units)], answers=said)
        for place, said in enumerate(answers)
    ]
