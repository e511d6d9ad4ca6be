"""Problems of the language files: every text there, none too many, the same codes everywhere."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from survey.form import options
from survey.form.load_problems import LoadProblem
from survey.language import tags
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Text
from survey.model.wording import QuestionWords, Wording


def problems(form: Form, wordings: Mapping[str, Wording]) -> Iterator[LoadProblem]:
    """Every problem, language by language."""
    if tags.SOURCE not in wordings:
        yield LoadProblem(file=f"{tags.SOURCE}.toml", path="$", cure="add the German original")
    for tag, wording in wordings.items():
        for path, cure in _language(form, tag, wording):
            yield LoadProblem(file=f"{tag}.toml", path=path, cure=cure)


def _language(form: Form, tag: str, wording: Wording) -> Iterator[tuple[str, str]]:
    yield from _head(tag, wording)
    yield from _texts("$.constructs", wording.constructs, form.constructs)
    # What may be shown and what never is are named to the person who decides.
    named = [block.id for block in form.blocks] if any(b.releasable for b in form.blocks) else []
    yield from _texts("$.blocks", wording.blocks, tuple(named))
    yield from _keys("$.scales", wording.scales, tuple(form.scales))
    for name, scale in form.scales.items():
        yield from _texts(f"$.scales.{name}", wording.scales.get(name, {}), scale.codes)
    yield from _keys("$.questions", wording.questions, tuple(q.id for q in form.questions))
    for lead in wording.leads:
        if lead not in form.scales:
            yield f"$.leads.{lead}", "there is no such scale, remove the text"
    for question in form.questions:
        if question.id in wording.questions:
            yield from _question(form, question, wording.questions[question.id])


def _head(tag: str, wording: Wording) -> Iterator[tuple[str, str]]:
    if tag not in tags.KNOWN:
        yield "$", f"{tag} is no known language, rename the file or add it to the languages"
    if wording.language != tag:
        yield "$.language", f'write language = "{tag}", as the file'
    if (wording.status == "source") != (tag == tags.SOURCE):
        yield "$.status", 'only the German original is "source"'
    for name in ("title", "invitation", "refused", "not_applicable"):
        if not getattr(wording, name).strip():
            yield f"$.{name}", "write the missing text"


def _keys(
    at: str, given: Mapping[str, object], wanted: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for key in wanted:
        if key not in given:
            yield f"{at}.{key}", "write the missing text"
    for key in given:
        if key not in wanted:
            yield f"{at}.{key}", "the form has no such id or code, correct or remove it"


def _texts(at: str, given: Mapping[str, str], wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from _keys(at, given, wanted)
    for key, text in given.items():
        if not text.strip():
            yield f"{at}.{key}", "write the missing text"
    for key in {key for key, text in given.items() if list(given.values()).count(text) > 1}:
        yield f"{at}.{key}", "two codes have the same text, tell them apart"


def _question(form: Form, question: Question, said: QuestionWords) -> Iterator[tuple[str, str]]:
    at = f"$.questions.{question.id}"
    if not said.label.strip():
        yield f"{at}.label", "write the missing text"
    match question:
        case Choice():
            yield from _texts(f"{at}.options", said.options, options.codes(question, form))
        case Ladder(least=least, most=most):
            # Only the two ends need words; the steps between are numbers.
            yield from _texts(f"{at}.options", said.options, (str(most), str(least)))
        case Rating() | Number() | Day() | Text() | Note():
            yield from _texts(f"{at}.options", said.options, ())
        case _:
            assert_never(question)
