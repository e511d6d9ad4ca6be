"""Every figure of a report comes out of disclosure control: there is no other way."""

import ast

import pytest

from survey import paths
from survey.form.load import Published
from survey.model.answers import Answers, Chosen
from survey.model.estimates import Estimate
from tests.report import worlds
from tests.report.test_protection import figures

MODULES = sorted((paths.ROOT / "survey" / "report").rglob("*.py"))
STATISTICS = "survey.statistics"
# What a page may reckon with: printed numbers in, limits and segments out; structs and their text.
OPEN = {
    "survey.statistics.difference",
    "survey.statistics.disclosure.rounding",
    "survey.statistics.disclosure.request",
    "survey.statistics.disclosure.registry",
    "survey.statistics.floors",
    "survey.statistics.funnel",
    "survey.statistics.multiple",
    "survey.statistics.trend",
    "survey.statistics.unit",
    "survey.statistics.wilson",
}
DOOR = "survey.statistics.disclosure.publish"


def imported(module):
    tree = ast.parse(module.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                file = paths.ROOT / (whole.replace(".", "/") + ".py")
                yield whole if file.exists() else node.module


def test_one_module_of_the_report_can_ask_for_figures():
    doors = [m.name for m in MODULES if DOOR in set(imported(m))]
    assert doors == ["disclosed.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.stem)
def test_no_module_of_the_report_computes_with_answers_itself(module):
    used = {name for name in imported(module) if name.startswith(STATISTICS)}
    assert used <= OPEN | ({DOOR} if module.name == "disclosed.py" else set())


def test_estimates_are_made_nowhere_in_the_report_but_from_printed_ones():
    makers = [
        m.name
        for m in MODULES
        for node in ast.walk(ast.parse(m.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Estimate"
    ]
    assert set(makers) <= {"figures.py", "reversed_statement.py"}


def test_what_is_refused_beside_an_earlier_report_is_nowhere(
    form: Published, answers: list[Answers]
) -> None:
    """The same people with other answers: every table is one edition too many."""
    first = worlds.published_from(worlds.opened(form, worlds.rows(form, answers)))
    corrected = [_other(each, place) for place, each in enumerate(answers)]
    second = worlds.published_from(
        worlds.opened(form, worlds.rows(form, corrected, seed=8), invited=804), first.registry
    )
    said = second.snapshot
    assert not any(
        isinstance(figure, Estimate)
        for part in (said.topics, said.grades, said.by_unit, said.units, said.response)
        for figure in figures(part)
    )
    assert not any(isinstance(rated.favourable, Estimate) or rated.parts for rated in said.rated)


def _other(answers: Answers, place: int) -> Answers:
    codes = {"1": "5", "5": "1", "2": "4", "4": "2"}
    found: Answers = {}
    for question, said in answers.items():
        if place % 3 and isinstance(said, Chosen) and len(said.codes) == 1:
            code = said.codes[0]
            found[question] = Chosen(codes=(codes.get(code, code),))
        else:
            found[question] = said
    return found


def test_the_same_wave_measured_again_gives_the_same_snapshot_and_registry(
    form: Published, answers: list[Answers]
) -> None:
    found = worlds.opened(form, worlds.rows(form, answers))
    first = worlds.published_from(found)
    again = worlds.published_from(found, first.registry)
    assert again == first
