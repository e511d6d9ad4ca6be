"""The evaluator keeps its keys to itself, but answers questions: what does asking give away?

Whoever runs the live server may ask it anything. What the evaluator gives in one answer is as
little as it can be, and a second question must add nothing to the first.
"""

from collections import Counter

import pytest

from survey.actions import wave_close
from survey.actions.responses import Inner, labels
from survey.errors import Refused
from survey.linkage import codes, inner_layer
from survey.linkage.closed_waves import ClosedWave
from survey.model.floors import K
from survey.model.rows import Closing
from survey.report.measure import open_waves
from survey.store import closings, invitations, responses
from tests.privacy import attack
from tests.world import answering
from tests.world.jobcenter import PROGRAMME, WAVE

QUESTION, MAIN = "w1", "recipient.main"
PEOPLE = 40


@pytest.fixture
def answered(world):
    for one in world.invited[:PEOPLE]:
        answering.through_the_actions(world, one)
    return world


@pytest.fixture
def closed(answered):
    """The wave of `answered`, closed as it should be."""
    wave_close.close(answered.services, WAVE, actor="test", at=answered.home.now())
    return answered


def rows_of(world):
    with world.services.database.read() as tx:
        return {row.mark: row.body for row in responses.sealed(tx, WAVE, MAIN)}


def noted(world):
    with world.services.database.read() as tx:
        return closings.find(tx, WAVE)


def ask(world, rows, closing=None):
    """What the evaluator gives for these rows, with a closing of the asker's choice."""
    closing = closing or noted(world)
    wave = ClosedWave(wave_id=WAVE, invited=closing.invited, noted=closing.noted, rows=rows.items())
    return world.services.evaluator.open_answers(PROGRAMME, MAIN, [wave])


def mark_of(world, one):
    """Her mark, asked for by whoever has her code."""
    services = world.services
    [candidate] = services.evaluator.candidates(codes.digest(one.code), bytes(16))
    with services.database.read() as tx:
        found = invitations.find(tx, candidate.code_hash)
        context = services.wave_context(tx, WAVE)
    return services.evaluator.marks(PROGRAMME, WAVE, found.ticket, labels(context))[MAIN]


def test_a_server_that_lies_about_a_close_reads_somebody_once_and_can_report_no_more(answered):
    """The told limit: jobcenter with codes and a live server. It costs them the wave's report."""
    services = answered.services
    amira = next(one for one in answered.invited[:PEOPLE] if QUESTION in one.plan.answers)
    elsewhere = [one for one in answered.invited[:PEOPLE] if one.unit_id != amira.unit_id]
    marks = [mark_of(answered, one) for one in (amira, *elsewhere[: K - 1])]
    invited = services.evaluator.list_invited(PROGRAMME, WAVE, ())
    lie = services.evaluator.note_close(PROGRAMME, WAVE, invited, {MAIN: marks})
    rows = {mark: body for mark, body in rows_of(answered).items() if mark in marks}
    wave = ClosedWave(wave_id=WAVE, invited=invited, noted=lie, rows=rows.items())
    [part] = [
        row
        for row in services.evaluator.open_answers(PROGRAMME, MAIN, [wave])
        if row.unit_id == amira.unit_id
    ]
    inner = inner_layer.open_inner(services.keys[PROGRAMME].answer, WAVE, part.inner)
    assert attack.answer(inner, QUESTION) == attack.truth(amira, QUESTION)
    wave_close.close(services, WAVE, actor="test", at=answered.home.now())
    with pytest.raises(Refused, match="not the answers of its close"):
        list(open_waves.open_together(services, [WAVE], "main"))


def test_the_evaluator_takes_no_layer_off_fewer_rows_than_were_there_at_the_close(closed):
    rows = rows_of(closed)
    for left_out in (1, PEOPLE - K, PEOPLE - 1):
        with pytest.raises(Refused, match="not the answers of its close"):
            ask(closed, dict(list(rows.items())[left_out:]))


def test_nothing_is_opened_of_a_wave_with_fewer_answers_than_a_figure_needs(world):
    for one in world.invited[: K - 1]:
        answering.through_the_actions(world, one)
    wave_close.close(world.services, WAVE, actor="test", at=world.home.now())
    assert len(rows_of(world)) == K - 1
    assert ask(world, rows_of(world)) == []


def test_another_list_for_a_wave_that_was_opened_is_refused(closed):
    ask(closed, rows_of(closed))
    some = dict(list(rows_of(closed).items())[:-1])
    other = Closing(
        wave_id=WAVE,
        invited=noted(closed).invited,
        noted=closed.services.evaluator.note_close(
            PROGRAMME, WAVE, noted(closed).invited, {MAIN: list(some)}
        ),
    )
    with pytest.raises(Refused, match="not the answers of its close"):
        ask(closed, some, other)
    assert len(ask(closed, rows_of(closed))) == PEOPLE


def test_a_deletion_between_two_runs_takes_so_many_along_that_nobody_is_alone(closed):
    """Or one would read in the difference of two runs what the deleted answer said."""
    rows = rows_of(closed)
    first = {part.inner for part in ask(closed, rows)}
    victim, other = list(rows)[:2]
    second = {part.inner for part in ask(closed, rows | {victim: b""})}
    assert second < first
    assert len(first - second) == K
    # Put back, it is not opened again; nor does another name for what was deleted help.
    assert {part.inner for part in ask(closed, rows)} == second
    third = {part.inner for part in ask(closed, rows | {other: b""})}
    assert third <= second
    assert len(second - third) in {0, K}


def test_another_process_remembers_what_this_one_opened(closed):
    rows = rows_of(closed)
    ask(closed, rows)
    gone = ask(closed, rows | {next(iter(rows)): b""})
    again = closed.home.services()
    wave = ClosedWave(
        wave_id=WAVE, invited=noted(closed).invited, noted=noted(closed).noted, rows=rows.items()
    )
    found = again.evaluator.open_answers(PROGRAMME, MAIN, [wave])
    assert {part.inner for part in found} == {part.inner for part in gone}


def test_what_is_opened_comes_without_mark_or_handle_and_in_another_order(closed):
    runs = [ask(closed, rows_of(closed)) for _ in range(3)]
    assert {len(run) for run in runs} == {PEOPLE}
    assert set(runs[0][0].__struct_fields__) == {"wave_id", "run_id", "unit_id", "cell", "inner"}
    orders = {tuple(part.inner for part in run) for run in runs}
    assert len(orders) == 3
    # What stands for Q is drawn for one run only.
    assert not {part.run_id for part in runs[0]} & {part.run_id for part in runs[1]}


def test_an_opened_row_names_unit_and_cell_and_nothing_nearer_to_a_person(closed):
    assert set(Inner.__struct_fields__) == {"unit_id", "cell", "version", "answers"}
    sizes = Counter((one.unit_id, one.cell) for one in closed.invited)
    assert min(sizes.values()) >= 20
    assert {(part.unit_id, part.cell) for part in ask(closed, rows_of(closed))} <= sizes.keys()
