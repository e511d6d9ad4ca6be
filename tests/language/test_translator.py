import pytest

from survey.document import templates
from survey.errors import NotFound
from survey.language import tags, translator


def test_german_stands_in_the_code():
    german = translator.translator("de")
    assert german.gettext("Weiter") == "Weiter"
    assert "Weiter" not in german.unchecked


def test_a_machine_translation_is_shown_and_told_apart():
    arabic = translator.translator("ar")
    assert arabic.gettext("Weiter") == "التالي"
    assert "Weiter" in arabic.unchecked


def test_what_a_catalogue_lacks_is_said_in_german():
    assert translator.translator("en").gettext("Davon weiß niemand.") == "Davon weiß niemand."
    assert "Davon weiß niemand." not in translator.translator("en").unchecked


def test_plain_language_has_texts_of_its_own():
    plain = translator.translator("de-simple")
    assert plain.gettext("Barrierefreiheit") == "Barriere-Freiheit"
    assert plain.tag.html == "de-simple"


@pytest.mark.parametrize(
    ("tag", "number", "text"),
    [
        ("de", 1, "1 Frage"),
        ("de", 20, "20 Fragen"),
        ("en", 1, "1 question"),
        ("ar", 1, "سؤال واحد"),
        ("ar", 2, "سؤالان"),
        ("ar", 5, "5 أسئلة"),
        ("ar", 20, "20 سؤالًا"),
        ("ar", 48, "48 سؤالًا"),
        ("ar", 100, "100 سؤال"),
    ],
)
def test_numbers_take_the_plural_form_of_the_language(tag, number, text):
    said = translator.translator(tag).ngettext("%(num)s Frage", "%(num)s Fragen", number)
    assert said % {"num": number} == text


def test_jinja_takes_the_texts_of_a_language():
    environment = templates.translated(translator.translator("en").texts)
    page = environment.from_string('{{ _("Frage %(number)s von %(total)s", number=4, total=20) }}')
    assert page.render() == "Question 4 of 20"


@pytest.mark.parametrize("tag", ["xx", "tr", "", "../de"])
def test_a_language_without_a_catalogue_is_not_there(tag):
    with pytest.raises(NotFound):
        translator.translator(tag)


def test_what_staff_see_falls_back_on_what_recipients_are_told():
    staff = translator.translator("en", tags.STAFF)
    assert staff.gettext("Anmelden") == "Log in"
    assert staff.gettext("Ihr Geld bleibt gleich.") != "Ihr Geld bleibt gleich."


def test_staff_pages_have_no_other_languages_than_german_and_english():
    assert translator.translator("de", tags.STAFF).gettext("Anmelden") == "Anmelden"
    with pytest.raises(NotFound):
        translator.translator("ar", tags.STAFF)
