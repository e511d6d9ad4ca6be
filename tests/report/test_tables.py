"""Tables as CSV: for spreadsheets on German desktops, and safe in them."""

import pytest

from survey.report.render import tables
from survey.report.render.notation import notation
from survey.report.render.tables import Cell, Head, Row, Table


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("-2", "-2"),
        ("-0,4", "-0,4"),
        ("Miete", "Miete"),
        ("", ""),
    ],
)
def test_no_field_is_a_formula(field: str, written: str) -> None:
    assert tables.safe(field) == written


def test_figures_are_written_without_signs_and_intervals_in_two_fields() -> None:
    table = Table(
        number=1,
        title="Tabelle 1",
        caption="Probe",
        head=(Head(text="Aussage"), Head(text="n"), Head(text="%", plain=("von", "bis"))),
        rows=(
            Row(
                name="Größe; Miete",
                cells=(
                    Cell(text="1\u202f420"),
                    Cell(text="[77 bis 84]", plain=("77", "84")),
                ),
            ),
            Row(name="ohne", cells=(Cell(text="–"), Cell(text="–", plain=("", "")))),
        ),
    )
    assert tables.written(table, notation("de")).decode("utf-8-sig") == (
        'Aussage;n;von;bis\r\n"Größe; Miete";1420;77;84\r\nohne;;;\r\n'
    )
