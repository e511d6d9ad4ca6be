"""From a file that may lack records nobody is said to have vanished."""

import pytest

from connector.state import episodes
from tests.connector import export_maker


@pytest.fixture
def known(tmp_path, take):
    export = export_maker.make(50, rows=100)
    for number, row in enumerate(export.rows):
        row.update(start="01.03.2026", end="", end_reason="", note=f"Notiz {number}")
    assert take(export.write(tmp_path)).status == 0
    return export


def written(folder, text, name="cut.csv"):
    path = folder / name
    path.write_bytes(text.encode("cp1252", errors="replace"))
    return path


def count(state):
    with state.read() as tx:
        return episodes.count(tx)


def lines(export):
    return export.text().removesuffix("\r\n").split("\r\n")


CUTS = {
    "in the middle of a record": lambda text: text[: text.index("AZ-000095") + 20],
    "after a whole record, without its line end": lambda text: text[
        : text.index("AZ-000095") - len("\r\n")
    ],
    "between the two signs of a line end": lambda text: text[: text.index("AZ-000095") - 1],
    "in a note that was open": lambda text: text[: text.index("Notiz 95")] + '"offen',
    "by a stray quote near its end": lambda text: text.replace("Notiz 94", '"Notiz 94'),
    "by a stray quote that another one closes": lambda text: text.replace(
        "Notiz 94", '"Notiz 94'
    ).replace("Notiz 97", 'Notiz 97"'),
    "by a stray quote before a quoted note": lambda text: text.replace(
        "Notiz 94", '"Notiz 94'
    ).replace("Notiz 97", '"Notiz 97"'),
}


@pytest.mark.parametrize("how", CUTS)
def test_a_file_that_was_cut_flags_nobody_as_vanished(tmp_path, take, state, known, how):
    outcome = take(written(tmp_path, CUTS[how](known.text())))
    told = {one.code for one in outcome.found}
    assert told & {"W-LA-001", "W-LA-002"}
    assert outcome.vanished == 0
    assert count(state) == 100
    # Whole again, it is taken as it is.
    assert take(known.write(tmp_path), older=True).difference.changed == 0


def test_a_record_in_the_middle_that_cannot_be_taken_apart_is_a_case_that_may_be_there(
    tmp_path, take, state, known
):
    rows = lines(known)
    rows[50] = rows[50].replace(";", "\n", 1)
    outcome = take(written(tmp_path, "\r\n".join([*rows, ""])))
    assert {one.code for one in outcome.found} >= {"E-SA-001", "W-LA-002"}
    assert (outcome.vanished, count(state)) == (0, 100)


def test_an_export_that_never_ends_with_a_line_end_may_say_so(tmp_path, take, state, known):
    mapping = tmp_path / "mapping.toml"
    told = mapping.read_text("utf-8")
    mapping.write_text(told.replace("[file]", "[file]\nfinal_newline = false"), "utf-8")
    outcome = take(written(tmp_path, "\r\n".join(lines(known)[:-3])))
    assert (outcome.vanished, count(state)) == (3, 97)


def test_a_whole_file_without_some_cases_still_says_that_they_are_gone(
    tmp_path, take, state, known
):
    del known.rows[-3:]
    outcome = take(known.write(tmp_path))
    assert (outcome.vanished, count(state)) == (3, 97)


@pytest.mark.parametrize("note", ["eins; zwei; drei\nvier; fünf", "a\n\nb", "x;" * 30])
def test_a_note_of_several_lines_with_delimiters_is_still_a_note(tmp_path, take, known, note):
    known.rows[10]["note"] = note
    assert take(known.write(tmp_path)).found == []
