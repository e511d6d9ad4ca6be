"""A quotation is read by a voice that knows its letters."""

import pytest

from survey.language import scripts


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("لم يشرح لي أحد الرسالة.", "ar"),
        ("کسی نامه را برایم توضیح نداد.", "fa"),
        ("Ніхто не пояснив мені лист.", "uk"),
        ("Никто не объяснил мне письмо, это было бы важно.", "ru"),
        ("Никой не ми обясни писмото, а въпросът беше важен.", "bg"),
    ],
)
def test_the_voice_follows_the_letters(text: str, tag: str) -> None:
    found = scripts.spoken(text)
    assert found is not None
    assert found.tag == tag
    assert found.direction == ("rtl" if tag in ("ar", "fa") else "ltr")


def test_a_name_in_latin_letters_does_not_change_the_voice_of_an_arabic_text() -> None:
    found = scripts.spoken("ذهبت إلى Jobcenter ثلاث مرات")
    assert found == scripts.ARABIC


@pytest.mark.parametrize("text", ["Bitte ans Telefon gehen.", "Please call back.", "123 – !", ""])
def test_latin_letters_and_none_stay_with_the_document(text: str) -> None:
    assert scripts.spoken(text) is None
