"""Whether a form can be asked: every flaw with file, path and cure, found before anybody is."""

from collections.abc import Mapping

from survey.form import routing, structure, texts
from survey.form.flaws import Flaw
from survey.model.form import Form
from survey.model.wording import Wording


def form(form: Form) -> list[Flaw]:
    """Flaws of form.toml; its conditions are looked at once everything they name is sound."""
    return list(structure.flaws(form)) or list(routing.flaws(form))


def wordings(form: Form, wordings: Mapping[str, Wording]) -> list[Flaw]:
    """Flaws of the language files against the form."""
    return list(texts.flaws(form, wordings))


def problems(form: Form, wordings: Mapping[str, Wording]) -> list[Flaw]:
    """Everything that keeps the form from being asked; empty when it is fit."""
    sound = list(structure.flaws(form)) or list(routing.flaws(form))
    return [*sound, *texts.flaws(form, wordings)]
