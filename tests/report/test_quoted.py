"""Words of people's own in a report: only agreed ones, only of fifteen, and no sign of fewer."""

import pytest

from survey.form.load import Published
from survey.model.comments import Comment
from survey.model.estimates import Suppressed
from survey.model.snapshots import Snapshot
from survey.report.measure.programme_context import ProgrammeContext
from survey.report.render import satisfaction
from survey.report_types import EditionKind
from tests.report import papers, worlds
from tests.world import forms

NONE = "Freie Texte werden nicht gezeigt: Zu keiner Frage gab es mindestens 15 freigegebene"


def texts(count: int, *, quotable: int | None = None) -> tuple[Comment, ...]:
    limit = count if quotable is None else quotable
    return tuple(
        Comment(question="g2", text=f"Text {i}", quotable=i < limit, translated=i == 0)
        for i in range(count)
    )


def said(form: Published, approved: tuple[Comment, ...], unread: int = 0) -> Snapshot:
    opened = worlds.opened(form, worlds.rows(form, worlds.answered(form, 40)))
    return worlds.published_from(
        opened, context=ProgrammeContext(approved=approved, unread=unread)
    ).snapshot


@pytest.fixture
def full() -> Published:
    return forms.satisfaction("full")


def test_fourteen_texts_are_not_shown(full: Published) -> None:
    told = next(r for r in said(full, texts(14)).comments if r.question_id == "g2")
    assert told.n == Suppressed(reason="too-few")
    assert told.texts == ()


def test_of_fifteen_those_that_may_be_quoted_are(full: Published) -> None:
    told = next(r for r in said(full, texts(15, quotable=6)).comments if r.question_id == "g2")
    assert told.n == 15
    assert {quote.text for quote in told.texts} == {f"Text {i}" for i in range(6)}
    assert [quote.text for quote in told.texts if quote.translated] == ["Text 0"]


def test_nothing_in_a_text_turns_its_letters_around(full: Published) -> None:
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    turned = Comment(question="g2", text=f"Die {turning}Miete", quotable=True, translated=False)
    told = next(r for r in said(full, (*texts(15), turned)).comments if r.question_id == "g2")
    assert "Die Miete" in {quote.text for quote in told.texts}


def test_the_order_of_texts_means_nothing(full: Published) -> None:
    approved = texts(20)
    assert said(full, approved).comments == said(full, approved[::-1]).comments


@pytest.mark.parametrize(
    ("approved", "unread", "state"),
    [(0, 0, "none"), (9, 0, "none"), (0, 9, "none"), (5, 9, "none"), (10, 5, "unfinished"),
     (0, 15, "unfinished"), (15, 0, "finished")],
)  # fmt: skip
def test_how_far_the_reading_is_tells_nothing_of_a_few_texts(
    full: Published, approved: int, unread: int, state: str
) -> None:
    assert said(full, texts(approved), unread).redaction == state


def document(snapshot: Snapshot, kind: EditionKind = "internal") -> str:
    made = satisfaction.document(snapshot, language="de", edition=papers.edition(kind))
    return " ".join(made.html.replace("&shy;", "").replace("\xa0", " ").split())


@pytest.mark.parametrize(("count", "missing"), [(0, True), (14, True), (15, False)])
def test_a_report_without_texts_says_why_there_are_none(
    full: Published, count: int, missing: bool
) -> None:
    assert (NONE in document(said(full, texts(count)))) == missing


def test_an_edition_that_never_holds_texts_gives_no_reason_for_their_absence(
    full: Published,
) -> None:
    assert NONE not in document(said(full, texts(14)), "council")
