"""Invitations: found by the digest of a code, forgotten with their wave."""

import hashlib

from survey.model.rows import Invitation
from survey.store import invitations, waves
from tests.store.conftest import wave


def invitation(number: int, wave_id: str = "w1") -> Invitation:
    digest = hashlib.sha256(f"{wave_id} {number}".encode()).digest()
    return Invitation(code_hash=digest, wave_id=wave_id, ticket=b"\0\xff%s:x" + digest)


def test_an_invitation_comes_back_as_it_was(planned):
    with planned.write() as tx:
        assert invitations.add(tx, [invitation(1)]) == 1
    with planned.read() as tx:
        assert invitations.find(tx, invitation(1).code_hash) == invitation(1)


def test_a_push_says_how_many_codes_were_new(planned):
    with planned.write() as tx:
        assert invitations.add(tx, [invitation(1)]) == 1
        assert invitations.add(tx, (invitation(each) for each in range(3))) == 2
        assert invitations.add(tx, []) == 0


def test_nothing_is_found_for_a_code_that_is_none(planned):
    with planned.read() as tx:
        assert invitations.find(tx, bytes(32)) is None


def test_only_the_closed_wave_is_forgotten(planned):
    with planned.write() as tx:
        waves.add(tx, wave("w2", 2))
        invitations.add(tx, [invitation(1), invitation(2), invitation(1, "w2")])
        assert invitations.drop(tx, "w1") == 2
        assert invitations.find(tx, invitation(1, "w2").code_hash) is not None
