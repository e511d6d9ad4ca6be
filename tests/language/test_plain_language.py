"""Leichte Sprache, wherever people read it: questions, pages, letters.

The rules are those of BITV 2.0, annex 2, and DIN SPEC 33429: one word for one thing, compounds of
nouns split and nothing else, no negation that a reader meets before its sentence is complete.
"""

import re
import tomllib
from collections.abc import Iterator

import pytest

from survey import paths
from survey.form import load
from survey.language import catalogues, translator
from survey.model.form import Rating

TAG = "de-simple"
FORMS = sorted(folder.name for folder in paths.FORMS.iterdir())
# On the left what a German office writes, on the right the one word these texts use.
ONE_WORD = {
    r"\bJobcenters?\b": "Job-Center",
    r"\bFallmanager(in)?\b": "Fall-Manager, Fall-Managerin",
    r"\bSachbearbeiter(in)?\b": "Fall-Manager, Fall-Managerin",
    r"\bUmfrage\b": "Befragung",
    r"\bBarrieren\b": "Hindernisse",
    r"\bDatenschutz": "Daten-Schutz",
}
HYPHENATED = re.compile(r"\b\w+(?:-\w+)+\b")
# "weiß nicht: Das sind Ihre Antworten" is read as "Das sind Ihre Antworten".
DENIED = re.compile(r"\b(nicht|nie|nichts|niemand\w*|kein\w*)\b[^.!?:]*:\s+[A-ZÄÖÜ]")


def texts() -> Iterator[tuple[str, str]]:
    """Every text in Leichte Sprache with the place it stands in."""
    for message in translator.read(TAG):
        if message.id:
            yield from (
                (f"survey.po: {message.id}", each) for each in catalogues.forms(message.string)
            )
    files = [*paths.FORMS.glob(f"*/{TAG}.toml"), paths.TEMPLATES / "letter" / f"{TAG}.toml"]
    for file in files:
        yield from _strings(
            f"{file.parent.name}/{file.name}", tomllib.loads(file.read_text("utf-8"))
        )


def _strings(place: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield place, value
        case list():
            for number, each in enumerate(value):
                yield from _strings(f"{place}[{number}]", each)
        case dict():
            for key, each in value.items():
                if key not in {"language", "status", "german"}:
                    yield from _strings(f"{place}.{key}", each)


def test_questions_pages_and_letters_are_all_looked_at():
    places = {re.split(r"[.:]", place)[0] for place, _ in texts()}
    assert places == {"survey", "letter/de-simple", *(f"{form}/de-simple" for form in FORMS)}


def test_only_compounds_of_nouns_are_split_by_a_hyphen():
    """A verb with a hyphen, "mit-gemacht", is misspelt: every part of a split word is a noun."""
    wrong = [
        (place, word)
        for place, text in texts()
        for word in HYPHENATED.findall(text)
        if any(part[0].islower() for part in word.split("-"))
    ]
    assert wrong == []


@pytest.mark.parametrize("word", ONE_WORD)
def test_one_thing_has_one_word(word):
    wrong = [(place, text) for place, text in texts() if re.search(word, text)]
    assert wrong == [], f"write {ONE_WORD[word]}"


def test_no_sentence_is_denied_by_the_words_before_a_colon():
    assert [(place, text) for place, text in texts() if DENIED.search(text)] == []


@pytest.mark.parametrize(
    "text", ["Wir wissen nicht: Wer war es?", "Niemand erfährt: Das sind Sie."]
)
def test_the_rule_about_colons_finds_what_it_is_for(text):
    assert DENIED.search(text.replace("Niemand", "niemand"))


@pytest.mark.parametrize("form_id", FORMS)
def test_a_statement_to_be_rated_is_one_sentence(form_id):
    """Two statements with one answer: nobody knows which of them was meant."""
    form, words = load.form(form_id), load.wordings(form_id)[TAG]
    double = [
        words.questions[question.id].label
        for question in form.questions
        if isinstance(question, Rating)
        and question.scale == "agreement"
        and re.search(r"[.!?:]\s", words.questions[question.id].label)
    ]
    assert double == []
