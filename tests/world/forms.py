"""Published forms: the two that people get, and one with a question of every type."""

from functools import cache

from msgspec.structs import replace

from survey import paths
from survey.form import load
from survey.form.load import Published

TYPES = ("rating", "choice-one", "choice-many", "ladder", "number", "day", "text", "note")


@cache
def satisfaction(selection: str = "default") -> Published:
    """The satisfaction form, frozen as a wave freezes it."""
    return load.publish(load.form("satisfaction"), load.wordings("satisfaction"), selection)


@cache
def kiosk() -> Published:
    """The form of devices in the building."""
    return load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")


@cache
def of_every_type() -> Published:
    """A form that asks one question of every type, made of the small forms of the tests."""
    folder = paths.ROOT / "tests" / "forms"
    forms = {name: load.form(name, folder=folder) for name in TYPES}
    words = {name: load.wordings(name, folder=folder)["de"] for name in TYPES}
    questions, said, scales, meant = [], {}, {}, {}
    for name, form in forms.items():
        for number, question in enumerate(form.questions):
            own = f"{name}{number or ''}"
            questions.append(replace(question, id=own, shown_if=None))
            said[own] = words[name].questions[question.id]
        scales |= form.scales
        meant |= words[name].scales
    form = replace(forms["text"], id="mixed", questions=tuple(questions), scales=scales)
    wording = replace(words["text"], questions=said, scales=meant)
    return load.publish(form, {"de": wording}, "full")
