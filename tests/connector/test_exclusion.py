"""Who must not be written to: one rule, over all cases of a person."""

from datetime import date

import pytest

from connector.errors import FileRefused
from connector.imports import exclusion
from connector.imports import mapping as mappings
from connector.imports.checks import Checker, Verdict
from connector.imports.findings import Finding
from connector.imports.mapping import Mapping
from connector.imports.source.records import Record

AS_OF = date(2026, 11, 1)
MAPPING = """
source_system = "test"
missing = ["-"]
[columns]
"Az" = "case_number"
"KdNr" = "person"
"Team" = "team"
"Art" = "kind"
"Beginn" = "start"
"Kürzel" = "case_manager"
"Sperre" = "disclosure_block"
"Grund" = "exclusion"
"geb." = "birth_date"
[values.disclosure_block]
"J" = "yes"
"N" = "no"
[values.exclusion]
"verstorben" = "death"
[values.kind]
"FM" = "case_management"
[[filters]]
column = "Team"
drop = ["Testteam"]
"""
COLUMNS = ("Az", "KdNr", "Team", "Art", "Beginn", "Kürzel", "Sperre", "Grund", "geb.")
GOOD = dict(
    zip(COLUMNS, ("A-1", "123A456789", "FM 1", "FM", "01.02.2026", "BA", "N", "", ""), strict=True)
)


@pytest.fixture
def mapping(tmp_path) -> Mapping:
    path = tmp_path / "m.toml"
    path.write_text(MAPPING, "utf-8")
    return mappings.load(path).mapping


class Desk:
    """Judges rows, and remembers what was said."""

    def __init__(self, mapping: Mapping, *, before: date | None = None) -> None:
        self.found: list[Finding] = []
        self.checker = Checker(mapping, as_of=AS_OF, on_finding=self.found.append, before=before)
        self.columns = mapping.wanted()
        self.number = 0

    def judge(self, **said: str) -> Verdict:
        self.number += 1
        row = GOOD | said
        return self.checker.verdict(
            Record(self.number, self.number + 1, tuple(row[name] for name in self.columns))
        )

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.found if one.grade != "note"]


@pytest.fixture
def desk(mapping) -> Desk:
    return Desk(mapping)


def test_nothing_said_or_no_said_excludes_nobody(desk):
    for said in ("N", "n ", "no", "", "-"):
        assert desk.judge(Sperre=said).kind == "taken"
    desk.checker.exclusions.refuse_unknown()


@pytest.mark.parametrize(
    ("said", "reason", "code"),
    [
        ({"Sperre": "J"}, "disclosure_block", "X-PE-001"),
        ({"Sperre": "j\u00a0"}, "disclosure_block", "X-PE-001"),
        ({"Sperre": "#NV"}, "disclosure_block", "X-PE-003"),
        ({"Sperre": "#####"}, "disclosure_block", "X-PE-003"),
        ({"Grund": "Verstorben"}, "death", "X-PE-004"),
        ({"Grund": "#WERT!"}, "reason_unreadable", "X-PE-007"),
        ({"geb.": "01.11.2012"}, "under_15", "X-PE-002"),
        ({"geb.": "########"}, "birth_date_unreadable", "X-PE-006"),
        ({"geb.": "31.02.1980"}, "birth_date_unreadable", "X-PE-006"),
    ],
)
@pytest.mark.parametrize("spoiled", [{}, {"Beginn": "gestern", "Art": "?"}])
def test_one_reason_is_enough_whatever_else_the_row_says(desk, said, reason, code, spoiled):
    verdict = desk.judge(**said, **spoiled)
    assert (verdict.kind, verdict.reasons.codes) == ("excluded", (reason,))
    assert (verdict.case_number, verdict.person) == ("A-1", "123A456789")
    assert desk.codes == [code]


def test_all_reasons_are_kept_so_that_one_that_goes_does_not_take_the_other_along(desk):
    verdict = desk.judge(Sperre="J", Grund="verstorben", **{"geb.": "01.11.2012"})
    assert verdict.reasons.codes == ("death", "disclosure_block", "under_15")


@pytest.mark.parametrize(
    ("column", "field", "word"),
    [
        ("Sperre", "disclosure_block", "ja"),
        ("Sperre", "disclosure_block", "X"),
        ("Grund", "exclusion", "umgezogen?"),
    ],
)
@pytest.mark.parametrize("team", ["FM 1", "Testteam"])
def test_a_word_nobody_has_mapped_stops_the_file_with_the_place_and_the_cure(
    desk, column, field, word, team
):
    desk.judge()
    verdict = desk.judge(**{column: word, "Team": team})
    assert verdict.kind == "excluded"
    with pytest.raises(FileRefused) as refused:
        desk.checker.exclusions.refuse_unknown()
    assert (refused.value.code, refused.value.column) == ("F-WE-001", column)
    assert refused.value.filling["record"] == 2
    assert refused.value.filling["field"] == field
    assert word in refused.value.shown
    assert word not in str(refused.value)


def test_a_row_that_the_filters_leave_out_still_protects_its_person(desk):
    protected = exclusion.Protected()
    for said in (
        {"Az": "A-1"},
        {"Az": "A-2", "Team": "Testteam", "Sperre": "J", "KdNr": "123 a 456789"},
    ):
        verdict = desk.judge(**said)
        protected.add(verdict.case_number, verdict.person, verdict.reasons)
    assert (verdict.kind, verdict.filtered) == ("excluded", True)
    assert protected.reasons("A-1", "123A456789") == {"disclosure_block"}
    assert protected.reasons("A-3", "123A000000") == frozenset()


def test_a_row_that_the_filters_leave_out_is_no_fault(desk):
    verdict = desk.judge(Team="Testteam", Art="?", Beginn="", KdNr="#NV")
    assert (verdict.kind, verdict.filtered, desk.found) == ("left_out", True, [])


def test_a_block_without_a_client_number_protects_the_person_whose_case_it_is(desk):
    protected = exclusion.Protected()
    for said in (
        {"Az": "a-1 ", "KdNr": "", "Sperre": "J"},
        {"Az": "A-1"},
        {"Az": "A-2"},
        {"Az": "A-3", "KdNr": "123A000001"},
    ):
        verdict = desk.judge(**said)
        protected.add(verdict.case_number, verdict.person, verdict.reasons)
    assert protected.reasons("A-2", "123A456789") == {"disclosure_block"}
    assert protected.reasons("A-3", "123A000001") == frozenset()


@pytest.mark.parametrize("field", ["Az", "KdNr", "Team", "Kürzel"])
@pytest.mark.parametrize(
    ("left", "code"),
    [
        ("#NV", "E-ID-001"),
        ("######", "E-ID-001"),
        ("1,23E+11", "E-ID-002"),
        ("01.02.2024", "E-ID-003"),
        ("0", "E-ID-004"),
    ],
)
def test_what_excel_leaves_behind_is_refused_with_a_cure_once(desk, field, left, code):
    verdict = desk.judge(**{field: left})
    assert verdict.kind == "refused"
    assert desk.codes == [code]


def test_people_whom_excel_made_alike_are_not_one_person(desk):
    protected = exclusion.Protected()
    verdict = desk.judge(KdNr="1,23E+11", Sperre="J")
    protected.add(verdict.case_number, verdict.person, verdict.reasons)
    other = desk.judge(Az="A-2", KdNr="1,23E+11")
    assert (verdict.kind, other.kind, other.person) == ("excluded", "refused", "")
    assert protected.reasons(other.case_number, other.person) == frozenset()


def test_the_names_of_the_columns_once_more_are_no_person(desk):
    again = dict(zip(COLUMNS, COLUMNS, strict=True)) | {"Team": "TEAM ", "Grund": ""}
    assert desk.judge(**again).kind == "nobody"
    assert [one.code for one in desk.found if one.record == 1][-1] == "N-SA-004"
    desk.checker.exclusions.refuse_unknown()


def test_who_has_turned_fifteen_since_the_import_before_is_known_to_have(mapping):
    desk = Desk(mapping, before=date(2026, 10, 1))
    assert desk.judge(**{"geb.": "15.10.2011"}).reasons.birthday
    assert not desk.judge(**{"geb.": "30.09.2011"}).reasons.birthday
    assert not Desk(mapping).judge(**{"geb.": "15.10.2011"}).reasons.birthday
