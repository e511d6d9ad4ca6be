"""Promise 5 against the house with its own connector: fresh codes tell nobody who took part."""

import pytest

from survey import clock
from survey.actions import exchange
from survey.errors import Refused
from survey.model.rows import Invitation
from survey.store import invitations
from tests.privacy import replacement_attack
from tests.privacy.replacement_attack import enveloped, run
from tests.world import answering

TRIED = range(40)


@pytest.fixture
def answered(world, monkeypatch):
    """Of the forty people that the house tries, those who took part have answered."""
    monkeypatch.setattr("survey.wrong_codes.USUAL", 0.0)
    taking = [place for place in TRIED if world.invited[place].plan.takes_part]
    for place in taking:
        answering.through_the_actions(world, world.invited[place])
    assert 10 <= len(taking) <= 30
    return taking


def test_a_house_with_its_connectors_keys_finds_nobody_who_answered(world, answered, figures):
    def push(envelope):
        exchange.open_batch(
            world.services.database, world.services.evaluator, envelope, at=clock.now()
        )

    found = run(world, push, TRIED)
    figures.append(
        f"fresh codes for {len(TRIED)} people: {found.taken} batches taken, "
        f"{len(found.listed)} of {len(answered)} listed as having answered"
    )
    assert (found.taken, list(found.opened), list(found.listed)) == (0, [], [])


def test_the_word_that_codes_are_destroyed_makes_no_room_for_others(world, answered):
    word = replacement_attack.destroyed(world)
    exchange.print_destroyed(world.services.database, word, at=clock.now())
    batch = next(iter(replacement_attack._batches(world, {0: replacement_attack._fresh(0)})))
    with pytest.raises(Refused):
        exchange.open_batch(
            world.services.database,
            world.services.evaluator,
            enveloped(world, batch),
            at=clock.now(),
        )


def test_the_same_program_lists_everybody_where_replacements_are_taken(world, answered, figures):
    """A server as one would build it at first: a signed batch of replacements is taken."""

    def push(envelope):
        admitted = world.services.evaluator.admit(
            "zufriedenheit", envelope.wave_id, envelope.sealed
        )
        if not admitted.batch.replaces:
            raise Refused()
        rows = (
            Invitation(code_hash=code_hash, wave_id=envelope.wave_id, ticket=ticket)
            for code_hash, ticket in admitted.invitations
        )
        with world.services.database.write() as tx:
            invitations.add(tx, rows)

    found = run(world, push, TRIED)
    figures.append(f"the same where they are taken: {len(found.listed)} of {len(answered)} listed")
    assert list(found.listed) == answered
