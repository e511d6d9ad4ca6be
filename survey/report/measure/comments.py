"""Words of people's own: what two people agreed on, from enough people."""

from collections.abc import Sequence
from typing import Literal

from survey.language import scripts
from survey.model.comments import Comment
from survey.model.form import Form, Text
from survey.model.snapshots import Comments, Quote
from survey.report.measure import figures
from survey.report.measure.disclosed import DisclosureControl
from survey.statistics.disclosure.request import Commented, PublishedComments, ReviewedComment


def of_form(
    control: DisclosureControl, form: Form, approved: Sequence[Comment]
) -> tuple[Comments, ...]:
    """The texts to each question of the form that asks for some."""
    asked = [question.id for question in form.questions if isinstance(question, Text)]
    names = {question_id: f"{form.id}/{question_id}" for question_id in asked}
    tables = [
        Commented(
            variable=names[question_id],
            comments=tuple(
                _comment(comment) for comment in approved if comment.question == question_id
            ),
        )
        for question_id in asked
    ]
    results = control.ask((), tables)
    by_question = []
    for question_id in asked:
        published = results.get(names[question_id])
        if not isinstance(published, PublishedComments):
            published = PublishedComments(variable=names[question_id], n=figures.HIDDEN)
        quotes = tuple(
            Quote(text=q.text, translated=q.machine_translated) for q in published.quotes
        )
        by_question.append(Comments(question_id=question_id, n=published.n, texts=quotes))
    return tuple(by_question)


def _comment(comment: Comment) -> ReviewedComment:
    return ReviewedComment(
        text=scripts.unturned(comment.text),
        quotable=comment.quotable,
        redacted=True,
        machine_translated=comment.translated,
    )


def state(
    control: DisclosureControl, form: Form, approved: Sequence[Comment], unread: int
) -> Literal["none", "unfinished", "finished"]:
    """How far the reading was when the report was frozen; "none" also of too few texts to tell."""
    name = f"{form.id}/texts"
    waiting = (ReviewedComment(text=""),) * unread
    every = Commented(
        variable=name, comments=(*(_comment(comment) for comment in approved), *waiting)
    )
    published = control.ask((), [every]).get(name)
    if not isinstance(published, PublishedComments) or not isinstance(published.n, int):
        return "none"
    return "unfinished" if unread else "finished"
