"""Problems of conditions: they look back, at what exists, within one domain, and can come true.

A condition across domains is refused because the one domain would tell about the other: whether a
question was asked at all is an answer to the question before it.
"""

from collections.abc import Iterator
from itertools import combinations, product
from typing import assert_never

from survey.form import conditions, options, routing, structure
from survey.form.decode import NOTHING, Lost
from survey.form.load_problems import LoadProblem
from survey.model.answers import Answer, Answers, Chosen, Quantity
from survey.model.form import (
    AnyOf,
    Between,
    Choice,
    Day,
    Form,
    Ladder,
    Note,
    Number,
    Question,
    Rating,
    Text,
)

# Beyond so many combinations of answers a condition is taken to be fulfillable.
MOST_TRIALS = 20_000


def problems(form: Form, lost: Lost = NOTHING) -> Iterator[LoadProblem]:
    """Every problem, in the order of the questions; a question that is broken is not looked at."""
    sound = structure.sound(form)
    order = [question.id for question in form.questions]
    for number, question in enumerate(form.questions):
        if question.shown_if is None:
            continue
        at = f"$.questions[{question.id}].shown_if"
        found = []
        for leaf in conditions.leaves(question.shown_if):
            if leaf.question not in order:
                cure = f"there is no question {leaf.question}, correct the id"
                if not lost.may_hold("questions", leaf.question):
                    found.append(LoadProblem(path=at, cure=cure))
            elif order.index(leaf.question) >= number:
                cure = f"{leaf.question} is not asked before, move one of the two"
                found.append(LoadProblem(path=at, cure=cure))
            else:
                asked = form.questions[order.index(leaf.question)]
                found += _leaf(form, at, leaf, asked) if asked.id in sound else ()
                found += _across(form, at, question, asked)
        if not found and _involved(form, question) <= sound and not _reachable(form, question):
            found.append(LoadProblem(path=at, cure="no answers lead here, correct the condition"))
        yield from found


def _leaf(form: Form, at: str, leaf: AnyOf | Between, asked: Question) -> Iterator[LoadProblem]:
    bounds = _bounds(asked)
    match leaf:
        case AnyOf() if bounds is not None or not options.codes(asked, form):
            yield LoadProblem(path=at, cure=f"{asked.id} has no codes, ask for something else")
        case AnyOf(codes=wanted):
            for code in set(wanted).difference(options.codes(asked, form)):
                yield LoadProblem(path=at, cure=f"{asked.id} has no code {code}, correct it")
        case Between(least=least, most=most):
            if bounds is None:
                yield LoadProblem(path=at, cure=f"{asked.id} is no number, use any_of")
            elif least > most or most < bounds[0] or least > bounds[1]:
                cure = f"{least} to {most} never happens, {asked.id} is {bounds[0]} to {bounds[1]}"
                yield LoadProblem(path=at, cure=cure)
        case _:
            assert_never(leaf)


def _bounds(question: Question) -> tuple[int, int] | None:
    """The least and the most that a number or a step can be; None for answers of another kind."""
    match question:
        case Number(least=least, most=most) | Ladder(least=least, most=most):
            return least, most
        case Rating() | Choice() | Day() | Text() | Note():
            return None
        case _:
            assert_never(question)


def _across(form: Form, at: str, question: Question, asked: Question) -> Iterator[LoadProblem]:
    """Two blocks share a domain at every level if they are one, or neither has one of its own."""
    blocks = {block.id: block for block in form.blocks}
    home, there = blocks.get(question.block), blocks.get(asked.block)
    if home is None or there is None or home is there or isinstance(question, Note):
        return
    if any(block.sensitive or block.releasable for block in (home, there)):
        cure = f"{asked.id} is kept apart from {question.id}, put both into one block"
        yield LoadProblem(path=at, cure=cure)


def _reachable(form: Form, question: Question) -> bool:
    """Whether some answers bring the question onto the path, by trying those that matter."""
    ids = _involved(form, question)
    involved = [asked for asked in form.questions if asked.id in ids]
    tried = [[None, *_telling(form, asked)] for asked in involved]
    trials = 1
    for answers in tried:
        trials *= len(answers)
    if trials > MOST_TRIALS:
        return True
    order = [asked.id for asked in involved]
    return any(_leads(form, order, said, question) for said in product(*tried))


def _leads(form: Form, ids: list[str], said: tuple[Answer | None, ...], question: Question) -> bool:
    answers: Answers = {
        question_id: answer
        for question_id, answer in zip(ids, said, strict=True)
        if answer is not None
    }
    return routing.step(form, answers, question.id) is not None


def _involved(form: Form, question: Question) -> set[str]:
    """Ids of the questions whose answers decide, directly or through other conditions."""
    wanted = {question.id}
    for earlier in reversed(form.questions):
        if earlier.id in wanted and earlier.shown_if is not None:
            wanted |= {leaf.question for leaf in conditions.leaves(earlier.shown_if)}
    return wanted - {question.id}


def _telling(form: Form, asked: Question) -> list[Answer]:
    """Answers to `asked` that conditions can tell apart."""
    match asked:
        case Rating():
            return [Chosen(codes=(code,)) for code in options.codes(asked, form)]
        case Choice(options=codes, most=most, exclusive=exclusive):
            free = [code for code in codes if code not in exclusive]
            sets = [c for size in range(1, min(most, 3) + 1) for c in combinations(free, size)]
            return [Chosen(codes=codes) for codes in (*sets, *((code,) for code in exclusive))]
        case Number(least=least, most=most) | Ladder(least=least, most=most):
            edges = {least, most, *_edges(form, asked.id)}
            return [Quantity(value=edge) for edge in sorted(edges) if least <= edge <= most]
        case Day() | Text() | Note():
            return []
        case _:
            assert_never(asked)


def _edges(form: Form, question_id: str) -> Iterator[int]:
    for question in form.questions:
        for leaf in conditions.leaves(question.shown_if) if question.shown_if else ():
            if isinstance(leaf, Between) and leaf.question == question_id:
                yield from (leaf.least - 1, leaf.least, leaf.most, leaf.most + 1)
