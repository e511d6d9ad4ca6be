"""From episodes to a batch on the survey server: once a person, sealed, and without harm again."""

from datetime import date, timedelta

import httpx
import msgspec
import pytest

from connector import client
from connector import settings as homes
from connector.errors import KeyNotPinned, NothingToInvite, ServerRefused, ServerUnreachable
from connector.sample import invite
from connector.server import Server
from connector.state import invitations, links, outbox, print_runs, waves
from survey.errors import NotFound, WaveNotReady
from survey.linkage import codes, keys
from survey.model.exchange import Batch, Envelope
from survey.store import invitations as taken_invitations
from survey.store import waves as server_waves
from tests.connector import export_maker

TODAY = date(2026, 11, 1)


@pytest.fixture
def imported(tmp_path, take):
    export = export_maker.make(1, rows=150)
    take(export.write(tmp_path))
    return export


def learned(home, state, wave_id="w1"):
    with client.connected(home) as line:
        client.learn(line, state)
    with state.read() as tx:
        return waves.find(tx, wave_id)


def invited(home, state, wave_id="w1", *, as_of=TODAY):
    home = homes.read(home.directory)
    offer = learned(home, state, wave_id)
    return home, invite.invite(home, state, offer, as_of=as_of, today=as_of)


def counted(state, sql: str) -> int:
    class Count(msgspec.Struct):
        number: int

    with state.read() as tx:
        return tx.one(sql, into=Count).number


def test_a_sample_reaches_the_server_whole_and_leaves_the_outbox(home, state, server, imported):
    home, drawn = invited(home, state)
    sent = client.push(home, state, today=TODAY)
    assert [message.kind for message in sent] == ["batch"]
    with state.read() as tx:
        assert outbox.waiting(tx) == []
    with server.database.read() as tx:
        assert server_waves.find(tx, "w1").state == "sampled"
        cells = server_waves.sample(tx, "w1")
    assert sum(cell.invited for cell in cells) == drawn.run.letters
    assert counted(state, "SELECT COUNT(*) AS number FROM outbox WHERE body IS NOT NULL") == 0
    assert client.push(home, state, today=TODAY) == []


def test_the_codes_of_the_letters_are_those_the_server_knows(home, state, server, imported):
    home, drawn = invited(home, state)
    client.push(home, state, today=TODAY)
    print_key = keys.read(home.print_keys, drawn.run.print_run_id)
    with state.read() as tx:
        letters = list(invitations.letters(tx, drawn.run.print_run_id))
    assert len(letters) == drawn.run.letters
    evaluator = server.evaluator()
    with server.database.read() as tx:
        for letter in letters[:5]:
            digest = codes.digest(codes.derive(print_key, letter.number))
            hashes = [one.code_hash for one in evaluator.candidates(digest, b"d" * 16)]
            assert any(taken_invitations.find(tx, one) for one in hashes)


def test_a_push_that_lost_its_reply_is_repeated_without_harm(home, state, server, imported):
    home, _ = invited(home, state)
    with state.read() as tx:
        (message,) = outbox.waiting(tx)
    with client.connected(home) as line:
        first = line.post("/exchange/batches", message.body).json()
    assert first["again"] is False
    assert len(client.push(home, state, today=TODAY)) == 1
    with server.database.read() as tx:
        assert server_waves.find(tx, "w1").state == "sampled"


def test_an_unreachable_server_leaves_everything_in_the_outbox(
    home, state, server, imported, monkeypatch
):
    home, _ = invited(home, state)
    monkeypatch.setenv("CONNECTOR_SERVER_URL", "http://127.0.0.1:1")
    with pytest.raises(ServerUnreachable) as stopped:
        client.push(homes.read(home.directory), state, today=TODAY)
    assert stopped.value.facts["server"] == "http://127.0.0.1:1"
    with state.read() as tx:
        assert len(outbox.waiting(tx)) == 1
    assert len(client.push(home, state, today=TODAY)) == 1


def test_a_refused_batch_stays_and_the_reason_is_told(home, state, server, imported):
    home, _ = invited(home, state)
    with state.read() as tx:
        (message,) = outbox.waiting(tx)
    envelope = msgspec.json.decode(message.body, type=Envelope)
    forged = msgspec.structs.replace(envelope, signature=b"x" * 64)
    with state.write() as tx:
        tx.run(
            "UPDATE outbox SET body = :body WHERE tenant = :tenant",
            {"body": msgspec.json.encode(forged)},
        )
    with pytest.raises(ServerRefused) as refused:
        client.push(home, state, today=TODAY)
    assert refused.value.facts["said"] == "not-sealed-for-us"
    with state.read() as tx:
        assert len(outbox.waiting(tx)) == 1


def test_nothing_is_sealed_or_sent_to_a_key_that_is_not_pinned(
    home, state, server, imported, monkeypatch
):
    fingerprint = homes.read(home.directory).settings.evaluator_fingerprint
    monkeypatch.setenv("CONNECTOR_EVALUATOR_FINGERPRINT", "0000 " * 8)
    with pytest.raises(KeyNotPinned):
        invited(home, state)
    assert counted(state, "SELECT COUNT(*) AS number FROM invitation") == 0
    monkeypatch.setenv("CONNECTOR_EVALUATOR_FINGERPRINT", fingerprint.upper().replace(" ", ""))
    pinned, _ = invited(home, state)
    monkeypatch.setenv("CONNECTOR_EVALUATOR_FINGERPRINT", "1111 " * 8)
    with pytest.raises(KeyNotPinned):
        client.push(homes.read(home.directory), state, today=TODAY)
    assert len(client.push(pinned, state, today=TODAY)) == 1


def test_what_is_sent_names_nobody_and_keeps_no_order(home, state, server, imported):
    home, drawn = invited(home, state)
    with state.read() as tx:
        (message,) = outbox.waiting(tx)
        letters = list(invitations.letters(tx, drawn.run.print_run_id))
        known = links.of_programme(tx, "zufriedenheit")
    for row in imported.rows:
        assert row["case_number"].encode() not in message.body
    admitted = server.evaluator().admit(
        "zufriedenheit", "w1", msgspec.json.decode(message.body, type=Envelope).sealed
    )
    batch: Batch = admitted.batch
    assert {one.pseudonym for one in batch.codes} == set(known.values())
    in_print = [known[letter.case_index] for letter in letters]
    assert [one.pseudonym for one in batch.codes] != in_print
    assert list(batch.codes) == sorted(batch.codes, key=lambda one: one.code_digest)


def test_a_second_wave_keeps_the_pseudonyms_and_waits_for_the_period(home, state, server, imported):
    invited(home, state)
    with state.read() as tx:
        before = links.of_programme(tx, "zufriedenheit")
    with pytest.raises(NothingToInvite):
        invited(home, state, "w2", as_of=TODAY + timedelta(days=100))
    _, drawn = invited(home, state, "w2", as_of=TODAY + timedelta(days=182))
    with state.read() as tx:
        after = links.of_programme(tx, "zufriedenheit")
    assert drawn.run.letters > 0
    assert before.items() <= after.items()


def test_at_level_anonymous_no_pseudonym_is_kept(home, state, server, imported):
    home = homes.read(home.directory)
    offer = msgspec.structs.replace(learned(home, state), level="anonymous")
    drawn = invite.invite(home, state, offer, as_of=TODAY, today=TODAY)
    assert drawn.run.letters > 0
    assert counted(state, "SELECT COUNT(*) AS number FROM link") == 0


def test_a_sample_is_drawn_once(home, state, server, imported):
    invited(home, state)
    with pytest.raises(WaveNotReady):
        invited(home, state)
    with state.read() as tx:
        assert len(print_runs.of_wave(tx, "w1")) == 1
    assert len(list(home.print_keys.iterdir())) == 1


def test_a_wave_that_was_never_offered_is_told(home, state, server, imported):
    with pytest.raises(NotFound) as told:
        invited(home, state, "w9")
    assert told.value.facts["known"] == "w1, w2"


def test_a_draw_that_fails_leaves_no_key_and_no_row(home, state, server, take, tmp_path):
    take(export_maker.make(2, rows=15).write(tmp_path))
    with pytest.raises(NothingToInvite):
        invited(home, state)
    assert list(home.print_keys.iterdir()) == []
    assert counted(state, "SELECT COUNT(*) AS number FROM asked") == 0


def test_nobody_excluded_vanished_ended_long_ago_or_twice_is_asked(
    home, state, server, take, tmp_path
):
    export = export_maker.make(3, rows=150)
    for row in export.rows:
        row.update(start="01.03.2026", end="", end_reason="")
    export.rows[0].update(disclosure_block="J")
    export.rows[1].update(person=export.rows[0]["person"])  # the same person in another case
    export.rows[2].update(end="02.05.2026", end_reason="Umzug")  # 183 days ago
    export.rows[3].update(end="03.05.2026", end_reason="Umzug")  # 182 days ago
    export.rows[4].update(person=export.rows[5]["person"])  # one of the two
    take(export.write(tmp_path))
    del export.rows[6]
    take(export.write(tmp_path))
    _, drawn = invited(home, state)
    assert drawn.run.letters == 150 - 5
    asked = "SELECT COUNT(DISTINCT person) AS number FROM asked"
    assert counted(state, asked) == drawn.run.letters


def test_who_comes_to_be_excluded_after_the_draw_gets_no_letter(
    home, state, server, imported, take, tmp_path
):
    _, drawn = invited(home, state)
    with state.read() as tx:
        before = len(list(invitations.letters(tx, drawn.run.print_run_id)))
    for row in imported.rows:
        row["disclosure_block"] = "J"
    take(imported.write(tmp_path), changes=True)
    with state.read() as tx:
        assert list(invitations.letters(tx, drawn.run.print_run_id)) == []
    assert before > 0


def test_the_word_about_destroyed_keys_waits_until_the_server_has_it(
    home, state, server, imported, monkeypatch
):
    home, drawn = invited(home, state)
    monkeypatch.setenv("CONNECTOR_SERVER_URL", "http://127.0.0.1:1")
    away = homes.read(home.directory)
    with pytest.raises(ServerUnreachable):
        client.report_destroyed(away, state, "w1", letters=drawn.run.letters, today=TODAY)
    sent = client.push(home, state, today=TODAY)
    assert [message.kind for message in sent] == ["batch", "print-destroyed"]
    with server.database.read() as tx:
        assert server_waves.find(tx, "w1").print_destroyed


def test_a_server_that_is_none_is_told(home, state, monkeypatch, tmp_path):
    transport = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>Guten Tag</html>"))
    with (
        pytest.raises(ServerRefused, match="its reply is not signed"),
        httpx.Client(transport=transport, base_url="http://proxy") as http,
    ):
        client.learn(Server(http, "0000 " * 8), state)


def test_nobody_is_drawn_without_a_persons_word(run, home, state, server, imported):
    said = run("invite", "w1", "--as-of", "2026-11-01")
    assert said.exit_code == 1
    assert "02.11.2026 bis 31.12.2026" in said.output
    assert "mit --yes wiederholen" in said.output
    with state.read() as tx:
        assert print_runs.of_wave(tx, "w1") == []


def test_signs_that_may_be_one_person_are_told_before_anybody_is_drawn(
    run, home, state, server, take, tmp_path
):
    export = export_maker.make(4, rows=150)
    for row in export.rows[:40]:
        row["case_manager"] = "MUE"
    for row in export.rows[40:50]:
        row["case_manager"] = "MÜ"
    take(export.write(tmp_path))
    said = run("invite", "w1", "--as-of", "2026-11-01")
    assert said.exit_code == 1
    assert "MÜ – MUE (zählen für die Einheiten als eines)" in said.output
    assert said.output.index("MÜ – MUE") < said.output.index("Ziehen?")


def test_the_commands_say_what_to_do_next(run, home, state, server, imported):
    drawn = run("invite", "w1", "--as-of", "2026-11-01", "--yes")
    assert drawn.exit_code == 0, drawn.output
    assert "people are invited in wave w1" in drawn.output
    assert "connector push" in drawn.output
    assert "with the survey server" in run("push").output
    assert "Nothing waits" in run("push").output
