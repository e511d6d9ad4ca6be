"""Problems of the language files: every text there, none too many, the same codes everywhere."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias, assert_never

from survey.form import options
from survey.form.decode import NOTHING, Lost
from survey.form.load_problems import LoadProblem
from survey.language import tags
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.wording import QuestionWords, Wording

_Problems: TypeAlias = Iterator[tuple[str, str]]
ALL_READ: Mapping[str, Lost] = MappingProxyType({})
MISSING = "write the missing text"


def problems(
    form: Form,
    wordings: Mapping[str, Wording],
    lost: Lost = NOTHING,
    lost_words: Mapping[str, Lost] = ALL_READ,
) -> Iterator[LoadProblem]:
    """Every problem, language by language; what names a lost entry, or is lost itself, is none."""
    if tags.SOURCE not in wordings:
        yield LoadProblem(file=f"{tags.SOURCE}.toml", path="$", cure="add the German original")
    for tag, wording in wordings.items():
        unread = lost.and_of(lost_words.get(tag, NOTHING))
        for path, cure in _language(form, tag, wording, unread):
            yield LoadProblem(file=f"{tag}.toml", path=path, cure=cure)


def _language(form: Form, tag: str, wording: Wording, lost: Lost) -> _Problems:
    yield from _head(tag, wording, lost)
    yield from _keys("constructs", wording.constructs, form.constructs, lost)
    yield from _texts("$.constructs", wording.constructs)
    yield from _blocks(form, wording, lost)
    yield from _keys("scales", wording.scales, form.scales, lost)
    for name, said in wording.scales.items():
        if name in form.scales:
            yield from _codes(f"$.scales.{name}", said, form.scales[name].codes)
    for lead in wording.leads:
        if lead not in form.scales and not lost.may_hold("scales", lead):
            yield f"$.leads.{lead}", "there is no such scale, remove the text"
    questions = {question.id: question for question in form.questions}
    yield from _keys("questions", wording.questions, questions, lost)
    for question_id, words in wording.questions.items():
        if not words.label.strip():
            yield f"$.questions.{question_id}.label", MISSING
        if question_id in questions:
            yield from _question(form, questions[question_id], words)


def _head(tag: str, wording: Wording, lost: Lost) -> _Problems:
    if tag not in tags.KNOWN:
        yield "$", f"{tag} is no known language, rename the file or add it to the languages"
    if wording.language != tag and not lost.may_hold("language"):
        yield "$.language", f'write language = "{tag}", as the file'
    if (wording.status == "source") != (tag == tags.SOURCE) and not lost.may_hold("status"):
        yield "$.status", 'only the German original is "source"'
    for name in ("title", "invitation", "refused", "not_applicable"):
        if not getattr(wording, name).strip() and not lost.may_hold(name):
            yield f"$.{name}", MISSING


def _blocks(form: Form, wording: Wording, lost: Lost) -> _Problems:
    """What may be shown and what never is are named to the person who decides."""
    if lost.names.get("blocks"):
        return
    releasable = any(block.releasable for block in form.blocks)
    named = [block.id for block in form.blocks] if releasable else []
    yield from _keys("blocks", wording.blocks, named, lost)
    yield from _texts("$.blocks", wording.blocks)


def _keys(part: str, given: Mapping[str, object], wanted: Collection[str], lost: Lost) -> _Problems:
    for key in wanted:
        if key not in given and not lost.may_hold(part, key):
            yield f"$.{part}.{key}", MISSING
    for key in given:
        if key not in wanted and not lost.may_hold(part, key):
            yield f"$.{part}.{key}", "the form has no such id, correct or remove it"


def _texts(at: str, given: Mapping[str, str]) -> _Problems:
    first: dict[str, str] = {}
    for key, text in given.items():
        if not text.strip():
            yield f"{at}.{key}", MISSING
        elif first.setdefault(text, key) != key:
            yield f"{at}.{key}", f"{first[text]} has the same text, tell them apart"


def _codes(at: str, given: Mapping[str, str], codes: tuple[str, ...]) -> _Problems:
    for code in dict.fromkeys(codes):
        if code not in given:
            yield f"{at}.{code}", MISSING
    for code in given:
        if code not in codes:
            yield f"{at}.{code}", "the form has no such code, correct or remove it"
    yield from _texts(at, given)


def _question(form: Form, question: Question, said: QuestionWords) -> _Problems:
    at = f"$.questions.{question.id}"
    match question:
        case Choice():
            yield from _codes(f"{at}.options", said.options, options.codes(question, form))
        case Ladder(least=least, most=most):
            # Only the two ends need words; the steps between are numbers.
            yield from _codes(f"{at}.options", said.options, (str(most), str(least)))
        case Rating() | Number() | Day() | Text() | Note():
            yield from _codes(f"{at}.options", said.options, ())
        case _:
            assert_never(question)
