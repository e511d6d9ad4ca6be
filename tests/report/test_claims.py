"""Words claim no more than the interval carries."""

import pytest
from msgspec import structs

from survey.form import load
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Rated, Snapshot
from survey.report import claims
from survey.report.context import Context


def rated(question_id: str, value: float, half: float = 0.03, *, turned: bool = False) -> Rated:
    figure = Estimate(value=value, low=value - half, high=value + half, n=300)
    return Rated(
        question_id=question_id,
        construct="contact",
        reversed=turned,
        favourable=figure,
        parts=(),
        refused=Suppressed(reason="too-few"),
        not_applicable=Suppressed(reason="too-few"),
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
    assert claims.finding(context, [rated("w1", 0.4)]) == [
        "Nur zwei von fünf fühlen sich mit Respekt behandelt."
    ]
    assert "nur" not in claims.finding(context, [rated("w1", 0.48, 0.04)])[0].lower()


def test_two_sentences_are_set_against_each_other_only_if_intervals_part(
    context: Context,
) -> None:
    apart = claims.finding(context, [rated("w1", 0.8), rated("k2", 0.4)])
    near = claims.finding(context, [rated("w1", 0.62), rated("k2", 0.58)])
    assert apart[1].startswith("Nur zwei von fünf erreichen")
    assert near == ["Beide Aussagen finden eine Mehrheit.", "Die Unterschiede können Zufall sein."]


def test_nothing_shown_is_nothing_claimed(context: Context) -> None:
    hidden = Rated(
        question_id="w1",
        construct="contact",
        reversed=False,
        favourable=Suppressed(reason="too-few"),
        parts=(),
        refused=Suppressed(reason="too-few"),
        not_applicable=Suppressed(reason="too-few"),
    )
    assert claims.finding(context, [hidden]) == ["Weniger als zehn Menschen haben geantwortet."]
    assert claims.order(context, [hidden]) == []


def test_the_order_names_who_may_share_the_place(context: Context) -> None:
    told = claims.order(context, [rated("w1", 0.8), rated("k1", 0.79), rated("h1", 0.4)])
    assert told == [
        "Am günstigsten beurteilt wird „Respekt“ (80\u202f%); "
        "der Abstand zu „Zuständige Person bekannt“ kann Zufall sein.",
        "Am ungünstigsten beurteilt wird „Zusammenarbeit der Stellen“ (40\u202f%).",
    ]


def test_a_reversed_statement_says_what_its_favourable_side_says(context: Context) -> None:
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    here = structs.replace(context, wording=form.wordings["de"])
    told = claims.finding(here, [rated("t4", 0.8, turned=True)])
    assert told == ["Vier von fünf mussten nicht zu lange warten."]


def test_a_form_without_words_for_headlines_is_quoted(context: Context) -> None:
    words = structs.replace(context.wording.questions["w1"], finding="")
    wording = structs.replace(context.wording, questions={"w1": words})
    here = structs.replace(context, wording=wording)
    said = "„Ich werde mit Respekt behandelt.“"
    assert claims.finding(here, [rated("w1", 0.8)]) == [f"Vier von fünf sagen: {said}"]
    turned = claims.finding(here, [rated("w1", 0.8, turned=True)])
    assert turned == [f"Vier von fünf stimmen nicht zu: {said}"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.9, 1.0, "mindestens 90 von 100"), (0.0, 0.1, "höchstens 10 von 100")],
)
def test_bounds_are_said_as_bounds(context: Context, low: float, high: float, words: str) -> None:
    figure = Suppressed(reason="unanimous", low=low, high=high)
    assert claims.how_many(context, figure) == words


def test_every_headline_fits_its_line(context: Context, snapshot: Snapshot) -> None:
    for value in (0.31, 0.47, 0.8, 0.97):
        for each in snapshot.rated:
            for line in claims.lines(claims.finding(context, [rated(each.question_id, value)])):
                assert claims.fits(line)
