"""Words claim no more than the interval carries."""

import pytest
from msgspec import structs

from survey.form import load
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import Part, Rated, Snapshot
from survey.report.render import findings
from survey.report.render.context import Context


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
    assert findings.how_many(context, rated("w1", value, half).favourable) == words


def test_only_is_said_when_the_whole_interval_is_below_one_half(context: Context) -> None:
    assert findings.finding(context, [rated("w1", 0.4)]) == [
        "Nur zwei von fünf fühlen sich mit Respekt behandelt."
    ]
    assert "nur" not in findings.finding(context, [rated("w1", 0.48, 0.04)])[0].lower()


def test_two_sentences_are_set_against_each_other_only_if_intervals_part(
    context: Context,
) -> None:
    apart = findings.finding(context, [rated("w1", 0.8), rated("k2", 0.4)])
    near = findings.finding(context, [rated("w1", 0.62), rated("k2", 0.62)])
    assert apart[1].startswith("Nur zwei von fünf erreichen")
    assert near == ["Beide Aussagen finden eine Mehrheit.", "Die Unterschiede können Zufall sein."]


def test_chance_is_named_only_where_no_test_could_tell_the_shares_apart(context: Context) -> None:
    """Intervals overlap, and yet 10 against 21 of 100 are no chance among 190 people."""
    given = [rated("w1", 0.21, 0.06), rated("k2", 0.1, 0.06)]
    assert findings.finding(context, given) == ["Keine der beiden Aussagen findet eine Mehrheit."]
    assert findings.by_chance([rated("w1", 0.6).favourable, rated("k2", 0.6).favourable])
    bounds = Suppressed(reason="unanimous", low=0.0, high=0.1)
    assert not findings.by_chance([bounds, rated("k2", 0.6).favourable])
    assert not findings.by_chance([])


def test_a_majority_is_counted_over_the_shown_statements_only(context: Context) -> None:
    hidden = structs.replace(rated("k1", 0.5), favourable=Suppressed(reason="too-few"))
    low = [rated("w1", 0.3), rated("k2", 0.3), hidden]
    assert findings.finding(context, low)[0] == "Keine der gezeigten Aussagen findet eine Mehrheit."
    high = [rated("w1", 0.7), rated("k2", 0.7), hidden]
    assert findings.finding(context, high)[0] == "Alle gezeigten Aussagen finden eine Mehrheit."


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
    assert findings.finding(context, [hidden]) == ["Weniger als zehn Menschen haben geantwortet."]
    assert findings.order(context, [hidden]) == []


def test_the_order_names_who_may_share_the_place(context: Context) -> None:
    told = findings.order(context, [rated("w1", 0.8), rated("k1", 0.79), rated("h1", 0.4)])
    assert told == [
        "Am günstigsten beurteilt wird „Respekt“ (80\u202f%); "
        "die Reihenfolge gegenüber „Zuständige Person bekannt“ ist nicht gesichert.",
        "Am ungünstigsten beurteilt wird „Zusammenarbeit der Stellen“ (40\u202f%).",
    ]


def test_a_reversed_statement_is_told_by_those_who_agree_with_it(context: Context) -> None:
    """Of the 80 who do not deny, 35 do not agree either."""
    form = load.publish(load.form("kiosk"), load.wordings("kiosk"), "default")
    here = structs.replace(context, wording=form.wordings["de"])
    said = "„Ich musste heute zu lange warten.“"
    waited = rated("t4", 0.2, turned=True)
    sides = (("5", 25, -1), ("4", 20, -1), ("3", 35, 0), ("2", 14, 1), ("1", 6, 1))
    parts = tuple(Part(codes=(code,), percent=n, side=side) for code, n, side in sides)
    known = structs.replace(waited, parts=parts)
    assert findings.finding(here, [known]) == [f"45 von 100 stimmen zu: {said}"]
    assert findings.side(here, known) == f"stimmen zu: {said}"
    assert findings.spoken(known) == Estimate(value=0.45, low=0.39, high=0.51, n=300)
    assert findings.finding(here, [waited]) == [f"20 von 100 stimmen nicht zu: {said}"]


def test_a_form_without_words_for_headlines_is_quoted(context: Context) -> None:
    words = structs.replace(context.wording.questions["w1"], finding="")
    wording = structs.replace(context.wording, questions={"w1": words})
    here = structs.replace(context, wording=wording)
    said = "„Ich werde mit Respekt behandelt.“"
    assert findings.finding(here, [rated("w1", 0.8)]) == [f"Vier von fünf sagen: {said}"]
    turned = findings.finding(here, [rated("w1", 0.8, turned=True)])
    assert turned == [f"Vier von fünf stimmen nicht zu: {said}"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0.9, 1.0, "mindestens 90 von 100"), (0.0, 0.1, "höchstens 10 von 100")],
)
def test_bounds_are_said_as_bounds(context: Context, low: float, high: float, words: str) -> None:
    figure = Suppressed(reason="unanimous", low=low, high=high)
    assert findings.how_many(context, figure) == words


def test_every_headline_fits_its_line(context: Context, snapshot: Snapshot) -> None:
    for value in (0.31, 0.47, 0.8, 0.97):
        for each in snapshot.rated:
            for line in findings.lines(findings.finding(context, [rated(each.question_id, value)])):
                assert findings.fits(line)
