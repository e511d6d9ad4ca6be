"""All answers of a wave, counted in one pass per domain. Counts never leave `survey.report`."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from survey.form import domains, tabulate
from survey.form.tabulate import Counts
from survey.model.answers import Answers
from survey.model.form import Form, Text
from survey.model.programmes import Level

# AAPOR: complete from 80 % of the core questions, partial from 50 %.
COMPLETE, PARTIAL = 0.8, 0.5


class People(Struct, kw_only=True):
    """How many answered how much of the core questions; less than partial is not counted."""

    complete: int = 0
    partial: int = 0

    def passing(self, rows: Iterable[Answers], core: frozenset[str]) -> Iterator[Answers]:
        """The same rows, counted on their way."""
        for answers in rows:
            done = len(core & answers.keys()) / len(core) if core else 0
            if done >= COMPLETE:
                self.complete += 1
            elif done >= PARTIAL:
                self.partial += 1
            yield answers


class Tally(Struct, frozen=True, kw_only=True):
    """Counts by question, of every domain, the circumstances included."""

    questions: dict[str, Counts]
    people: People


def count(
    form: Form, level: Level, responses: Mapping[str, Iterable[tuple[str, Answers]]]
) -> Tally:
    """Counts of every domain; people where most of the core questions are kept together.

    Args:
        responses: (unit, answers) by name of domain; a domain that is absent counts as empty
    """
    every = domains.domains(form, level)
    core = {domain.name: _core(form, domain) for domain in every}
    main = max(core, key=lambda name: len(core[name]))
    people, questions = People(), dict[str, Counts]()
    for domain in every:
        rows: Iterator[Answers] = (answers for _, answers in responses.get(domain.name, ()))
        if domain.name == main:
            rows = people.passing(rows, core[main])
        table = tabulate.tabulate(form, rows, questions=domains.questions(form, domain))
        questions |= table.questions
    return Tally(questions=questions, people=people)


def _core(form: Form, domain: domains.Domain) -> frozenset[str]:
    asked = domains.questions(form, domain)
    return frozenset(q.id for q in asked if q.core and not isinstance(q, Text))
