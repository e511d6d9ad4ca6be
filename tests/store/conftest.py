"""Every test of the store runs on both engines; around it lies what rows must point at."""

from datetime import date

import pytest

from survey.engine.database import Database
from survey.model.programmes import Programme
from survey.model.waves import Wave
from survey.store import forms
from survey.store import programmes as stored_programmes
from survey.store import waves as stored_waves
from survey.store.forms import FormVersion
from tests.databases import database
from tests.world import programmes, waves

__all__ = ["database"]

VERSION = "f" * 64


def programme(programme_id: str = "p") -> Programme:
    """One that may be asked for."""
    return programmes.programme(programme_id=programme_id)


def wave(wave_id: str = "w1", number: int = 1) -> Wave:
    """A wave of that programme, planned."""
    return waves.wave(
        wave_id,
        number,
        programme_id="p",
        form_version=VERSION,
        opens_on=date(2026, 11, 2),
        closes_on=date(2026, 11, 30),
    )


@pytest.fixture
def planned(database: Database) -> Database:
    """A database with programme p, a form and the wave w1."""
    with database.write() as tx:
        stored_programmes.add(tx, programme())
        forms.keep(tx, FormVersion(version=VERSION, form_id="satisfaction", body="{}"))
        stored_waves.add(tx, wave())
    return database
