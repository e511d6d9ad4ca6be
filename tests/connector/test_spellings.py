"""One person is one person, one manager one manager, one team one team, however they are spelt."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from msgspec import Struct

from connector.cases import accounts
from connector.cases.accounts import NewAccount
from connector.imports import pseudonyms
from connector.state import case_managers, episodes
from survey.errors import Refused
from survey.linkage import pseudonyms as sealing
from tests.connector import export_maker
from tests.connector.conftest import dump

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
NOON = datetime(2026, 11, 2, 11, 0, tzinfo=UTC)
PASSWORD = "Regen am Rathausplatz 7"  # noqa: S105 - of invented people


class Name(Struct, frozen=True):
    value: str


def running(seed, rows=60):
    export = export_maker.make(seed, rows=rows)
    for row in export.rows:
        row.update(start="01.03.2026", end="", end_reason="")
    return export


def written(export, folder):
    """The file in UTF-8, which has room for every spelling."""
    path = export.write(folder)
    path.write_bytes(export.text().encode("utf-8-sig"))
    return path


def names(state, column):
    sql = f"SELECT DISTINCT {column} AS value FROM episode WHERE {column} <> '' ORDER BY 1"
    with state.read() as tx:
        return [one.value for one in tx.all(sql, into=Name)]


def codes(outcome):
    return {one.code for one in outcome.found if one.grade != "excluded"}


def test_teams_and_signs_are_one_however_they_are_spelt(tmp_path, take, state):
    export = running(60)
    for row in export.rows:
        row.update(team="FM Süd", case_manager="MUE")
    spellings = ("fm süd", "FM  Süd", "FM\u00a0Süd", unicodedata.normalize("NFD", "FM Süd"))
    for row, team in zip(export.rows, spellings, strict=False):
        row["team"] = team
    for row, sign in zip(export.rows[10:], ("Mue", "mue ", "MUE\u200b", '="MUE"'), strict=False):
        row["case_manager"] = sign
    outcome = take(written(export, tmp_path))
    assert outcome.status == 0
    assert (names(state, "team"), names(state, "case_manager")) == (["FM Süd"], ["MUE"])
    told = [one for one in outcome.found if one.code == "N-ID-003"]
    assert {(one.column, one.record) for one in told} >= {("Team", 1), ("Kürzel", 11)}
    assert any(one.shown == "„fm süd“ = „FM Süd“" for one in told)


def test_a_known_spelling_stays_and_the_mappings_word_goes_before_it(tmp_path, take, state):
    export = running(61)
    for row in export.rows:
        row.update(team="FM 1", case_manager="BA")
    take(written(export, tmp_path))
    for row in export.rows:
        row["team"] = "fm 1"
    outcome = take(written(export, tmp_path), as_of=TUESDAY)
    assert (outcome.difference.changed, names(state, "team")) == (0, ["FM 1"])
    export.rows[0]["measure"] = "AGH"
    path = written(export, tmp_path)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        mapping.read_text("utf-8") + '[values.team]\n"FM 1" = "Fallmanagement 1"\n', "utf-8"
    )
    take(path, as_of=TUESDAY)
    assert names(state, "team") == ["Fallmanagement 1"]


@pytest.mark.parametrize(
    "spelling", ["123a456789", "123 A 456-789", "\ufeff123A456789", '="123A456789"', "'123A456789"]
)
def test_a_person_is_one_however_her_number_is_spelt(tmp_path, take, state, spelling):
    export = running(62)
    export.rows[0]["person"] = "123A456789"
    export.rows[1].update(person=spelling, disclosure_block="J")
    outcome = take(written(export, tmp_path))
    assert [one.record for one in outcome.found if one.code == "N-ID-002"] == [2]
    with state.read() as tx:
        found = episodes.may_be_asked(
            tx, as_of=MONDAY, ended_since=MONDAY, asked_after=date(2000, 1, 1)
        )
    assert len(found) == 58


@pytest.mark.parametrize("spelling", ['="00123"', "'00123", " 00123\u200b"])
def test_a_case_is_one_however_its_number_is_spelt(tmp_path, take, home, state, spelling):
    export = running(63)
    export.rows[0]["case_number"] = "00123"
    export.rows.append(dict(export.rows[0], case_number=spelling))
    export.rows.append(dict(export.rows[0], case_number="123", person="123B456789"))
    outcome = take(written(export, tmp_path))
    assert {(one.record, one.code) for one in outcome.found} >= {(61, "N-EP-001"), (61, "N-ID-002")}
    assert outcome.difference.taken == 61
    key = pseudonyms.read_keys(home.keys)
    with state.read() as tx:
        index = pseudonyms.case_index(key.index, "test", spelling)
        own = episodes.own(tx, index, export.rows[0]["case_manager"])
    assert sealing.open_case(key.case, own.sealed_case) == "00123"


def test_columns_are_one_however_their_umlauts_are_composed(tmp_path, take):
    export = running(64)
    path = written(export, tmp_path)
    text = path.read_text("utf-8-sig")
    head, _, rest = text.partition("\n")
    path.write_text(unicodedata.normalize("NFD", head) + "\n" + rest, "utf-8")
    assert take(path).status == 0
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(unicodedata.normalize("NFD", mapping.read_text("utf-8")), "utf-8")
    assert take(written(export, tmp_path), mapping, as_of=TUESDAY).status == 0


@pytest.mark.parametrize("field", ["case_number", "person", "team", "case_manager"])
def test_what_excel_leaves_behind_is_no_case_person_team_or_sign(tmp_path, take, state, field):
    export = running(65)
    for row, left in zip(
        export.rows, ("#NV", "######", "1,23E+11", "1.23E+11", "#WERT!"), strict=False
    ):
        row[field] = left
    outcome = take(written(export, tmp_path))
    refused = [(one.record, one.code) for one in outcome.found if one.grade == "row"]
    assert refused == [
        (1, "E-ID-001"), (2, "E-ID-001"), (3, "E-ID-002"), (4, "E-ID-002"), (5, "E-ID-001"),
    ]  # fmt: skip
    assert (outcome.status, outcome.difference.taken) == (1, 55)


def test_signs_that_may_be_one_are_told_at_import(tmp_path, take):
    export = running(66)
    for row in export.rows:
        row.update(team="FM 1", case_manager="MUE")
    export.rows[0]["case_manager"] = "MÜ"
    export.rows[1]["case_manager"] = "MUL"
    export.rows[2]["team"] = "FM-1"
    outcome = take(written(export, tmp_path))
    told = {one.code: one for one in outcome.found if one.grade == "warning"}
    assert told.keys() == {"W-EP-006", "W-EP-007", "W-EP-008"}
    assert told["W-EP-006"].shown == "„MÜ“ – „MUE“"
    assert (told["W-EP-007"].record, told["W-EP-008"].record) == (2, 3)


def test_the_repeated_header_is_no_person(tmp_path, take):
    export = running(67)
    path = export.write(tmp_path)
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([*lines[:30], lines[0], *lines[30:]]))
    outcome = take(path)
    assert [(one.record, one.code) for one in outcome.found] == [(30, "N-SA-004")]
    assert outcome.difference.taken == 60


def open_account(state, login, sign):
    wanted = NewAccount(login=login, name=login, role="case_manager", case_manager=sign)
    return accounts.add(state, wanted, PASSWORD, at=NOON)


def test_an_account_has_the_cases_of_its_sign_however_it_is_spelt(tmp_path, take, state):
    export = running(68)
    for row in export.rows[:5]:
        row["case_manager"] = "MUE"
    take(written(export, tmp_path))
    assert open_account(state, "bernd", " mue") == 5
    with pytest.raises(Refused):
        open_account(state, "clara", "Mue")
    with state.read() as tx:
        assert [manager.sign for manager in case_managers.list_all(tx)] == ["MUE"]


def test_an_account_that_was_there_before_the_import_gets_its_spelling(tmp_path, take, state):
    open_account(state, "bernd", "mue")
    export = running(69)
    for row in export.rows[:5]:
        row["case_manager"] = "MUE"
    take(written(export, tmp_path))
    with state.read() as tx:
        assert [manager.sign for manager in case_managers.list_all(tx)] == ["MUE"]


def aged(state, keys, *, case="", person="", row=None, **names):
    """Let a known case be as the first rule of spelling kept it."""
    now = pseudonyms.case_index(keys.index, "test", row["case_number"])
    spelt = case or row["case_number"]
    old = sealing.index(keys.index, "case", f"test\x1f{' '.join(spelt.split()).casefold()}")
    sealed = sealing.seal_case(keys.case, spelt)
    number = person or row["person"]
    new = {
        "old": old,
        "sealed": sealed,
        "person": sealing.index(keys.index, "person", number.replace(" ", "").upper()),
        "team": names.get("team", row["team"]),
        "sign": names.get("case_manager", row["case_manager"]),
        "now": now,
    }
    with state.write() as tx:
        tx.run(
            """
            UPDATE episode SET case_index = :old, sealed_case = :sealed, person = :person,
                team = :team, case_manager = :sign WHERE case_index = :now
            """,
            new,
        )
        for other in ("link", "invitation", "visit"):
            tx.run(f"UPDATE {other} SET case_index = :old WHERE case_index = :now", new)
        tx.run("UPDATE asked SET person = :person WHERE person = :old", new)
        tx.run("UPDATE run SET rule = 1")
    return old


def test_what_was_known_in_two_spellings_is_listed_and_becomes_one_with_a_yes(
    tmp_path, take, home, state
):
    export = running(70)
    export.rows[0]["case_number"], export.rows[1]["case_number"] = "00123", "x00123"
    take(written(export, tmp_path))
    keys = pseudonyms.read_keys(home.keys)
    aged(state, keys, row=export.rows[1], case='="00123"')
    aged(state, keys, row=export.rows[2], team="team nord", case_manager="d0 ")
    # One person by two digests: her number with a sign nobody sees, and without.
    aged(state, keys, row=export.rows[3], person=export.rows[4]["person"] + "\u200b")
    export.rows[3]["person"] = export.rows[4]["person"] + "\u200b"
    export.rows[2].update(team="Team Nord", case_manager="d0")
    del export.rows[1]
    path = written(export, tmp_path)
    before = dump(home.database)
    stopped = take(path, as_of=TUESDAY)
    assert [one.code for one in stopped.found if one.grade == "file"] == ["F-LA-004"]
    (question,) = stopped.questions
    assert "4 Fälle, Menschen, Teams oder Kürzel" in question.message
    assert "--accept-merges" in question.message
    listed = {one.code: one for one in stopped.found}
    assert listed["N-ID-004"].shown == '„00123“, „="00123"“'
    assert listed["N-ID-005"].record == 3
    assert {one.shown for one in stopped.found if one.code == "N-ID-006"} == {
        "„team nord“ = „Team Nord“", "„d0 “ = „d0“",
    }  # fmt: skip
    assert dump(home.database) == before
    done = take(path, as_of=TUESDAY, merges=True)
    assert (done.status, done.difference.added, done.vanished) == (0, 0, 0)
    assert names(state, "team") == ["Team Nord", "Team Süd", "U25"]
    again = take(path, as_of=date(2026, 11, 4))
    assert (again.status, codes(again) & {"N-ID-004", "N-ID-005", "N-ID-006"}) == (0, set())


def test_a_case_keeps_its_pseudonym_letters_and_releases_under_the_new_rule(
    tmp_path, take, home, state
):
    export = running(71)
    export.rows[0]["case_number"] = "00123"
    take(written(export, tmp_path))
    keys = pseudonyms.read_keys(home.keys)
    new = pseudonyms.case_index(keys.index, "test", "00123")
    old = aged(state, keys, row=export.rows[0], case='="00123"')
    words = sealing.seal_words(keys.case, old, "r1", b"Brief vom Vermieter")
    with state.write() as tx:
        tx.run(
            "INSERT INTO link (tenant, programme_id, case_index, pseudonym) "
            "VALUES (:tenant, 'p', :old, :pseudonym)",
            {"old": old, "pseudonym": b"p" * 16},
        )
        tx.run("INSERT INTO pull (tenant, number, pulled_on) VALUES (:tenant, 1, '2026-11-01')")
        tx.run(
            "INSERT INTO release (tenant, release_id, programme_id, wave_id, case_index, block, "
            "words, from_on, until, first_pull) VALUES (:tenant, 'r1', 'p', 'w1', :old, 'help', "
            ":words, '2026-11-01', '2026-12-01', 1)",
            {"old": old, "words": words},
        )
    outcome = take(written(export, tmp_path), as_of=TUESDAY)
    assert (outcome.status, outcome.difference.added, outcome.difference.changed) == (0, 0, 0)
    with state.read() as tx:
        link = tx.one("SELECT case_index AS value FROM link", into=Bytes)
        kept = tx.one("SELECT case_index AS value, words FROM release", into=Words)
        shown = tx.one(
            "SELECT sealed_case AS value FROM episode WHERE case_index = :new",
            {"new": new},
            into=Bytes,
        )
    assert (link.value, kept.value) == (new, new)
    assert sealing.open_words(keys.case, new, "r1", kept.words) == b"Brief vom Vermieter"
    assert sealing.open_case(keys.case, shown.value) == "00123"


class Bytes(Struct, frozen=True):
    value: bytes


class Words(Struct, frozen=True):
    value: bytes
    words: bytes


def test_a_protection_known_by_an_old_spelling_holds_under_the_new_rule(
    tmp_path, take, home, state
):
    export = running(72)
    spelt = export.rows[0]["person"] + "\u200b"
    export.rows[0]["disclosure_block"] = "J"
    take(written(export, tmp_path))
    keys = pseudonyms.read_keys(home.keys)
    aged(state, keys, row=export.rows[0], person=spelt)
    # She comes by another case, her number spelt as it was; the blocked case is gone.
    export.rows[0].update(case_number="neu", person=spelt, disclosure_block="N")
    take(written(export, tmp_path), as_of=TUESDAY, merges=True)
    with state.read() as tx:
        found = episodes.may_be_asked(
            tx, as_of=TUESDAY, ended_since=TUESDAY, asked_after=date(2000, 1, 1)
        )
    assert len({one.person for one in found}) == 59


def test_two_open_accounts_that_come_to_have_one_sign_stop_the_import(tmp_path, take, home, state):
    export = running(73)
    take(written(export, tmp_path))
    open_account(state, "bernd", "MUE")
    open_account(state, "clara", "CK")
    with state.write() as tx:
        tx.run("UPDATE case_manager SET sign = 'mue' WHERE sign = 'CK'")
    export.rows[0]["case_manager"] = "MUE"
    outcome = take(written(export, tmp_path), as_of=TUESDAY)
    assert [one.code for one in outcome.found if one.grade == "file"] == ["F-ID-001"]
