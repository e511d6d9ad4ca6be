"""What connectors hand over, and what is refused."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from survey.actions import exchange, programmes, waves
from survey.engine.inspection import inspect
from survey.errors import NotSealedForUs, Refused, SettingsError, WaveNotReady
from survey.linkage import codes, keys
from survey.staff.store import audit
from survey.store import waves as stored
from tests.actions.conftest import AT, PROGRAMME, TEAMS
from tests.world import connectors
from tests.world.connectors import Connector


def batch(wave_id, printed, **more):
    return connectors.batch(wave_id, printed, **{"units": TEAMS, **more})


def push(services, office, wanted, **names):
    connector = msgspec.structs.replace(office, **names)
    envelope = connector.envelope(services.evaluator.public_key, wanted)
    return exchange.open_batch(services.database, services.evaluator, envelope, at=AT)


def test_a_push_writes_invitations_and_counts_and_nothing_that_names_a_code(
    services, office, printed
):
    assert push(services, office, batch("w1", printed)).invitations == 60
    with services.database.read() as tx:
        assert [cell.invited for cell in stored.sample(tx, "w1")] == [30, 30]
        assert stored.find(tx, "w1").state == "sampled"
    digests = {codes.digest(code) for code in printed}
    hashes = {row["code_hash"] for row in inspect(services.database)["invitation"].rows}
    assert len(hashes) == 60
    assert hashes.isdisjoint(digests)


def test_the_same_push_again_is_acknowledged_and_changes_nothing(services, office, printed):
    envelope = office.envelope(services.evaluator.public_key, batch("w1", printed))
    first = exchange.open_batch(services.database, services.evaluator, envelope, at=AT)
    again = exchange.open_batch(services.database, services.evaluator, envelope, at=AT)
    assert (first.again, again.again) == (False, True)
    assert inspect(services.database)["invitation"].count == 60


def test_a_push_sent_many_times_at_once_is_taken_once(services, office, printed):
    envelope = office.envelope(services.evaluator.public_key, batch("w1", printed))

    def send(_: int) -> str:
        try:
            exchange.open_batch(services.database, services.evaluator, envelope, at=AT)
        except Refused:
            return "refused"
        return "taken"

    with ThreadPoolExecutor(4) as crowd:
        assert "taken" in set(crowd.map(send, range(8)))
    assert inspect(services.database)["invitation"].count == 60


def test_a_second_different_batch_of_one_id_is_refused(services, office, printed):
    push(services, office, batch("w1", printed))
    with pytest.raises(Refused, match="another batch"):
        push(services, office, batch("w1", printed[:40]))


def test_a_second_sample_for_one_wave_is_refused(services, office, printed):
    push(services, office, batch("w1", printed))
    with pytest.raises(Refused, match="takes no sample"):
        push(services, office, batch("w1", printed, batch_id="b2"))


def test_cells_below_k_up_are_refused_and_nothing_is_kept(services, office, printed):
    with pytest.raises(Refused, match="cells too small"):
        push(
            services,
            office,
            batch("w1", printed, units={f"team-{n}": f"Team-{n}" for n in range(1, 5)}),
        )
    assert inspect(services.database)["invitation"].count == 0


def test_counts_that_are_not_those_of_the_invitations_are_refused(services, office, printed):
    wanted = batch("w1", printed)
    inflated = msgspec.structs.replace(
        wanted, cells=tuple(msgspec.structs.replace(c, invited=99) for c in wanted.cells)
    )
    with pytest.raises(Refused, match="counts"):
        push(services, office, inflated)


def test_two_units_that_are_called_the_same_are_refused(services, office, printed):
    wanted = batch("w1", printed)
    alike = zip(wanted.units, ("FM 1", "fm  1"), strict=True)
    units = tuple(msgspec.structs.replace(unit, label=label) for unit, label in alike)
    with pytest.raises(Refused, match="called the same"):
        push(services, office, msgspec.structs.replace(wanted, units=units))
    assert inspect(services.database)["invitation"].count == 0


def test_a_connector_we_do_not_know_or_with_another_key_is_refused(
    services, office, printed, tmp_path
):
    with pytest.raises(NotSealedForUs):
        push(services, office, batch("w1", printed), connector_id="stranger")
    keys.create(tmp_path / "stranger", keys.CONNECTOR)
    with pytest.raises(NotSealedForUs):
        push(services, Connector(tmp_path / "stranger", "office"), batch("w1", printed))


def test_an_envelope_that_names_another_wave_than_its_letter_is_refused(services, office, printed):
    envelope = office.envelope(services.evaluator.public_key, batch("w1", printed))
    with pytest.raises(NotSealedForUs):
        exchange.open_batch(
            services.database,
            services.evaluator,
            msgspec.structs.replace(envelope, batch_id="b9"),
            at=AT,
        )


def test_a_wave_opens_only_with_sample_confirmed_keys_and_destroyed_prints(
    services, home, office, printed
):
    def attempt() -> None:
        waves.open_wave(home.database, "w1", actor="test", at=AT)

    with pytest.raises(WaveNotReady, match="ceremony"):
        attempt()
    programmes.confirm_keys(home.database, "p", actor="test", at=AT)
    push(services, office, batch("w1", printed))
    with pytest.raises(WaveNotReady, match="compute the codes"):
        attempt()
    exchange.print_destroyed(home.database, office.destroyed("w1", letters=60), at=AT)
    attempt()
    with home.database.read() as tx:
        assert stored.find(tx, "w1").state == "open"


def two_lost(printed):
    """Letters for two that were lost."""
    extra = batch("w1", printed[:2], batch_id="b2")
    return msgspec.structs.replace(
        extra,
        units=(),
        cells=(),
        replaces=True,
        codes=tuple(
            msgspec.structs.replace(code, code_digest=codes.digest(codes.derive(bytes(32), at)))
            for at, code in enumerate(extra.codes)
        ),
    )


def test_letters_for_lost_ones_are_refused_whole_and_told_why(opened, office, printed):
    before = inspect(opened.database)["invitation"].count
    with pytest.raises(Refused, match="would tell who has answered") as refused:
        push(opened, office, two_lost(printed))
    assert "next wave" in refused.value.facts["cure"]
    assert inspect(opened.database)["invitation"].count == before
    with opened.database.read() as tx:
        assert stored.find(tx, "w1").print_destroyed


def test_the_word_of_a_wave_without_letters_is_refused(services, home, office, printed):
    """Said beforehand it would hold for whatever is pushed later."""
    with pytest.raises(Refused, match="other letters"):
        exchange.print_destroyed(home.database, office.destroyed("w1", letters=0), at=AT)
    push(services, office, batch("w1", printed))
    with home.database.read() as tx:
        assert not stored.find(tx, "w1").print_destroyed


def test_a_word_about_another_number_of_letters_says_nothing(services, home, office, printed):
    push(services, office, batch("w1", printed))
    with pytest.raises(Refused, match="other letters"):
        exchange.print_destroyed(home.database, office.destroyed("w1", letters=59), at=AT)


def test_a_repeated_word_about_destroyed_prints_writes_nothing_down(opened, office):
    with opened.database.read() as tx:
        before = audit.last(tx)
    exchange.print_destroyed(opened.database, office.destroyed("w1", letters=60), at=AT)
    with opened.database.read() as tx:
        assert audit.last(tx) == before


def test_a_programme_without_independent_help_is_refused(home):
    bare = msgspec.structs.replace(
        PROGRAMME,
        programme_id="q",
        help=msgspec.structs.replace(PROGRAMME.help, phone=" "),
    )
    with pytest.raises(SettingsError, match=r"help\.phone"):
        programmes.create(
            home.database,
            bare,
            server_keys=home.server_keys,
            evaluator_keys=home.evaluator_keys,
            barrier_address="barriere@musterstadt.example",
            actor="test",
            at=AT,
        )
