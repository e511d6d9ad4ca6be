"""The evaluator keeps its keys to itself, but answers questions: what does asking give away?

Whoever runs the live server may ask it anything. Together with the jobcenter's codes that is as
good as the keys; the limit is told to people. What the evaluator gives in one answer is still as
little as it can be.
"""

import pytest

from survey.actions.submitting import Inner, labels
from survey.errors import Refused
from survey.linkage import bodies, codes
from survey.store import invitations, responses
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


def rows_of(world):
    with world.desk.database.read() as tx:
        return [(row.mark, row.body) for row in responses.sealed(tx, WAVE, MAIN)]


def asked_about(world, one):
    """Her answer by nothing but questions to the evaluator, the disk and the server's keys."""
    desk = world.desk
    [candidate] = desk.evaluator.candidates(codes.digest(one.code), bytes(16))
    with desk.database.read() as tx:
        found = invitations.find(tx, candidate.code_hash)
        asked = desk.asked(tx, WAVE)
    place = desk.evaluator.place(PROGRAMME, WAVE, found.ticket, labels(asked))
    [row] = [each for each in rows_of(world) if each[0] == place.marks[MAIN]]
    [part] = desk.evaluator.strip(PROGRAMME, WAVE, [row])
    inner = bodies.open_inner(desk.keys[PROGRAMME].answer, WAVE, part.inner)
    return attack.answer(inner, QUESTION)


def test_the_live_server_with_the_codes_may_ask_as_well_as_look(answered, figures):
    """The told limit: jobcenter, live server and evaluator together. No promise, a measurement."""
    with_answer = [one for one in answered.invited[:PEOPLE] if QUESTION in one.plan.answers]
    hits = sum(asked_about(answered, one) == attack.truth(one, QUESTION) for one in with_answer)
    figures.append(f"jobcenter with a live server that asks: read {hits} of {len(with_answer)}")
    assert hits == len(with_answer)


@pytest.mark.xfail(raises=pytest.fail.Exception, reason="strip has no floor and no memory")
def test_the_evaluator_takes_no_layer_off_fewer_rows_than_a_figure_needs(answered):
    with pytest.raises(Refused):
        answered.desk.evaluator.strip(PROGRAMME, WAVE, rows_of(answered)[:1])


def test_what_is_stripped_comes_without_mark_or_handle_and_in_another_order(answered):
    rows = rows_of(answered)
    runs = [answered.desk.evaluator.strip(PROGRAMME, WAVE, rows) for _ in range(3)]
    assert {len(run) for run in runs} == {PEOPLE}
    assert set(runs[0][0].__struct_fields__) == {"run_id", "inner"}
    orders = {tuple(part.inner for part in run) for run in runs}
    assert len(orders) == 3
    # What stands for Q is drawn for one run only.
    assert not {part.run_id for part in runs[0]} & {part.run_id for part in runs[1]}


def test_a_stripped_part_names_unit_and_cell_and_nothing_nearer_to_a_person(answered):
    assert set(Inner.__struct_fields__) == {"unit_id", "cell", "version", "answers"}
    sizes = {}
    for one in answered.invited:
        sizes[one.unit_id, one.cell] = sizes.get((one.unit_id, one.cell), 0) + 1
    assert min(sizes.values()) >= 20
