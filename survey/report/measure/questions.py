"""All questions of a form: answers read, tables asked for, what may be shown of each."""

from collections.abc import Sequence
from itertools import groupby
from typing import assert_never

from msgspec import Struct

from survey.form import domains
from survey.form.load import Published
from survey.model import waves
from survey.model.estimates import Estimate, Figure
from survey.model.form import Form
from survey.model.not_reported import NotReported
from survey.model.snapshots import Declared, Graded, Help, Mix, Rated, Topic
from survey.model.wording import Wording
from survey.report.measure import columns as columns
from survey.report.measure import figures, items, kinds
from survey.report.measure.columns import AnswerColumns
from survey.report.measure.disclosed import DisclosureControl
from survey.report.measure.items import Item, Results
from survey.report.measure.kinds import Kind
from survey.report.measure.open_waves import OpenWave
from survey.report.measure.units import Units
from survey.statistics.disclosure.request import (
    Breakdown,
    Composed,
    Counted,
    Precise,
    Result,
    TableRequest,
)

LANGUAGES = ("de", "en")  # in which a report can be written


class Answered(Struct, frozen=True, kw_only=True):
    """The questions of a form with what came back of them."""

    form: Form
    items: dict[str, Item]
    results: Results

    def of(self, kind: Kind) -> list[Item]:
        """The questions that give one kind of figures, in the order of the form."""
        return [
            self.items[question.id]
            for question in self.form.questions
            if kinds.kind(self.form, question) == kind
        ]

    def statements(self) -> tuple[Rated, ...]:
        """The rated statements."""
        return tuple(items.statement(item, self.results) for item in self.of("statement"))

    def topics(self, rated: Sequence[Rated]) -> tuple[Topic, ...]:
        """The constructs as means of their statements, in the order of the form."""
        return tuple(
            self._topic(construct, [statement.favourable for statement in group])
            for construct, group in groupby(rated, key=lambda statement: statement.construct)
        )

    def _topic(self, construct: str, shares: Sequence[Figure]) -> Topic:
        result = self.results.get(items.composed(self.form, construct))
        effective = result.effective if isinstance(result, Precise) else None
        known = effective if isinstance(effective, int) else None
        figure = figures.topic(shares, known)
        return Topic(
            construct=construct,
            statements=len(shares),
            favourable=figure,
            effective=known if isinstance(figure, Estimate) else None,
        )

    def grades(self) -> tuple[Graded, ...]:
        """The grades."""
        return tuple(items.grade(item, self.results) for item in self.of("grade"))

    def helps(self) -> tuple[Help, ...]:
        """The helps."""
        return tuple(items.help_shown(item, self.results) for item in self.of("help"))

    def declared(self) -> tuple[Declared, ...]:
        """The questions answered with one of a few words."""
        return tuple(items.declared(item, self.results) for item in self.of("declared"))

    def mixes(self) -> tuple[Mix, ...]:
        """How people answered."""
        mixes = (items.mix(self.items[q.id], self.results) for q in domains.HOW)
        return tuple(mix for mix in mixes if mix is not None)


def read(opened: OpenWave) -> dict[str, AnswerColumns]:
    """The answers of a wave by domain."""
    form = opened.published.form
    unit_ids, cells = [unit.unit_id for unit in opened.units], waves.cells(opened.sample)
    return {
        domain.name: columns.read(
            form, domains.questions(form, domain), opened.sheets(domain.name), unit_ids, cells
        )
        for domain in domains.domains(form, opened.programme.level)
    }


def main(opened: OpenWave) -> str:
    """The domain that keeps most of the core questions together."""
    form = opened.published.form
    every = domains.domains(form, opened.programme.level)
    return max(
        every, key=lambda domain: sum(1 for q in domains.questions(form, domain) if q.core)
    ).name


def ask(
    control: DisclosureControl, form: Form, sheets: dict[str, AnswerColumns], units: Units | None
) -> Answered:
    """Ask for the tables of every question, domain by domain: one sheet of it is one member."""
    known = {q.id: q for q in (*form.questions, *domains.HOW)}
    every, results = dict[str, Item](), dict[str, Result]()
    for domain_columns in sheets.values():
        by_unit = units.breakdown(domain_columns.units) if units else None
        mine = [
            items.item(form, known[name], column)
            for name, column in domain_columns.by_question.items()
        ]
        tables: list[TableRequest] = [
            table for item in mine for table in _tables(form, item, by_unit)
        ]
        results |= control.ask(domain_columns.members, [*tables, *_composed(form, mine)])
        every |= {item.question.id: item for item in mine}
    return Answered(form=form, items=every, results=results)


def _composed(form: Form, mine: Sequence[Item]) -> list[Composed]:
    """Topics of several statements that were all answered on one sheet, else nobody pairs them."""
    tables = []
    for construct in form.constructs:
        ids = rated(form, construct)
        together = [item for item in mine if item.question.id in ids]
        if len(together) == len(ids) > 1:
            tables.append(items.composed_table(form, construct, together))
    return tables


def rated(form: Form, construct: str) -> list[str]:
    """The statements that make a topic."""
    return [
        q.id
        for q in form.questions
        if q.construct == construct and kinds.kind(form, q) == "statement"
    ]


def _tables(form: Form, item: Item, by_unit: Breakdown | None) -> list[Counted]:
    kind = kinds.kind(form, item.question)
    match kind:
        case "statement":
            return items.statement_tables(item, by_unit)
        case "grade":
            return items.grade_tables(item, by_unit)
        case "help":
            return items.help_tables(item)
        case "declared":
            return items.declared_tables(item)
        case "mix":
            return items.mix_tables(item)
        case "comments" | "nothing" | NotReported():
            return []
        case _:
            assert_never(kind)


def codes(form: Form) -> dict[str, tuple[str, ...]]:
    """The codes of each scale, from the unfavourable to the favourable end."""
    return {name: tuple(items.towards_favourable(scale)) for name, scale in form.scales.items()}


def wordings(published: Published) -> dict[str, Wording]:
    """The words in the languages a report can be written in."""
    return {tag: published.wordings[tag] for tag in LANGUAGES if tag in published.wordings}
