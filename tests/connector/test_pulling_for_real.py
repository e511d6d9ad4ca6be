"""From a tick on a phone to the page of a case, over the real server; and back by the code."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from litestar.testing import TestClient

from connector import app, client
from connector import settings as homes
from connector.cases import accounts
from connector.cases.accounts import NewAccount
from connector.sample import invite
from connector.state import episodes, invitations, links, waves
from connector.state import releases as state_releases
from survey.actions import drafts, erasure, programmes, releases, responses
from survey.actions import waves as server_waves
from survey.linkage import codes, keys
from survey.model.answers import Chosen
from tests.connector import export_maker
from tests.connector.case_houses import PASSWORD, log_in

NOW = datetime.now(UTC)
TODAY = NOW.date()
DRAWN_ON = date(2026, 11, 1)
WORDS = "trifft eher zu"


@pytest.fixture
def level():
    return "released"


@pytest.fixture
def letter(tmp_path, home, state, server, survey, take):
    """An open wave that began three weeks ago, and one letter of it with its code."""
    first, last = TODAY - timedelta(days=21), TODAY + timedelta(days=21)
    words = ("--programme", "zufriedenheit", "--number", 3)
    survey("wave", "create", "w3", *words, "--opens", first, "--closes", last)
    take(export_maker.make(1, rows=150).write(tmp_path))
    entered = homes.read(home.directory)
    with client.connected(entered) as line:
        client.learn(line, state)
    with state.read() as tx:
        offer = waves.find(tx, "w3")
    drawn = invite.invite(entered, state, offer, as_of=DRAWN_ON, today=DRAWN_ON)
    client.push(entered, state, today=TODAY)
    client.report_destroyed(entered, state, "w3", letters=drawn.run.letters, today=TODAY)
    programmes.confirm_keys(server.database, "zufriedenheit", actor="test", at=NOW)
    server_waves.open_wave(server.database, "w3", actor="test", at=NOW)
    print_key = keys.read(entered.print_keys, drawn.run.print_run_id)
    with state.read() as tx:
        one = next(iter(invitations.letters(tx, drawn.run.print_run_id)))
    return one, codes.derive(print_key, one.number)


def shown_two_weeks_ago(server, code):
    """Amira answers, ticks and sends; the weekly slot is over since."""
    services = server.services()
    then = msgspec.structs.replace(services, today=lambda: TODAY - timedelta(days=14))
    session = drafts.enter(then, codes.digest(code), before=None, language="de").session
    drafts.keep(then, session, "p1", Chosen(codes=("4",)), language="de")
    sheet = drafts.open_draft(then, session)
    offered = releases.offer(sheet.context, sheet.answers, sheet.elsewhere, today=then.today())
    assert responses.submit(then, session, show=("plan",), seen=offered.seen) == "sent"
    releases.hand_over_due(services, TODAY)


def test_what_is_ticked_reaches_the_one_case_page_and_leaves_it_by_the_code(
    run, home, state, server, letter
):
    one, code = letter
    shown_two_weeks_ago(server, code)
    pulled = run("pull")
    assert pulled.exit_code == 0, pulled.output
    entered = homes.read(home.directory)
    with state.read() as tx:
        offered = episodes.may_be_asked(
            tx, as_of=DRAWN_ON, ended_since=date.min, asked_after=date.max
        )
    sign = next(each.case_manager for each in offered if each.case_index == one.case_index)
    wanted = NewAccount(
        login="bernd", name="Bernd", role="case_manager", case_manager=sign, since=DRAWN_ON
    )
    accounts.add(state, wanted, PASSWORD, at=NOW)
    place = f"/cases/{one.case_index.hex()}"
    with TestClient(app.create_app(entered), base_url=entered.settings.base_url) as bernd:
        log_in(bernd, "bernd")
        page = bernd.get(place).text
        assert "Mein Plan" in page
        assert WORDS in page
        erasure.erase(server.services(), codes.digest(code))
        assert run("pull").exit_code == 0
        assert WORDS not in bernd.get(place).text


def test_an_ended_programme_is_forgotten_by_the_next_pull_that_confirms_it(
    run, state, server, letter, survey
):
    _, code = letter
    shown_two_weeks_ago(server, code)
    assert run("pull").exit_code == 0
    survey("wave", "close", "w3", "--yes", "--because", "Probe")
    survey("programme", "end", "zufriedenheit", "--yes-destroy", "zufriedenheit")
    said = run("pull", "--end", "zufriedenheit", "--yes")
    assert said.exit_code == 0, said.output
    assert "Programme zufriedenheit has ended" in said.output
    with state.read() as tx:
        assert links.programmes(tx) == []
        assert state_releases.ids(tx) == set()
    assert "has ended" not in run("pull").output
