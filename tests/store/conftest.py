"""Every test of the store runs on both engines; around it lies what rows must point at."""

from datetime import date

import pytest

from survey.engine.database import Database
from survey.model.programmes import Body, Contact, Programme
from survey.model.waves import Thresholds, Wave
from survey.store import forms, programmes, waves
from survey.store.forms import FormVersion
from tests.databases import database

__all__ = ["database"]

VERSION = "f" * 64


def programme(programme_id: str = "p") -> Programme:
    """One that may be asked for."""
    return Programme(
        programme_id=programme_id,
        title="Wie ist das Jobcenter für Sie?",
        level="linked",
        purpose="Das Jobcenter soll besser werden.",
        controller="Jobcenter Musterstadt",
        operator=Body(name="Rechenzentrum"),
        key_holder=Body(name="Hochschule"),
        help=Contact(name="Beratungsstelle", phone="0800 000 00 00"),
        complaint="Beschwerdestelle",
        legal_basis="§ 67c Abs. 4 SGB X",
        privacy_officer="Datenschutz",
        created_on=date(2026, 10, 1),
    )


def wave(wave_id: str = "w1", number: int = 1) -> Wave:
    """A wave of that programme, planned."""
    return Wave(
        wave_id=wave_id,
        programme_id="p",
        number=number,
        form_id="satisfaction",
        form_version=VERSION,
        opens_on=date(2026, 11, 2),
        closes_on=date(2026, 11, 30),
        state="planned",
        thresholds=Thresholds(),
    )


@pytest.fixture
def planned(database: Database) -> Database:
    """A database with programme p, a form and the wave w1."""
    with database.write() as tx:
        programmes.add(tx, programme())
        forms.keep(tx, FormVersion(version=VERSION, form_id="satisfaction", body="{}"))
        waves.add(tx, wave())
    return database
