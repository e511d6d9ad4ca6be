"""Forms with any answers to any of their questions, for hypothesis."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from survey.form import load
from survey.form.options import codes
from survey.model.answers import Chosen, Declined, NotApplicable, OnDay, Quantity, Written
from survey.model.form import Choice, Day, Form, Ladder, Note, Number, Rating, Text

TINY = Path(__file__).parent.parent / "forms"
NAMES = sorted(folder.name for folder in TINY.iterdir())
FORMS = {name: load.form(name, folder=TINY) for name in NAMES}
FORMS["satisfaction"] = load.form("satisfaction")


def said(question, form: Form):
    match question:
        case Rating() | Choice():
            real = st.sampled_from([Chosen(codes=(code,)) for code in codes(question, form)])
        case Number(least=least, most=most) | Ladder(least=least, most=most):
            real = st.integers(least, most).map(lambda value: Quantity(value=value))
        case Day():
            real = st.just(OnDay(day=date(2026, 11, 22)))
        case Text():
            real = st.just(Written(text="Danke"))
        case Note():
            return st.none()
    return st.none() | st.just(Declined()) | st.just(NotApplicable()) | real


@st.composite
def answered(draw):
    """A form, and answers to any of its questions, also to those off the path."""
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    answers = {question.id: draw(said(question, form)) for question in form.questions}
    return form, {each: answer for each, answer in answers.items() if answer is not None}
