import pytest
from hypothesis import HealthCheck, settings

from survey.form import load
from tests.form.form_strategies import TINY

# A busy machine is no failure; `make bench` measures time.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture
def tiny():
    """A test form by name: one for each type of question and kind of condition."""
    return lambda name: load.form(name, folder=TINY)


@pytest.fixture(scope="session")
def satisfaction():
    form = load.form("satisfaction")
    return load.publish(form, load.wordings("satisfaction"), "default")
