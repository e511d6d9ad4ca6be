"""Connectors and the batches they hand over: keys replaced, batches taken once."""

from msgspec.structs import replace

from survey.store import exchange
from survey.store.exchange import Connector, TakenBatch

OFFICE = Connector(connector_id="office", signature_key=b"s" * 32, exchange_key=b"\0" * 32)
TAKEN = TakenBatch(batch_id="b1", wave_id="w1", digest=b"d" * 32, invitations=60)


def test_a_connector_comes_back_with_its_keys(database):
    with database.write() as tx:
        exchange.trust(tx, OFFICE)
        assert exchange.connector(tx, "office") == OFFICE
        assert exchange.connector(tx, "other") is None


def test_new_keys_take_the_place_of_old_ones(database):
    renewed = replace(OFFICE, exchange_key=b"n" * 32)
    with database.write() as tx:
        exchange.trust(tx, OFFICE)
        exchange.trust(tx, renewed)
        exchange.trust(tx, replace(OFFICE, connector_id="annex"))
        assert exchange.connectors(tx) == [replace(OFFICE, connector_id="annex"), renewed]


def test_a_batch_is_noted_once(planned):
    with planned.write() as tx:
        assert exchange.batch(tx, "b1") is None
        assert exchange.note(tx, TAKEN)
        assert not exchange.note(tx, replace(TAKEN, digest=b"e" * 32))
        assert exchange.batch(tx, "b1") == TAKEN
