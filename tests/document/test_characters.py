"""People write what no typeface has; the page says what stood there."""

from survey.document import characters

WORDS = {"picture": "Bildzeichen", "character": "Zeichen"}


def told(text: str, *, named: bool = True) -> str:
    return characters.stand_in(text, characters.without_font([text]), **WORDS, named=named)


def test_a_picture_is_named() -> None:
    assert told("Danke 😀") == "Danke [Bildzeichen: grinning face]"


def test_a_picture_has_no_english_name_among_words_of_another_language() -> None:
    assert told("Danke 😀👍!", named=False) == "Danke [Bildzeichen]!"


def test_a_row_of_equal_pictures_is_named_once() -> None:
    assert told("Danke 😀😀 😀!") == "Danke [Bildzeichen: grinning face]!"


def test_colours_and_joins_of_a_picture_are_not_named() -> None:
    assert told("👍🏽") == "[Bildzeichen: thumbs up sign]"
    assert told("❤️") == "[Bildzeichen: heavy black heart]"


def test_a_character_that_no_font_has_is_numbered() -> None:
    assert told("Miete\u0378") == "Miete[Zeichen U+0378]"


def test_letters_of_every_language_of_the_forms_stay() -> None:
    text = "Größe 5 € – „ja“ Їжак ığüş ăț مرحبا پچژگ ъгъл"
    assert characters.without_font([text]) == frozenset()
    assert told(text) == text
