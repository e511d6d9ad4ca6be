"""One seeded wave of 300 answers, measured and rendered once."""

from datetime import date

import pytest

from survey.form.load import Published
from survey.language.translator import translator
from survey.model.answers import Answers
from survey.model.snapshots import Snapshot
from survey.report.render import satisfaction
from survey.report.render.context import Context, Edition
from survey.report.render.notation import notation
from survey.report.render.tables import Tables
from tests.report import worlds
from tests.world import forms

EDITION = Edition(
    kind="council",
    issued=date(2026, 11, 2),
    example=True,
    contact="befragung@musterstadt.example",
)


@pytest.fixture(scope="session")
def form() -> Published:
    return forms.satisfaction()


@pytest.fixture(scope="session")
def answers(form: Published) -> list[Answers]:
    return worlds.answered(form, 300)


@pytest.fixture(scope="session")
def snapshot(form: Published, answers: list[Answers]) -> Snapshot:
    return worlds.measured(form, answers)


@pytest.fixture(scope="session")
def report(snapshot: Snapshot) -> bytes:
    return satisfaction.render(snapshot, language="de", edition=EDITION)


@pytest.fixture
def context(snapshot: Snapshot) -> Context:
    return Context(
        snapshot=snapshot,
        edition=Edition(kind="council", issued=date(2026, 11, 2)),
        language="de",
        wording=snapshot.wordings["de"],
        notation=notation("de"),
        words=translator("de"),
        tables=Tables(notation("de"), name="tabelle", title="Tabelle %(number)s"),
    )
