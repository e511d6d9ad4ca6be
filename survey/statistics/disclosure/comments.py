"""Free texts: from enough people, redacted, quotable, in an order without meaning."""

from collections import Counter
from hashlib import sha256

from msgspec import Struct

from survey.model.estimates import Suppressed
from survey.statistics.disclosure.threshold import Rules, base

# A topic that fewer people raise is told by their texts, not by a count.
TOPIC = 5


class ReviewedComment(Struct, frozen=True, kw_only=True):
    """A text as it stands after redaction, and what its author and its redactor allow."""

    text: str
    quotable: bool = False
    redacted: bool = False
    machine_translated: bool = False
    topics: tuple[str, ...] = ()


class Quote(Struct, frozen=True, kw_only=True):
    """A text that may be printed word for word."""

    text: str
    machine_translated: bool


class PublishedComments(Struct, frozen=True, kw_only=True, tag="comments"):
    """The quotes and topics published for one question; topics from the most frequent down."""

    variable: str
    n: int | Suppressed
    quotes: tuple[Quote, ...] = ()
    topics: tuple[tuple[str, int], ...] = ()


def published(
    variable: str, comments: tuple[ReviewedComment, ...], rules: Rules
) -> PublishedComments:
    """Quotes and topics of `comments`, or nothing when they come from too few people.

    Texts that nobody redacted count, but are never quoted.
    """
    few = base(len(comments), rules.k)
    if few is not None:
        return PublishedComments(variable=variable, n=few)
    shown = [comment for comment in comments if comment.quotable and comment.redacted]
    # By hash: the same order in every run, and none that tells who wrote first.
    shown.sort(key=lambda printed: sha256(printed.text.encode()).digest())
    raised = Counter(topic for comment in comments for topic in set(comment.topics))
    frequent = [(topic, count) for topic, count in raised.items() if count >= TOPIC]
    return PublishedComments(
        variable=variable,
        n=len(comments),
        quotes=tuple(
            Quote(text=printed.text, machine_translated=printed.machine_translated)
            for printed in shown
        ),
        topics=tuple(sorted(frequent, key=lambda pair: (-pair[1], pair[0]))),
    )
