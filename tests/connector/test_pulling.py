"""What people release reaches the connector whole and sealed, and leaves it when it should."""

from datetime import timedelta

import msgspec
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from connector.cli.main import main
from connector.errors import ServerRefused, ServerUnreachable
from connector.settings import Home
from connector.state import links, pulls, releases, reports
from survey.errors import KeyMissing
from survey.linkage import keys, pseudonyms
from survey.model.exchange import PublishedReport, Pull, ReleasedBlock, ReleasedLine
from survey.staff.store import audit
from survey.staff.store.audit import Filter
from tests.connector import case_houses
from tests.connector.case_houses import AMIRA, PROGRAMME, TODAY, UNTIL, WAVE
from tests.connector.conftest import dump

REPORT = PublishedReport(
    programme_id=PROGRAMME, wave_id=WAVE, report="satisfaction", frozen_on=TODAY, body="{}"
)


def kept(house):
    with house.state.read() as tx:
        return releases.ids(tx)


def rows(house):
    """Everything but the count of pulls."""
    return [line for line in dump(house.home.database) if not line.startswith('INSERT INTO "pull"')]


def leave_out(house, *numbers):
    house.take([one for one in house.rows if one.number not in numbers])


def test_a_release_is_kept_and_opens_under_the_key_of_case_numbers_alone(house):
    held = house.release()
    outcome = house.pull(held)
    assert (outcome.held, outcome.new, outcome.stranger) == (1, 1, 0)
    case_key = keys.read(house.home.keys, "case")
    shown = shown_to_bernd(house)
    plain = pseudonyms.open_words(case_key, shown.case_index, shown.release_id, shown.words)
    assert msgspec.json.decode(plain, type=ReleasedBlock) == case_houses.WORDS
    assert (shown.from_on, shown.until) == (TODAY, UNTIL)


def test_no_word_and_no_case_number_stands_in_the_files_of_the_database(house):
    house.pull(house.release())
    files = house.home.directory.glob("connector.db*")
    whole = b"".join(path.read_bytes() for path in files)
    for word in ("Vermieter", "Hilfe", case_houses.WORDS.title, AMIRA + "\0"):
        assert word.encode() not in whole


def test_what_people_say_cannot_be_told_by_its_length(house):
    long = ReleasedBlock(
        title="T", lines=(ReleasedLine(question="Was noch?", answer="Brief " * 100),)
    )
    house.pull(house.release(), house.release("FM-2", words=long))
    lengths = {len(shown_to_bernd(house, number).words) for number in (AMIRA, "FM-2")}
    assert len(lengths) == 1


def test_every_pull_is_signed_over_a_number_of_its_own(house):
    house.pull()
    house.pull()
    first, second = house.services.asked
    assert first.connector_id == "musterstadt"
    assert first.nonce != second.nonce
    assert first.signature != second.signature


def test_a_pull_again_changes_nothing(house):
    listed = (house.release(), house.release("FM-40"))
    house.pull(*listed, reports=[REPORT])
    before = rows(house)
    outcome = house.pull(*listed, reports=[REPORT])
    assert (outcome.new, outcome.gone, outcome.held) == (0, 0, 2)
    assert rows(house) == before


def test_what_is_no_longer_listed_is_gone(house):
    stays = house.release("FM-2")
    house.pull(house.release(), stays)
    outcome = house.pull(stays)
    assert outcome.gone == 1
    assert kept(house) == {stays.release_id}


def test_a_release_sealed_to_another_key_is_counted_and_what_was_there_stays(house):
    first = house.release()
    house.pull(first)
    other = keys.fresh_key()
    theirs = keys.sealing_pair(_directory(house, other)).public
    moved = replace(house.release(key=theirs), release_id=first.release_id)
    outcome = house.pull(moved, house.release("FM-2", key=theirs))
    assert (outcome.other_key, outcome.held, outcome.gone) == (1, 1, 0)


def _directory(house, key):
    place = house.folder / "other"
    place.mkdir()
    (place / "exchange").write_text(key.hex() + "\n")
    return place


def test_a_release_that_does_not_open_is_counted_as_damaged(house):
    whole = house.release()
    cut = replace(whole, sealed=whole.sealed[:-1])
    of_another_wave = replace(house.release("FM-2"), wave_id="w9")
    no_words = house.release("FM-3", words=[1])  # sealed well, but nothing a page could show
    outcome = house.pull(cut, of_another_wave, no_words)
    assert (outcome.damaged, outcome.held, outcome.stranger) == (3, 0, 0)


def test_a_release_of_an_unknown_pseudonym_is_counted_and_not_kept(house):
    outcome = house.pull(house.release(pseudonym=b"?" * 16))
    assert (outcome.stranger, outcome.held) == (1, 0)


def test_a_pseudonym_of_another_programme_is_a_stranger_here(house):
    outcome = house.pull(replace(house.release(), programme_id="anderes"))
    assert (outcome.stranger, outcome.held) == (1, 0)


def test_a_release_of_a_case_that_left_the_export_goes_and_comes_back_with_the_case(house):
    held = house.release()
    house.pull(held)
    leave_out(house, AMIRA)
    outcome = house.pull(held)
    assert (outcome.gone, outcome.held, outcome.stranger) == (1, 0, 0)
    assert house.pull(held).stranger == 1
    leave_out(house)
    assert house.pull(held).new == 1


@pytest.mark.parametrize(("until", "stays"), [("20.05.2026", 1), ("19.05.2026", 0)])
def test_releases_stay_for_180_days_after_the_end_of_a_case(house, until, stays):
    held = house.release()
    house.take([replace(one, until=until) if one.number == AMIRA else one for one in house.rows])
    assert house.pull(held).held == stays


def test_days_that_the_server_changed_are_taken_over(house):
    house.pull(house.release())
    house.pull(house.release(days=(TODAY, TODAY)))
    assert shown_to_bernd(house).until == TODAY


def test_days_beside_the_box_count_for_nothing_where_days_stand_inside(house):
    later = UNTIL + timedelta(days=900)
    house.pull(replace(house.release(), from_on=TODAY - timedelta(days=1), until=later))
    shown = shown_to_bernd(house)
    assert (shown.from_on, shown.until) == (TODAY, UNTIL)
    house.pull(replace(house.release(), until=later))
    assert shown_to_bernd(house).until == UNTIL


def test_a_box_whose_days_end_before_they_begin_is_damaged(house):
    before = TODAY - timedelta(days=1)
    outcome = house.pull(replace(house.release(days=(TODAY, before)), until=UNTIL))
    assert (outcome.damaged, outcome.held) == (1, 0)


def shown_to_bernd(house, number=AMIRA):
    bernd, since = house.account("bernd"), releases.ended_since(TODAY)
    with house.state.read() as tx:
        (shown,) = releases.shown(tx, house.case(number), bernd, on=TODAY, ended_since=since)
    return shown


@pytest.mark.parametrize(
    "broken",
    [
        b"<html>",
        b'{"releases":[]}',
        b'{"releases":[{"release_id":"x"}],"reports":[]}',
    ],
)
def test_a_reply_that_is_no_pull_changes_nothing(house, broken):
    house.pull(house.release())
    before = dump(house.home.database)
    house.services.broken = broken
    with pytest.raises(ServerRefused):
        house.pull()
    assert dump(house.home.database) == before


def test_a_list_that_contradicts_itself_changes_nothing(house):
    held = house.release()
    house.pull(held)
    before = dump(house.home.database)
    for listed in (
        Pull(releases=(held, held), reports=()),
        Pull(releases=(replace(held, until=case_houses.date(2020, 1, 1)),), reports=()),
        Pull(releases=(), reports=(REPORT, REPORT)),
    ):
        with pytest.raises(ServerRefused):
            house.pull(*listed.releases, reports=listed.reports)
    assert dump(house.home.database) == before


def test_a_refusal_says_why_and_keeps_what_was_there(house):
    house.pull(house.release())
    house.services.status = 400
    house.services.broken = b'{"message":"not-sealed-for-us","facts":{}}'
    with pytest.raises(ServerRefused) as refused:
        house.pull()
    assert "survey keys trust" in refused.value.facts["cure"]
    assert len(kept(house)) == 1


def test_a_server_that_is_away_is_told_with_the_right_command(house):
    house.pull(house.release())
    house.services.close()
    with pytest.raises(ServerUnreachable) as away:
        house.pull()
    assert "connector pull" in away.value.facts["cure"]
    assert len(kept(house)) == 1


def test_without_its_key_a_pull_says_which_one_is_missing(house):
    (house.home.keys / "exchange").unlink()
    with pytest.raises(KeyMissing):
        house.pull()


def test_reports_are_those_the_server_has_now(house):
    house.pull(reports=[REPORT, replace(REPORT, wave_id="w0")])
    house.pull(reports=[REPORT])
    with house.state.read() as tx:
        assert [one.wave_id for one in reports.list_all(tx)] == [WAVE]


def test_a_programme_that_ended_leaves_nothing_that_leads_to_a_person(house):
    house.pull(house.release(), reports=[REPORT])
    held = house.release()
    (key,) = house.home.print_keys.iterdir()
    house.services.offers = [
        replace(one, state="closed", ended=True) for one in house.services.offers
    ]
    outcome = house.pull(held, reports=[REPORT], end=[PROGRAMME])
    assert outcome.ended == (PROGRAMME,)
    assert (outcome.held, outcome.reports) == (0, 0)
    assert not key.exists()
    with house.state.read() as tx:
        assert links.programmes(tx) == []
        (entry,) = audit.matching(tx, Filter(action="programme.forget"), skip=0, most=9)
        assert entry.subject == PROGRAMME
    assert not any(line.startswith('INSERT INTO "invitation"') for line in rows(house))
    before = rows(house)
    assert house.pull(held, reports=[REPORT], end=[PROGRAMME]).ended == ()
    assert rows(house) == before


def test_the_server_s_word_alone_destroys_no_links(house):
    with house.state.read() as tx:
        before = links.programmes(tx)
    house.services.offers = [
        replace(one, state="closed", ended=True) for one in house.services.offers
    ]
    outcome = house.pull()
    assert (outcome.ended, outcome.ending) == ((), (PROGRAMME,))
    with house.state.read() as tx:
        assert links.programmes(tx) == before
    assert any(house.home.print_keys.iterdir())


def test_a_programme_that_runs_cannot_be_ended_here(house):
    assert house.pull(house.release(), end=[PROGRAMME]).ended == ()
    with house.state.read() as tx:
        assert links.programmes(tx) == [PROGRAMME]


def test_who_was_responsible_at_the_draw_is_written_with_the_invitation(house):
    lines = [one for one in rows(house) if one.startswith('INSERT INTO "invitation"')]
    assert len(lines) == len(house.rows)
    assert sum("'BA'" in one for one in lines) == 12


def command(home: Home, *words: str):
    return CliRunner().invoke(main, ["--home", str(home.directory), *words])


def test_the_command_tells_what_to_do_but_never_how_many_came_or_went(house):
    house.services.pull = Pull(releases=(house.release(), house.release("FM-2")), reports=(REPORT,))
    first = command(house.home, "pull")
    house.services.pull = Pull(releases=(house.release("FM-2"),), reports=(REPORT,))
    second = command(house.home, "pull")
    assert first.exit_code == second.exit_code == 0
    assert first.output == second.output
    assert "Published reports: 1" in first.output


def test_the_command_names_the_cure_for_a_changed_key_and_for_strangers(house):
    theirs = keys.sealing_pair(_directory(house, keys.fresh_key())).public
    house.services.pull = Pull(
        releases=(house.release(key=theirs), house.release("FM-2", pseudonym=b"?" * 16)),
        reports=(),
    )
    said = command(house.home, "pull").output
    assert "1 releases are sealed to another key" in said
    assert "survey keys trust" in said
    assert "survey release deliver" in said
    assert "whose case has left" in said


def test_the_command_tells_that_a_programme_ended(house):
    house.services.offers = [
        replace(one, state="closed", ended=True) for one in house.services.offers
    ]
    asked = command(house.home, "pull").output
    assert f"connector pull --end {PROGRAMME}" in asked
    assert "Nothing was deleted yet" in asked
    unasked = command(house.home, "pull", "--end", PROGRAMME)
    assert unasked.exit_code == 1
    assert f"{PROGRAMME}: Wellen {WAVE}" in unasked.output
    with house.state.read() as tx:
        assert links.programmes(tx) == [PROGRAMME]
    said = command(house.home, "pull", "--end", PROGRAMME, "--yes").output
    assert f"Programme {PROGRAMME} has ended" in said
    assert "backups" in said


def test_the_days_of_pulls_are_kept_and_no_count(house):
    house.pull(house.release())
    with house.state.read() as tx:
        assert pulls.last(tx) == pulls.Pulled(1, TODAY)
