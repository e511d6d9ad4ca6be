"""Where all answer alike the report says so; "too few" is said only of too few."""

import re

import pytest
from msgspec import structs

from survey.form.load import Published
from survey.model.answers import Answers, Chosen
from survey.model.estimates import Estimate, Suppressed
from survey.model.snapshots import NO_SUCH_ANSWER, Snapshot
from survey.report.render import satisfaction
from tests.report import papers, worlds

STATEMENTS = ("k1", "k2", "w1", "w2", "l1", "p1", "p2", "h1", "z1", "e1")


def said(form: Published, count: int, code: str = "5") -> Snapshot:
    """So many people who all say the same."""
    answers: Answers = {q: Chosen(codes=(code,)) for q in STATEMENTS}
    answers |= {"g1": Chosen(codes=("1",)), "h5-money": Chosen(codes=("got",))}
    return worlds.measured(form, [answers] * count)


def text(snapshot: Snapshot) -> str:
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    plain = re.sub(r"<[^>]+>", " ", made.html).replace("\u202f", " ")
    return re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize(("code", "bounds"), [("5", "≥ 90 %"), ("1", "≤ 10 %")])
def test_a_topic_in_which_all_agree_has_a_bound_and_a_true_reason(
    form: Published, code: str, bounds: str
) -> None:
    snapshot = said(form, 25, code)
    assert {topic.favourable.reason for topic in snapshot.topics} == {"unanimous"}  # type: ignore[union-attr]
    told = text(snapshot)
    assert f"Kontakt 2 {bounds} –" in told
    assert "n < 10" not in told.replace("\u00a0", " ")
    assert "Weniger als zehn Menschen" not in told
    assert "zu wenige" not in told.lower()


def test_every_note_on_what_is_not_shown_names_agreement_too(form: Published) -> None:
    told = text(papers.hiding(papers.snapshot(), "w2"))
    assert "nicht gezeigt: weniger als 10 Angaben" in told
    notes = re.findall(r"nicht gezeigt: weniger als 10 Angaben,[^.]*\.", told)
    assert notes
    assert all("alle oder fast alle antworten gleich" in note for note in notes)


def test_a_grade_that_all_give_is_a_sentence(form: Published) -> None:
    told = text(said(form, 25))
    assert "≥ 90 % geben eine 1 oder 2." in told
    assert "Fast alle antworten gleich: Die Verteilung wird nicht gezeigt." in told


def test_topics_of_statements_that_differ_have_no_bound(form: Published) -> None:
    answers: list[Answers] = [{"k1": Chosen(codes=("5",)), "k2": Chosen(codes=("1",))}] * 40
    topic = next(t for t in worlds.measured(form, answers).topics if t.construct == "contact")
    assert topic.favourable == Suppressed(reason="secondary")


def test_too_few_is_said_of_too_few(form: Published) -> None:
    assert "Weniger als zehn Menschen haben geantwortet." in text(said(form, 9))


def test_the_grade_says_who_would_not_give_one(form: Published) -> None:
    """On the page beside its bars and in its table, like every statement."""
    snapshot = worlds.measured(form, worlds.answered(form, 300))
    (grade,) = snapshot.grades
    assert isinstance(grade.refused, Estimate)
    told = text(snapshot).replace("\u00a0", " ")
    assert f"möchte ich nicht sagen * {round(100 * grade.refused.value)} %" in told
    # The grade does not offer it.
    assert grade.not_applicable == NO_SUCH_ANSWER
    assert "trifft auf mich nicht zu *" not in told
    fitting = structs.replace(grade, not_applicable=grade.refused)
    told = text(structs.replace(snapshot, grades=(fitting,))).replace("\u00a0", " ")
    assert f"trifft auf mich nicht zu * {round(100 * grade.refused.value)} %" in told


def test_a_table_of_percentages_holds_no_people(form: Published) -> None:
    """The columns beside the shares are shares of all who were asked."""
    snapshot = worlds.measured(form, worlds.answered(form, 300))
    made = satisfaction.document(snapshot, language="de", edition=papers.edition("council"))
    for each in snapshot.rated:
        assert isinstance(each.not_applicable, Estimate)
        row = next(
            line
            for file in made.attachments
            for line in file.content.decode("utf-8-sig").splitlines()
            if line.startswith(snapshot.wordings["de"].questions[each.question_id].label)
        )
        assert row.split(";")[-1] == str(round(100 * each.not_applicable.value))
