"""Problems of form.toml apart from its conditions: ids, codes, and references between its parts."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from survey.form import conditions, names, options
from survey.form.load_problems import LoadProblem
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Question, Rating, Scale, Text

RESERVED_CODES = frozenset({options.REFUSED, options.NOT_APPLICABLE})
RESERVED_BLOCKS = frozenset({"main", "circumstances"}) | names.ON_PAGES
RESERVED_IDS = frozenset({"language", "text-size", "medium"}).union(
    names.ON_PAGES, names.PLACES, names.IN_COLUMNS
)
FULL = "full"


def problems(form: Form) -> Iterator[LoadProblem]:
    """Every problem, in the order of the file."""
    if not names.ID.fullmatch(form.id):
        yield LoadProblem(path="$.id", cure=names.ID_RULE)
    yield from _ids("constructs", form.constructs)
    yield from _ids("selections", form.selections)
    for name, ids in form.selections.items():
        yield from _selection(form, name, ids)
    yield from _ids("scales", form.scales)
    for name, scale in form.scales.items():
        yield from _scale(name, scale)
    yield from _ids("blocks", [block.id for block in form.blocks], RESERVED_BLOCKS)
    yield from _ids("questions", [question.id for question in form.questions], RESERVED_IDS)
    for question in form.questions:
        yield from _question(form, question)


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
        if code in RESERVED_CODES:
            yield LoadProblem(path=at, cure=f"the code {code} means declining, choose another")
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


def _selection(form: Form, name: str, ids: tuple[str, ...]) -> Iterator[LoadProblem]:
    at = f"$.selections.{name}"
    questions = {question.id: question for question in form.questions}
    if name == FULL:
        yield LoadProblem(path=at, cure=f"remove it, {FULL} is every question by itself")
    for question_id, times in names.repeated(ids).items():
        cure = f"the question {question_id} stands there {times} times, keep one"
        yield LoadProblem(path=at, cure=cure)
    for each in dict.fromkeys(ids):
        if each not in questions:
            yield LoadProblem(path=at, cure=f"there is no question {each}, correct or remove it")
        elif (condition := questions[each].shown_if) is not None:
            for leaf in conditions.leaves(condition):
                if leaf.question not in ids:
                    yield LoadProblem(
                        path=at, cure=f"{each} depends on {leaf.question}, add that too"
                    )


def _question(form: Form, question: Question) -> Iterator[LoadProblem]:
    at = f"$.questions[{question.id}]"
    yield from _places(form, at, question)
    match question:
        case Rating(scale=scale) if scale not in form.scales:
            yield LoadProblem(path=f"{at}.scale", cure=f"there is no scale {scale}, declare it")
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


def _places(form: Form, at: str, question: Question) -> Iterator[LoadProblem]:
    if question.block not in {block.id for block in form.blocks}:
        yield LoadProblem(
            path=f"{at}.block", cure=f"there is no block {question.block}, declare it"
        )
    if question.construct not in form.constructs:
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
