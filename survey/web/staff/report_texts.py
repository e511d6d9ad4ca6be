"""Before freezing: to which questions texts will be printed, and roughly how many were approved.

By the rule of the report itself, question by question: texts of several questions never add up.
"""

from msgspec import Struct

from survey.actions.comments import redaction
from survey.home import Services
from survey.model import rounding
from survey.model.comments import Comment
from survey.model.form import Form, Text
from survey.model.waves import Wave
from survey.statistics.disclosure import comments, threshold
from survey.statistics.disclosure.comments import ReviewedComment

# Numbers of texts are published to the nearest five, as the report tells them.
STEP = 5


class Texts(Struct, frozen=True, kw_only=True):
    """The approved texts to one question.

    Args:
        approved: to the nearest five; 0 where there are too few to tell
        printed: the report holds at least one of them word for word
        least: how many there have to be
    """

    question_id: str
    approved: int
    printed: bool
    least: int


def of(services: Services, wave: Wave, form: Form) -> tuple[Texts, ...]:
    """Counts of approved comments by question; none where this machine has no key to open them."""
    asked = [question.id for question in form.questions if isinstance(question, Text)]
    if not asked or wave.programme_id not in services.keys:
        return ()
    approved = redaction.approved(services, wave.wave_id)
    rules = threshold.rules(wave.thresholds, "comments")
    texts = []
    for question_id in asked:
        mine = tuple(_comment(comment) for comment in approved if comment.question == question_id)
        published = comments.published(question_id, mine, rules)
        count = published.n if isinstance(published.n, int) else 0
        texts.append(
            Texts(
                question_id=question_id,
                approved=STEP * rounding.whole(count / STEP),
                printed=bool(published.quotes),
                least=rules.k,
            )
        )
    return tuple(texts)


def _comment(comment: Comment) -> ReviewedComment:
    return ReviewedComment(text=comment.text, quotable=comment.quotable, redacted=True)
