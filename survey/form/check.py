"""Every problem that keeps a form from being asked, with file, path and cure."""

from collections.abc import Mapping

from survey.form import routing, structure, texts
from survey.form.load_problems import LoadProblem
from survey.model.form import Form
from survey.model.wording import Wording


def form(form: Form) -> list[LoadProblem]:
    """Problems of form.toml; its conditions are looked at once everything they name is sound."""
    return list(structure.problems(form)) or list(routing.problems(form))


def wordings(form: Form, wordings: Mapping[str, Wording]) -> list[LoadProblem]:
    """Problems of the language files against the form."""
    return list(texts.problems(form, wordings))


def problems(form: Form, wordings: Mapping[str, Wording]) -> list[LoadProblem]:
    """Everything that keeps the form from being asked; empty when it is fit."""
    sound = list(structure.problems(form)) or list(routing.problems(form))
    return [*sound, *texts.problems(form, wordings)]
