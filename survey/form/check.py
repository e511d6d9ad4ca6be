"""Every problem that keeps a form from being asked, with file, path and cure."""

from collections.abc import Mapping

from survey.form import routing_problems, structure, texts
from survey.form.decode import NOTHING, Lost
from survey.form.load_problems import LoadProblem
from survey.model.form import Form
from survey.model.wording import Wording


def form(form: Form, lost: Lost = NOTHING) -> list[LoadProblem]:
    """Problems of form.toml, apart from what of it could not be read."""
    return [*structure.problems(form, lost), *routing_problems.problems(form, lost)]


def wordings(
    form: Form,
    wordings: Mapping[str, Wording],
    lost: Lost = NOTHING,
    lost_words: Mapping[str, Lost] = texts.ALL_READ,
) -> list[LoadProblem]:
    """Problems of the language files against the form.

    Args:
        lost: what could not be read of form.toml
        lost_words: the same of the language files, by language
    """
    return list(texts.problems(form, wordings, lost, lost_words))


def problems(form: Form, wordings: Mapping[str, Wording]) -> list[LoadProblem]:
    """Everything that keeps the form from being asked; empty when it is fit."""
    return [
        *structure.problems(form),
        *routing_problems.problems(form),
        *texts.problems(form, wordings),
    ]
