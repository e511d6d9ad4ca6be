"""Hints at what may identify somebody in a text."""

from time import process_time

import pytest

from survey.web.staff.comments.identifying import spots


def found(text):
    return [(text[spot.start : spot.end], spot.kind) for spot in spots(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frau Beispiel hat mir geholfen.", [("Frau Beispiel", "person")]),
        ("Danke an Herrn Dr. Muster", [("Herrn Dr. Muster", "person")]),
        ("Schreiben Sie an ich@beispiel.de.", [("ich@beispiel.de", "mail")]),
        ("Ruf an: 0800 000 00 00", [("0800 000 00 00", "phone")]),
        ("BG-Nummer 12345BG0001234", [("12345BG0001234", "number")]),
        ("Am 3.11.2026 war ich da", [("3.11.2026", "day")]),
        ("Am 3. November war ich da", [("3. November", "day")]),
        ("Ich wohne Musterstraße 12a.", [("Musterstraße 12a", "street")]),
        ("in der Langen Straße 5", [("Langen Straße 5", "street")]),
        ("Die Kita Sonnenschein ist voll", [("Kita Sonnenschein", "place")]),
        ("Ich heiße Muster", [("heiße Muster", "person")]),
        ("Danke für die Geduld mit mir.", []),
        ("Ich musste 3 mal kommen", []),
        ("", []),
    ],
)
def test_what_has_a_form_is_pointed_out(text, expected):
    assert [each for each in found(text) if each in expected] == expected
    if not expected:
        assert found(text) == []


def test_spots_never_overlap():
    text = (
        "Frau Dr. Muster, Musterstraße 12, 12345 Musterstadt, 0800/1234567, m@x.de, 1.1.2026" * 20
    )
    ends = 0
    for spot in spots(text):
        assert spot.start >= ends
        ends = spot.end


def test_a_long_text_of_one_letter_takes_no_time():
    began = process_time()
    spots("A" * 4000 + "1" * 4000 + " " * 4000 + "@" * 4000)
    assert process_time() - began < 1
