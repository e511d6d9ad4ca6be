"""Words claim no more than the interval carries."""

from datetime import date

import pytest

from survey.form.load import Published
from survey.language.translator import translator
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Rated, Snapshot
from survey.report import claims
from survey.report.context import Context, Edition
from survey.report.notation import notation
from survey.report.tables import Tables


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


def rated(question_id: str, value: float, half: float = 0.03, *, turned: bool = False) -> Rated:
    figure = Estimate(value=value, low=value - half, high=value + half, n=300)
    return Rated(
        question_id=question_id,
        construct="contact",
        reversed=turned,
        favourable=figure,
        parts=(),
        refused=Suppressed(reason="too-few"),
        not_applicable=0,
    )


@pytest.mark.parametrize(
    ("value", "half", "words"),
    [
        (0.79, 0.03, "vier von fünf"),
        (0.81, 0.005, "81 von 100"),
        (0.66, 0.03, "zwei von drei"),
        (0.47, 0.03, "47 von 100"),
        (0.77, 0.03, "drei von vier"),
    ],
)
def test_a_fraction_is_named_only_inside_the_interval(
    context: Context, value: float, half: float, words: str
) -> None:
    assert claims.how_many(context, rated("w1", value, half).favourable) == words


def test_only_is_said_when_the_whole_interval_is_below_one_half(context: Context) -> None:
    assert claims.finding(context, [rated("w1", 0.4)]) == ["Respekt: Nur zwei von fünf stimmen zu."]
    assert "nur" not in claims.finding(context, [rated("w1", 0.48, 0.04)])[0].lower()


def test_two_sentences_are_set_against_each_other_only_if_intervals_part(
    context: Context,
) -> None:
    apart = claims.finding(context, [rated("w1", 0.8), rated("k2", 0.4)])
    near = claims.finding(context, [rated("w1", 0.62), rated("k2", 0.58)])
    assert apart[1].startswith("Erreichbarkeit: Nur zwei von fünf")
    assert near == ["Beide Aussagen finden eine Mehrheit.", "Die Unterschiede können Zufall sein."]


def test_nothing_shown_is_nothing_claimed(context: Context) -> None:
    hidden = Rated(
        question_id="w1",
        construct="contact",
        reversed=False,
        favourable=Suppressed(reason="too-few"),
        parts=(),
        refused=Suppressed(reason="too-few"),
        not_applicable=0,
    )
    assert claims.finding(context, [hidden]) == ["Zu wenige Angaben (n\u00a0<\u00a010)"]
    assert claims.order(context, [hidden]) == []


def test_the_order_names_who_may_share_the_place(context: Context) -> None:
    told = claims.order(context, [rated("w1", 0.8), rated("k1", 0.79), rated("h1", 0.4)])
    assert told == [
        "Am günstigsten beurteilt wird „Respekt“ (80\u202f%); "
        "der Abstand zu „Zuständige Person bekannt“ kann Zufall sein.",
        "Am ungünstigsten beurteilt wird „Zusammenarbeit der Stellen“ (40\u202f%).",
    ]


def test_a_reversed_statement_is_denied(context: Context, form: Published) -> None:
    assert claims.finding(context, [rated("k1", 0.8, turned=True)])[0].endswith("verneinen.")


def test_every_headline_fits_its_line(context: Context, snapshot: Snapshot) -> None:
    for value in (0.31, 0.47, 0.8, 0.97):
        for each in snapshot.rated:
            for line in claims.finding(context, [rated(each.question_id, value)]):
                assert claims.fits(line)
