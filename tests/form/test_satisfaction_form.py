"""The instrument itself: all items there, every language complete, the same codes in order."""

import re
import tomllib

import pytest

from survey import paths
from survey.form import check, domains, load, options
from survey.language import tags
from survey.model.form import Rating
from tests.form.form_strategies import TINY

FORMS = [(paths.FORMS, folder.name) for folder in sorted(paths.FORMS.iterdir())]
FORMS += [(TINY, folder.name) for folder in sorted(TINY.iterdir())]
ITEMS = (
    "k1 k2 k3 k4 w1 w2 w3 w4 w5 v1 v2 v3 v4 v5 l1 l2 l3 l4 l5 l6 p1 p2 p3 p4 p5 p6 p7 h1 h2 h3 h4 "
    "h5-money h5-housing h5-family h5-german h5-school h5-work h5-health z1 z2 z3 z4 e1 e2 e3 "
    "g1 g2 g3"
)


@pytest.fixture(scope="module")
def form():
    return load.form("satisfaction")


@pytest.fixture(scope="module")
def wordings():
    return load.wordings("satisfaction")


@pytest.mark.parametrize(("folder", "name"), FORMS)
def test_every_form_is_fit_to_be_asked_in_each_of_its_languages(folder, name):
    form, words = load.form(name, folder=folder), load.wordings(name, folder=folder)
    assert check.problems(form, words) == []
    for wording in words.values():
        for question in form.questions:
            shown = options.labels(question, form, wording)
            assert tuple(shown) == options.codes(question, form)
            assert all(text.strip() for text in shown.values())


def test_every_recipient_form_is_there_in_every_language_of_the_answering_pages():
    for folder, name in FORMS:
        if folder == paths.FORMS:
            assert tuple(load.wordings(name, folder=folder)) == tags.available()


def test_all_items_are_there_in_order(form):
    assert [question.id for question in form.questions] == ITEMS.split()


def test_the_short_form_has_the_starred_items_the_helps_and_the_open_questions(form):
    starred = [question.id for question in form.questions if question.core]
    assert starred == ["k1", "k2", "w1", "w2", "l1", "p1", "p2", "h1", "z1", "e1", "g1"]
    others = set(form.selections["default"]) - set(starred)
    assert others == {each for each in ITEMS.split() if each.startswith("h5-")} | {"g2", "g3"}
    assert len(form.selections["default"]) == 20


def test_texts_come_last_and_the_grade_just_before(form):
    assert form.selections["default"][-3:] == ("g1", "g2", "g3")


def test_reversed_items_are_declared(form):
    turned = [q.id for q in form.questions if isinstance(q, Rating) and q.reversed]
    assert turned == ["k3", "w4"]


def test_discrimination_and_health_are_sensitive(form):
    sensitive = {block.id for block in form.blocks if block.sensitive}
    assert [q.id for q in form.questions if q.block in sensitive] == ["w5", "h5-health"]


def test_scales_have_their_codes(form):
    assert form.scales["agreement"].codes == ("1", "2", "3", "4", "5")
    assert form.scales["grade"].codes == ("1", "2", "3", "4", "5", "6")
    assert form.scales["help"].codes == ("got", "late", "not_got", "not_needed")


def test_a_statement_has_a_lead_and_every_other_rating_asks_for_itself(form, wordings):
    """Answers must meet what is asked: "bekommen" answers no "Welche Hilfe brauchten Sie?"."""
    for question in form.questions:
        for wording in wordings.values():
            words = wording.questions[question.id]
            if isinstance(question, Rating):
                statement = question.scale == "agreement"
                assert bool(words.lead) is statement
                assert statement or re.search("[?؟]|Geben Sie", words.label)


def test_every_item_has_a_short_name_for_reports(form, wordings):
    for question in form.questions:
        for language in ("de", "en"):
            short = wordings[language].questions[question.id].short
            assert 0 < len(short) <= 32


def test_only_german_is_the_source_and_what_nobody_checked_says_so(wordings):
    statuses = {tag: wording.status for tag, wording in wordings.items()}
    assert statuses == dict.fromkeys(tags.available(), "machine") | {tags.SOURCE: "source"}


def test_grades_name_their_number_first_in_every_language(wordings):
    for wording in wordings.values():
        for code, text in wording.scales["grade"].items():
            assert text.startswith(f"{code} – ")


def test_plain_language_keeps_sentences_short_and_splits_long_words(wordings):
    plain = wordings["de-simple"]
    texts = [plain.title, plain.invitation, *plain.constructs.values()]
    for words in plain.questions.values():
        texts += [words.label, words.lead, words.hint]
    for text in texts:
        for sentence in re.split(r"[.!?:]\s*", text):
            assert len(sentence.split()) <= 14, sentence
            assert all(len(part) <= 14 for word in sentence.split() for part in word.split("-"))


def test_arabic_is_written_in_arabic_with_western_digits(wordings):
    arabic = wordings["ar"]
    for words in arabic.questions.values():
        assert re.search("[\u0600-\u06ff]", words.label)
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", words.label + words.hint + words.lead)


def test_no_two_questions_read_the_same(wordings):
    for wording in wordings.values():
        labels = [words.label for words in wording.questions.values()]
        assert len(labels) == len(set(labels))


def test_the_file_keeps_one_place_for_each_word():
    source = (paths.FORMS / "satisfaction" / "de.toml").read_text()
    assert "lead" not in tomllib.loads(source)["questions"]["k1"]
    assert load.wordings("satisfaction")["de"].questions["k1"].lead == "Wie sehr trifft das zu?"


def test_no_form_has_a_block_named_like_a_domain(form):
    assert {block.id for block in form.blocks}.isdisjoint({domains.MAIN, domains.CIRCUMSTANCES})


def lix(texts):
    """Läsbarhetsindex, Björnsson 1968: words a sentence plus per cent of words over six letters."""
    sentences = [part for text in texts for part in re.split(r"[.!?:]", text) if part.strip()]
    words = [word for sentence in sentences for word in re.findall(r"[A-Za-zÄÖÜäöüß]+", sentence)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize(("tag", "most"), [("de", 40), ("de-simple", 25)])
def test_the_whole_questionnaire_stays_readable(wordings, tag, most):
    questions = wordings[tag].questions.values()
    texts = [text for words in questions for text in (words.lead, words.label, words.hint) if text]
    assert lix(texts) <= most
