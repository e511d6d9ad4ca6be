"""What can be wrong with a file, and what each says."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connector.errors import FileRefused
from connector.imports.source import kinds
from connector.imports.source.kinds import CsvFile, Layout
from connector.imports.source.open import open_source
from connector.imports.source.records import Broken, Record

HEADER = "Aktenzeichen;Team;Notiz"


def read(
    path: Path, content: bytes, *, wanted: tuple[str, ...] = ("Aktenzeichen", "Team"), **layout
) -> list[Record | Broken]:
    path.write_bytes(content)
    with open_source(CsvFile(path=path, layout=Layout(**layout)), wanted) as export:
        return list(export.records)


def text(*lines: str, end: str = "\r\n") -> bytes:
    return (end.join((HEADER, *lines)) + end).encode()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "export.csv"


def test_unmapped_columns_never_leave_the_reader(path):
    assert read(path, text("A1;FM 1;geheim")) == [Record(1, 2, ("A1", "FM 1"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_arrive_in_every_encoding(path, encoding):
    content = "Straße;Team;x\nÄÖÜß;Süd;\n".encode(encoding)
    assert read(path, content, wanted=("Straße", "Team")) == [Record(1, 2, ("ÄÖÜß", "Süd"))]


def test_a_mapping_may_name_the_encoding(path):
    content = "Team;Aktenzeichen\n¤;1\n".encode("iso8859-15", errors="replace")
    assert read(path, content.replace(b"?", b"\xa4"), encoding="iso8859-15") == [
        Record(1, 2, ("1", "€"))
    ]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("asked", ["auto", "named"])
def test_the_delimiter_is_found_out_or_told(path, sign, asked):
    content = text("A1;FM 1;x").replace(b";", sign.encode())
    told = {} if asked == "auto" else {"delimiter": sign}
    assert read(path, content, **told) == [Record(1, 2, ("A1", "FM 1"))]


def test_commas_in_a_header_do_not_win_over_the_real_delimiter(path):
    content = b"Aktenzeichen;Name, Vorname, Titel;Team\nA1;x;FM 1\n"
    assert read(path, content) == [Record(1, 2, ("A1", "FM 1"))]


def test_lines_before_the_header_are_passed_over_and_not_counted(path):
    content = b"Liste; Stand\r\n\r\n" + text("A1;FM 1;x")
    assert read(path, content, lines_before_header=2) == [Record(1, 4, ("A1", "FM 1"))]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_cells_may_hold_lines_delimiters_and_quotes(path, end):
    content = text('A1;FM 1;"zwei' + end + 'Zeilen; ""x"""', "A2;FM 2;", end=end)
    assert read(path, content) == [Record(1, 2, ("A1", "FM 1")), Record(2, 4, ("A2", "FM 2"))]


def test_an_empty_line_counts_as_a_record(path):
    assert read(path, text("A1;FM 1;", "", "A2;FM 2;")) == [
        Record(1, 2, ("A1", "FM 1")),
        Record(2, 3, ("", "")),
        Record(3, 4, ("A2", "FM 2")),
    ]


def test_empty_cells_beyond_the_header_are_no_fault(path):
    assert read(path, text("A1;FM 1;x;;")) == [Record(1, 2, ("A1", "FM 1"))]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("nur;zwei", "E-SA-001"),
        ("A1;FM 1;Text;mehr;noch", "E-SA-002"),
        ('A1;FM 1;"sagt "nein" laut"', "E-SA-003"),
        ("A1;FM\0 1;x", "E-SA-005"),
        ("A1;FM 1;" + "x" * 200_000, "E-SA-006"),
    ],
)
def test_a_broken_record_costs_one_record(path, line, code):
    found = read(path, text("A0;FM 1;x", line, "A2;FM 2;x"))
    assert [one.number for one in found] == [1, 2, 3]
    assert isinstance(found[1], Broken)
    assert found[1].code == code
    assert found[2] == Record(3, 4, ("A2", "FM 2"))


@pytest.mark.parametrize("last", ["A2;FM", 'A2;FM 2;"mitten im'])
def test_a_file_that_ends_inside_a_record_says_so(path, last):
    found = read(path, text("A1;FM 1;x") + last.encode())
    assert found[0] == Record(1, 2, ("A1", "FM 1"))
    assert found[1].code == "E-SA-004"


def test_a_file_that_ends_inside_a_character_is_still_read_as_utf_8(path):
    content = text("A1;Süd;x") + b"A2;S" + "ü".encode()[:1]
    found = read(path, content)
    assert found == [Record(1, 2, ("A1", "Süd")), Broken(number=2, row=3, code="E-SA-004")]


def test_a_last_line_without_an_end_is_whole_when_its_columns_are(path):
    assert read(path, text("A1;FM 1;x").rstrip()) == [Record(1, 2, ("A1", "FM 1"))]


MIXED = "Aktenzeichen;Team\nÄ;Süd\nÖ;Ü\n".encode() + "Grün;Weiß\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "F-DA-001"),
        (b"\xef\xbb\xbf \r\n", "F-DA-001"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "F-DA-002"),
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "F-DA-002"),
        (b"<?xml version='1.0'?><a/>", "F-DA-002"),
        (text("A1;FM \x81;x").decode().encode("latin-1"), "F-DA-003"),
        (MIXED, "F-DA-004"),
        (bytes(range(256)) * 20, "F-DA-005"),
        ("Aktenzeichen;Team;x\nA;B;C\n".encode("utf-16-le"), "F-DA-005"),
        (b"Aktenzeichen und Team\nA1\n", "F-DA-006"),
        (text("A;B;" + "x" * 2_000_000), "F-DA-007"),
        (text('A;B;"offen', *["A;B;x"] * 400), "F-DA-008"),
        (text(), "F-DA-009"),
        (HEADER.encode(), "F-DA-009"),
        (b"Aktenzeichen;Teams;x\nA;B;C\n", "F-KO-001"),
        (b"Team;Aktenzeichen;Team\nA;B;C\n", "F-KO-002"),
    ],
)
def test_a_file_that_cannot_be_read_whole_is_refused_whole(path, content, code):
    with pytest.raises(FileRefused) as refused:
        read(path, content)
    assert refused.value.code == code


def test_a_file_that_is_not_in_the_encoding_of_the_mapping_is_refused(path):
    with pytest.raises(FileRefused) as refused:
        read(path, "Aktenzeichen;Team\nÄ;B\n".encode("cp1252"), encoding="utf-8")
    assert (refused.value.code, refused.value.filling["place"]) == ("F-DA-003", 19)


def test_more_lines_to_pass_over_than_there_are_is_told(path):
    with pytest.raises(FileRefused) as refused:
        read(path, text("A;B;C"), lines_before_header=9)
    assert refused.value.code == "F-KO-003"


def test_a_missing_file_and_a_folder_are_told(path, tmp_path):
    for place in (path, tmp_path):
        with (
            pytest.raises(FileRefused) as refused,
            open_source(CsvFile(path=place), ("a",)),
        ):
            pass
        assert refused.value.code == "F-DA-010"


def test_a_missing_column_names_the_most_similar_ones(path):
    with pytest.raises(FileRefused) as refused:
        read(path, b"Aktenzeichen;Teams;Stadtteam\n1;2;3\n")
    assert refused.value.filling["hint"] == "Am ähnlichsten: „Teams“, „Stadtteam“."


def test_every_missing_column_is_told_at_once(path):
    with pytest.raises(FileRefused) as refused:
        read(path, b"Nr;Ort\x1b[31m;Art\n1;2;3\n", wanted=("Aktenzeichen", "Team", "Art"))
    assert refused.value.column == "Aktenzeichen"
    hint = "Die Datei hat: „Nr“, „Ort[31m“, „Art“. Ebenso fehlen: „Team“."
    assert refused.value.filling["hint"] == hint


def test_a_record_read_as_header_is_not_told(path):
    with pytest.raises(FileRefused) as refused:
        read(path, b"FM-2024-1;Amira Schmidt;FM 1\nFM-2024-2;x;FM 2\n")
    hint = refused.value.filling["hint"]
    assert "lines_before_header" in hint
    assert not any(word in hint for word in ("FM-2024", "Amira", "FM 1"))


def test_a_header_in_other_case_is_still_named(path):
    with pytest.raises(FileRefused) as refused:
        read(path, b"AKTENZEICHEN;TEAM\n1;2\n")
    assert "Am ähnlichsten: „AKTENZEICHEN“" in refused.value.filling["hint"]


@pytest.mark.parametrize("encoding", ["base64", "rot13", "utf-16", "klingon"])
def test_an_encoding_that_cannot_be_used_is_told(path, encoding):
    with pytest.raises(FileRefused) as refused:
        read(path, text("A1;FM 1;x", "A2;FM 2;y"), encoding=encoding)
    assert refused.value.code == "F-DA-003"


def test_a_doubled_column_that_nobody_wants_is_no_fault(path):
    content = b"x;Team;Aktenzeichen;x\n1;FM 1;A1;2\n"
    assert read(path, content) == [Record(1, 2, ("A1", "FM 1"))]


def progress_of(path, content):
    path.write_bytes(content)
    told: list[tuple[int, int | None]] = []
    source = CsvFile(path=path)
    with open_source(source, ("Team",), lambda *numbers: told.append(numbers)) as export:
        records = list(export.records)
    assert told == sorted(told)
    return len(records), told


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_progress_counts_records_and_knows_their_number_from_the_start(path, end):
    content = text(*[f"A{n};FM 1;x" for n in range(1200)], end=end)
    assert progress_of(path, content) == (1200, [(500, 1200), (1000, 1200), (1200, 1200)])


def test_progress_ends_with_the_true_number_where_cells_have_several_lines(path):
    content = text(*[f'A{n};FM 1;"x\ny"' for n in range(600)])
    assert progress_of(path, content) == (600, [(500, 1200), (600, 600)])


def test_a_record_says_in_which_line_of_the_file_it_begins(path):
    content = text('A1;FM 1;"x\r\ny"', "A2;FM 2;x", "A3;FM 3", "A4;FM 4;x")
    found = read(path, b"Liste vom 1.11.\r\n" + content, lines_before_header=1)
    assert [record.row for record in found] == [3, 5, 6, 7]


def test_a_header_of_several_lines_is_counted(path):
    content = b'Aktenzeichen;Team;"Notiz\r\nkurz"\r\nA1;FM 1;x\r\n'
    assert read(path, content) == [Record(1, 3, ("A1", "FM 1"))]


def test_a_source_says_where_it_is_and_when_it_was_written(path):
    source = CsvFile(path=path)
    assert kinds.place(source) == str(path)
    assert kinds.made_on(source, ZoneInfo("Europe/Berlin")) is None
    path.write_bytes(text())
    # Half an hour before midnight in UTC is the next day in Berlin.
    moment = datetime(2026, 11, 1, 23, 30, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    assert kinds.made_on(source, ZoneInfo("Europe/Berlin")) == date(2026, 11, 2)
