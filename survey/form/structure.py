"""Problems of form.toml apart from its conditions: ids, codes, and references between its parts."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from survey.form import conditions, names
from survey.form.decode import NOTHING, Lost
from survey.form.load_problems import LoadProblem
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Scale, Text

RESERVED_BLOCKS = frozenset({"main", "circumstances"}) | names.ON_PAGES
RESERVED_IDS = frozenset({"language", "text-size", "medium"}).union(
    names.ON_PAGES, names.PLACES, names.IN_COLUMNS
)
FULL = "full"


def problems(form: Form, lost: Lost = NOTHING) -> Iterator[LoadProblem]:
    """Every problem, in the order of the file; what names a lost entry is none."""
    if not names.ID.fullmatch(form.id) and not lost.may_hold("id"):
        yield LoadProblem(path="$.id", cure=names.ID_RULE)
    yield from _ids("constructs", form.constructs)
    yield from _ids("selections", form.selections)
    for name, ids in form.selections.items():
        yield from _selection(form, name, ids, lost)
    yield from _ids("scales", form.scales)
    for name, scale in form.scales.items():
        yield from _scale(name, scale)
    yield from _ids("blocks", [block.id for block in form.blocks], RESERVED_BLOCKS)
    yield from _ids("questions", [question.id for question in form.questions], RESERVED_IDS)
    for question in form.questions:
        yield from _places(form, question, lost)
        if isinstance(question, Rating) and _no_scale(form, question, lost):
            at, cure = f"$.questions[{question.id}].scale", f"there is no scale {question.scale}"
            yield LoadProblem(path=at, cure=f"{cure}, declare it")
        yield from _question(question)


def sound(form: Form) -> frozenset[str]:
    """Ids of the questions whose answers can be told apart: conditions may look at them."""
    repeated = names.repeated(question.id for question in form.questions)
    return frozenset(
        question.id
        for question in form.questions
        if question.id not in repeated
        and not (isinstance(question, Rating) and _no_scale(form, question, NOTHING))
        and not any(_question(question))
    )


def _no_scale(form: Form, question: Rating, lost: Lost) -> bool:
    return question.scale not in form.scales and not lost.may_hold("scales", question.scale)


def _ids(
    part: str, ids: Iterable[str], reserved: frozenset[str] = frozenset()
) -> Iterator[LoadProblem]:
    ids = tuple(ids)
    for name, times in names.repeated(ids).items():
        cure = f"the id {name} is used {times} times, rename all but one"
        yield LoadProblem(path=f"$.{part}[{name}]", cure=cure)
    for name, spellings in names.alike(ids).items():
        cure = f"{_listed(spellings)} differ in case only, rename all but one"
        yield LoadProblem(path=f"$.{part}[{name}]", cure=cure)
    for name in dict.fromkeys(ids):
        at = f"$.{part}[{name}]"
        if name.casefold() in reserved:
            yield LoadProblem(path=at, cure=f"choose another id, {name} has a meaning of its own")
        if not names.ID.fullmatch(name):
            yield LoadProblem(path=at, cure=names.ID_RULE)


def _codes(at: str, codes: tuple[str, ...]) -> Iterator[LoadProblem]:
    if len(codes) < 2:
        yield LoadProblem(path=at, cure="offer at least two codes")
    for code, times in names.repeated(codes).items():
        yield LoadProblem(path=at, cure=f"the code {code} stands there {times} times, keep one")
    for spellings in names.alike(codes).values():
        cure = f"the codes {_listed(spellings)} differ in case only, rename all but one"
        yield LoadProblem(path=at, cure=cure)
    for code in dict.fromkeys(codes):
        if not names.CODE.fullmatch(code):
            yield LoadProblem(path=at, cure=f"write the code {code} {names.CODE_RULE}")


def _listed(spellings: Iterable[str]) -> str:
    return " and ".join(spellings)


def _scale(name: str, scale: Scale) -> Iterator[LoadProblem]:
    at = f"$.scales.{name}"
    yield from _codes(f"{at}.codes", scale.codes)
    for code in (*scale.favourable, *scale.middle):
        if code not in scale.codes:
            yield LoadProblem(
                path=at, cure=f"the code {code} is not among the codes, add or remove it"
            )
    for code in scale.favourable:
        if code in scale.middle:
            yield LoadProblem(path=at, cure=f"the code {code} is favourable and middle, choose one")


def _selection(form: Form, name: str, ids: tuple[str, ...], lost: Lost) -> Iterator[LoadProblem]:
    at = f"$.selections.{name}"
    questions = {question.id: question for question in form.questions}
    if name == FULL:
        yield LoadProblem(path=at, cure=f"remove it, {FULL} is every question by itself")
    for question_id, times in names.repeated(ids).items():
        cure = f"the question {question_id} stands there {times} times, keep one"
        yield LoadProblem(path=at, cure=cure)
    for question_id in dict.fromkeys(ids):
        if question_id not in questions and not lost.may_hold("questions", question_id):
            cure = f"there is no question {question_id}, correct or remove it"
            yield LoadProblem(path=at, cure=cure)
    for question in (questions[question_id] for question_id in ids if question_id in questions):
        for leaf in conditions.leaves(question.shown_if) if question.shown_if else ():
            if leaf.question in questions and leaf.question not in ids:
                cure = f"{question.id} depends on {leaf.question}, add that too"
                yield LoadProblem(path=at, cure=cure)


def _question(question: Question) -> Iterator[LoadProblem]:
    """Problems of a question that don't depend on the rest of the form."""
    at = f"$.questions[{question.id}]"
    match question:
        case Choice():
            yield from _choice(at, question)
        case Number() | Ladder() if question.least >= question.most:
            cure = f"least ({question.least}) must be below most ({question.most})"
            yield LoadProblem(path=at, cure=cure)
        case Day(earliest=earliest, latest=latest) if not 1 <= earliest <= latest <= 9999:
            cure = f"earliest ({earliest}) and latest ({latest}) are years in this order"
            yield LoadProblem(path=at, cure=cure)
        case Text(longest=longest) if longest < 1:
            yield LoadProblem(path=f"{at}.longest", cure="allow at least one character")
        case Rating() | Number() | Ladder() | Day() | Text() | Note():
            pass
        case _:
            assert_never(question)


def _places(form: Form, question: Question, lost: Lost) -> Iterator[LoadProblem]:
    at, blocks = f"$.questions[{question.id}]", {block.id for block in form.blocks}
    if question.block not in blocks and not lost.may_hold("blocks", question.block):
        yield LoadProblem(
            path=f"{at}.block", cure=f"there is no block {question.block}, declare it"
        )
    known = question.construct in form.constructs
    if not known and not lost.may_hold("constructs", question.construct):
        cure = f"there is no construct {question.construct}, declare it"
        yield LoadProblem(path=f"{at}.construct", cure=cure)


def _choice(at: str, question: Choice) -> Iterator[LoadProblem]:
    yield from _codes(f"{at}.options", question.options)
    if not 1 <= question.most <= len(question.options):
        cure = f"choose 1 to {len(question.options)}, as many as there are options"
        yield LoadProblem(path=f"{at}.most", cure=cure)
    for code in question.exclusive:
        if code not in question.options:
            yield LoadProblem(
                path=f"{at}.exclusive", cure=f"the code {code} is not among the options"
            )
