"""Drafts: of two saves of one version one wins, and what was sent is gone."""

import threading

from msgspec.structs import replace

from survey.model.rows import Draft
from survey.store import drafts, forms, waves
from tests.store.conftest import VERSION

DRAFT = Draft(draft_key=b"k" * 32, wave_id="w1", version=2**62 - 1, body=b"sealed")


def test_a_draft_comes_back_with_the_state_of_its_wave(planned):
    with planned.write() as tx:
        assert drafts.begin(tx, DRAFT)
        waves.move(tx, "w1", old="planned", new="open")
        found = drafts.find(tx, DRAFT.draft_key)
    assert found is not None
    assert (found.body, found.version, found.state, found.withdrawn) == (
        DRAFT.body,
        DRAFT.version,
        "open",
        False,
    )


def test_a_draft_knows_that_its_form_was_withdrawn(planned):
    with planned.write() as tx:
        drafts.begin(tx, DRAFT)
        forms.withdraw(tx, VERSION)
        found = drafts.find(tx, DRAFT.draft_key)
    assert found is not None
    assert found.withdrawn is True


def test_a_code_begins_one_draft(planned):
    with planned.write() as tx:
        assert drafts.begin(tx, DRAFT)
        assert not drafts.begin(tx, replace(DRAFT, body=b"other"))


def test_a_save_needs_the_version_that_was_read(planned):
    with planned.write() as tx:
        drafts.begin(tx, DRAFT)
        assert drafts.save(tx, replace(DRAFT, body=b"new"), after=5)
        assert not drafts.save(tx, replace(DRAFT, body=b"late"), after=6)
        found = drafts.find(tx, DRAFT.draft_key)
    assert found is not None
    assert (found.version, found.body) == (5, b"new")


def test_of_many_devices_that_save_at_once_one_wins(planned):
    with planned.write() as tx:
        drafts.begin(tx, DRAFT)
    won = []

    def save(number: int) -> None:
        with planned.save() as tx:
            if drafts.save(tx, replace(DRAFT, body=b"%d" % number), after=number):
                won.append(number)

    devices = [threading.Thread(target=save, args=[number]) for number in range(6)]
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    with planned.read() as tx:
        found = drafts.find(tx, DRAFT.draft_key)
    assert found is not None
    assert won == [found.version]


def test_a_draft_is_dropped_once(planned):
    with planned.write() as tx:
        drafts.begin(tx, DRAFT)
        assert drafts.drop(tx, DRAFT.draft_key)
        assert not drafts.drop(tx, DRAFT.draft_key)
        assert drafts.find(tx, DRAFT.draft_key) is None


def test_a_wave_that_closes_takes_its_drafts_along(planned):
    with planned.write() as tx:
        drafts.begin(tx, DRAFT)
        drafts.begin(tx, replace(DRAFT, draft_key=b"l" * 32))
        assert drafts.drop_wave(tx, "w1") == 2
        assert drafts.drop_wave(tx, "w1") == 0
