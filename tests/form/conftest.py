import pytest

from survey.form import load
from tests.form.form_strategies import TINY


@pytest.fixture
def tiny():
    """A test form by name: one for each type of question and kind of condition."""
    return lambda name: load.form(name, folder=TINY)


@pytest.fixture(scope="session")
def satisfaction():
    form = load.form("satisfaction")
    return load.publish(form, load.wordings("satisfaction"), "default")
