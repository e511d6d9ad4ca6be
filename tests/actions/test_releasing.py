"""What a person shows, from her tick to the connector, and back by her code."""

import json
import secrets
from datetime import date, timedelta

import msgspec
import pytest

from survey.actions import drafts, erasure, exchange, pull, releases, responses
from survey.actions.drafts import OpenDraft
from survey.engine.inspection import inspect
from survey.errors import NotSealedForUs, Refused
from survey.linkage import codes, envelopes, keys
from survey.linkage import releases as sealing
from survey.model.answers import Chosen, NotApplicable
from survey.model.exchange import Pull, PullRequest, ReleasedBlock, ReleasedLine
from survey.store import releases as rows
from survey.store.exchange import Connector
from tests.actions.conftest import AT

SLOT = date(2026, 11, 23)
UNTIL = date(2027, 5, 29)
OFTEN, SELDOM = Chosen(codes=("4",)), Chosen(codes=("2",))
PLAN = ReleasedBlock(
    title="Mein Plan",
    lines=(
        ReleasedLine(
            question="Meine eigenen Wünsche stehen im Kooperationsplan.", answer="trifft eher zu"
        ),
        ReleasedLine(question="Ich konnte beim Plan mitentscheiden.", answer="nicht beantwortet"),
    ),
)


@pytest.fixture
def level():
    return "released"


def on(services, day):
    """The same desk on another day."""
    return msgspec.structs.replace(services, today=lambda: day)


def enter(services, code):
    return drafts.enter(services, codes.digest(code), before=None, language="de").session


def answered(services, code, **said):
    """Somebody who has answered these questions and is about to send."""
    session = enter(services, code)
    for question_id, answer in said.items():
        drafts.keep(services, session, question_id, answer, language="de")
    return session


def offer(services, session):
    sheet = drafts.open_draft(services, session)
    assert isinstance(sheet, OpenDraft)
    return releases.offer(sheet.context, sheet.answers, sheet.elsewhere, today=services.today())


def shows(services, code, *blocks, **said):
    """Somebody who answers, ticks and sends."""
    session = answered(services, code, **said)
    seen = offer(services, session).seen
    assert responses.submit(services, session, show=blocks, seen=seen) == "sent"


def pulled(services, office, *, connector_id="office", nonce=None):
    nonce = nonce or secrets.token_bytes(16)
    private = keys.signing_pair(office.directory).private
    signature = envelopes.sign(private, envelopes.PULL, connector_id, nonce)
    request = PullRequest(connector_id=connector_id, nonce=nonce, signature=signature)
    return pull.pull(services, request, at=AT)


def opened_by(office, pull: Pull):
    """(block, words) of everything listed, as the connector reads it."""
    private = keys.sealing_pair(office.directory).private
    found = [sealing.open_addressed(private, each.sealed) for each in pull.releases]
    return [(one.block, msgspec.json.decode(words, type=ReleasedBlock)) for one, words in found]


def count(services):
    return inspect(services.database)["release"].count


def bodies(services, column="body"):
    return [row[column] for row in inspect(services.database)["release"].rows]


def test_the_connector_reads_exactly_the_words_that_were_ticked(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN, l1=SELDOM, w1=OFTEN)
    later = on(opened, SLOT)
    assert releases.hand_over_due(later, SLOT) == 1
    pull = pulled(later, office)
    assert opened_by(office, pull) == [("plan", PLAN)]
    [held] = pull.releases
    assert (held.programme_id, held.wave_id) == ("p", "w1")
    assert (held.from_on, held.until) == (SLOT, UNTIL)
    assert held.sealed_to == keys.sealing_pair(office.directory).public


def test_what_is_offered_is_what_may_be_shown_was_answered_and_nothing_else(opened, printed):
    amira = answered(opened, printed[0], p1=OFTEN, w1=OFTEN, k1=OFTEN, g1=Chosen(codes=("6",)))
    found = offer(opened, amira)
    assert list(found.blocks) == ["plan"]
    assert found.blocks["plan"] == PLAN
    assert (found.from_on, found.until) == (SLOT, UNTIL)


@pytest.mark.parametrize("block", ["contact", "overall", "benefits", "nonsense", ""])
def test_what_was_not_offered_cannot_be_shown(opened, printed, block):
    amira = answered(opened, printed[0], p1=OFTEN, k1=OFTEN)
    seen = offer(opened, amira).seen
    assert responses.submit(opened, amira, show=[block], seen=seen) == "changed"
    assert count(opened) == 0
    assert drafts.open_draft(opened, amira) is not None


def test_an_answer_changed_behind_the_page_is_not_shown_unseen(opened, printed):
    amira = answered(opened, printed[0], p1=OFTEN)
    seen = offer(opened, amira).seen
    drafts.keep(opened, amira, "p1", SELDOM, language="de")
    assert responses.submit(opened, amira, show=["plan"], seen=seen) == "changed"
    assert count(opened) == 0
    again = offer(opened, amira).seen
    assert responses.submit(opened, amira, show=["plan"], seen=again) == "sent"


def test_a_page_from_before_sunday_midnight_is_read_again_because_the_day_is_another(
    opened, printed
):
    sunday, monday = date(2026, 11, 15), date(2026, 11, 16)
    amira = answered(on(opened, sunday), printed[0], p1=OFTEN)
    seen = offer(on(opened, sunday), amira).seen
    assert responses.submit(on(opened, monday), amira, show=["plan"], seen=seen) == "changed"


def test_without_a_tick_nobody_needs_to_have_seen_anything(opened, printed):
    amira = answered(opened, printed[0], p1=OFTEN)
    assert responses.submit(opened, amira) == "sent"


def test_every_submission_writes_the_same_rows_of_the_same_length(opened, printed):
    shows(opened, printed[0], "plan", p1=OFTEN, p2=NotApplicable())
    shows(opened, printed[1], "plan", "help", "health", h1=OFTEN, p1=OFTEN, **{"h5-health": GOT})
    assert responses.submit(opened, enter(opened, printed[2])) == "sent"
    assert count(opened) == 3 * 4
    assert len({len(body) for body in bodies(opened)}) == 1
    assert {row["slot_on"] for row in inspect(opened.database)["release"].rows} == {"2026-11-23"}


GOT = Chosen(codes=("got",))


def test_what_is_sealed_has_one_length_for_each_block_whatever_it_says(opened, printed):
    shows(opened, printed[0], "help", h1=OFTEN)
    more = dict.fromkeys(("h5-money", "h5-housing", "h5-family", "h5-german", "h5-school"), GOT)
    shows(opened, printed[1], "help", h1=SELDOM, **more)
    releases.hand_over_due(on(opened, SLOT), SLOT)
    sealed = bodies(opened, "sealed")
    assert len(sealed) == 2
    assert len({len(each) for each in sealed}) == 1


def test_nothing_is_handed_over_before_its_monday(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN)
    before = on(opened, SLOT - timedelta(days=1))
    assert releases.hand_over_due(before, SLOT - timedelta(days=1)) == 0
    assert pulled(before, office).releases == ()
    # Not even when somebody has sealed it too early.
    releases.hand_over_due(before, SLOT)
    assert pulled(before, office).releases == ()


def test_empty_rows_go_at_the_slot_and_full_ones_stay(opened, printed):
    shows(opened, printed[0], "plan", p1=OFTEN)
    responses.submit(opened, answered(opened, printed[1], p1=OFTEN))
    releases.hand_over_due(on(opened, SLOT), SLOT)
    assert count(opened) == 1


def test_delivering_twice_seals_once(opened, printed):
    shows(opened, printed[0], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    assert releases.hand_over_due(later, SLOT) == 1
    before = bodies(opened, "sealed")
    assert releases.hand_over_due(later, SLOT) == 0
    assert bodies(opened, "sealed") == before


def test_many_people_of_one_week_are_all_delivered(opened, printed, office, monkeypatch):
    monkeypatch.setattr(releases, "BATCH", 3)
    for code in printed[:6]:
        shows(opened, code, "plan", p1=OFTEN)
    later = on(opened, SLOT)
    assert releases.hand_over_due(later, SLOT) == 6
    assert len(opened_by(office, pulled(later, office))) == 6


def test_taken_back_before_the_slot_nobody_ever_gets_it(opened, printed, office, home):
    shows(opened, printed[0], "plan", p1=OFTEN)
    erasure.erase(opened, codes.digest(printed[0]))
    assert count(opened) == 0
    later = on(opened, SLOT)
    assert releases.hand_over_due(later, SLOT) == 0
    assert pulled(later, office).releases == ()


def test_taken_back_after_the_slot_it_is_listed_no_more(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN)
    shows(opened, printed[1], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    before = {each.release_id for each in pulled(later, office).releases}
    erasure.erase(later, codes.digest(printed[0]))
    after = {each.release_id for each in pulled(later, office).releases}
    assert len(before) == 2
    assert len(before - after) == 1


def test_taking_back_while_the_slot_runs_leaves_nothing(opened, printed, monkeypatch):
    """The row is read, then deleted by its person, then sealed: there is nothing to seal."""
    shows(opened, printed[0], "plan", p1=OFTEN)
    seal = releases._sealed

    def slowly(services, asked, row, key):
        erasure.erase(services, codes.digest(printed[0]))
        return seal(services, asked, row, key)

    monkeypatch.setattr(releases, "_sealed", slowly)
    assert releases.hand_over_due(on(opened, SLOT), SLOT) == 0
    assert count(opened) == 0


def test_the_log_of_erasures_names_releases_too(opened, printed, home):
    shows(opened, printed[0], "plan", p1=OFTEN)
    erasure.erase(opened, codes.digest(printed[0]))
    log = home.server_keys / "p" / erasure.LOG
    # main, benefits, plan, help, health, circumstances; two texts; four releases.
    assert len(log.read_text("ascii").splitlines()) == 6 + 2 + 4


def test_it_is_seen_on_its_last_day_and_gone_the_day_after(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN)
    releases.hand_over_due(on(opened, SLOT), SLOT)
    assert len(pulled(on(opened, UNTIL), office).releases) == 1
    after = UNTIL + timedelta(days=1)
    assert pulled(on(opened, after), office).releases == ()
    releases.hand_over_due(on(opened, after), after)
    assert count(opened) == 0


def test_a_connector_with_a_new_key_gets_it_anew_at_the_next_slot(opened, printed, office, home):
    shows(opened, printed[0], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    [old] = pulled(later, office).releases
    fresh = renewed(home, office)
    [listed] = pulled(later, office).releases
    assert listed == old
    with pytest.raises(NotSealedForUs):
        sealing.open_addressed(fresh.private, listed.sealed)
    assert releases.hand_over_due(later, SLOT) == 1
    [anew] = pulled(later, office).releases
    assert (anew.release_id, anew.sealed_to) == (old.release_id, fresh.public)
    assert sealing.open_addressed(fresh.private, anew.sealed)[0].block == "plan"


def renewed(home, office):
    """The connector's exchange key is another from now on."""
    keys.create(office.directory / "new", keys.CONNECTOR)
    fresh = keys.sealing_pair(office.directory / "new")
    signing = keys.signing_pair(office.directory).public
    connector = Connector(connector_id="office", signature_key=signing, exchange_key=fresh.public)
    exchange.trust(home.database, connector, actor="test", at=AT)
    return fresh


def test_with_two_connectors_nobody_guesses_which_one_it_is_for(opened, printed, office, home):
    shows(opened, printed[0], "plan", p1=OFTEN)
    other = Connector(connector_id="second", signature_key=b"s" * 32, exchange_key=b"x" * 32)
    exchange.trust(home.database, other, actor="test", at=AT)
    with pytest.raises(Refused):
        releases.hand_over_due(on(opened, SLOT), SLOT)
    assert bodies(opened, "sealed") == [None] * 4


def test_without_a_connector_what_is_due_waits(opened, printed, home):
    shows(opened, printed[0], "plan", p1=OFTEN)
    with home.database.write() as tx:
        tx.run("DELETE FROM connector WHERE tenant = :tenant")
    assert releases.hand_over_due(on(opened, SLOT), SLOT) == 0
    assert count(opened) == 4


@pytest.mark.parametrize("wrong", ["stranger", "signature", "nonce"])
def test_a_pull_that_the_connector_did_not_sign_gets_nothing(opened, office, wrong):
    private = keys.signing_pair(office.directory).private
    signature = envelopes.sign(private, envelopes.PULL, "office", b"n" * 16)
    request = PullRequest(
        connector_id="stranger" if wrong == "stranger" else "office",
        nonce=b"m" * 16 if wrong == "nonce" else b"n" * 16,
        signature=b"0" * 64 if wrong == "signature" else signature,
    )
    with pytest.raises(NotSealedForUs):
        pull.pull(opened, request, at=AT)


def test_a_signature_for_a_push_is_none_for_a_pull(opened, office):
    private = keys.signing_pair(office.directory).private
    signature = envelopes.sign(private, envelopes.PUSH, "office", b"n" * 16)
    request = PullRequest(connector_id="office", nonce=b"n" * 16, signature=signature)
    with pytest.raises(NotSealedForUs):
        pull.pull(opened, request, at=AT)


def test_a_pull_that_was_heard_on_the_line_gets_nothing_a_second_time(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    assert len(pulled(later, office, nonce=b"n" * 16).releases) == 1
    entries = inspect(opened.database)["audit"].count
    with pytest.raises(Refused, match="asked before"):
        pulled(later, office, nonce=b"n" * 16)
    assert inspect(opened.database)["audit"].count == entries
    assert len(pulled(later, office).releases) == 1


def test_a_pull_is_written_down_without_a_count(opened, printed, office):
    entries = inspect(opened.database)["audit"]
    pulled(opened, office)
    first = list(entries.rows)[-1]
    shows(opened, printed[0], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    pulled(later, office)
    second = list(entries.rows)[-1]
    assert first["action"] == second["action"] == "pulled"
    assert set(json.loads(first["details"])) == set(json.loads(second["details"])) == {"nonce"}
    assert second["number"] == first["number"] + 1


def test_releases_in_a_pull_come_in_the_order_of_random_digests(opened, printed, office):
    for code in printed[:12]:
        shows(opened, code, "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    with opened.database.read() as tx:
        handles = [row.handle for row in rows.sealed(tx, SLOT)]
    assert handles == sorted(handles)


def test_another_tenants_connector_gets_nothing_of_this_house(opened, printed, office):
    shows(opened, printed[0], "plan", p1=OFTEN)
    later = on(opened, SLOT)
    releases.hand_over_due(later, SLOT)
    with later.database.write() as tx:
        tx.tenant = "nachbarstadt"
        tx.run(
            """
            INSERT INTO connector (tenant, connector_id, signature_key, exchange_key)
            SELECT :tenant, connector_id, signature_key, exchange_key FROM connector
            """
        )
        assert rows.sealed(tx, SLOT) == []
        tx.tenant = "musterstadt"
