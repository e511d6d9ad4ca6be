"""The registry: whoever read an old one keeps nothing."""

from survey.store import registry
from survey.store.registry import Stored


def test_a_registry_begins_with_the_first_report(planned):
    with planned.write() as tx:
        assert registry.find(tx, "p") is None
        assert registry.keep(tx, "p", b"one", old=None)
    with planned.read() as tx:
        assert registry.find(tx, "p") == Stored(programme_id="p", version=1, body=b"one")


def test_of_two_who_begin_one_is_late(planned):
    with planned.write() as tx:
        assert registry.keep(tx, "p", b"one", old=None)
        assert not registry.keep(tx, "p", b"two", old=None)
        assert registry.find(tx, "p").body == b"one"


def test_of_two_who_go_on_from_the_same_one_is_late(planned):
    with planned.write() as tx:
        registry.keep(tx, "p", b"one", old=None)
        seen = registry.find(tx, "p")
        assert registry.keep(tx, "p", b"two", old=seen)
        assert not registry.keep(tx, "p", b"three", old=seen)
        assert registry.find(tx, "p") == Stored(programme_id="p", version=2, body=b"two")
